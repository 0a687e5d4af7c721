package import Diagnostics
package import Inventory
internal import TOMLKit

/// A table of a TOML file read strictly: every key must be asked for, else it is an error.
///
/// Faults are collected, so that the person who wrote the file sees all of them at once.
package final class StrictTable {
    // A class, because the readers of nested tables report into one list.
    private final class Origin {
        let text: String
        var faults: [Diagnostic] = []
        /// Only messages need lines, and most files give rise to none.
        lazy var lines = text.split(separator: "\n", omittingEmptySubsequences: false)

        init(text: String) { self.text = text }
    }

    private let table: TOMLTable
    private let file: String
    private let code: DiagnosticCode
    private let origin: Origin
    /// Finds the line of the header of this table.
    private let findLine: () -> Int
    /// 1-based line of the header of this table.
    package private(set) lazy var line = findLine()
    private let name: String
    private var asked: Set<String> = []
    /// Holds where this table is silent.
    private var inherited: TOMLTable?
    private var ownKeys: Set<String> = []

    /// - Throws: a diagnostic of `code` with line and column where the text is not TOML.
    package init(toml text: String, file: String, code: DiagnosticCode) throws(Diagnostic) {
        if let fault = TOMLBrackets.firstFault(in: text) {
            throw Diagnostic(
                code, at: SourceLocation(file: file, line: fault.line, column: fault.column),
                "this is not TOML: \(fault.message)",
                hint: "\(fault.hint); see https://toml.io/en/v1.0.0")
        }
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
        origin = Origin(text: text)
        findLine = { 1 }
        name = ""
    }

    private init(
        _ table: TOMLTable, in parent: StrictTable, name: String, line: @escaping () -> Int
    ) {
        self.table = table
        self.name = name
        findLine = line
        file = parent.file
        code = parent.code
        origin = parent.origin
    }

    private var text: [Substring] { origin.lines }

    /// Every fault found so far in this table and those around it, in order of lines.
    package var diagnostics: [Diagnostic] {
        origin.faults.sorted { ($0.location?.line ?? 0) < ($1.location?.line ?? 0) }
    }

    /// Lets the values of another table hold where this one is silent: key by key in its tables,
    /// as a whole for lists.
    ///
    /// - Parameter ownKeys: Keys that are never taken over, alone or together with the rest of
    ///   their table.
    package func inherit(from base: StrictTable, except ownKeys: Set<String>) {
        inherited = base.table
        self.ownKeys = ownKeys
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

    /// A text that must be there.
    package func required(_ key: String) -> String? { isThere(key) ? string(key) : nil }

    package func integer(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        guard let integer = value.int else {
            fault(key, "'\(key)' must be a whole number")
            return nil
        }
        return integer
    }

    /// A whole number that must be there.
    package func requiredInteger(_ key: String) -> Int? { isThere(key) ? integer(key) : nil }

    package func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let boolean = value.bool else {
            fault(key, "'\(key)' must be true or false")
            return nil
        }
        return boolean
    }

    /// One text, or a list of texts.
    package func strings(_ key: String) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let strings = Self.strings(value) else {
            fault(key, "'\(key)' must be text in quotes, or a list of such texts")
            return nil
        }
        return strings
    }

    /// A table of texts, or of lists of texts, under names that the file chooses.
    package func dictionary(_ key: String) -> [String: [String]]? {
        guard let value = value(key) else { return nil }
        guard let inner = value.table else {
            fault(key, "'\(key)' must be a table")
            return nil
        }
        var dictionary: [String: [String]] = [:]
        for name in inner.keys {
            guard let strings = (inner[name]?.tomlValue).flatMap(Self.strings) else {
                fault(key, "'\(name)' in '\(key)' must be text in quotes, or a list of such texts")
                return nil
            }
            dictionary[name] = strings
        }
        return dictionary
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

    /// A day: text in quotes, or a local date of TOML.
    package func day(_ key: String, required isRequired: Bool = true) -> CivilDate? {
        if let date = value(key)?.date {
            return CivilDate(year: date.year, month: date.month, day: date.day)
        }
        return parsed(key, required: isRequired, expected: "write a day as YYYY-MM-DD") {
            CivilDate($0)
        }
    }

    /// A word of one of our vocabularies; the hint of a fault lists them.
    package func word<Word: RawRepresentable & CaseIterable>(
        _ key: String, of words: Word.Type, required isRequired: Bool = true
    ) -> Word? where Word.RawValue == String {
        parsed(key, required: isRequired, expected: Self.hint(words)) { Word(rawValue: $0) }
    }

    /// What to write where a word of a vocabulary is expected.
    package static func hint<Word: RawRepresentable & CaseIterable>(
        _ words: Word.Type
    ) -> String where Word.RawValue == String {
        "write one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))"
    }

    // MARK: Tables

    /// The keys of the table, in the order of the file's parser.
    package var keys: [String] { table.keys.map { $0 } }

    package func has(_ key: String) -> Bool { stored(key) != nil }

    /// Whether the table itself states the key.
    package func states(_ key: String) -> Bool { table[key] != nil }

    /// A table that must be there.
    package func section(_ key: String) -> StrictTable? {
        if !has(key) { fault(nil, "[\(path(key))] is missing") }
        return nested(key)
    }

    package func nested(_ key: String) -> StrictTable? {
        guard let value = value(key) else { return nil }
        guard let inner = value.table else {
            fault(key, "'\(key)' must be a table")
            return nil
        }
        let nested = StrictTable(inner, in: self, name: path(key)) { [self] in
            lineOf(key) ?? line
        }
        if states(key), !ownKeys.contains(key) {
            nested.inherited = inherited?[key]?.tomlValue.table
        }
        return nested
    }

    /// The tables of `[[key]]`, in file order.
    package func tables(_ key: String) -> [StrictTable] {
        guard let value = value(key) else { return [] }
        guard let array = value.array else {
            fault(key, "'\(key)' must be a list of tables, [[\(key)]]")
            return []
        }
        let path = path(key)
        return array.enumerated().compactMap { index, element in
            guard let inner = element.table else {
                fault(key, "'\(key)' must hold only tables, [[\(path)]]")
                return nil
            }
            return StrictTable(inner, in: self, name: path) { [self] in
                line(ofHeader: "[[\(path)]]", number: index)
            }
        }
    }

    /// The line of one of several equal headers, counted from 0; of the last one found where there
    /// are fewer.
    private func line(ofHeader header: String, number: Int) -> Int {
        var found = line - 1
        for _ in 0...number {
            found = firstLine(in: found + 1..<text.count + 1) { $0 == header } ?? found
        }
        return max(found, 1)
    }

    /// Reports every key that nobody asked for. To be called when a table has been read.
    package func finish() {
        for key in table.keys where !asked.contains(key) {
            fault(
                key, "'\(key)' is not known\(name.isEmpty ? "" : " in [\(name)]")",
                hint: asked.isEmpty ? nil : "known here: \(asked.sorted().joined(separator: ", "))")
        }
    }

    /// Reports that the table lacks a key.
    package func missing(_ key: String) {
        fault(nil, "'\(key)' is missing\(name.isEmpty ? "" : " in [\(name)]")")
    }

    /// Adds a fault at a key of this table, or at its header.
    package func fault(_ key: String?, _ message: String, hint: String? = nil) {
        let keyLine = key.flatMap(lineOf)
        let place = SourceLocation(
            file: file, line: keyLine ?? line, column: keyLine.map(firstColumn))
        origin.faults.append(Diagnostic(code, at: place, message, hint: hint))
    }

    // MARK: Places

    private func value(_ key: String) -> TOMLValue? {
        asked.insert(key)
        return stored(key)?.tomlValue
    }

    private func stored(_ key: String) -> (any TOMLValueConvertible)? {
        table[key] ?? (ownKeys.contains(key) ? nil : inherited?[key])
    }

    private static func strings(_ value: TOMLValue) -> [String]? {
        if let string = value.string { return [string] }
        guard let array = value.array else { return nil }
        let strings = array.compactMap(\.string)
        return strings.count == array.count ? strings : nil
    }

    private func isThere(_ key: String) -> Bool {
        asked.insert(key)
        if !has(key) { missing(key) }
        return has(key)
    }

    private func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }

    /// Where a key of this table is set, or the table of that name begins.
    private func lineOf(_ key: String) -> Int? {
        let path = path(key)
        return firstLine(in: ownLines) { line in
            line.hasPrefix(key) && line.dropFirst(key.count).drop { $0 == " " }.hasPrefix("=")
        } ?? firstLine(in: line..<text.count + 1) { $0 == "[\(path)]" || $0 == "[[\(path)]]" }
    }

    /// The lines between the header of this table and the next; none where it is written inline.
    private var ownLines: Range<Int> {
        let isRoot = name.isEmpty
        guard isRoot || content(line).hasPrefix("[") else { return line..<line }
        let first = isRoot ? line : line + 1
        let end = text.count + 1
        return first..<(firstLine(in: first..<end) { $0.hasPrefix("[") } ?? end)
    }

    private func firstLine(in lines: Range<Int>, where matches: (Substring) -> Bool) -> Int? {
        lines.first { matches(content($0)) }
    }

    /// A line without its comment and the white space around it.
    private func content(_ line: Int) -> Substring {
        var content = text[line - 1].drop { $0 == " " || $0 == "\t" }.prefix { $0 != "#" }
        while let last = content.last, last == " " || last == "\t" || last == "\r" {
            content.removeLast()
        }
        return content
    }

    /// The column of the first character of a line that is no white space.
    private func firstColumn(_ line: Int) -> Int {
        text[line - 1].prefix { $0 == " " || $0 == "\t" }.count + 1
    }
}
