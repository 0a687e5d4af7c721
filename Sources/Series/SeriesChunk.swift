package import Inventory
package import Quantities

/// Readings in order of time that do not overlap, in the compact form in which a book keeps them.
///
/// Times, qualities and places are runs, values are whole numbers of one decimal scale. The runs
/// are as long as they can be and the scale as small as it can be, so that equal readings are
/// equal chunks with equal bytes. Format: `Schemas/series-chunk.md`.
package struct SeriesChunk: Hashable, Sendable {
    /// Readings of one step, each beginning where the one before it ends.
    package struct Span: Hashable, Sendable {
        package let start: Instant
        /// Seconds of each reading.
        package let step: Int64
        package internal(set) var count: Int

        package var end: Instant { start.adding(seconds: step * Int64(count)) }
    }

    package struct QualityRun: Hashable, Sendable {
        package let quality: ReadingQuality
        package internal(set) var count: Int
    }

    /// Readings on evenly spaced lines of one document.
    package struct PlaceRun: Hashable, Sendable {
        package let source: Int
        package let first: Int
        /// Lines from one reading to the next; 0 for a single reading.
        package internal(set) var stride: Int
        package internal(set) var count: Int

        var last: Int { first + stride * (count - 1) }
    }

    /// A month of readings of one second each fits.
    package static let maximumCount = 2_700_000
    /// 366 days.
    package static let maximumStep: Int64 = 31_622_400
    /// Digits after the point.
    package static let maximumScale = 36
    package static let maximumLine = 1 << 40
    package static let maximumSource = 1 << 16
    /// Values are below it, so that the difference of two fits `Int128`.
    static let valueLimit = UInt128(1_000_000_000_000_000_000) * 1_000_000_000_000_000_000

    package internal(set) var spans: [Span] = []
    package internal(set) var qualities: [QualityRun] = []
    package internal(set) var places: [PlaceRun] = []
    /// Digits after the point of each value.
    package internal(set) var scale = 0
    /// Each value times 10^scale.
    package internal(set) var values: [Int128] = []

    init() {}

    /// - Throws: all cases but `malformed` and `notCanonical`.
    package init(_ readings: some Collection<SeriesReading>) throws(SeriesChunkError) {
        guard !readings.isEmpty else { throw .empty }
        guard readings.count <= Self.maximumCount else { throw .tooMany }
        for reading in readings {
            scale = max(scale, -reading.value.exponent)
            try append(start: reading.start, end: reading.end)
            append(reading.quality)
            try append(source: reading.source, line: reading.line)
        }
        guard scale <= Self.maximumScale else { throw .valueOutOfRange }
        values.reserveCapacity(readings.count)
        for reading in readings {
            do throws(QuantityError) {
                values.append(try reading.value.mantissa(at: -scale))
            } catch {
                throw .valueOutOfRange
            }
            guard values[values.count - 1].magnitude < Self.valueLimit else {
                throw .valueOutOfRange
            }
        }
    }

    package var count: Int { values.count }

    /// The start of the first reading and the end of the last.
    package var start: Instant { spans[0].start }
    package var end: Instant { spans[spans.count - 1].end }

    /// The exact sum of the values.
    ///
    /// - Throws: `valueOutOfRange` where it has more than 38 digits.
    package func total() throws(SeriesChunkError) -> ExactDecimal {
        var sum: Int128 = 0
        for value in values {
            let (next, overflow) = sum.addingReportingOverflow(value)
            guard !overflow else { throw .valueOutOfRange }
            sum = next
        }
        let total = ExactDecimal(mantissa: sum, exponent: -scale)
        guard total.isWritable else { throw .valueOutOfRange }
        return total
    }

    /// The readings, one by one.
    package var readings: [SeriesReading] {
        var readings: [SeriesReading] = []
        readings.reserveCapacity(count)
        var quality = Walk(qualities.map(\.count))
        var place = Walk(places.map(\.count))
        for span in spans {
            for step in 0..<span.count {
                let run = places[place.run]
                let start = span.start.adding(seconds: span.step * Int64(step))
                readings.append(
                    SeriesReading(
                        start: start, end: start.adding(seconds: span.step),
                        value: ExactDecimal(mantissa: values[readings.count], exponent: -scale),
                        quality: qualities[quality.run].quality, source: run.source,
                        line: run.first + run.stride * place.offset))
                quality.advance()
                place.advance()
            }
        }
        return readings
    }

    /// Where one stands in a list of runs.
    private struct Walk {
        private let counts: [Int]
        private(set) var run = 0
        private(set) var offset = 0

        init(_ counts: [Int]) { self.counts = counts }

        mutating func advance() {
            offset += 1
            if offset == counts[run] { (run, offset) = (run + 1, 0) }
        }
    }
}

// MARK: Runs

extension SeriesChunk {
    mutating func append(start: Instant, end: Instant) throws(SeriesChunkError) {
        let step = end.secondsSinceEpoch - start.secondsSinceEpoch
        guard (1...Self.maximumStep).contains(step),
            Instant.readableSeconds.contains(start.secondsSinceEpoch),
            Instant.readableSeconds.contains(end.secondsSinceEpoch)
        else { throw .timeOutOfRange }
        if let last = spans.last {
            guard start >= last.end else { throw .notInOrder(start) }
            if last.step == step, last.end == start {
                spans[spans.count - 1].count += 1
                return
            }
        }
        spans.append(Span(start: start, step: step, count: 1))
    }

    mutating func append(_ quality: ReadingQuality, count: Int = 1) {
        if qualities.last?.quality == quality {
            qualities[qualities.count - 1].count += count
        } else {
            qualities.append(QualityRun(quality: quality, count: count))
        }
    }

    mutating func append(source: Int, line: Int) throws(SeriesChunkError) {
        guard (0...Self.maximumSource).contains(source), (0...Self.maximumLine).contains(line)
        else { throw .placeOutOfRange }
        if let last = places.last, last.takes(source: source, line: line) {
            if last.count == 1 { places[places.count - 1].stride = line - last.first }
            places[places.count - 1].count += 1
        } else {
            places.append(PlaceRun(source: source, first: line, stride: 0, count: 1))
        }
    }
}

extension SeriesChunk.PlaceRun {
    /// True if the run goes on with a reading there: a run of one takes any line.
    func takes(source: Int, line: Int) -> Bool {
        source == self.source && (count == 1 || line == last + stride)
    }
}
