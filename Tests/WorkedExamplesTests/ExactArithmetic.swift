internal import Quantities

// Operators make a formula of a publication readable; they are for these tests alone.

func + (left: Ratio, right: Ratio) throws -> Ratio { try left.adding(right) }

func - (left: Ratio, right: Ratio) throws -> Ratio {
    try left.adding(right.multiplied(by: Ratio(-1)))
}

func * (left: Ratio, right: Ratio) throws -> Ratio { try left.multiplied(by: right) }

func / (left: Ratio, right: Ratio) throws -> Ratio { try left.divided(by: right) }

func sum(_ ratios: [Ratio]) throws -> Ratio { try ratios.reduce(Ratio(0)) { try $0 + $1 } }

/// Σ amount × factor.
func sumOfProducts(_ pairs: [(Ratio, Ratio)]) throws -> Ratio {
    try sum(pairs.map { try $0.0 * $0.1 })
}

/// The mass emitted by an activity, in `unit`: amount × factor, where the factor is a mass per
/// one of another unit of the same dimension.
func emission(
    _ activity: Quantity, factor: ExactDecimal, _ mass: Unit, per: Unit, in unit: Unit
) throws -> Ratio {
    try activity.ratio(in: per) * Quantity(factor, mass).ratio(in: unit)
}

/// True if two values differ by at most the tolerance.
func isClose(_ left: Ratio, _ right: Ratio, within tolerance: ExactDecimal) throws -> Bool {
    // Far beyond any tolerance of a publication, and both fit with room to spare.
    let difference = try left.rounded(toDecimals: 18, .halfEven)
        .subtracting(right.rounded(toDecimals: 18, .halfEven))
    return difference.magnitude <= tolerance
}
