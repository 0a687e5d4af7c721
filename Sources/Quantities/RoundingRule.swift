/// How a value is brought to a number of decimals. Every rounding of the product names one.
package enum RoundingRule: String, Hashable, Sendable, Codable {
    /// To the nearest; a tie goes to the even neighbour (IEEE 754 roundTiesToEven).
    case halfEven = "half-even"
    /// To the nearest; a tie goes away from zero (EN 16931 amounts).
    case halfUp = "half-up"
    /// What lies beyond is cut off.
    case towardZero = "toward-zero"
}

extension RoundingRule {
    /// The integer nearest to `numerator / denominator`; the denominator is positive.
    fileprivate func nearest(_ numerator: Int128, over denominator: Int128) -> Int128 {
        let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
        // A remainder is smaller than an `Int128`, so its double fits `UInt128`.
        let twice = remainder.magnitude * 2
        let isTie = twice == denominator.magnitude
        let isAway =
            switch self {
            case .halfEven: twice > denominator.magnitude || (isTie && quotient % 2 != 0)
            case .halfUp: twice > denominator.magnitude || isTie
            case .towardZero: false
            }
        return isAway ? quotient + numerator.signum() : quotient
    }
}

extension Ratio {
    /// The nearest decimal with at most `decimals` digits after the point.
    ///
    /// - Parameter decimals: 0…38.
    /// - Throws: `overflow` where the scaled value does not fit.
    package func rounded(
        toDecimals decimals: Int, _ rule: RoundingRule
    ) throws(QuantityError) -> ExactDecimal {
        guard let power = Int128.powerOfTen(decimals) else { throw .overflow }
        let scaled = try multiplied(by: Ratio(power))
        let nearest = rule.nearest(scaled.numerator, over: scaled.denominator)
        return try ExactDecimal(mantissa: nearest, exponent: -decimals).checked()
    }
}

extension ExactDecimal {
    /// The nearest decimal with at most `decimals` digits after the point.
    package func rounded(
        toDecimals decimals: Int, _ rule: RoundingRule
    ) throws(QuantityError) -> ExactDecimal {
        let surplus = -decimals - exponent
        guard surplus > 0 else { return self }
        // A mantissa has at most 38 digits: below that it is less than half a step.
        guard let power = Int128.powerOfTen(surplus) else { return .zero }
        return try ExactDecimal(
            mantissa: rule.nearest(mantissa, over: power), exponent: -decimals
        ).checked()
    }
}
