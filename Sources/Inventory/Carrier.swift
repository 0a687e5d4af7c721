/// What a meter measures.
package enum Carrier: String, CaseIterable, Hashable, Sendable, Codable {
    case electricity, gas, water, heat, cooling, steam, diesel, petrol
    case liquefiedPetroleumGas = "lpg"
    case heatingOil = "heating-oil"
    case reactive, refrigerant, other
    /// Neither the file nor the profile states it: the meter of the organisation does.
    case unknown
    // Fuels with a biogenic part, by the labels of EN 16942 and of pumps in the US: shares of the
    // volume, at most in Europe, so that a factor of the user states the actual one.
    case dieselB5 = "diesel-b5"
    case dieselB7 = "diesel-b7"
    case dieselB10 = "diesel-b10"
    case dieselB20 = "diesel-b20"
    case dieselB30 = "diesel-b30"
    case petrolE5 = "petrol-e5"
    case petrolE10 = "petrol-e10"
    case petrolE15 = "petrol-e15"
    case petrolE85 = "petrol-e85"
    case biodiesel
    case hydrotreatedVegetableOil = "hvo"
    case bioethanol

    /// The activity that consumption of the carrier is; `nil` for what is not accounted for.
    package var activity: ActivityCode? {
        switch self {
        case .electricity: .electricity
        case .gas: .naturalGas
        case .water: .water
        case .heat: .districtHeat
        case .cooling: .districtCooling
        case .steam: .steam
        case .diesel: .diesel
        case .petrol: .petrol
        case .liquefiedPetroleumGas: .liquefiedPetroleumGas
        case .heatingOil: .heatingOil
        case .dieselB5, .dieselB7, .dieselB10, .dieselB20, .dieselB30, .petrolE5, .petrolE10,
            .petrolE15, .petrolE85, .biodiesel, .hydrotreatedVegetableOil, .bioethanol:
            ActivityCode(unchecked: rawValue)
        case .reactive, .refrigerant, .other, .unknown: nil
        }
    }
}

extension ActivityCode {
    package static let electricity = ActivityCode(unchecked: "electricity")
    package static let naturalGas = ActivityCode(unchecked: "natural-gas")
    package static let water = ActivityCode(unchecked: "water")
    package static let districtHeat = ActivityCode(unchecked: "heat")
    package static let districtCooling = ActivityCode(unchecked: "cooling")
    package static let steam = ActivityCode(unchecked: "steam")
    package static let diesel = ActivityCode(unchecked: "diesel")
    package static let petrol = ActivityCode(unchecked: "petrol")
    package static let liquefiedPetroleumGas = ActivityCode(unchecked: "lpg")
    package static let heatingOil = ActivityCode(unchecked: "heating-oil")
}

/// Which way the carrier flows, seen from the facility.
package enum FlowDirection: String, CaseIterable, Hashable, Sendable, Codable {
    case `import`, export, net, generation
    /// Neither the file nor the profile states it.
    case unknown
}

/// How a source states a series of values.
package enum ReadingBehaviour: String, CaseIterable, Hashable, Sendable, Codable {
    /// The quantity of each interval.
    case delta
    /// A register that only rises; the quantity is the difference of two readings.
    case cumulative
    /// Mean power over each interval.
    case meanPower = "mean-power"
}

/// How a value came about. It survives to the statement.
package enum ReadingQuality: String, CaseIterable, Hashable, Sendable, Codable {
    case actual, estimated, substituted, final, edited
    /// The source states no quality.
    case unstated
}
