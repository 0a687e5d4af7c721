internal import Diagnostics
internal import Inventory
internal import Quantities

/// Refuses factors whose size cannot be: kilograms for tonnes, g for kg, kWh for MWh.
///
/// The bounds are an order of magnitude wider than the extremes of the publications of this
/// library. A known case: asphalt of 50.1 kg CO2e per tonne copied as per kilogram.
enum MagnitudeGuard {
    /// Kilograms of all substances together per unit.
    private struct Bounds {
        let lowest: ExactDecimal
        let highest: ExactDecimal
        let unit: Unit

        init(_ lowest: ExactDecimal, _ highest: Int, per unit: Unit) {
            self.lowest = lowest
            self.highest = ExactDecimal(highest)
            self.unit = unit
        }
    }

    static func check(_ factor: EmissionFactor) -> FactorCheck.Finding? {
        guard let bounds = bounds(of: factor),
            bounds.unit.dimension == factor.activityUnit.dimension
        else { return nil }
        let size: ExactDecimal
        do throws(QuantityError) {
            size = try kilograms(of: factor, per: bounds.unit)
        } catch {
            return FactorCheck.Finding(
                "has amounts that cannot be added exactly", hint: "give fewer digits",
                code: .numberOutOfRange)
        }
        guard size > bounds.highest || (size < bounds.lowest && !size.isZero) else { return nil }
        return FactorCheck.Finding(
            "gives \(size) kg per \(bounds.unit.symbol) of \(factor.activity), which cannot be",
            hint: "expected \(bounds.lowest) to \(bounds.highest) kg per \(bounds.unit.symbol);"
                + " look at activity_unit and amount_unit",
            code: .numberOutOfRange)
    }

    /// The sum of the magnitudes of all components, rounded at 12 decimals.
    private static func kilograms(
        of factor: EmissionFactor, per unit: Unit
    ) throws(QuantityError) -> ExactDecimal {
        var total = Ratio(0)
        for component in factor.components {
            let mass = try component.unit.ratio.divided(by: Unit.kilogram.ratio)
                .multiplied(by: component.amount.magnitude)
            total = try total.adding(mass.rounded(toDecimals: 15, .halfEven))
        }
        let scale = try unit.ratio.divided(by: factor.activityUnit.ratio)
        return try total.multiplied(by: scale).rounded(toDecimals: 12, .halfEven)
    }

    private static func bounds(of factor: EmissionFactor) -> Bounds? {
        switch (factor.role, factor.activityUnit.dimension) {
        case (.spend, _), (_, .currency): nil
        // Oil-fired islands reach 1.2 kg/kWh, blast furnace gas 0.94 kg/kWh.
        case (_, .energy): Bounds(.zero, 3, per: .kilowattHour)
        case (.direct, .mass), (.upstream, .mass):
            isRefrigerant(factor) ? nil : Bounds(.zero, 6, per: .kilogram)
        case (.direct, .volume), (.upstream, .volume): Bounds(.zero, 6, per: .litre)
        case (.cradleToGate, .mass): goods(factor)
        case (.waste, .mass): Bounds(.zero, 10, per: .kilogram)
        case (.cradleToGate, .volume), (.waste, .volume): Bounds(.zero, 20, per: .litre)
        case (_, .freightWork): Bounds(.zero, 20, per: .tonneKilometre)
        case (_, .length): Bounds(.zero, 20, per: .kilometre)
        case (_, .mass), (_, .volume), (_, .power), (_, .reactiveEnergy), (_, .area), (_, .count),
            (_, .duration):
            nil
        }
    }

    /// Mineral bulk goods lie between soil (0.001 kg/kg) and cement (about 1 kg/kg).
    private static func goods(_ factor: EmissionFactor) -> Bounds {
        let isBulk = bulkGoods.contains { factor.activity.rawValue.contains($0) }
        return isBulk
            ? Bounds(ExactDecimal(mantissa: 5, exponent: -4), 3, per: .kilogram)
            : Bounds(ExactDecimal(mantissa: 5, exponent: -3), 100, per: .kilogram)
    }

    private static let bulkGoods = [
        "aggregates", "asphalt", "brick", "cement", "concrete", "masonry", "plasterboard", "sand",
        "soil",
    ]

    private static func isRefrigerant(_ factor: EmissionFactor) -> Bool {
        factor.activity.rawValue.hasPrefix("refrigerant")
    }
}

extension Ratio {
    fileprivate func adding(_ decimal: ExactDecimal) throws(QuantityError) -> Ratio {
        try adding(Ratio(decimal))
    }
}

extension Unit {
    fileprivate static let tonneKilometre = Unit(
        symbol: "t.km", dimension: .freightWork, ratio: .one)
    fileprivate static let kilometre = Unit(symbol: "km", dimension: .length, ratio: Ratio(1_000))
}
