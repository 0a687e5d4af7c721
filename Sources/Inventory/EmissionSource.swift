/// Where emissions come from: the scopes and categories of the GHG Protocol.
package enum EmissionSource: String, CaseIterable, Hashable, Sendable, Codable {
    case stationaryCombustion = "scope1:stationary-combustion"
    case mobileCombustion = "scope1:mobile-combustion"
    case process = "scope1:process"
    case fugitive = "scope1:fugitive"
    case purchasedElectricity = "scope2:electricity"
    case purchasedHeat = "scope2:heat"
    case purchasedSteam = "scope2:steam"
    case purchasedCooling = "scope2:cooling"
    case purchasedGoods = "scope3:1-purchased-goods"
    case capitalGoods = "scope3:2-capital-goods"
    case fuelUpstream = "scope3:3a-fuels-upstream"
    case electricityUpstream = "scope3:3b-electricity-upstream"
    case transmissionAndDistribution = "scope3:3c-transmission-and-distribution"
    case resoldElectricity = "scope3:3d-resold-electricity"
    case upstreamTransport = "scope3:4-upstream-transport"
    case waste = "scope3:5-waste"
    case businessTravel = "scope3:6-business-travel"
    case commuting = "scope3:7-employee-commuting"
    case upstreamLeasedAssets = "scope3:8-upstream-leased-assets"
    case downstreamTransport = "scope3:9-downstream-transport"
    case processingOfSoldProducts = "scope3:10-processing-of-sold-products"
    case useOfSoldProducts = "scope3:11-use-of-sold-products"
    case endOfLifeOfSoldProducts = "scope3:12-end-of-life-of-sold-products"
    case downstreamLeasedAssets = "scope3:13-downstream-leased-assets"
    case franchises = "scope3:14-franchises"
    case investments = "scope3:15-investments"
    case biogenicCarbonDioxide = "outside-scopes:biogenic-co2"
    case ozoneDepletingSubstances = "outside-scopes:ozone-depleting-substances"

    package enum Scope: Int, CaseIterable, Hashable, Sendable, Comparable {
        case one = 1, two = 2, three = 3
        case outside = 9

        package static func < (left: Scope, right: Scope) -> Bool { left.rawValue < right.rawValue }
    }

    package var scope: Scope {
        switch rawValue.prefix(6) {
        case "scope1": .one
        case "scope2": .two
        case "scope3": .three
        case _: .outside
        }
    }

    /// The number of the scope 3 category, 1…15; `nil` in the other scopes.
    package var scope3Category: Int? {
        guard scope == .three else { return nil }
        return Int(rawValue.dropFirst(7).prefix { $0.isNumber })
    }
}
