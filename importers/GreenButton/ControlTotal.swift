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
    func compare(with series: [ReadingSeries], _ findings: inout Findings) {
        let candidates = series.filter { $0.behaviour == .delta && $0.direction != .export }
        guard candidates.count == 1, let only = candidates.first,
            let start = summary.period.start.known, let duration = summary.period.duration.known,
            duration > 0, duration < 1 << 40
        else { return }
        let inside = only.readings.filter { reading in
            reading.start.secondsSinceEpoch >= start
                && reading.end.secondsSinceEpoch - duration <= start
        }
        let covered = inside.reduce(Int64(0)) { seconds, reading in
            seconds + reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch
        }
        guard covered == duration else { return }
        do throws(QuantityError) {
            let sum = try ExactDecimal.sum(inside.lazy.map(\.value))
            var stated: [Statement] = []
            for measurement in summary.measurements {
                if let statement = try statement(measurement, in: only.unit) {
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
                "the summary states '\(first.value)' \(only.unit.symbol) for its billing period,"
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
