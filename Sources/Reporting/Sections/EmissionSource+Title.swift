internal import Inventory

extension EmissionSource {
    /// The line of the statement, in the words of the GHG Protocol.
    var title: String {
        switch self {
        case .stationaryCombustion: "Stationary combustion"
        case .mobileCombustion: "Mobile combustion"
        case .process: "Process emissions"
        case .fugitive: "Fugitive emissions"
        case .purchasedElectricity: "Purchased electricity"
        case .purchasedHeat: "Purchased heat"
        case .purchasedSteam: "Purchased steam"
        case .purchasedCooling: "Purchased cooling"
        case .fuelUpstream: "3a Upstream of purchased fuels"
        case .electricityUpstream: "3b Upstream of purchased electricity"
        case .transmissionAndDistribution: "3c Transmission and distribution losses"
        case .resoldElectricity: "3d Electricity resold"
        case .biogenicCarbonDioxide: "Biogenic CO2"
        case .ozoneDepletingSubstances: "Gases outside the Kyoto basket"
        case .purchasedGoods, .capitalGoods, .upstreamTransport, .waste, .businessTravel,
            .commuting, .upstreamLeasedAssets, .downstreamTransport, .processingOfSoldProducts,
            .useOfSoldProducts, .endOfLifeOfSoldProducts, .downstreamLeasedAssets, .franchises,
            .investments:
            scope3Category.map(Self.categoryTitle) ?? rawValue
        }
    }

    /// The title of a scope 3 category, 1…15, with its number.
    static func categoryTitle(_ category: Int) -> String {
        let titles = [
            "Purchased goods and services", "Capital goods", "Fuel- and energy-related activities",
            "Upstream transportation and distribution", "Waste generated in operations",
            "Business travel", "Employee commuting", "Upstream leased assets",
            "Downstream transportation and distribution", "Processing of sold products",
            "Use of sold products", "End-of-life treatment of sold products",
            "Downstream leased assets", "Franchises", "Investments",
        ]
        return titles.indices.contains(category - 1)
            ? "\(category) \(titles[category - 1])" : "Category \(category)"
    }

    /// The part of a figure name after the scope, such as `ELECTRICITY` or `C3A`.
    var figureName: String {
        let text = String(rawValue.split(separator: ":")[1])
        switch scope {
        case .one, .two, .outside: return Figure.name(text)
        case .three: return "C" + Figure.name(String(text.prefix { $0 != "-" }))
        }
    }

    /// The sources of a scope 3 category; several only in category 3.
    static func sources(ofCategory category: Int) -> [EmissionSource] {
        allCases.filter { $0.scope3Category == category }
    }
}
