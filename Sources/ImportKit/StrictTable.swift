package import Diagnostics
internal import Documents
package import Inventory

/// A table of a TOML file read strictly: every key must be asked for, else it is an error.
///
/// Faults are collected, so that the person who wrote the file sees all of them at once.
package final class StrictTable {
    // A class, because the readers of nested tables report into one list.
    private final class Origin {
        var faults: [Diagnostic] = []
    }

    private let table: TOMLTable
    private let file: String
    private let code: DiagnosticCode
    private let origin: Origin
    private let name: String
    private var asked: Set<String> = []
    /// Holds where this table is silent.
    private var inherited: TOMLTable?
    private var ownKeys: Set<String> = []

    /// - Throws: a diagnostic of `code` with line and column where the text is not TOML.
    package init(toml text: String, file: String, code: DiagnosticCode) throws(Diagnostic) {
        do {
            table = try TOMLParser.parse(text)
        } catch {
            throw Diagnostic(
                code,
                at: SourceLocation(
                    file: file, line: error.place.line, column: error.place.column),
                "this is not TOML: \(error.message)", hint: "see https://toml.io/en/v1.0.0")
        }
        self.file = file
        self.code = code
        origin = Origin()
        name = ""
    }

    private init(_ table: TOMLTable, in parent: StrictTable, name: String) {
        self.table = table
        self.name = name
        file = parent.file
        code = parent.code
        origin = parent.origin
    }

    /// 1-based line of the header of this table.
    package var line: Int { table.place.line }

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
        guard case .string(let string) = value else {
            fault(key, "'\(key)' must be text in quotes")
            return nil
        }
        return string
    }

    /// A text that must be there.
    package func required(_ key: String) -> String? { isThere(key) ? string(key) : nil }

    package func integer(_ key: String) -> Int? {
        guard let value = value(key) else { return nil }
        guard case .integer(let integer) = value else {
            fault(key, "'\(key)' must be a whole number")
            return nil
        }
        return Int(integer)
    }

    /// A whole number that must be there.
    package func requiredInteger(_ key: String) -> Int? { isThere(key) ? integer(key) : nil }

    package func boolean(_ key: String) -> Bool? {
        guard let value = value(key) else { return nil }
        guard case .boolean(let boolean) = value else {
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
        guard case .table(let inner) = value else {
            fault(key, "'\(key)' must be a table")
            return nil
        }
        var dictionary: [String: [String]] = [:]
        for name in inner.keys {
            guard let strings = inner[name].flatMap({ Self.strings($0.value) }) else {
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
        if case .date(let year, let month, let day)? = value(key) {
            return CivilDate(year: year, month: month, day: day)
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

    /// The keys of the table, in the order of the file.
    package var keys: [String] { table.keys }

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
        guard case .table(let inner) = value else {
            fault(key, "'\(key)' must be a table")
            return nil
        }
        let nested = StrictTable(inner, in: self, name: path(key))
        if states(key), !ownKeys.contains(key), case .table(let base)? = inherited?[key]?.value {
            nested.inherited = base
        }
        return nested
    }

    /// The tables of `[[key]]`, in file order.
    package func tables(_ key: String) -> [StrictTable] {
        guard let value = value(key) else { return [] }
        guard case .array(let array) = value else {
            fault(key, "'\(key)' must be a list of tables, [[\(key)]]")
            return []
        }
        let path = path(key)
        return array.compactMap { element in
            guard case .table(let inner) = element else {
                fault(key, "'\(key)' must hold only tables, [[\(path)]]")
                return nil
            }
            return StrictTable(inner, in: self, name: path)
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

    /// Reports that the table lacks a key.
    package func missing(_ key: String) {
        fault(nil, "'\(key)' is missing\(name.isEmpty ? "" : " in [\(name)]")")
    }

    /// Adds a fault at a key of this table, or at its header.
    package func fault(_ key: String?, _ message: String, hint: String? = nil) {
        let place = key.flatMap { table[$0]?.place }
        let location = SourceLocation(
            file: file, line: place?.line ?? line, column: place?.column)
        origin.faults.append(Diagnostic(code, at: location, message, hint: hint))
    }

    private func value(_ key: String) -> TOMLValue? {
        asked.insert(key)
        return stored(key)?.value
    }

    private func stored(_ key: String) -> TOMLTable.Entry? {
        table[key] ?? (ownKeys.contains(key) ? nil : inherited?[key])
    }

    private static func strings(_ value: TOMLValue) -> [String]? {
        if case .string(let string) = value { return [string] }
        guard case .array(let array) = value else { return nil }
        let strings = array.compactMap { element in
            if case .string(let string) = element { string } else { nil }
        }
        return strings.count == array.count ? strings : nil
    }

    private func isThere(_ key: String) -> Bool {
        asked.insert(key)
        if !has(key) { missing(key) }
        return has(key)
    }

    private func path(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
}
