package import Inventory
package import Quantities

/// Readings of one length at even distances, on evenly spaced lines of one document.
package struct SeriesRun: Hashable, Sendable {
    package var start: Instant
    /// Seconds from one start to the next.
    package var step: Int64
    /// Seconds of each reading.
    package var length: Int64
    package var count: Int
    package var quality: ReadingQuality
    package var source: Int
    package var line: Int
    /// Lines from one reading to the next.
    package var lineStep: Int

    package init(
        start: Instant, step: Int64, length: Int64, count: Int, quality: ReadingQuality,
        source: Int = 0, line: Int, lineStep: Int
    ) {
        self.start = start
        self.step = step
        self.length = length
        self.count = count
        self.quality = quality
        self.source = source
        self.line = line
        self.lineStep = lineStep
    }
}

extension SeriesChunk {
    /// The chunk of readings that are given as runs and, one for each, the mantissas and exponents
    /// of their normalised values: equal to the chunk of the readings one by one.
    ///
    /// - Throws: as for single readings.
    package init(
        _ runs: [SeriesRun], mantissas: ArraySlice<Int64>, exponents: ArraySlice<Int8>
    ) throws(SeriesChunkError) {
        guard !mantissas.isEmpty else { throw .empty }
        guard mantissas.count <= Self.maximumCount else { throw .tooMany }
        self.init()
        for run in runs { try append(run) }
        precondition(
            mantissas.count == exponents.count && mantissas.count == count(of: runs),
            "Each reading has a value.")
        scale = max(0, -Int(exponents.min() ?? 0))
        guard scale <= Self.maximumScale else { throw .valueOutOfRange }
        try setValues(mantissas, exponents)
    }

    private func count(of runs: [SeriesRun]) -> Int { runs.reduce(0) { $0 + $1.count } }

    private mutating func append(_ run: SeriesRun) throws(SeriesChunkError) {
        // The first two say how a run goes on from what is there; the others follow them.
        let single = min(run.count, 2)
        for place in 0..<single {
            let start = run.start.adding(seconds: Int64(place) * run.step)
            try append(start: start, end: start.adding(seconds: run.length))
            try append(source: run.source, line: run.line + place * run.lineStep)
        }
        append(run.quality, count: run.count)
        guard run.count > single else { return }
        let last = run.start.adding(seconds: Int64(run.count - 1) * run.step)
        if run.step == run.length, Instant.readableSeconds.contains(last.secondsSinceEpoch),
            Instant.readableSeconds.contains(last.secondsSinceEpoch + run.length)
        {
            spans[spans.count - 1].count += run.count - single
        } else {
            for place in single..<run.count {
                let start = run.start.adding(seconds: Int64(place) * run.step)
                try append(start: start, end: start.adding(seconds: run.length))
            }
        }
        let lastLine = run.line + (run.count - 1) * run.lineStep
        if let open = places.last, open.count > 1, open.stride == run.lineStep,
            (0...Self.maximumLine).contains(lastLine)
        {
            places[places.count - 1].count += run.count - single
        } else {
            for place in single..<run.count {
                try append(source: run.source, line: run.line + place * run.lineStep)
            }
        }
    }

    /// Writes each value as a whole number of the scale.
    private mutating func setValues(
        _ mantissas: ArraySlice<Int64>, _ exponents: ArraySlice<Int8>
    ) throws(SeriesChunkError) {
        let powers: [Int64] = (0...18).map { power in
            (0..<power).reduce(1) { product, _ in product * 10 }
        }
        values.reserveCapacity(mantissas.count)
        for (mantissa, exponent) in zip(mantissas, exponents) {
            let power = Int(exponent) + scale
            if mantissa == 0 {
                values.append(0)
                continue
            }
            if power < powers.count {
                let (value, overflow) = mantissa.multipliedReportingOverflow(by: powers[power])
                if !overflow {
                    values.append(Int128(value))
                    continue
                }
            }
            do throws(QuantityError) {
                let value = ExactDecimal(
                    normalizedMantissa: Int128(mantissa), exponent: Int(exponent))
                values.append(try value.mantissa(at: -scale))
            } catch {
                throw .valueOutOfRange
            }
            guard values[values.count - 1].magnitude < Self.valueLimit else {
                throw .valueOutOfRange
            }
        }
    }

    /// The exact sum of the values of one quality.
    ///
    /// - Returns: `nil` where there are none.
    /// - Throws: `valueOutOfRange` where it has more than 38 digits.
    package func total(of quality: ReadingQuality) throws(SeriesChunkError) -> ExactDecimal? {
        guard qualities.contains(where: { $0.quality == quality }) else { return nil }
        var sum: Int128 = 0
        var place = 0
        for run in qualities {
            for value in values[place..<place + run.count] where run.quality == quality {
                let (next, overflow) = sum.addingReportingOverflow(value)
                guard !overflow else { throw .valueOutOfRange }
                sum = next
            }
            place += run.count
        }
        let total = ExactDecimal(mantissa: sum, exponent: -scale)
        guard total.isWritable else { throw .valueOutOfRange }
        return total
    }
}
