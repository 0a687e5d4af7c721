internal import Inventory
internal import Quantities

// Each section of a profile reads its own table, all keys first, so that every fault is found.
// Where a section is `nil`, a fault was reported.

extension Profile.SeriesRule {
    /// - Parameter step: Minutes between columns that are named by times of day.
    init?(_ table: StrictTable, step: Int?) {
        defer { table.finish() }
        filter = table.wordTables("where")
        if !table.has("quantity") { table.missing("quantity") }
        let quantity = table.columns("quantity", step: step)
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
        factor = table.string("factor_column")
        deltas = table.string("check_deltas")
        asks = table.asksOtherwise(required: false)
        isOptional = table.boolean("optional") ?? false
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
        map = table.words("\(key)_map", expected: expected, parse).flatMap { WordTable($0) }
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
    /// - Parameter step: Minutes between columns that are named by times of day.
    init?(_ table: StrictTable, step: Int?) {
        defer { table.finish() }
        if !table.has("column") { table.missing("column") }
        let columns = table.columns("column", step: step)
        if !table.has("map") { table.missing("map") }
        let hint = StrictTable.hint(ReadingQuality.self) + ", missing"
        let map = table.words("map", expected: hint) { word in
            word == "missing"
                ? Profile.StatedQuality.missing
                : ReadingQuality(rawValue: word).map { .present($0) }
        }
        asks = table.asksOtherwise(required: true)
        guard let columns, let map, let words = WordTable(map) else { return nil }
        self.columns = columns
        self.map = words
    }
}

extension StrictTable {
    /// What becomes of a word that no map knows: its row is set aside, or the document waits for
    /// an answer.
    fileprivate func asksOtherwise(required isRequired: Bool) -> Bool {
        word("otherwise", of: Otherwise.self, required: isRequired) == .ask
    }

    private enum Otherwise: String, CaseIterable { case reject, ask }
}

extension Profile.CheckRule {
    static let standard = Self(
        quarantineLimit: ExactDecimal(mantissa: 5, exponent: -2), totalColumn: nil, rowsPerDay: nil)

    init(_ table: StrictTable) {
        defer { table.finish() }
        let limit = table.parsed(
            "quarantine_limit", required: false, expected: "write \"0.05\" for 5 % of rows"
        ) { text -> ExactDecimal? in
            let share: ExactDecimal
            do { share = try ExactDecimal(parsing: text) } catch { return nil }
            return !share.isNegative && share < .one && share.exponent >= -4 ? share : nil
        }
        quarantineLimit = limit ?? Self.standard.quarantineLimit
        totalColumn = table.string("total_column")
        rowsPerDay = table.parsed(
            "rows_per_day", required: false, expected: "write \"dst\" or a count such as \"48\""
        ) { text -> RowsPerDay? in
            if text == "dst" { return .byClock }
            return Int(text).flatMap { (1...1_440).contains($0) ? .fixed($0) : nil }
        }
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
