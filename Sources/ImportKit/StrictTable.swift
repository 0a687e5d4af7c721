package import Diagnostics
internal import TOMLKit

/// A table of a TOML file read strictly: every key must be asked for, else it is an error.
///
/// Faults are collected, so that the person who wrote the file sees all of them at once.
package final class StrictTable {
    // A class, because the readers of nested tables report into one list.
    private final class Faults {
        var diagnostics: [Diagnostic] = []
    }

    private let table: TOMLTable
    private let file: String
    private let code: DiagnosticCode
    private let text: [Substring]
    /// 1-based line of the header of this table.
    package let line: Int
    private let name: String
    private let faults: Faults
    private var asked: Set<String> = []

    /// - Throws: a diagnostic of `code` with line and column where the text is not TOML.
    package init(toml text: String, file: String, code: DiagnosticCode) throws(Diagnostic) {
        do {
            table = try TOMLTable(string: text)
        } catch let error as TOMLParseError {
            throw Diagnostic(
                code,
                at: SourceLocation(
                    file: file, line: Int(error.source.begin.line),
                    column: Int(error.source.begin.column)),
                "this is not TOML: \(error.description)", hint: "see https://toml.io/en/v1.0.0")
        } catch {
            throw Diagnostic(code, at: SourceLocation(file: file), "this is not TOML: \(error)")
        }
        self.file = file
        self.code = code
        self.text = text.split(separator: "\n", omittingEmptySubsequences: false)
        line = 1
        name = ""
        faults = Faults()
    }

    private init(_ table: TOMLTable, in parent: StrictTable, name: String, line: Int) {
        self.table = table
        self.name = name
        self.line = line
        file = parent.file
        code = parent.code
        text = parent.text
        faults = parent.faults
    }

    /// Every fault found so far in this table and those around it, in order of lines.
    package var diagnostics: [Diagnostic] {
        faults.diagnostics.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) }
    }

    // MARK: Values

    package func string(_ key: String) -> String? {
        guard let value = value(key) else { return nil }
        guard let string = value.string else {
            fault(key, "'\(key)' must be text in quotes")
            return nil
        }
        return string
    }

    package func required(_ key: String) -> String? {
        if table[key] == nil {
            asked.insert(key)
            fault(nil, "'\(key)' is missing\(name.isEmpty ? "" : " in [\(name)]")")
            return nil
        }
        return string(key)
    }

    package func integer(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        guard let integer = value.int else {
            fault(key, "'\(key)' must be a whole number")
            return nil
        }
        return integer
    }

    package func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let boolean = value.bool else {
            fault(key, "'\(key)' must be true or false")
            return nil
        }
        return boolean
    }

    package func strings(_ key: String) -> [String] {
        guard let value = value(key) else { return [] }
        guard let array = value.array else {
            fault(key, "'\(key)' must be a list of texts")
            return []
        }
        let strings = array.compactMap(\.string)
        if strings.count != array.count { fault(key, "'\(key)' must hold only texts in quotes") }
        return strings
    }

    /// A text that a type reads; a text it refuses is a fault that lists what it takes.
    package func parsed<Value>(
        _ key: String, required isRequired: Bool = true, expected: String,
        _ parse: (String) -> Value?
    ) -> Value? {
        guard let text = isRequired ? required(key) : string(key) else { return nil }
        guard let value = parse(text) else {
            fault(key, "'\(DiagnosticRenderer.quoted(text))' is no \(key)", hint: expected)
            return nil
        }
        return value
    }

    // MARK: Tables

    /// The keys of the table, in the order of the file's parser.
    package var keys: [String] { table.keys.map { $0 } }

    package func nested(_ key: String) -> StrictTable? {
        guard let value = value(key) else { return nil }
        guard let inner = value.table else {
            fault(key, "'\(key)' must be a table")
            return nil
        }
        let path = name.isEmpty ? key : "\(name).\(key)"
        let header = lineOf(after: line) { $0 == "[\(path)]" } ?? lineOf(key) ?? line
        return StrictTable(inner, in: self, name: path, line: header)
    }

    /// The tables of `[[key]]`, in file order.
    package func tables(_ key: String) -> [StrictTable] {
        guard let value = value(key) else { return [] }
        guard let array = value.array else {
            fault(key, "'\(key)' must be a list of tables, [[\(key)]]")
            return []
        }
        let path = name.isEmpty ? key : "\(name).\(key)"
        var from = line - 1
        return array.compactMap { element in
            from = lineOf(after: from + 1) { $0 == "[[\(path)]]" } ?? from
            guard let inner = element.table else {
                fault(key, "'\(key)' must hold only tables, [[\(path)]]")
                return nil
            }
            return StrictTable(inner, in: self, name: path, line: max(from, 1))
        }
    }

    /// Reports every key that nobody asked for. To be called when a table has been read.
    package func finish() {
        for key in table.keys where !asked.contains(key) {
            fault(
                key, "'\(key)' is not known\(name.isEmpty ? "" : " in [\(name)]")",
                hint: asked.isEmpty ? nil : "known here: \(asked.sorted().joined(separator: ", "))")
        }
    }

    /// Adds a fault at a key of this table, or at its header.
    package func fault(_ key: String?, _ message: String, hint: String? = nil) {
        let keyLine = key.flatMap(lineOf)
        let place = SourceLocation(
            file: file, line: keyLine ?? line, column: keyLine.map(firstColumn))
        faults.diagnostics.append(Diagnostic(code, at: place, message, hint: hint))
    }

    // MARK: Places

    private func value(_ key: String) -> TOMLValue? {
        asked.insert(key)
        return table[key]?.tomlValue
    }

    /// The first line at or below the header of this table that sets the key.
    private func lineOf(_ key: String) -> Int? {
        lineOf(after: line) { line in
            guard line.hasPrefix(key) else { return false }
            return line.dropFirst(key.count).drop { $0 == " " }.hasPrefix("=")
        }
    }

    /// The column of the first character of a line that is no white space.
    private func firstColumn(_ line: Int) -> Int {
        text[line - 1].prefix { $0 == " " || $0 == "\t" }.count + 1
    }

    private func lineOf(after first: Int, where matches: (String) -> Bool) -> Int? {
        for index in max(first - 1, 0)..<max(text.count, first - 1) where index < text.count {
            let stripped = text[index].drop { $0 == " " || $0 == "\t" }
            let content = stripped.prefix { $0 != "#" }
            var end = content[...]
            while let last = end.last, last == " " || last == "\t" || last == "\r" {
                end = end.dropLast()
            }
            if matches(String(end)) { return index + 1 }
        }
        return nil
    }
}
