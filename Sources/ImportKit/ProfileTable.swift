internal import Diagnostics
internal import TOMLKit

/// A table of a profile while it is read. Every key must be asked for; `finish` refuses the rest.
struct ProfileTable {
    let source: ProfileSource
    /// `""` for the whole file, `time`, `series[1]`.
    let path: String
    private let table: TOMLTable
    private var asked: Set<String> = []

    init(_ table: TOMLTable, path: String, source: ProfileSource) {
        self.table = table
        self.path = path
        self.source = source
    }

    func fault(_ key: String, _ message: String, hint: String? = nil) -> Diagnostic {
        Diagnostic(.profileInvalid, at: source.location(path: path, key: key), message, hint: hint)
    }

    mutating func string(_ key: String) throws(Diagnostic) -> String? {
        guard let value = value(key) else { return nil }
        guard let string = value.string else { throw fault(key, "'\(key)' is not a text") }
        return string
    }

    mutating func requiredString(_ key: String) throws(Diagnostic) -> String {
        guard let string = try string(key) else { throw lacks(key) }
        return string
    }

    /// One text, or a list of texts.
    mutating func strings(_ key: String) throws(Diagnostic) -> [String]? {
        guard let value = value(key) else { return nil }
        guard let strings = Self.strings(value) else {
            throw fault(key, "'\(key)' is neither a text nor a list of texts")
        }
        return strings
    }

    mutating func integer(_ key: String) throws(Diagnostic) -> Int? {
        guard let value = value(key) else { return nil }
        guard let integer = value.int else { throw fault(key, "'\(key)' is not a whole number") }
        return integer
    }

    mutating func boolean(_ key: String) throws(Diagnostic) -> Bool? {
        guard let value = value(key) else { return nil }
        guard let boolean = value.bool else { throw fault(key, "'\(key)' is not true or false") }
        return boolean
    }

    /// One of the words of an enumeration.
    mutating func word<Value: RawRepresentable & CaseIterable>(
        _ key: String, _ type: Value.Type
    ) throws(Diagnostic) -> Value? where Value.RawValue == String {
        guard let text = try string(key) else { return nil }
        return try word(text, key, type)
    }

    func word<Value: RawRepresentable & CaseIterable>(
        _ text: String, _ key: String, _ type: Value.Type
    ) throws(Diagnostic) -> Value where Value.RawValue == String {
        guard let value = Value(rawValue: text) else {
            let words = Value.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", ")
            throw fault(key, "'\(text)' is no value of '\(key)'", hint: "write one of \(words)")
        }
        return value
    }

    /// A table of texts, or of lists of texts.
    mutating func map(_ key: String) throws(Diagnostic) -> [String: [String]]? {
        guard let value = value(key) else { return nil }
        guard let table = value.table else { throw fault(key, "'\(key)' is not a table") }
        var map: [String: [String]] = [:]
        for name in table.keys {
            guard let element = table[name], let strings = Self.strings(element) else {
                throw fault(key, "'\(name)' in '\(key)' is neither a text nor a list of texts")
            }
            map[name] = strings
        }
        return map
    }

    /// A table of texts, each read by `read`.
    mutating func map<Value>(
        _ key: String, _ read: (ProfileTable, String) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> [String: Value]? {
        guard let map = try map(key) else { return nil }
        var result: [String: Value] = [:]
        for (name, strings) in map {
            guard strings.count == 1 else { throw fault(key, "'\(name)' has more than one value") }
            result[name] = try read(self, strings[0])
        }
        return result
    }

    mutating func subtable(_ key: String) throws(Diagnostic) -> ProfileTable? {
        guard let value = value(key) else { return nil }
        guard let table = value.table else { throw fault(key, "'\(key)' is not a table") }
        return ProfileTable(table, path: path.isEmpty ? key : "\(path).\(key)", source: source)
    }

    /// The tables written as `[[key]]`; at least one.
    mutating func subtables(_ key: String) throws(Diagnostic) -> [ProfileTable] {
        guard let array = value(key)?.array, !array.isEmpty else {
            throw fault(key, "the profile has no [[\(key)]]", hint: "write at least one")
        }
        var tables: [ProfileTable] = []
        for element in array {
            guard let table = element.table else {
                throw fault(key, "'\(key)' is not a list of tables")
            }
            tables.append(
                ProfileTable(table, path: "\(key)[\(tables.count)]", source: source))
        }
        return tables
    }

    /// Refuses keys that nobody asked for: a misspelled key must not be without effect.
    func finish() throws(Diagnostic) {
        let unknown = table.keys.filter { !asked.contains($0) }.sorted()
        guard let key = unknown.first else { return }
        let known = asked.sorted().map { "'\($0)'" }.joined(separator: ", ")
        throw fault(key, "unknown key '\(key)'", hint: "the keys here are \(known)")
    }

    func lacks(_ key: String) -> Diagnostic {
        fault(key, path.isEmpty ? "'\(key)' is missing" : "'\(key)' is missing in '\(path)'")
    }

    private mutating func value(_ key: String) -> (any TOMLValueConvertible)? {
        asked.insert(key)
        return table[key]
    }

    private static func strings(_ value: any TOMLValueConvertible) -> [String]? {
        if let string = value.string { return [string] }
        guard let array = value.array else { return nil }
        let strings = array.compactMap(\.string)
        return strings.count == array.count ? strings : nil
    }
}

/// The text of a profile, to find the line of a key: the TOML library gives none.
struct ProfileSource {
    let file: String
    /// Lines by `path/key`; headers of tables by `path/`.
    private let lines: [String: Int]

    init(file: String, text: String) {
        self.file = file
        var lines: [String: Int] = [:]
        var counts: [String: Int] = [:]
        var path = ""
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let content = line.drop { $0 == " " || $0 == "\t" }
            if content.first == "[" {
                path = String(content.drop { $0 == "[" }.prefix { $0 != "]" })
                if content.hasPrefix("[[") {
                    let count = counts[path, default: 0]
                    counts[path] = count + 1
                    path += "[\(count)]"
                }
                lines["\(path)/"] = index + 1
            } else if let equals = content.firstIndex(of: "=") {
                let key = content[..<equals].filter { $0 != " " && $0 != "\"" && $0 != "'" }
                lines["\(path)/\(key)"] = index + 1
            }
        }
        self.lines = lines
    }

    /// The line of the key, or of the table of that name, else of the table it is in.
    func location(path: String, key: String) -> SourceLocation {
        let inner = path.isEmpty ? key : "\(path).\(key)"
        let line = lines["\(path)/\(key)"] ?? lines["\(inner)/"] ?? lines["\(path)/"]
        return SourceLocation(file: file, line: line)
    }
}
