internal import Foundation

/// What a limit of time or memory becomes under a sanitizer (`make sanitize`), where the program
/// takes many times as long and keeps a shadow of its memory.
package enum Allowance {
    package static let isSanitized =
        ProcessInfo.processInfo.environment["TONNE_SANITIZED"] != nil

    package static func time(_ limit: Duration) -> Duration { isSanitized ? limit * 30 : limit }

    package static func milliseconds(_ limit: Int) -> Int { isSanitized ? limit * 30 : limit }

    /// Memory under a sanitizer says nothing about the program.
    package static func bytes(_ limit: Int) -> Int { isSanitized ? .max : limit }
}
