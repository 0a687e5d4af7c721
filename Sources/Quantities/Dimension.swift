/// What a unit measures. Two quantities add or convert only within one dimension.
package enum Dimension: Hashable, Sendable {
    case energy, power, reactiveEnergy, mass, volume, area, length, freightWork, count, duration
    /// An ISO 4217 currency; currencies never convert into each other here.
    case currency(String)

    package var name: String {
        switch self {
        case .energy: "energy"
        case .power: "power"
        case .reactiveEnergy: "reactive energy"
        case .mass: "mass"
        case .volume: "volume"
        case .area: "area"
        case .length: "length"
        case .freightWork: "freight work"
        case .count: "count"
        case .duration: "duration"
        case .currency(let code): "currency \(code)"
        }
    }
}
