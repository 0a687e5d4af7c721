internal import Inventory
internal import Quantities

/// What a quantity of a unit is in kWh.
struct GridUnit: Hashable {
    /// Decimals of a reading whose quotient does not end; totals are rounded by themselves.
    private static let readingDecimals = 15
    /// Decimals of a total whose quotient does not end.
    private static let totalDecimals = 9

    let behaviour: ReadingBehaviour
    /// kWh of one unit, or of one unit of power over an hour.
    private let kilowattHours: Int

    /// - Parameter code: UN/CEFACT Recommendation 20, as the code list of the standard has it.
    /// - Returns: `nil` for what is neither power nor energy.
    init?(code: String) {
        switch code {
        case "MAW": (behaviour, kilowattHours) = (.meanPower, 1_000)
        case "KWT": (behaviour, kilowattHours) = (.meanPower, 1)
        case "MWH": (behaviour, kilowattHours) = (.delta, 1_000)
        case "KWH": (behaviour, kilowattHours) = (.delta, 1)
        case "GWH": (behaviour, kilowattHours) = (.delta, 1_000_000)
        case _: return nil
        }
    }

    /// The energy of a quantity over some seconds, without the ratio to kWh: exact.
    func weighted(_ quantity: ExactDecimal, seconds: Int64) throws(QuantityError) -> ExactDecimal {
        try behaviour == .meanPower
            ? quantity.multiplied(by: ExactDecimal(seconds)) : quantity
    }

    /// The energy of one position.
    func reading(_ weighted: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        try energy(weighted, decimals: Self.readingDecimals)
    }

    /// The energy of a sum of weighted quantities.
    func total(_ weighted: ExactDecimal) throws(QuantityError) -> ExactDecimal {
        try energy(weighted, decimals: Self.totalDecimals)
    }

    private func energy(
        _ weighted: ExactDecimal, decimals: Int
    ) throws(QuantityError) -> ExactDecimal {
        let hour: Int128 = behaviour == .meanPower ? 3_600 : 1
        let exact = try Ratio(Int128(kilowattHours), over: hour).multiplied(by: weighted)
        if let ending = exact.exactDecimal { return ending }
        return try exact.rounded(toDecimals: decimals, .halfEven)
    }
}
