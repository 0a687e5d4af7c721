package import Quantities

// What all intervals together are, found from their runs where that is enough.

extension CompactIntervals {
    /// The mantissas and exponents of the values, where each fits; `nil` where one does not.
    package var narrowValues: (mantissas: [Int64], exponents: [Int8])? {
        wide.isEmpty ? (mantissas, exponents) : nil
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
        // One sum for each exponent: 2^63 values of 63 bits fit.
        var sums = [Int128](repeating: 0, count: 256)
        for place in mantissas.indices {
            sums[Int(exponents[place]) + 128] &+= Int128(mantissas[place])
        }
        var total = try ExactDecimal.sum(wide.values)
        for (index, sum) in sums.enumerated() where sum != 0 {
            total = try total.adding(ExactDecimal(mantissa: sum, exponent: index - 128))
        }
        return total
    }
}
