/// An exact fraction in lowest terms with a positive denominator.
package struct Ratio: Hashable, Sendable {
    package let numerator: Int128
    package let denominator: Int128

    package static let one = Ratio(1)

    package init(_ integer: some BinaryInteger) {
        numerator = Int128(integer)
        denominator = 1
    }

    /// - Throws: `divisionByZero` if the denominator is zero; `overflow` for `Int128.min`, which
    ///   has no magnitude within `Int128`.
    package init(_ numerator: Int128, over denominator: Int128) throws(QuantityError) {
        guard denominator != 0 else { throw .divisionByZero }
        guard numerator != .min, denominator != .min else { throw .overflow }
        let divisor = Self.greatestCommonDivisor(numerator, denominator)
        let sign: Int128 = denominator < 0 ? -1 : 1
        self.numerator = sign * (numerator / divisor)
        self.denominator = sign * (denominator / divisor)
    }

    /// - Throws: `overflow` for a decimal with more digits than `Int128` holds.
    package init(_ decimal: ExactDecimal) throws(QuantityError) {
        if let integer = decimal.integer {
            self.init(integer)
        } else {
            guard let power = Int128.powerOfTen(-decimal.exponent) else { throw .overflow }
            try self.init(decimal.mantissa, over: power)
        }
    }

    package func multiplied(by other: Ratio) throws(QuantityError) -> Ratio {
        // Cross-reduction first keeps the products as small as they can be.
        let first = Self.greatestCommonDivisor(numerator, other.denominator)
        let second = Self.greatestCommonDivisor(other.numerator, denominator)
        let (top, topOverflow) = (numerator / first).multipliedReportingOverflow(
            by: other.numerator / second)
        let (bottom, bottomOverflow) = (denominator / second).multipliedReportingOverflow(
            by: other.denominator / first)
        guard !topOverflow, !bottomOverflow else { throw .overflow }
        return try Ratio(top, over: bottom)
    }

    package func multiplied(by decimal: ExactDecimal) throws(QuantityError) -> Ratio {
        try multiplied(by: Ratio(decimal))
    }

    package func divided(by other: Ratio) throws(QuantityError) -> Ratio {
        try multiplied(by: Ratio(other.denominator, over: other.numerator))
    }

    package func adding(_ other: Ratio) throws(QuantityError) -> Ratio {
        let divisor = Self.greatestCommonDivisor(denominator, other.denominator)
        let (left, leftOverflow) = numerator.multipliedReportingOverflow(
            by: other.denominator / divisor)
        let (right, rightOverflow) = other.numerator.multipliedReportingOverflow(
            by: denominator / divisor)
        let (sum, sumOverflow) = left.addingReportingOverflow(right)
        let (bottom, bottomOverflow) = denominator.multipliedReportingOverflow(
            by: other.denominator / divisor)
        guard !leftOverflow, !rightOverflow, !sumOverflow, !bottomOverflow else {
            throw .overflow
        }
        return try Ratio(sum, over: bottom)
    }

    /// The value as a decimal, where the division ends.
    ///
    /// - Returns: `nil` for a quotient that does not end, such as 1/3, or does not fit.
    package var exactDecimal: ExactDecimal? {
        var rest = denominator
        var twos = 0
        var fives = 0
        while rest % 2 == 0 { (rest, twos) = (rest / 2, twos + 1) }
        while rest % 5 == 0 { (rest, fives) = (rest / 5, fives + 1) }
        guard rest == 1, let power = Int128.powerOfTen(max(twos, fives)) else { return nil }
        let (scaled, overflow) = numerator.multipliedReportingOverflow(by: power / denominator)
        guard !overflow else { return nil }
        let decimal = ExactDecimal(mantissa: scaled, exponent: -max(twos, fives))
        return decimal.isWritable ? decimal : nil
    }

    private static func greatestCommonDivisor(_ left: Int128, _ right: Int128) -> Int128 {
        var (first, second) = (left.magnitude, right.magnitude)
        while second > UInt64.max { (first, second) = (second, first % second) }
        guard second != 0 else { return first == 0 ? 1 : Int128(first) }
        // Most fractions are small, and 128 bits are divided by a loop.
        var (short, rest) = (UInt64(second), UInt64(first % second))
        while rest != 0 { (short, rest) = (rest, short % rest) }
        return Int128(short)
    }
}
