internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// What makes rows belong to one series.
struct CSVSeriesIdentity: Hashable {
    /// The position of the rule in the profile: two quantity columns never meet in one series.
    var rule: Int
    var meter: String?
    var channel: String?
    var carrier: Carrier
    var direction: FlowDirection
    var unit: Unit
}

/// Finds the series of a row for one rule. The words of a row are looked at once for each
/// combination: rows that say the same as one before cost a comparison of bytes.
struct CSVSeriesKeys {
    enum Answer {
        case identity(CSVSeriesIdentity)
        /// The filter of the rule leaves the row out.
        case notSelected
        case fault(CSVRowFault)
    }

    private let index: Int
    private let rule: Profile.SeriesRule
    private let columns: CSVColumns
    private let meter: [String]
    private let keyColumns: [Int]
    private var key: [UInt8] = []
    private var numbers: [[UInt8]: Int] = [:]
    private(set) var answers: [Answer] = []
    private var previousKey: [UInt8]?
    private var previousNumber = 0

    init(rule index: Int, of profile: Profile, columns: CSVColumns) {
        self.index = index
        self.columns = columns
        rule = profile.series[index]
        meter = profile.meter
        let names =
            profile.meter + rule.filter.keys
            + [rule.unit.column, rule.carrier.column, rule.direction.column, rule.channel.column]
            .compactMap(\.self)
        keyColumns = Set(columns.indexes(names)).sorted()
    }

    /// The number of the answer for the current row, and whether it is a new one.
    mutating func number(_ reader: CSVReader) -> (number: Int, isNew: Bool) {
        key.removeAll(keepingCapacity: true)
        for column in keyColumns {
            reader.withTrimmedCell(column) { bytes in
                for offset in bytes.indices { key.append(bytes[offset]) }
            }
            // Between cells stands a byte that is in no text.
            key.append(0)
        }
        if key == previousKey { return (previousNumber, false) }
        let known = numbers[key]
        let number = known ?? answers.count
        if known == nil {
            answers.append(answer(reader))
            numbers[key] = number
        }
        previousKey = key
        previousNumber = number
        return (number, known == nil)
    }

    private func answer(_ reader: CSVReader) -> Answer {
        for (name, words) in rule.filter {
            guard let column = columns.index(name) else { continue }
            if !words.contains(reader.text(column)) { return .notSelected }
        }
        do {
            return .identity(try identity(reader))
        } catch {
            return .fault(error)
        }
    }

    private func identity(_ reader: CSVReader) throws(CSVRowFault) -> CSVSeriesIdentity {
        let carrier = try value(rule.carrier, "carrier", reader) { Carrier(rawValue: $0) }
        let unit = try value(rule.unit, "unit", reader) {
            UnitCatalog.unit(symbol: $0) ?? UnitCatalog.unit(rec20: $0)
        }
        let direction = try value(rule.direction, "direction", reader) {
            FlowDirection(rawValue: $0)
        }
        return CSVSeriesIdentity(
            rule: index, meter: try meterNumber(reader), channel: channel(reader),
            carrier: carrier, direction: direction, unit: try energyUnit(unit, carrier))
    }

    private func meterNumber(_ reader: CSVReader) throws(CSVRowFault) -> String? {
        guard !meter.isEmpty else { return nil }
        let texts = columns.indexes(meter).map { reader.text($0) }
        guard let number = texts.first(where: { !$0.isEmpty }) else {
            throw CSVRowFault(
                .valueMissing, column: columns.index(meter.first), "the row names no meter")
        }
        return number
    }

    private func channel(_ reader: CSVReader) -> String? {
        guard let column = columns.index(rule.channel.column) else { return rule.channel.fixed }
        let word = reader.text(column)
        return word.isEmpty ? rule.channel.fixed : rule.channel.map.map { $0[word] ?? word } ?? word
    }

    /// The unit of the quantity: for mean power the energy of one second at that power.
    private func energyUnit(_ unit: Unit, _ carrier: Carrier) throws(CSVRowFault) -> Unit {
        let column = columns.index(rule.unit.column)
        guard rule.behaviour == .meanPower else {
            guard carrier.allows(unit.dimension) else {
                throw CSVRowFault(
                    .unitUnknown, column: column,
                    "'\(unit.symbol)' is no unit for a quantity of \(carrier.rawValue)")
            }
            return unit
        }
        let energy = UnitCatalog.all.first { $0.dimension == .energy && $0.ratio == unit.ratio }
        guard unit.dimension == .power, let energy else {
            throw CSVRowFault(
                .unitUnknown, column: column, "'\(unit.symbol)' is no unit of power")
        }
        return energy
    }

    private func value<Value>(
        _ rule: Profile.ValueRule<Value>, _ what: String, _ reader: CSVReader,
        _ ours: (String) -> Value?
    ) throws(CSVRowFault) -> Value {
        let column = columns.index(rule.column)
        let word = column.map { reader.text($0) } ?? ""
        if word.isEmpty {
            if let fixed = rule.fixed { return fixed }
            throw CSVRowFault(.valueMissing, column: column, "the row states no \(what)")
        }
        if let value = rule.map.map({ $0[word] }) ?? ours(word) { return value }
        throw CSVRowFault(
            what == "unit" ? .unitUnknown : .readingTypeUnresolved, column: column,
            "'\(DiagnosticRenderer.quoted(word))' is no \(what) that the profile knows",
            hint: rule.map.map {
                "the profile knows \($0.keys.sorted().map { "'\($0)'" }.joined(separator: ", "))"
            })
    }
}

extension Carrier {
    /// Whether a quantity of the carrier can be stated in a unit of the dimension.
    fileprivate func allows(_ dimension: Dimension) -> Bool {
        switch self {
        case .electricity: dimension == .energy
        case .reactive: dimension == .reactiveEnergy
        case .heat, .cooling: dimension == .energy || dimension == .volume
        case .gas, .water, .steam, .diesel, .petrol, .liquefiedPetroleumGas, .heatingOil,
            .refrigerant, .other:
            dimension == .energy || dimension == .volume || dimension == .mass
        }
    }
}
