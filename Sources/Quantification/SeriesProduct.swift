package import Inventory
package import Quantities
package import Series

/// Why readings and a factor series give no mass.
package enum SeriesObjection: Error, Hashable, Sendable {
    /// The quantity of the activity is not the sum of readings, as with a bill.
    case noReadings
    /// The series has no value for the time of a reading that begins then.
    case valueMissing(Instant)
    /// A reading lies across values of the series, such as a daily reading and values by the hour.
    case readingTooLong(start: Instant, end: Instant)
}

/// The readings of an activity and the values of a factor series, as the book holds them.
package struct SeriesPair: Hashable, Sendable {
    package let readings: SeriesChunk
    package let values: SeriesChunk

    package init(readings: SeriesChunk, values: SeriesChunk) {
        self.readings = readings
        self.values = values
    }
}

/// Σ reading × value at its time: the mass an activity emits under a factor series.
package enum SeriesProduct {
    /// The mass in whole milligrams: an exact sum, rounded once (half-even at the milligram).
    ///
    /// Each reading lies within one step of the series. Shorter readings, such as quarters of an
    /// hour, take the value of the hour they lie in.
    ///
    /// - Parameter unit: The unit of the readings.
    /// - Throws: `series` with the first reading that has no value, `quantity` on overflow.
    package static func mass(
        of pair: SeriesPair, in unit: Unit, _ series: FactorSeries
    ) throws(PostingError) -> Mass {
        let sum = try exactSum(pair)
        do throws(QuantityError) {
            let product = ExactDecimal(
                mantissa: sum, exponent: -(pair.readings.scale + pair.values.scale))
            let units = try Quantity(.one, unit).ratio(in: series.factor.activityUnit)
            let grams = try Quantity(.one, series.massUnit).ratio(in: .gram)
            return try Mass(
                grams: units.multiplied(by: grams).multiplied(by: product), rounding: .halfEven)
        } catch {
            throw .quantity(error)
        }
    }

    /// In whole numbers of the two scales.
    private static func exactSum(_ pair: SeriesPair) throws(PostingError) -> Int128 {
        var sum: Int128 = 0
        var place = 0
        var values = ValueCursor(pair.values)
        for span in pair.readings.spans {
            var start = span.start.secondsSinceEpoch
            for _ in 0..<span.count {
                let end = start + span.step
                let value: Int128
                do throws(SeriesObjection) {
                    value = try values.value(from: start, to: end)
                } catch {
                    throw .series(error)
                }
                let (product, overflow) = pair.readings.values[place]
                    .multipliedReportingOverflow(by: value)
                let (next, overrun) = sum.addingReportingOverflow(product)
                guard !overflow, !overrun else { throw .quantity(.overflow) }
                sum = next
                place += 1
                start = end
            }
        }
        return sum
    }

    /// Goes through the values of a series in order of time.
    private struct ValueCursor {
        private let chunk: SeriesChunk
        private var span = 0
        /// The place of the first value of the span.
        private var first = 0

        init(_ chunk: SeriesChunk) { self.chunk = chunk }

        /// The value that holds from `start` to `end`, in seconds; later calls do not go back.
        mutating func value(from start: Int64, to end: Int64) throws(SeriesObjection) -> Int128 {
            while span < chunk.spans.count, chunk.spans[span].end.secondsSinceEpoch <= start {
                first += chunk.spans[span].count
                span += 1
            }
            guard span < chunk.spans.count,
                chunk.spans[span].start.secondsSinceEpoch <= start
            else { throw .valueMissing(Instant(secondsSinceEpoch: start)) }
            let current = chunk.spans[span]
            let offset = (start - current.start.secondsSinceEpoch) / current.step
            let next = current.start.secondsSinceEpoch + (offset + 1) * current.step
            guard end <= next else {
                throw .readingTooLong(
                    start: Instant(secondsSinceEpoch: start), end: Instant(secondsSinceEpoch: end))
            }
            return chunk.values[first + Int(offset)]
        }
    }
}
