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
    /// What two sections say is never added.
    var section: String?
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
    private let section: Int?
    /// The columns whose cells decide; below zero for what stands above the table.
    let keyColumns: [Int]
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
        let isSplit = profile.sections.map { !$0.isContinued } ?? false
        section = isSplit ? columns.index(Profile.Sections.number) : nil
        let names =
            profile.meter + rule.filter.keys
            + [rule.unit.column, rule.carrier.column, rule.direction.column, rule.channel.column]
            .compactMap(\.self)
        keyColumns = Set(columns.indexes(names) + [section].compactMap(\.self)).sorted()
    }

    /// The number of the answer for the current row, and whether it is a new one.
    mutating func number(_ row: CSVRow) -> (number: Int, isNew: Bool) {
        key.removeAll(keepingCapacity: true)
        for column in keyColumns {
            row.withCell(column) { bytes in
                for offset in bytes.indices { key.append(bytes[offset]) }
            }
            // Between cells stands a byte that is in no text.
            key.append(0)
        }
        if key == previousKey { return (previousNumber, false) }
        let known = numbers[key]
        let number = known ?? answers.count
        if known == nil {
            answers.append(answer(row))
            numbers[key] = number
        }
        previousKey = key
        previousNumber = number
        return (number, known == nil)
    }

    private func answer(_ row: CSVRow) -> Answer {
        for (name, words) in rule.filter {
            guard let column = columns.index(name) else { continue }
            if words[row.text(column)] == nil { return .notSelected }
        }
        do {
            return .identity(try identity(row))
        } catch {
            return .fault(error)
        }
    }

    private func identity(_ row: CSVRow) throws(CSVRowFault) -> CSVSeriesIdentity {
        let carrier = try value(rule.carrier, "carrier", row) { Carrier(rawValue: $0) }
        let unit = try value(rule.unit, "unit", row) {
            UnitCatalog.unit(symbol: $0) ?? UnitCatalog.unit(rec20: $0)
        }
        let direction = try value(rule.direction, "direction", row) {
            FlowDirection(rawValue: $0)
        }
        let section = section.map { row.text($0) }
        return CSVSeriesIdentity(
            rule: index, meter: try meterNumber(row), channel: channel(row) ?? section,
            section: section, carrier: carrier, direction: direction,
            unit: try energyUnit(unit, carrier))
    }

    private func meterNumber(_ row: CSVRow) throws(CSVRowFault) -> String? {
        let texts = columns.indexes(meter).map { row.text($0) }
        guard !texts.isEmpty else { return nil }
        guard let number = texts.first(where: { !$0.isEmpty }) else {
            throw CSVRowFault(
                .valueMissing, column: columns.indexes(meter).first, "the row names no meter")
        }
        guard Self.rounded?.matches(number) != true else {
            throw CSVRowFault(
                .valueMissing, column: columns.indexes(meter).first,
                "'\(number)' is a meter number that a spreadsheet rounded",
                hint: "export the column as text")
        }
        return number
    }

    /// `1.71E+12`: the digits behind are lost, and many meters would be one.
    private static let rounded = TextPattern("#*E+##")

    private func channel(_ row: CSVRow) -> String? {
        guard let column = columns.index(rule.channel.column) else { return rule.channel.fixed }
        let word = row.text(column)
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
        _ rule: Profile.ValueRule<Value>, _ what: String, _ row: CSVRow,
        _ ours: (String) -> Value?
    ) throws(CSVRowFault) -> Value {
        let column = columns.index(rule.column)
        let word = column.map { row.text($0) } ?? ""
        if word.isEmpty, rule.map?[""] == nil {
            if let fixed = rule.fixed { return fixed }
            throw CSVRowFault(
                .valueMissing, column: column, "the row states no \(what)",
                hint: self.rule.asks ? "which \(what) is it?" : nil, asks: self.rule.asks)
        }
        if let value = rule.map.map({ $0[word] }) ?? ours(word) { return value }
        throw CSVRowFault(
            what == "unit" ? .unitUnknown : .readingTypeUnresolved, column: column,
            "'\(DiagnosticRenderer.quoted(word))' is no \(what) that the profile knows",
            hint: rule.map.map {
                "the profile knows \($0.known.map { "'\($0)'" }.joined(separator: ", "))"
            }, asks: self.rule.asks)
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
            .dieselB5, .dieselB7, .dieselB10, .dieselB20, .dieselB30, .petrolE5, .petrolE10,
            .petrolE15, .petrolE85, .biodiesel, .hydrotreatedVegetableOil, .bioethanol,
            .refrigerant, .other, .unknown:
            dimension == .energy || dimension == .volume || dimension == .mass
        }
    }
}
