/// Splits a whole into shares that sum to the whole again.
package enum Allocation {
    /// Shares `total` in proportion to `weights` by largest remainder.
    ///
    /// - Parameters:
    ///   - total: Whole units (milligrams, watt-hours …); may be negative.
    ///   - weights: Not negative, not all zero.
    /// - Returns: One share a weight, summing to `total`; ties go to the earlier weight.
    /// - Throws: `divisionByZero` without a positive weight, `overflow`.
    package static func largestRemainder(
        _ total: Int128, weights: [Int128]
    ) throws(QuantityError) -> [Int128] {
        guard total != .min else { throw .overflow }
        var sum: Int128 = 0
        for weight in weights {
            precondition(weight >= 0, "A weight of an allocation is never negative.")
            let (next, overflow) = sum.addingReportingOverflow(weight)
            guard !overflow else { throw .overflow }
            sum = next
        }
        guard sum > 0 else { throw .divisionByZero }
        let sign: Int128 = total < 0 ? -1 : 1
        var shares: [Int128] = []
        var remainders: [(remainder: Int128, index: Int)] = []
        for (index, weight) in weights.enumerated() {
            let (product, overflow) = (sign * total).multipliedReportingOverflow(by: weight)
            guard !overflow else { throw .overflow }
            shares.append(product / sum)
            remainders.append((product % sum, index))
        }
        let missing = Int(sign * total - shares.reduce(0, +))
        remainders.sort { ($0.remainder, $1.index) > ($1.remainder, $0.index) }
        for entry in remainders.prefix(missing) { shares[entry.index] += 1 }
        return shares.map { sign * $0 }
    }

    /// Shares a decimal in proportion to `weights`, in steps of its own last digit or of
    /// `10^-decimals`, whichever is finer.
    package static func largestRemainder(
        _ total: ExactDecimal, weights: [Int128], decimals: Int
    ) throws(QuantityError) -> [ExactDecimal] {
        let exponent = min(total.exponent, -decimals)
        let units = try total.mantissa(at: exponent)
        var shares: [ExactDecimal] = []
        for share in try largestRemainder(units, weights: weights) {
            shares.append(ExactDecimal(mantissa: share, exponent: exponent))
        }
        return shares
    }
}
