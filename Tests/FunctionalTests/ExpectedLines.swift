internal import Foundation

/// Compares printed lines with expected ones, in which `{{name}}` stands for any text within a
/// line and a line `{{lines}}` for any number of lines.
enum ExpectedLines {
    static let anyLines = "{{lines}}"

    static func match(_ expected: ArraySlice<String>, _ actual: ArraySlice<String>) -> Bool {
        var (expected, actual) = (expected, actual)
        while let pattern = expected.popFirst() {
            if pattern == anyLines {
                return (0...actual.count).contains { match(expected, actual.dropFirst($0)) }
            }
            guard let line = actual.popFirst(), match(pattern, line) else { return false }
        }
        return actual.isEmpty
    }

    static func match(_ pattern: String, _ line: String) -> Bool {
        guard pattern.contains("{{") else { return pattern == line }
        let literals = literals(of: pattern)
        guard let first = literals.first, let last = literals.last, literals.count > 1,
            line.hasPrefix(first)
        else { return pattern == line }
        var rest = line.dropFirst(first.count)
        for literal in literals.dropFirst().dropLast() {
            guard let found = rest.range(of: literal) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }

    /// The text around the wildcards.
    private static func literals(of pattern: String) -> [String] {
        var literals: [String] = []
        var rest = pattern[...]
        while let open = rest.range(of: "{{"),
            let close = rest.range(of: "}}", range: open.upperBound..<rest.endIndex)
        {
            literals.append(String(rest[..<open.lowerBound]))
            rest = rest[close.upperBound...]
        }
        return literals + [String(rest)]
    }

    /// What differs: `-` expected, `+` printed.
    static func difference(_ expected: [String], _ actual: [String]) -> String {
        let changes = actual.difference(from: expected) { match($1, $0) || match($0, $1) }
        var (removed, inserted): (Set<Int>, Set<Int>) = ([], [])
        for change in changes {
            switch change {
            case .remove(let offset, _, _): removed.insert(offset)
            case .insert(let offset, _, _): inserted.insert(offset)
            }
        }
        var lines: [String] = []
        var (left, right) = (0, 0)
        while left < expected.count || right < actual.count {
            if removed.contains(left) {
                lines.append("    - " + expected[left])
                left += 1
            } else if inserted.contains(right) || left >= expected.count {
                lines.append("    + " + actual[right])
                right += 1
            } else {
                lines.append("      " + expected[left])
                (left, right) = (left + 1, right + 1)
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The lines to record: an old line that still matches stays, others are masked.
    static func recorded(_ old: [String], _ actual: [String], masking: Masking) -> [String] {
        if match(old[...], actual[...]) { return old }
        let fresh = actual.map(masking.mask)
        return zip(actual, fresh).map { line, masked in
            old.first { $0 != anyLines && $0.contains("{{") && match($0, line) } ?? masked
        }
    }
}

/// Replaces what differs from run to run, when an expectation is recorded: the one such place.
struct Masking {
    let directory: String
    let fixtures: String
    let today: String

    func mask(_ line: String) -> String {
        var text = line.replacing(fixtures, with: "{{fixtures}}")
            .replacing(directory, with: "{{directory}}")
        text.replace(#/\b[0-9a-f]{64}\b/#, with: "{{digest}}")
        text.replace(#/\b(tonne,? (?:version )?)\d+\.\d+\.\d+\S*/#) { "\($0.output.1){{version}}" }
        text.replace(#/(\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/#) { match in
            match.output.1 == today ? "{{now}}" : String(match.output.0)
        }
        text.replace(today, with: "{{today}}")
        // A line that looks like a section of the file.
        for mark in ["$ ", ">>>", "<<<"] where text.hasPrefix(mark) {
            text = "{{}}" + text.dropFirst()
        }
        return text
    }
}
