package import Quantities

// What all intervals together are, found from their runs where that is enough.

extension CompactIntervals {
    /// The mantissas and exponents of the values at some places, where each fits; `nil` where one
    /// does not.
    func narrowValues(at places: Range<Int>) -> (mantissas: [Int64], exponents: [Int8])? {
        guard wide.isEmpty else { return nil }
        var (mantissas, exponents): ([Int64], [Int8]) = ([], [])
        mantissas.reserveCapacity(places.count)
        exponents.reserveCapacity(places.count)
        values.read(places) {
            mantissas += $0
            exponents += $1
        }
        return (mantissas, exponents)
    }

    /// The first of some places with a value below zero; `nil` where there is none.
    package func firstNegative(in places: Range<Int>) -> Int? {
        guard values.hasNegative || !wide.isEmpty else { return nil }
        var place = places.lowerBound
        var first: Int?
        values.read(places) { mantissas, _ in
            if first == nil, let found = mantissas.firstIndex(where: { $0 < 0 }) {
                first = place + (found - mantissas.startIndex)
            }
            place += mantissas.count
        }
        let wideOnes = wide.filter { places.contains($0.key) && $0.value.isNegative }
        return [first, wideOnes.keys.min()].compactMap(\.self).min()
    }

    /// Whether each interval begins later than the one before, and not before that ends.
    package var isOrderedAndDisjoint: Bool {
        var last: (start: Int64, end: Int64)?
        for (index, run) in runs.enumerated() {
            let count = runEnd(index) - run.first
            if count > 1, run.step < Swift.max(run.length, 1) { return false }
            if let last, run.start < last.end || run.start <= last.start { return false }
            let start = run.start &+ Int64(count - 1) &* run.step
            last = (start, start &+ run.length)
        }
        return true
    }

    /// The first of all starts.
    package var earliestStart: Int64? { ends.map { Swift.min($0.first, $0.last) }.min() }

    /// The last of all ends.
    package var latestEnd: Int64? {
        zip(ends, runs).map { Swift.max($0.first, $0.last) &+ $1.length }.max()
    }

    /// The starts of the first and the last element of each run: all others lie between.
    private var ends: [(first: Int64, last: Int64)] {
        runs.enumerated().map { index, run in
            (run.start, run.start &+ Int64(runEnd(index) - run.first - 1) &* run.step)
        }
    }

    /// The exact sum of the values.
    ///
    /// - Throws: `overflow` where it, or a part of it, is not writable.
    package func total() throws(QuantityError) -> ExactDecimal {
        var total = try ExactDecimal.sum(wide.values)
        for (exponent, sum) in values.sumsByExponent.sorted(by: { $0.key < $1.key }) {
            total = try total.adding(ExactDecimal(mantissa: sum, exponent: Int(exponent)))
        }
        return total
    }
}

extension CompactIntervals.Part {
    /// As of all intervals.
    package var narrowValues: (mantissas: [Int64], exponents: [Int8])? {
        intervals.narrowValues(at: indices)
    }

    /// The runs that its elements belong to, with the places of each.
    package var runs: [(run: CompactIntervals.Run, places: Range<Int>)] {
        guard !isEmpty else { return [] }
        var runs: [(run: CompactIntervals.Run, places: Range<Int>)] = []
        var index = intervals.runIndex(at: startIndex)
        while index < intervals.runs.count, intervals.runs[index].first < endIndex {
            let run = intervals.runs[index]
            runs.append((run, (run.first..<intervals.runEnd(index)).clamped(to: indices)))
            index += 1
        }
        return runs
    }
}
