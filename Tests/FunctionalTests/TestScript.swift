/// A `*.test` file: input files, commands and what they must print. README.md has the format.
struct TestScript: Hashable, Sendable {
    enum Element: Hashable, Sendable {
        /// A comment or an empty line between the blocks.
        case text(String)
        case input(name: String, lines: [String])
        case command(Command)
    }

    struct Command: Hashable, Sendable {
        /// The line of the first `$`, from 1.
        var line: Int
        /// The lines of one shell script.
        var script: [String]
        var output: [String]
        var errors: ErrorExpectation
        /// `nil` in a block that waits to be recorded.
        var status: Int32?
    }

    enum ErrorExpectation: Hashable, Sendable {
        case lines([String])
        /// A regular expression that must match somewhere; the empty one accepts anything.
        case pattern(String)
    }

    struct Malformed: Error, Hashable, Sendable {
        let line: Int
        let reason: String
    }

    var elements: [Element] = []

    var commands: [Command] {
        elements.compactMap { if case .command(let command) = $0 { command } else { nil } }
    }

    init(parsing text: String) throws(Malformed) {
        var reader = LineReader(text)
        while let line = reader.next() {
            if line.hasPrefix("<<< ") {
                elements.append(try Self.input(String(line.dropFirst(4)), &reader))
            } else if line.hasPrefix("$ ") {
                elements.append(.command(try Self.command(line, &reader)))
            } else if line.isEmpty || line.hasPrefix("#") {
                elements.append(.text(line))
            } else {
                throw Malformed(
                    line: reader.number, reason: "expected '# comment', '<<< name' or '$ command'")
            }
        }
    }

    private static func input(
        _ name: String, _ reader: inout LineReader
    ) throws(Malformed) -> Element {
        let start = reader.number
        var lines: [String] = []
        while let line = reader.next() {
            if line == "<<<" { return .input(name: name, lines: lines) }
            lines.append(line)
        }
        throw Malformed(line: start, reason: "'<<< \(name)' is not closed by '<<<'")
    }

    private static func command(
        _ first: String, _ reader: inout LineReader
    ) throws(Malformed) -> Command {
        var command = Command(
            line: reader.number, script: [String(first.dropFirst(2))], output: [],
            errors: .lines([]), status: nil)
        var errors: [String]?
        while let line = reader.next() {
            if line.hasPrefix(">>>=") {
                let status = line.dropFirst(4).filter { $0 != " " }
                command.status = Int32(status)
                guard command.status != nil || status.isEmpty else {
                    throw Malformed(line: reader.number, reason: "'\(status)' is no exit status")
                }
                if let errors { command.errors = .lines(errors) }
                return command
            } else if line.hasPrefix(">>>2 /"), line.hasSuffix("/"), line.utf8.count > 6 {
                command.errors = .pattern(String(line.dropFirst(6).dropLast()))
            } else if line == ">>>2" {
                errors = []
            } else if line.hasPrefix(">>>") {
                throw Malformed(line: reader.number, reason: "no section is called '\(line)'")
            } else if errors != nil {
                errors?.append(line)
            } else if line.hasPrefix("$ "), command.output.isEmpty {
                command.script.append(String(line.dropFirst(2)))
            } else {
                command.output.append(line)
            }
        }
        throw Malformed(line: command.line, reason: "the block has no '>>>= status'")
    }
}

extension TestScript: CustomStringConvertible {
    /// The text of the file.
    var description: String {
        elements.map { element in
            switch element {
            case .text(let line): line + "\n"
            case .input(let name, let lines):
                (["<<< " + name] + lines + ["<<<"]).map { $0 + "\n" }.joined()
            case .command(let command): Self.text(command)
            }
        }.joined()
    }

    private static func text(_ command: Command) -> String {
        var lines = command.script.map { "$ " + $0 } + command.output
        switch command.errors {
        case .lines([]): break
        case .lines(let errors): lines += [">>>2"] + errors
        case .pattern(let pattern): lines.append(">>>2 /\(pattern)/")
        }
        lines.append(">>>=" + (command.status.map { " \($0)" } ?? ""))
        return lines.map { $0 + "\n" }.joined()
    }
}

private struct LineReader {
    private var rest: ArraySlice<Substring>
    private(set) var number = 0

    init(_ text: String) {
        rest = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        if rest.last == "" { rest.removeLast() }
    }

    mutating func next() -> String? {
        number += 1
        return rest.popFirst().map(String.init)
    }
}
