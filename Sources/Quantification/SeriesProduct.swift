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
        var cursor = ValueCursor(pair.values)
        for span in pair.readings.spans {
            var start = span.start.secondsSinceEpoch
            let end = place + span.count
            while place < end {
                let run: Range<Int>
                do throws(SeriesObjection) {
                    run = try cursor.run(from: start, step: span.step, most: end - place)
                } catch {
                    throw .series(error)
                }
                for index in run {
                    let product = try product(
                        pair.readings.values[place], pair.values.values[index])
                    let (next, overflow) = sum.addingReportingOverflow(product)
                    guard !overflow else { throw .quantity(.overflow) }
                    sum = next
                    place += 1
                }
                start += span.step * Int64(run.count)
            }
        }
        return sum
    }

    private static func product(
        _ reading: Int128, _ value: Int128
    ) throws(PostingError) -> Int128 {
        // Two words make a double word: nearly all are, and the check of the general way is slow.
        if let reading = Int64(exactly: reading), let value = Int64(exactly: value) {
            return Int128(reading) &* Int128(value)
        }
        let (product, overflow) = reading.multipliedReportingOverflow(by: value)
        guard !overflow else { throw .quantity(.overflow) }
        return product
    }

    /// Goes through the values of a series in order of time.
    private struct ValueCursor {
        private let chunk: SeriesChunk
        private var span = 0
        /// The place of the first value of the span.
        private var first = 0

        init(_ chunk: SeriesChunk) { self.chunk = chunk }

        /// The values, one after the other, of readings that follow each other.
        ///
        /// - Parameters:
        ///   - start: When the first reading begins; later calls do not go back.
        ///   - step: Seconds of each reading.
        /// - Returns: The places of at least one value and at most as many as asked for.
        mutating func run(
            from start: Int64, step: Int64, most: Int
        ) throws(SeriesObjection) -> Range<Int> {
            while span < chunk.spans.count, chunk.spans[span].end.secondsSinceEpoch <= start {
                first += chunk.spans[span].count
                span += 1
            }
            guard span < chunk.spans.count,
                chunk.spans[span].start.secondsSinceEpoch <= start
            else { throw .valueMissing(Instant(secondsSinceEpoch: start)) }
            let current = chunk.spans[span]
            let (offset, rest) = (start - current.start.secondsSinceEpoch)
                .quotientAndRemainder(dividingBy: current.step)
            guard rest + step <= current.step else {
                throw .readingTooLong(
                    start: Instant(secondsSinceEpoch: start),
                    end: Instant(secondsSinceEpoch: start + step))
            }
            let place = first + Int(offset)
            guard step == current.step else { return place..<place + 1 }
            return place..<place + min(most, current.count - Int(offset))
        }
    }
}
