internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads the values of a row by the rules of a profile.
struct CSVCells {
    /// What a value of a rule must be; apart from the rule, whose copies cost more than a row.
    private struct QuantityCells {
        var columns: [Int]
        var behaviour: ReadingBehaviour
        var allowsNegative: Bool
        var factor: Int?
        var deltas: Int?
    }

    private let numbers: CSVNumberReader
    private let quantities: [QuantityCells]
    private let qualityColumns: [Int]
    private let quality: Profile.QualityRule?
    private let totalColumn: Int?
    private let missing: Set<[UInt8]>

    init(_ profile: Profile, columns: CSVColumns) {
        numbers = CSVNumberReader(notation: profile.layout.notation)
        quantities = profile.series.map { rule in
            QuantityCells(
                columns: columns.all(rule.quantity), behaviour: rule.behaviour,
                allowsNegative: rule.allowsNegative, factor: columns.index(rule.factor),
                deltas: columns.index(rule.deltas))
        }
        quality = profile.quality
        qualityColumns = columns.indexes(profile.quality?.columns ?? [])
        totalColumn = columns.index(profile.check.totalColumn)
        missing = Set(profile.layout.missing.map { Array($0.utf8) })
    }

    /// Whether the document has the columns of a rule.
    func has(_ rule: Int) -> Bool { !quantities[rule].columns.isEmpty }

    func column(_ rule: Int, _ slot: Int) -> Int { quantities[rule].columns[slot] }

    func deltaColumn(of rule: Int) -> Int? { quantities[rule].deltas }

    // MARK: - Quality

    func quality(_ slot: Int, _ row: CSVRow) throws(CSVRowFault) -> Profile.StatedQuality {
        guard let quality, !qualityColumns.isEmpty else { return .present(.unstated) }
        let column = qualityColumns[qualityColumns.count > 1 ? slot : 0]
        let word = row.text(column)
        if let stated = quality.map[word] { return stated }
        throw CSVRowFault(
            .readingTypeUnresolved, column: column,
            "'\(DiagnosticRenderer.quoted(word))' is no quality that the profile knows",
            hint: "the profile knows "
                + quality.map.known.map { "'\($0)'" }.joined(separator: ", "),
            asks: quality.asks)
    }

    // MARK: - Values

    /// - Returns: `nil` for a cell that says "no value".
    func value(
        _ rule: Int, _ slot: Int, _ span: (start: Instant, end: Instant), _ row: CSVRow
    ) throws(CSVRowFault) -> ExactDecimal? {
        let quantity = quantities[rule]
        let column = quantity.columns[slot]
        if isMissing(column, row) { return nil }
        var value = try read(column, row) { $0 }
        if let factor = quantity.factor {
            value = try read(factor, row) { number throws(QuantityError) in
                try number.multiplied(by: value)
            }
        }
        // A span that only its neighbours will tell has no length yet.
        if quantity.behaviour == .meanPower, span.end > span.start {
            let seconds = span.end.secondsSinceEpoch - span.start.secondsSinceEpoch
            let power = value
            value = try read(column, row) { _ throws(QuantityError) in
                try power.multiplied(by: ExactDecimal(seconds))
            }
        }
        try checkSign(value, quantity, column)
        return value
    }

    /// Whether a cell is empty or zero.
    func isNothing(_ rule: Int, _ slot: Int, _ row: CSVRow) -> Bool {
        let column = quantities[rule].columns[slot]
        return isMissing(column, row) || plainNumber(column, row)?.isZero ?? false
    }

    /// - Returns: `nil` for a cell that holds no number.
    func plainNumber(_ column: Int, _ row: CSVRow) -> ExactDecimal? {
        do throws(QuantityError) {
            return try number(column, row)
        } catch {
            return nil
        }
    }

    private func isMissing(_ column: Int, _ row: CSVRow) -> Bool {
        row.withCell(column) { bytes in
            // Only short texts can be markers; the set is asked for those that are no number.
            bytes.count <= 32 && (bytes.isEmpty || !Self.beginsNumber(bytes[0]))
                && missing.contains(bytes.indices.map { bytes[$0] })
        }
    }

    private static func beginsNumber(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

    private func number(_ column: Int, _ row: CSVRow) throws(QuantityError) -> ExactDecimal {
        let result = row.withCell(column) { bytes in
            Result { () throws(QuantityError) in try numbers.read(bytes) }
        }
        return try result.get()
    }

    private func read(
        _ column: Int, _ row: CSVRow,
        _ body: (ExactDecimal) throws(QuantityError) -> ExactDecimal
    ) throws(CSVRowFault) -> ExactDecimal {
        do throws(QuantityError) {
            return try body(number(column, row))
        } catch {
            let text = DiagnosticRenderer.quoted(row.text(column))
            throw error == .notADecimal
                ? CSVRowFault(
                    .numberInvalid, column: column,
                    "'\(text)' is no number with the decimal mark of the profile",
                    hint: "a word for 'no value' belongs into 'missing' of the profile")
                : CSVRowFault(
                    .numberOutOfRange, column: column,
                    "'\(text)' has more than 38 digits or an exponent beyond 30",
                    hint: "write the number in plain digits")
        }
    }

    private func checkSign(
        _ value: ExactDecimal, _ quantity: QuantityCells, _ column: Int
    ) throws(CSVRowFault) {
        guard value.isNegative, !quantity.allowsNegative, quantity.behaviour != .cumulative else {
            return
        }
        throw CSVRowFault(
            .consumptionNegative, column: column, "the quantity '\(value)' is below zero",
            hint: "a correction needs a profile that says 'negative = true'")
    }

    // MARK: - Totals

    /// Where the total of a row differs from its values by more than their rounding.
    ///
    /// - Parameter values: What the row says by one rule.
    func totalDifference(
        _ values: [ExactDecimal?], _ rule: Int, _ row: CSVRow
    ) -> (column: Int, message: String)? {
        guard let totalColumn, let total = plainNumber(totalColumn, row) else { return nil }
        let present = values.compactMap(\.self)
        let decimals = quantities[rule].columns.map { writtenDecimals($0, row) }.max() ?? 0
        do throws(QuantityError) {
            let sum = try ExactDecimal.sum(present)
            // Each value and the total may be rounded by half of the last place that is written;
            // whole numbers are taken as they are.
            let halves = decimals == 0 ? 0 : present.count + 1
            let tolerance = ExactDecimal(mantissa: Int128(halves) * 5, exponent: -decimals - 1)
            let difference = try total.subtracting(sum)
            guard difference > tolerance || difference < tolerance.negated else { return nil }
            return (
                totalColumn, "the values of the row come to '\(sum)', its total says '\(total)'"
            )
        } catch {
            return (totalColumn, "the total '\(total)' cannot be compared with the values")
        }
    }

    /// How many digits stand behind the decimal mark of a cell.
    private func writtenDecimals(_ column: Int, _ row: CSVRow) -> Int {
        let mark = numbers.notation.mark == .point ? UInt8(ascii: ".") : UInt8(ascii: ",")
        return row.withCell(column) { bytes in
            guard let place = bytes.indices.first(where: { bytes[$0] == mark }) else { return 0 }
            return min(bytes.count - place - 1, 30)
        }
    }
}
