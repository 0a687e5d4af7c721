package import Diagnostics

/// Rows and readings that are set aside beyond those that the diagnostics of a document list: for
/// the review, which lists every one.
package struct UnlistedFaults: Hashable, Sendable {
    /// More than these are not kept, so that a hostile file fills no memory. A document with more
    /// is not booked.
    package static let limit = 20_000

    package private(set) var diagnostics: [Diagnostic] = []
    /// Whether some were not kept.
    package private(set) var isCut = false

    package init() {}

    mutating func add(_ diagnostic: @autoclosure () -> Diagnostic) {
        guard diagnostics.count < Self.limit else {
            isCut = true
            return
        }
        let fault = diagnostic()
        if fault.severity == .error { diagnostics.append(fault) }
    }
}
