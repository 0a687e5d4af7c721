internal import Foundation
internal import TestSupport
internal import Testing

/// The tour of the README is true: its commands run, and print what it shows.
@Suite("The README")
struct ReadmeTests {
    private static let text: [String] = {
        let file = Repository.root.appending(path: "README.md")
        let data = FileManager.default.contents(atPath: file.path) ?? Data()
        return String(decoding: data, as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }()

    /// A command of a console block, and the lines shown below it.
    struct Step {
        let command: String
        var shown: [String] = []
    }

    private static var steps: [Step] {
        var steps: [Step] = []
        var isConsole = false
        for line in text {
            if line.hasPrefix("```") {
                isConsole = line == "```console"
            } else if isConsole, line.hasPrefix("$ ") {
                steps.append(Step(command: String(line.dropFirst(2))))
            } else if isConsole, !steps.isEmpty {
                steps[steps.count - 1].shown.append(line)
            }
        }
        return steps
    }

    @Test("shows a tour that runs as it is written")
    func tour() throws {
        let runner = try ScriptRunner()
        defer { try? runner.remove() }
        let example = Repository.root.appending(path: "Examples/noordlicht")
        for name in ["organisation.toml", "rules.toml"] + Self.folders {
            try FileManager.default.copyItem(
                at: example.appending(path: name), to: runner.directory.appending(path: name))
        }
        #expect(Self.steps.count >= 10)
        for step in Self.steps {
            let outcome = try runner.run(["export TONNE_ACTOR=you", "\(step.command) 2>&1"])
            #expect(
                Self.matches(outcome.output[...], step.shown[...]),
                "\(step.command)\n\(outcome.output.joined(separator: "\n"))")
        }
    }

    @Test("names its two commands first, and both are targets of the Makefile")
    func commands() throws {
        let first = try #require(Self.text.firstIndex(of: "```sh"))
        #expect(Self.text[first + 1].hasPrefix("make demo"))
        #expect(Self.text[first + 2].hasPrefix("make test"))
        let makefile = try String(
            contentsOf: Repository.root.appending(path: "Makefile"), encoding: .utf8)
        for target in ["demo:", "test:"] {
            #expect(makefile.split(separator: "\n").contains { $0.hasPrefix(target) })
        }
    }

    private static let folders = ["electricity", "gas", "diesel", "invoices", "factors"]

    /// A line `…` stands for any lines, `…` within a line for any text.
    private static func matches(
        _ lines: ArraySlice<String>, _ pattern: ArraySlice<String>
    ) -> Bool {
        guard let expected = pattern.first else { return lines.isEmpty }
        if expected == "…" {
            return (0...lines.count).contains {
                matches(lines.dropFirst($0), pattern.dropFirst())
            }
        }
        guard let line = lines.first, holds(line[...], expected) else { return false }
        return matches(lines.dropFirst(), pattern.dropFirst())
    }

    private static func holds(_ line: Substring, _ pattern: String) -> Bool {
        let parts = pattern.components(separatedBy: "…")
        guard parts.count > 1 else { return line == pattern }
        guard let first = parts.first, let last = parts.last, line.hasPrefix(first),
            line.hasSuffix(last), line.count >= first.count + last.count
        else { return false }
        var rest = line.dropFirst(first.count).dropLast(last.count)
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.range(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
