internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

// Each section of a profile reads its own table; `ProfileParser` calls them in turn.

extension Profile.Identification {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        let exact = try table.strings("header")
        let contained = try table.strings("header_contains")
        guard let header = exact ?? contained, (exact == nil) != (contained == nil),
            !header.isEmpty
        else {
            throw table.fault(
                "header", "'identify' needs either 'header' or 'header_contains'",
                hint: "'header' refuses other columns, 'header_contains' ignores them")
        }
        self.header = header
        optional = try table.strings("optional") ?? []
        allowsOthers = exact == nil
        filename = try table.string("filename")
    }
}

extension Profile.Layout {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        encoding = try table.word("encoding", TextEncoding.self) ?? .utf8
        let delimiter = try Self.byte("delimiter", &table) ?? CSVDialect.standard.delimiter
        let quote =
            try table.string("quote") == ""
            ? nil : Self.byte("quote", &table) ?? CSVDialect.standard.quote
        guard delimiter != quote else {
            throw table.fault("quote", "delimiter and quote are the same character")
        }
        dialect = CSVDialect(delimiter: delimiter, quote: quote)
        guard let mark = try table.word("decimal", Mark.self) else { throw table.lacks("decimal") }
        let grouping = try table.string("thousands") ?? ""
        guard grouping.count <= 1, grouping != mark.rawValue else {
            throw table.fault("thousands", "'\(grouping)' cannot be between groups of digits")
        }
        notation = DecimalNotation(
            mark: mark == .point ? .point : .comma, grouping: grouping.first)
        missing = Set(try table.strings("missing") ?? [""])
        skipsUntilHeader = try table.boolean("skip_until_header") ?? false
    }

    private enum Mark: String, CaseIterable { case point = ".", comma = "," }

    private static func byte(
        _ key: String, _ table: inout ProfileTable
    ) throws(Diagnostic) -> UInt8? {
        guard let text = try table.string(key) else { return nil }
        guard text.utf8.count == 1, let byte = text.utf8.first, byte < 0x80, byte != 10, byte != 13
        else { throw table.fault(key, "'\(text)' is not one ASCII character") }
        return byte
    }
}

extension Profile.TimeRule {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        let pattern = try table.requiredString("format")
        guard let format = LocalTimeFormat(pattern) else {
            throw table.fault(
                "format", "'\(pattern)' is not a format of dates",
                hint: "write 'iso-8601', or fields such as 'dd-MM-yyyy HH:mm:ss'")
        }
        self.format = format
        span = try Self.span(&table, format)
        zone = try Self.zone(&table, format)
        isNewestFirst = try table.word("order", Order.self) == .newestFirst
    }

    private enum Order: String, CaseIterable {
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    private static func span(
        _ table: inout ProfileTable, _ format: LocalTimeFormat
    ) throws(Diagnostic) -> Span {
        let start = try table.strings("start")
        let end = try table.strings("end")
        let at = try table.strings("at")
        let label = try table.word("label", Label.self)
        let step = try table.string("step")
        let isInclusive = try table.boolean("end_inclusive") ?? false
        if let start, let end, at == nil, label == nil, step == nil {
            guard !isInclusive || !format.hasTime else {
                throw table.fault("end_inclusive", "an inclusive end needs a format of days alone")
            }
            return .ends(start: start, end: end, isInclusive: isInclusive)
        }
        guard let at, start == nil, end == nil, !isInclusive else {
            throw table.fault(
                "start", "'time' needs either 'start' and 'end', or 'at'",
                hint: "'at' takes 'label' and 'step', or neither for a register")
        }
        guard label != nil || step != nil else { return .moment(at: at) }
        guard let label else { throw table.lacks("label") }
        guard let step else { throw table.lacks("step") }
        let length = try Self.step(step, table)
        if case .days = length, format.hasTime {
            throw table.fault("step", "a step of days needs a format of days alone")
        }
        return .label(at: at, label, length)
    }

    /// `PT30M`, `PT1H`, `PT900S` or `P1D`.
    private static func step(_ text: String, _ table: ProfileTable) throws(Diagnostic) -> Step {
        let body = text.hasPrefix("PT") ? text.dropFirst(2) : text.dropFirst(1)
        let count = Int64(body.dropLast()) ?? 0
        guard text.first == "P", (1...86_400).contains(count), let designator = body.last else {
            throw table.fault("step", "'\(text)' is not a step", hint: "write 'PT30M' or 'P1D'")
        }
        switch (text.hasPrefix("PT"), designator) {
        case (true, "H"): return .seconds(count * 3_600)
        case (true, "M"): return .seconds(count * 60)
        case (true, "S"): return .seconds(count)
        case (false, "D"): return .days(Int(count))
        case _:
            throw table.fault("step", "'\(text)' is not a step", hint: "write 'PT30M' or 'P1D'")
        }
    }

    private static func zone(
        _ table: inout ProfileTable, _ format: LocalTimeFormat
    ) throws(Diagnostic) -> Zone {
        guard let name = try table.string("zone") else {
            guard format.hasOffset else { throw table.lacks("zone") }
            return .written
        }
        if name == "facility" {
            guard !format.hasTime else {
                throw table.fault("zone", "only days can be in the zone of the facility")
            }
            return .facility
        }
        guard let place = LocalTimeZone(identifier: name) else {
            throw table.fault(
                "zone", "'\(name)' is not a time zone",
                hint: "write a name such as 'Europe/Amsterdam', 'UTC' or 'facility'")
        }
        return .place(place)
    }
}

extension Profile.SeriesRule {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        filter = try (table.map("where") ?? [:]).mapValues { Set($0) }
        quantity = try table.requiredString("quantity")
        unit = try Profile.ValueRule("unit", &table) { (table, text) throws(Diagnostic) in
            guard let unit = UnitCatalog.unit(symbol: text) else {
                throw table.fault("unit", "no unit has the symbol '\(text)'")
            }
            return unit
        }
        carrier = try Profile.ValueRule("carrier", &table) { (table, text) throws(Diagnostic) in
            try table.word(text, "carrier", Carrier.self)
        }
        direction = try Profile.ValueRule("direction", &table) {
            (table, text) throws(Diagnostic) in
            try table.word(text, "direction", FlowDirection.self)
        }
        channel = try Profile.ValueRule("channel", &table, isRequired: false) { _, text in text }
        guard let behaviour = try table.word("behaviour", ReadingBehaviour.self) else {
            throw table.lacks("behaviour")
        }
        self.behaviour = behaviour
        allowsNegative = try table.boolean("negative") ?? false
    }
}

extension Profile.ValueRule {
    /// Reads `key`, `key_column` and `key_map`.
    init(
        _ key: String, _ table: inout ProfileTable, isRequired: Bool = true,
        _ read: (ProfileTable, String) throws(Diagnostic) -> Value
    ) throws(Diagnostic) {
        let word = try table.string(key)
        if let word { fixed = try read(table, word) } else { fixed = nil }
        column = try table.string("\(key)_column")
        map = try table.map("\(key)_map", read)
        guard word != nil || column != nil || !isRequired else {
            throw table.fault(
                key, "the series states no '\(key)'", hint: "write '\(key)' or '\(key)_column'")
        }
        guard map == nil || column != nil else { throw table.lacks("\(key)_column") }
    }
}

extension Profile.QualityRule {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        column = try table.requiredString("column")
        let map = try table.map("map") { (table, text) throws(Diagnostic) in
            text == "missing"
                ? Profile.StatedQuality.missing
                : .present(try table.word(text, "map", ReadingQuality.self))
        }
        guard let map else { throw table.lacks("map") }
        self.map = map
        guard try table.requiredString("otherwise") == "reject" else {
            throw table.fault(
                "otherwise", "an unknown quality can only be refused",
                hint: "write 'reject'")
        }
    }
}

extension Profile.ReferenceRule {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        number = try table.string("number")
        supplier = try table.string("supplier")
    }
}

extension Profile.Test {
    init(_ table: inout ProfileTable) throws(Diagnostic) {
        file = try table.requiredString("file")
        guard let readings = try table.integer("readings") else { throw table.lacks("readings") }
        self.readings = readings
        missing = try table.integer("missing") ?? 0
        quarantined = try table.integer("quarantined") ?? 0
        guard let totals = try table.strings("total") else { throw table.lacks("total") }
        self.totals = totals
        start = try table.requiredString("start")
        end = try table.requiredString("end")
    }
}
