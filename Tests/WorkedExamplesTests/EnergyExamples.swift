internal import Quantities

/// What our types make of an example: the figures under the names the publication's result has.
typealias Figures = [String: [Ratio]]
typealias Calculation = @Sendable (_ inputs: WorkedExample.Value) throws -> Figures

/// Activity × factor: electricity, fuels, materials, use of products.
enum EnergyExamples {
    static let calculations: [String: Calculation] = [
        "ghgp-s3-1.2-scope12": { inputs in
            let electricity = try emission(
                Quantity(inputs.decimal("electricity_kwh"), .kilowattHour),
                factor: inputs.decimal("ef_el"), .kilogram, per: .kilowattHour, in: .kilogram)
            let gas = try emission(
                Quantity(inputs.decimal("gas_kwh"), .kilowattHour),
                factor: inputs.decimal("ef_gas"), .kilogram, per: .kilowattHour, in: .kilogram)
            return ["kgco2e": [try electricity + gas]]
        },
        "ghgp-s3-1.2-materials": { inputs in
            ["kgco2e": [try sumOfProducts(inputs.pairs("lines"))]]
        },
        "ghgp-s3-1.4-hybrid-mass-and-spend": { inputs in
            let mass = try sumOfProducts(inputs.pairs("mass_lines_kg_ef"))
            let spend = try sumOfProducts(inputs.pairs("spend_lines_usd_ef"))
            return [
                "mass_kgco2e": [mass], "spend_kgco2e": [spend], "total_kgco2e": [try mass + spend],
            ]
        },
        "ghgp-s3-B.1-fan-use-phase": { inputs in
            let power = try Quantity(inputs.decimal("watts"), watt).ratio(in: kilowatt)
            let perHour = try power * inputs.ratio("grid")
            let hours = try inputs.ratio("days") * inputs.ratio("hours") * inputs.ratio("years")
            let kilograms = try perHour * hours * inputs.ratio("units")
            return [
                "kg_per_hour": [perHour],
                "tco2e": [try kilograms * Unit.kilogram.ratio / Unit.tonne.ratio],
            ]
        },
        "s2-basic-esg-passport": { inputs in
            let mass = try emission(
                Quantity(inputs.decimal("kwh"), .kilowattHour), factor: inputs.decimal("ef"),
                .kilogram, per: .kilowattHour, in: .tonne)
            return ["tco2e": [mass]]
        },
        // The factor of the year of the activity, not the nearest and not the latest.
        "s2-egrid-CA-2019-hyperledger": { inputs in
            let factor = try inputs["factors_t_per_mwh"].decimal(inputs.text("year"))
            let mass = try emission(
                Quantity(inputs.decimal("kwh"), .kilowattHour), factor: factor, .tonne,
                per: .megawattHour, in: .kilogram)
            return [
                "kgco2e": [mass],
                "kgco2e_rounded": [try Ratio(mass.rounded(toDecimals: 0, .halfEven))],
            ]
        },
        "ccf-onprem-day": { inputs in
            let mass = try emission(
                Quantity(inputs.decimal("kwh"), .kilowattHour),
                factor: inputs.decimal("ef_t_per_kwh"), .tonne, per: .kilowattHour, in: .tonne)
            return ["co2e_t": [mass]]
        },
        "ccf-onprem-month": { inputs in
            let share = try inputs.ratio("monthly_h") / inputs.ratio("daily_h")
            let energy = try inputs.ratio("daily_kwh") * share
            return ["kwh": [energy], "co2e_t": [try energy * inputs.ratio("ef_t_per_kwh")]]
        },
        "power-cap-150W": { inputs in
            [
                "kwh": [
                    try inputs.ratio("baseline_kwh") * (.one + inputs.ratio("energy_change"))
                ],
                "hours": [try inputs.ratio("baseline_h") * (.one + inputs.ratio("time_change"))],
            ]
        },
        "battery-loss-wattquick": { inputs in
            let efficiency = try inputs.ratio("rte")
            let loss = try inputs.ratio("kwh") * (.one / efficiency - .one)
            let annual = try loss * inputs.ratio("cycles")
            let grams = try annual * inputs.ratio("g_per_kwh")
            return [
                "loss_per_cycle_kwh": [loss], "annual_loss_kwh": [annual],
                "kg": [try grams / Unit.kilogram.ratio],
            ]
        },
        "natgas-mmbtu-AR4": { inputs in
            let masses = try inputs["gases_kg"].fields.keys.map { gas in
                let potential = gas == "CO2" ? Ratio.one : try inputs["gwp"].ratio(gas)
                return try (inputs["gases_kg"].ratio(gas), potential)
            }
            return ["kgco2e": [try sumOfProducts(masses)]]
        },
        "epa-therm": { inputs in
            let parts = try inputs.text("ratio").split(separator: "/").map {
                try Ratio(ExactDecimal(parsing: String($0)))
            }
            let carbon = try inputs.ratio("mmbtu_per_therm") * inputs.ratio("kgC_per_mmbtu")
            let kilograms = try carbon * parts[0] / parts[1]
            return ["t_per_therm": [try kilograms * Unit.kilogram.ratio / Unit.tonne.ratio]]
        },
        "epa-mcf": { inputs in
            ["t_per_mcf": [try inputs.ratio("t_per_therm") * inputs.ratio("therms_per_mcf")]]
        },
        "refrig-cscale-annual-DERIVED": { inputs in
            let full = try inputs.ratio("charge") * inputs.ratio("gwp")
            let annual = try full * inputs.ratio("annual")
            return [
                "annual_kg": [annual],
                "replacement_year_kg": [try annual + full * inputs.ratio("eol")],
            ]
        },
    ]

    private static let watt = unit("W")
    private static let kilowatt = unit("kW")

    private static func unit(_ symbol: String) -> Unit {
        guard let unit = UnitCatalog.unit(symbol: symbol) else {
            preconditionFailure("The catalogue has the unit \(symbol).")
        }
        return unit
    }
}
