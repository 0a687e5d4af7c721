internal import Foundation
internal import TestSupport

/// Runs the commands of a test script in a fresh directory, with the program built beside the
/// tests first on the search path.
struct ScriptRunner {
    struct Outcome {
        let output: [String]
        let errors: [String]
        let status: Int32
    }

    static let fixtures = Repository.root.appending(path: "Tests/FunctionalTests/Fixtures")
    /// A command that hangs is ended after this many seconds.
    private static let timeLimit = Allowance.isSanitized ? 1_200 : 120

    private let place: URL
    /// Where the commands run; also their home.
    let directory: URL

    init() throws {
        place = try TemporaryFolder.make()
        directory = place.appending(path: "work")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    }

    func remove() throws { try FileManager.default.removeItem(at: place) }

    func write(_ lines: [String], to name: String) throws {
        let file = directory.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: file)
    }

    func run(_ script: [String]) throws -> Outcome {
        let output = place.appending(path: "stdout")
        let errors = place.appending(path: "stderr")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/timeout")
        process.arguments = [
            "\(Self.timeLimit)", "/bin/sh", "-c", script.joined(separator: "\n"),
        ]
        process.currentDirectoryURL = directory
        process.environment = try environment()
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        // As a shell reports it: 128 and the number of the signal.
        let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
        return Outcome(
            output: try Self.lines(of: output), errors: try Self.lines(of: errors),
            status: signal + process.terminationStatus)
    }

    private func environment() throws -> [String: String] {
        let folder = try BuiltProgram.folder.get()
        return [
            "PATH": "\(folder.path):/usr/local/bin:/usr/bin:/bin", "HOME": directory.path,
            "FIXTURES": Self.fixtures.path, "NO_COLOR": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8",
            "TMPDIR": place.path,
        ]
    }

    private static func lines(of file: URL) throws -> [String] {
        let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        if lines.last == "" {
            lines.removeLast()
        } else {
            lines.append("\\ no newline at the end")
        }
        return lines
    }
}
