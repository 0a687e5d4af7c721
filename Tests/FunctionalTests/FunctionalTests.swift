internal import Foundation
internal import TestSupport
internal import Testing

@Suite("The program")
struct FunctionalTests {
    private static let folder = Repository.root.appending(path: "Tests/FunctionalTests")
    private static let isRecording =
        ProcessInfo.processInfo.environment["UPDATE_GOLDEN"] == "1"

    /// A sanitizer needs files larger than this one lets the program write.
    private static let plainOnly: Set<String> =
        Allowance.isSanitized ? ["gallery/disk-full.test"] : []

    @Test(
        "prints what is written down",
        arguments: files(in: folder).filter { !plainOnly.contains($0) })
    func file(path: String) throws {
        let url = Self.folder.appending(path: path)
        let text = String(decoding: try Data(contentsOf: url), as: UTF8.self)
        var script = try TestScript(parsing: text)
        let runner = try ScriptRunner()
        defer { #expect(throws: Never.self) { try runner.remove() } }
        for index in script.elements.indices {
            switch script.elements[index] {
            case .text: break
            case .input(let name, let lines): try runner.write(lines, to: name)
            case .command(let command):
                let outcome = try runner.run(command.script)
                if Self.isRecording {
                    script.elements[index] = .command(
                        Self.recorded(command, outcome, in: runner.directory))
                } else {
                    let differences = try Self.differences(command, outcome)
                    #expect(
                        differences.isEmpty,
                        """
                        Tests/FunctionalTests/\(path):\(command.line): $ \(command.script[0])
                        \(differences.joined(separator: "\n"))
                        If the new output is right: UPDATE_GOLDEN=1 swift test --filter Functional
                        """)
                }
            }
        }
        if Self.isRecording, script.description != text {
            try Data(script.description.utf8).write(to: url)
        }
    }

    private static func differences(
        _ command: TestScript.Command, _ outcome: ScriptRunner.Outcome
    ) throws -> [String] {
        var differences: [String] = []
        if !ExpectedLines.match(command.output[...], outcome.output[...]) {
            differences.append(
                "  standard output\n" + ExpectedLines.difference(command.output, outcome.output))
        }
        switch command.errors {
        case .lines(let lines) where !ExpectedLines.match(lines[...], outcome.errors[...]):
            differences.append(
                "  standard error\n" + ExpectedLines.difference(lines, outcome.errors))
        case .pattern(let pattern):
            let errors = outcome.errors.joined(separator: "\n")
            if try errors.firstMatch(of: Regex(pattern)) == nil, !pattern.isEmpty {
                differences.append("  standard error does not match /\(pattern)/\n    + \(errors)")
            }
        case .lines: break
        }
        if command.status != outcome.status {
            let expected = command.status.map(String.init) ?? "none recorded"
            differences.append("  exit status\n    - \(expected)\n    + \(outcome.status)")
        }
        return differences
    }

    private static func recorded(
        _ command: TestScript.Command, _ outcome: ScriptRunner.Outcome, in directory: URL
    ) -> TestScript.Command {
        let masking = Masking(
            directory: directory.path, fixtures: ScriptRunner.fixtures.path,
            today: Date.now.formatted(.iso8601.year().month().day()))
        var command = command
        command.output = ExpectedLines.recorded(command.output, outcome.output, masking: masking)
        if case .lines(let lines) = command.errors {
            command.errors = .lines(
                ExpectedLines.recorded(lines, outcome.errors, masking: masking))
        }
        command.status = outcome.status
        return command
    }

    /// Every `*.test` below a folder, as paths relative to it, in order.
    private static func files(in folder: URL) -> [String] {
        let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects ?? []
        return paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".test") }.sorted()
    }
}
