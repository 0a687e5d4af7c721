/// What a meter measures.
package enum Carrier: String, CaseIterable, Hashable, Sendable, Codable {
    case electricity, gas, water, heat, cooling, steam, diesel, petrol
    case liquefiedPetroleumGas = "lpg"
    case heatingOil = "heating-oil"
    case reactive, refrigerant, other
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
