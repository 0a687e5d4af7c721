internal import Documents
internal import Inventory
internal import Quantities

// Each section of a profile reads its own table, all keys first, so that every fault is found.
// Where a section is `nil`, a fault was reported.

extension Profile.Identification {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let exact = table.strings("header")
        let contained = table.strings("header_contains")
        optional = table.strings("optional") ?? []
        allowsOthers = exact == nil
        filename = table.string("filename")
        guard let header = exact ?? contained, (exact == nil) != (contained == nil),
            !header.isEmpty
        else {
            table.fault(
                "header", "'identify' needs either 'header' or 'header_contains'",
                hint: "'header' refuses other columns, 'header_contains' ignores them")
            return nil
        }
        self.header = header
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

extension Profile.TimeRule {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let format = table.parsed(
            "format", expected: "write 'iso-8601', or fields such as 'dd-MM-yyyy HH:mm:ss'",
            { LocalTimeFormat($0) })
        let span = Self.span(table, format)
        let zone = Self.zone(table, format)
        isNewestFirst =
            table.word("order", of: Order.self, required: false) == .newestFirst
        guard let format, let span, let zone else { return nil }
        self.format = format
        self.span = span
        self.zone = zone
    }

    private enum Order: String, CaseIterable {
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    private static func span(_ table: StrictTable, _ format: LocalTimeFormat?) -> Span? {
        let start = table.strings("start")
        let end = table.strings("end")
        let at = table.strings("at")
        let label = table.word("label", of: Label.self, required: false)
        let step = table.parsed(
            "step", required: false, expected: "write 'PT30M' or 'P1D'", Step.init)
        let isInclusive = table.boolean("end_inclusive") ?? false
        if let start, let end, !["at", "label", "step"].contains(where: table.has) {
            if isInclusive, format?.hasTime == true {
                table.fault("end_inclusive", "an inclusive end needs a format of days alone")
            }
            return .ends(start: start, end: end, isInclusive: isInclusive)
        }
        guard let at, !["start", "end", "end_inclusive"].contains(where: table.has) else {
            table.fault(
                nil, "'time' needs either 'start' and 'end', or 'at'",
                hint: "'at' takes 'label' and 'step', or neither for a register")
            return nil
        }
        guard table.has("label") || table.has("step") else { return .moment(at: at) }
        for key in ["label", "step"] where !table.has(key) { table.missing(key) }
        guard let label, let step else { return nil }
        if case .days = step, format?.hasTime == true {
            table.fault("step", "a step of days needs a format of days alone")
        }
        return .label(at: at, label, step)
    }

    private static func zone(_ table: StrictTable, _ format: LocalTimeFormat?) -> Zone? {
        guard table.has("zone") else {
            if format?.hasOffset == false { table.missing("zone") }
            return .written
        }
        let zone: Zone? = table.parsed(
            "zone", expected: "write a name such as 'Europe/Amsterdam', 'UTC' or 'facility'",
            { $0 == "facility" ? .facility : LocalTimeZone(identifier: $0).map { .place($0) } })
        if case .facility = zone, format?.hasTime == true {
            table.fault("zone", "only days can be in the zone of the facility")
        }
        return zone
    }
}

extension Profile.TimeRule.Step {
    /// `PT30M`, `PT1H`, `PT900S` or `P1D`.
    init?(_ text: String) {
        let isTime = text.hasPrefix("PT")
        let count = Int64(text.dropFirst(isTime ? 2 : 1).dropLast()) ?? 0
        guard text.first == "P", (1...86_400).contains(count) else { return nil }
        switch (isTime, text.last) {
        case (true, "H"): self = .seconds(count * 3_600)
        case (true, "M"): self = .seconds(count * 60)
        case (true, "S"): self = .seconds(count)
        case (false, "D"): self = .days(Int(count))
        case _: return nil
        }
    }
}

extension Profile.SeriesRule {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        filter = (table.dictionary("where") ?? [:]).mapValues { Set($0) }
        let quantity = table.required("quantity")
        unit = Profile.ValueRule("unit", table, expected: "write a symbol such as kWh, m3 or L") {
            UnitCatalog.unit(symbol: $0)
        }
        carrier = Profile.ValueRule("carrier", table, expected: StrictTable.hint(Carrier.self)) {
            Carrier(rawValue: $0)
        }
        direction = Profile.ValueRule(
            "direction", table, expected: StrictTable.hint(FlowDirection.self),
            { FlowDirection(rawValue: $0) })
        channel = Profile.ValueRule(
            "channel", table, isRequired: false, expected: "write the name of a channel", { $0 })
        let behaviour = table.word("behaviour", of: ReadingBehaviour.self)
        allowsNegative = table.boolean("negative") ?? false
        guard let quantity, let behaviour else { return nil }
        self.quantity = quantity
        self.behaviour = behaviour
    }
}

extension Profile.ValueRule {
    /// Reads `key`, `key_column` and `key_map`.
    init(
        _ key: String, _ table: StrictTable, isRequired: Bool = true, expected: String,
        _ parse: (String) -> Value?
    ) {
        fixed = table.parsed(key, required: false, expected: expected, parse)
        column = table.string("\(key)_column")
        map = table.words("\(key)_map", expected: expected, parse)
        let isStated = table.has(key) || table.has("\(key)_column")
        if isRequired, !isStated {
            table.fault(
                nil, "the series states no '\(key)'", hint: "write '\(key)' or '\(key)_column'")
        }
        if table.has("\(key)_map"), !table.has("\(key)_column") { table.missing("\(key)_column") }
    }
}

extension StrictTable {
    /// A table of texts, each of which a type reads.
    fileprivate func words<Value>(
        _ key: String, expected: String, _ parse: (String) -> Value?
    ) -> [String: Value]? {
        guard let texts = dictionary(key) else { return nil }
        var values: [String: Value] = [:]
        for (name, words) in texts.sorted(by: { $0.key < $1.key }) {
            if words.count == 1, let value = parse(words[0]) {
                values[name] = value
            } else {
                let text = words.joined(separator: ", ")
                fault(key, "'\(text)' is no value for '\(name)'", hint: expected)
            }
        }
        return values
    }
}

extension Profile.QualityRule {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let column = table.required("column")
        if !table.has("map") { table.missing("map") }
        let hint = StrictTable.hint(ReadingQuality.self) + ", missing"
        let map = table.words("map", expected: hint) { word in
            word == "missing"
                ? Profile.StatedQuality.missing
                : ReadingQuality(rawValue: word).map { .present($0) }
        }
        let otherwise = table.parsed(
            "otherwise", expected: "an unknown quality can only be refused: write 'reject'",
            { $0 == "reject" ? $0 : nil })
        guard let column, let map, otherwise != nil else { return nil }
        self.column = column
        self.map = map
    }
}

extension Profile.ReferenceRule {
    init(_ table: StrictTable) {
        defer { table.finish() }
        number = table.string("number")
        supplier = table.string("supplier")
    }
}

extension Profile.Test {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let file = table.required("file")
        let readings = table.requiredInteger("readings")
        missing = table.integer("missing") ?? 0
        quarantined = table.integer("quarantined") ?? 0
        if !table.has("total") { table.missing("total") }
        let totals = table.strings("total")
        let start = table.required("start")
        let end = table.required("end")
        guard let file, let readings, let totals, let start, let end else { return nil }
        self.file = file
        self.readings = readings
        self.totals = totals
        self.start = start
        self.end = end
    }
}
