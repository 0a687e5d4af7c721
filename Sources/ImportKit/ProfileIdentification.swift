internal import Documents
internal import Quantities

// How a document of the layout is known, and what stands around its table.

extension Profile.Identification {
    /// - Parameter step: Minutes between columns that are named by times of day.
    init?(_ table: StrictTable, step: Int?) {
        defer { table.finish() }
        names = table.columns("names", step: step) ?? []
        headerRows = table.integer("header_rows") ?? 1
        filename = table.pattern("filename")
        labels = table.patterns("labels")
        cells = table.patterns("cells")
        let header = Self.header(table, step: step, names: names)
        if !(1...5).contains(headerRows) {
            table.fault("header_rows", "a header has one to five rows")
        }
        guard let header else { return nil }
        self.header = header
        if case .row(let cells) = header, !names.isEmpty, cells.count != names.count {
            table.fault(
                "names", "'header_row' has \(cells.count) cells and 'names' \(names.count)",
                hint: "one name for each column; \"\" for one that is not read")
        }
    }

    private static func header(
        _ table: StrictTable, step: Int?, names: [String]
    ) -> Header? {
        let exact = table.columns("header", step: step)
        let contained = table.columns("header_contains", step: step)
        let row = table.columns("header_row", step: step)
        let optional = table.columns("optional", step: step) ?? []
        let stated = ["header", "header_contains", "header_row"].filter(table.has)
        if stated.count > 1 || stated.isEmpty && names.isEmpty {
            table.fault(
                "header",
                "'identify' needs one of 'header', 'header_contains', 'header_row' and 'names'",
                hint: "'header' refuses other columns, 'header_contains' ignores them, "
                    + "'header_row' states the cells in order, 'names' alone means no header")
            return nil
        }
        if let row {
            let patterns = row.compactMap { TextPattern($0) }
            if patterns.count != row.count { table.fault("header_row", "a pattern is too long") }
            return .row(patterns)
        }
        if let columns = exact ?? contained {
            guard !columns.isEmpty else {
                table.fault(stated.first, "the header has no columns")
                return nil
            }
            if !names.isEmpty { table.fault("names", "'names' needs 'header_row'") }
            return .columns(required: columns, optional: optional, allowsOthers: exact == nil)
        }
        return stated.isEmpty ? Header.none : nil
    }

    /// Columns that every document of the layout has.
    var required: [String] {
        switch header {
        case .columns(let required, _, _): required
        case .row, .none: names.filter { !$0.isEmpty }
        }
    }

    var optional: [String] {
        switch header {
        case .columns(_, let optional, _): optional
        case .row, .none: []
        }
    }
}

extension Profile.Preamble {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let form = table.word("form", of: Form.self)
        labels = table.strings("labels") ?? []
        optional = table.strings("optional") ?? []
        guard let form else { return nil }
        self.form = form
    }
}

extension Profile.Sections {
    /// The column with the number of the section, and that with the first cell of its header.
    static let number = "@section"
    static let header = "@header"

    init?(_ table: StrictTable) {
        defer { table.finish() }
        if !table.has("start") { table.missing("start") }
        let start = table.pattern("start")
        isContinued = table.boolean("continued") ?? false
        guard let start else { return nil }
        self.start = start
    }
}

extension Profile.Layout {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        encoding = table.word("encoding", of: TextEncoding.self, required: false) ?? .utf8
        let delimiter = table.parsed(
            "delimiter", required: false, expected: Self.oneCharacter, Self.byte)
        let quote = table.parsed("quote", required: false, expected: Self.oneCharacter) { text in
            text.isEmpty ? [] : Self.byte(text).map { [$0] }
        }
        let standard = CSVDialect.standard
        dialect = CSVDialect(
            delimiter: delimiter ?? standard.delimiter, quote: quote.map(\.first) ?? standard.quote)
        let mark = table.word("decimal", of: Mark.self)
        let grouping = table.parsed(
            "thousands", required: false, expected: "write the one character between groups",
            { $0.count <= 1 && $0 != mark?.rawValue ? $0 : nil })
        missing = Set(table.strings("missing") ?? [""])
        skipsUntilHeader = table.boolean("skip_until_header") ?? false
        unwrapsExcelText = table.boolean("unwrap_excel_text") ?? false
        stop = table.pattern("stop_at")
        ragged = table.wordSet("ragged", of: Ragged.self)
        ignored = table.wordTables("ignore")
        if dialect.delimiter == dialect.quote {
            table.fault("quote", "delimiter and quote are the same character")
        }
        guard let mark else { return nil }
        notation = DecimalNotation(
            mark: mark == .point ? .point : .comma, grouping: grouping?.first)
    }

    private enum Mark: String, CaseIterable { case point = ".", comma = "," }

    private static let oneCharacter = "write one ASCII character"

    private static func byte(_ text: String) -> UInt8? {
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 10, byte != 13
        else { return nil }
        return byte
    }
}

extension StrictTable {
    /// Names of columns with ranges written out.
    func columns(_ key: String, step: Int?) -> [String]? {
        guard let names = strings(key) else { return nil }
        guard let columns = ColumnRange.expand(names, minutes: step) else {
            fault(
                key, "'\(key)' holds a range that does not lead from its first name to its last",
                hint: "write \"kWh_1..kWh_48\", or \"00:00..23:30\" with a 'step' in [time]")
            return nil
        }
        return columns
    }

    func pattern(_ key: String) -> TextPattern? {
        parsed(
            key, required: false,
            expected: "at most \(TextPattern.longestPattern) bytes; '*' any text, '#' a digit, "
                + "'@' a letter",
            { TextPattern($0) })
    }

    func patterns(_ key: String) -> [String: TextPattern] {
        var patterns: [String: TextPattern] = [:]
        for (name, texts) in dictionary(key) ?? [:] {
            if texts.count == 1, let pattern = TextPattern(texts[0]) {
                patterns[name] = pattern
            } else {
                fault(key, "'\(name)' in '\(key)' needs one pattern")
            }
        }
        return patterns
    }

    /// A table of column names and the words that the column may hold.
    func wordTables(_ key: String) -> [String: WordTable<Bool>] {
        var tables: [String: WordTable<Bool>] = [:]
        for (name, words) in dictionary(key) ?? [:] {
            let table = WordTable(Dictionary(words.map { ($0, true) }) { first, _ in first })
            if let table { tables[name] = table } else { fault(key, "a pattern is too long") }
        }
        return tables
    }

    /// Words of one of our vocabularies.
    func wordSet<Word: RawRepresentable & CaseIterable & Hashable>(
        _ key: String, of type: Word.Type
    ) -> Set<Word> where Word.RawValue == String {
        var words: Set<Word> = []
        for text in strings(key) ?? [] {
            if let word = Word(rawValue: text) {
                words.insert(word)
            } else {
                fault(key, "'\(text)' is no \(key)", hint: StrictTable.hint(type))
            }
        }
        return words
    }
}
