/// An exact amount of a unit.
package struct Quantity: Hashable, Sendable, Codable {
    package let amount: ExactDecimal
    package let unit: Unit

    package init(_ amount: ExactDecimal, _ unit: Unit) {
        self.amount = amount
        self.unit = unit
    }

    /// How many of `target` this quantity is, as an exact fraction.
    ///
    /// - Throws: `dimensionMismatch` between dimensions, `overflow`.
    package func ratio(in target: Unit) throws(QuantityError) -> Ratio {
        guard unit.dimension == target.dimension else {
            throw .dimensionMismatch(from: unit.symbol, to: target.symbol)
        }
        return try unit.ratio.divided(by: target.ratio).multiplied(by: amount)
    }

    /// The same quantity in another unit of its dimension.
    ///
    /// - Throws: `inexact` where the quotient does not end: use `converted(to:decimals:rounding:)`.
    package func converted(to target: Unit) throws(QuantityError) -> Quantity {
        if unit == target { return self }
        guard let exact = try ratio(in: target).exactDecimal else { throw .inexact }
        return Quantity(exact, target)
    }

    /// The same quantity in another unit, exact where the quotient ends, else rounded.
    package func converted(
        to target: Unit, decimals: Int, rounding rule: RoundingRule
    ) throws(QuantityError) -> Quantity {
        let exact = try ratio(in: target)
        if let ending = exact.exactDecimal { return Quantity(ending, target) }
        return try Quantity(exact.rounded(toDecimals: decimals, rule), target)
    }

    /// - Throws: `dimensionMismatch` unless both have the same unit.
    package func adding(_ other: Quantity) throws(QuantityError) -> Quantity {
        guard unit == other.unit else {
            throw .dimensionMismatch(from: other.unit.symbol, to: unit.symbol)
        }
        return try Quantity(amount.adding(other.amount), unit)
    }
}

extension Quantity: CustomStringConvertible {
    package var description: String { "\(amount) \(unit.symbol)" }
}
