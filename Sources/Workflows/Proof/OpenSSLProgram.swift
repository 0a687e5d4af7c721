internal import Diagnostics
internal import Foundation

/// The program `openssl`, which speaks RFC 3161: libcrypto is at hand, but its time stamps are
/// what others check with this very program.
enum OpenSSLProgram {
    /// - Parameter arguments: Paths that begin with `-` would be options: see `argument`.
    /// - Returns: The exit status and what it printed.
    /// - Throws: `program-missing`.
    static func run(_ arguments: [String]) throws(Refusal) -> (status: Int32, output: String) {
        guard let program else {
            throw Refusal(
                Diagnostic(
                    .programMissing, "the program 'openssl' is not on the path",
                    hint: "install it (Debian: apt-get install openssl) and try again"))
        }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        do {
            try process.run()
        } catch {
            throw Refusal(
                Diagnostic(
                    .programMissing, "the program 'openssl' does not start",
                    hint: "install it (Debian: apt-get install openssl) and try again"))
        }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data, as: UTF8.self))
    }

    /// A path that is no option, whatever its name.
    static func argument(_ path: String) -> String {
        path.hasPrefix("-") ? "./" + path : path
    }

    private static var program: String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
        return path.split(separator: ":").map { "\($0)/openssl" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
