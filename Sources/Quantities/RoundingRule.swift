/// How a value is brought to a number of decimals. Every rounding of the product names one.
package enum RoundingRule: String, Hashable, Sendable, Codable {
    /// To the nearest; a tie goes to the even neighbour (IEEE 754 roundTiesToEven).
    case halfEven = "half-even"
    /// To the nearest; a tie goes away from zero (EN 16931 amounts).
    case halfUp = "half-up"
}

extension Ratio {
    /// The nearest decimal with at most `decimals` digits after the point.
    ///
    /// - Throws: `overflow` where the scaled value does not fit.
    package func rounded(
        toDecimals decimals: Int, _ rule: RoundingRule
    ) throws(QuantityError) -> ExactDecimal {
        guard let power = Int128.powerOfTen(decimals) else { throw .overflow }
        let scaled = try multiplied(by: Ratio(power))
        let (quotient, remainder) = scaled.numerator.quotientAndRemainder(
            dividingBy: scaled.denominator)
        let twice = remainder.magnitude.multipliedReportingOverflow(by: 2)
        let isTie = !twice.overflow && twice.partialValue == scaled.denominator.magnitude
        let isAbove = twice.overflow || twice.partialValue > scaled.denominator.magnitude
        let away =
            switch rule {
            case .halfEven: isAbove || (isTie && quotient % 2 != 0)
            case .halfUp: isAbove || isTie
            }
        let step: Int128 = away ? (scaled.numerator < 0 ? -1 : 1) : 0
        return ExactDecimal(mantissa: quotient + step, exponent: -decimals)
    }
}

extension ExactDecimal {
    /// The nearest decimal with at most `decimals` digits after the point.
    package func rounded(
        toDecimals decimals: Int, _ rule: RoundingRule
    ) throws(QuantityError) -> ExactDecimal {
        if exponent >= -decimals { return self }
        return try Ratio(self).rounded(toDecimals: decimals, rule)
    }
}
