package import Diagnostics
internal import Inventory
internal import Quantities

/// Turns readings, however the source states them, into the quantity of each interval.
package enum IntervalQuantities {
    /// - Returns: Deltas and the energies of mean power as they are; the differences of a
    ///   cumulative register, each from one reading to the next.
    /// - Throws: `register-falls` where a cumulative register goes down, `number-out-of-range`.
    package static func intervals(of series: ReadingSeries) throws(Diagnostic) -> Readings {
        switch series.behaviour {
        case .delta, .meanPower: return series.readings
        case .cumulative: return try differences(series.readings)
        }
    }

    private static func differences(_ readings: Readings) throws(Diagnostic) -> Readings {
        var intervals = Readings()
        for (earlier, later) in zip(readings, readings.dropFirst()) {
            let difference: ExactDecimal
            do {
                difference = try later.value.subtracting(earlier.value)
            } catch {
                throw Diagnostic(
                    .numberOutOfRange, "the register reading '\(later.value)' is out of range")
            }
            guard !difference.isNegative else {
                throw Diagnostic(
                    .registerFalls,
                    "the register falls from '\(earlier.value)' to '\(later.value)'",
                    hint: "tell a meter exchange or a roll-over by two meters with validity dates")
            }
            var interval = later
            interval.start = earlier.start
            interval.end = later.start
            interval.value = difference
            intervals.append(interval)
        }
        return intervals
    }
}
