/// A mass of gas in whole milligrams, up to 9.2 Gt.
package struct Mass: Hashable, Sendable {
    package let milligrams: Int64

    package static let zero = Mass(milligrams: 0)

    package init(milligrams: Int64) { self.milligrams = milligrams }

    /// The nearest whole milligram by `rule`.
    ///
    /// - Parameter grams: The exact mass in grams.
    /// - Throws: `overflow` above 9.2 Gt, the limit of `Int64` milligrams.
    package init(grams: Ratio, rounding rule: RoundingRule) throws(QuantityError) {
        let rounded = try grams.multiplied(by: Ratio(1_000)).rounded(toDecimals: 0, rule)
        guard let whole = rounded.integer, let milligrams = Int64(exactly: whole) else {
            throw .overflow
        }
        self.milligrams = milligrams
    }

    /// - Throws: `overflow` where the sum exceeds the limit.
    package static func sum(_ masses: some Sequence<Mass>) throws(QuantityError) -> Mass {
        let total = masses.reduce(Int128(0)) { $0 + Int128($1.milligrams) }
        guard let milligrams = Int64(exactly: total) else { throw .overflow }
        return Mass(milligrams: milligrams)
    }
}

extension Mass: Comparable {
    package static func < (left: Mass, right: Mass) -> Bool { left.milligrams < right.milligrams }
}
