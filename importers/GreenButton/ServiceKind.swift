internal import Inventory
internal import Quantities

/// What a usage point delivers (ESPI ServiceKind).
enum ServiceKind: Int {
    case electricity, gas, water, time, heat, refuse, sewerage, rates, televisionLicence, internet

    /// The service that a commodity code (ESPI CommodityKind) belongs to, where no usage point
    /// states one.
    init?(commodity: Int) {
        switch commodity {
        case 1, 2: self = .electricity
        case 7, 8: self = .gas
        case 9, 14: self = .water
        case 10, 12, 13: self = .heat
        case 11: self = .sewerage
        case _: return nil
        }
    }

    /// Whether this service can be measured in the unit.
    func fits(_ unit: Unit) -> Bool {
        switch self {
        case .electricity:
            unit.dimension == .reactiveEnergy || unit.dimension == .energy && unit != .therm
        case .gas: unit.dimension == .energy || unit.dimension == .volume
        case .water, .sewerage: unit.dimension == .volume
        case .heat: unit.dimension == .energy
        case .time, .refuse, .rates, .televisionLicence, .internet: false
        }
    }

    func carrier(commodity: Int?) -> Carrier {
        switch (self, commodity) {
        case (.gas, 8): .liquefiedPetroleumGas
        case (.heat, 10): .steam
        case (.heat, 13): .cooling
        case (.electricity, _): .electricity
        case (.gas, _): .gas
        case (.water, _): .water
        case (.heat, _): .heat
        case (.time, _), (.refuse, _), (.sewerage, _), (.rates, _), (.televisionLicence, _),
            (.internet, _):
            .other
        }
    }
}
