internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Compares the statement of a billing period with the readings of that period. It adds nothing.
struct ControlTotal {
    /// Decimals to which a statement is converted for comparison.
    private static let decimals = 15

    private struct Statement {
        var value: ExactDecimal
        /// The smallest step in which the value is stated.
        var step: ExactDecimal
    }

    let summary: UsageSummary

    /// Warns where the readings fill the billing period and add up to something else.
    func compare(with totals: PeriodTotals, _ findings: inout Findings) {
        guard let start = summary.period.start.known, let duration = summary.period.duration.known,
            duration > 0, abs(start) < 1 << 40, duration < 1 << 40
        else { return }
        do throws(QuantityError) {
            guard let sum = try totals.sum(from: start, to: start + duration) else { return }
            var stated: [Statement] = []
            for measurement in summary.measurements {
                if let statement = try statement(measurement, in: totals.unit) {
                    stated.append(statement)
                }
            }
            let distances = try stated.map { statement throws(QuantityError) in
                try statement.value.subtracting(sum).magnitude
            }
            let agrees = zip(distances, stated).contains { $0 < $1.step }
            guard let first = stated.first, !agrees else { return }
            findings.warn(
                .controlTotalDiffers, line: summary.line,
                "the summary states '\(first.value)' \(totals.unit.symbol) for its billing period,"
                    + " the readings add up to '\(sum)'")
        } catch {
            findings.warn(
                .controlTotalDiffers, line: summary.line,
                "the summary states a number that cannot be compared")
        }
    }

    private func statement(
        _ measurement: UsageSummary.Measurement, in unit: Unit
    ) throws(QuantityError) -> Statement? {
        let power = measurement.powerOfTen.map(\.number) ?? 0
        guard let power, (-12...12).contains(power), let value = measurement.value.known,
            let code = measurement.unit?.number,
            case .amount(let source, _) = UnitOfMeasure(code: code),
            source.dimension == unit.dimension
        else { return nil }
        let step = ExactDecimal(mantissa: 1, exponent: power)
        let amounts = try [value.multiplied(by: step), step].map { amount throws(QuantityError) in
            try Quantity(amount, source)
                .converted(to: unit, decimals: Self.decimals, rounding: .halfEven).amount
        }
        return Statement(value: amounts[0], step: amounts[1])
    }
}

/// Sums of a series over any period, without going through its readings again.
struct PeriodTotals {
    let unit: Unit
    private let readings: Readings
    /// The sum before each reading, and after the last.
    private let sums: [ExactDecimal]
    private let seconds: [Int64]

    /// - Returns: `nil` where several series or none could be meant.
    init?(_ series: [ReadingSeries]) {
        let candidates = series.filter { $0.behaviour == .delta && $0.direction != .export }
        guard candidates.count == 1, let only = candidates.first else { return nil }
        unit = only.unit
        readings = only.readings
        var sums: [ExactDecimal] = [.zero]
        var seconds: [Int64] = [0]
        for reading in readings {
            do throws(QuantityError) {
                sums.append(try (sums.last ?? .zero).adding(reading.value))
            } catch {
                return nil
            }
            let length = reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch
            seconds.append((seconds.last ?? 0) + length)
        }
        self.sums = sums
        self.seconds = seconds
    }

    /// - Returns: `nil` unless whole readings fill the period.
    func sum(from start: Int64, to end: Int64) throws(QuantityError) -> ExactDecimal? {
        let first = readings.firstIndex(bisecting: { $0.start.secondsSinceEpoch >= start })
        let last = readings.firstIndex(bisecting: { $0.end.secondsSinceEpoch > end })
        guard first < last, seconds[last] - seconds[first] == end - start else { return nil }
        return try sums[last].subtracting(sums[first])
    }
}
