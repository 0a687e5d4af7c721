internal import Quantities

/// Shares of embodied carbon in time and resources; software carbon intensity.
enum EmbodiedExamples {
    static let calculations: [String: Calculation] = [
        "sci-spec-timeshare": { inputs in
            let life = try inputs.ratio("EL_years") * Ratio(hoursPerYear)
            let kilograms = try inputs.ratio("TE_kg") * inputs.ratio("TiR_h") / life
            return ["M_g": [try kilograms * Unit.kilogram.ratio]]
        },
        "sci-eshoppen-db": { inputs in
            let share =
                try inputs.ratio("TiR_h") / inputs.ratio("EL_h")
                * inputs.ratio("RR") / inputs.ratio("ToR")
            let embodied = try inputs.ratio("TE_kg") * Unit.kilogram.ratio * share
            let operational = try inputs.ratio("E_kwh") * inputs.ratio("I")
            return ["M_g": [embodied], "SCI_g": [try operational + embodied]]
        },
        "if-sci-success": { inputs in
            ["sci": [try inputs.ratio("carbon") / inputs.ratio("requests")]]
        },
        "if-embodied-scenario1": { inputs in
            let total =
                try inputs.ratio("baseline_g")
                + inputs.ratio("hdd") * inputs.ratio("hdd_g")
            let step = try total * inputs.ratio("duration_s") / inputs.ratio("lifespan_s")
            return ["per_step_g": [step], "total_g": [try step * inputs.ratio("steps")]]
        },
        "if-sci-pipeline-1": softwareIntensity, "if-sci-pipeline-2": softwareIntensity,
        "ccf-embodied": { inputs in
            let share =
                try inputs.ratio("hours") / inputs.ratio("lifespan_h")
                * inputs.ratio("vcpu") / inputs.ratio("largest")
            let mass = try inputs.ratio("scope3_t") * share
            return ["co2e_t": [mass], "kwh": [try mass / inputs.ratio("ef_t_per_kwh")]]
        },
        "cncf-falco-hourly-M": { inputs in
            ["g_per_h": [try inputs.ratio("TE_kg") * Unit.kilogram.ratio / inputs.ratio("EL_h")]]
        },
        "boavizta-cpu": { inputs in
            let area = try inputs.ratio("cores") * inputs.ratio("die_per_core")
            let each = try area * inputs.ratio("k_die") + inputs.ratio("k_base")
            return ["per_cpu_kg": [each], "total_kg": [try each * inputs.ratio("units")]]
        },
        "boavizta-ram": { inputs in
            let die = try inputs.ratio("gb") / inputs.ratio("density") * inputs.ratio("k_die")
            return ["total_kg": [try inputs.ratio("units") * (die + inputs.ratio("k_base"))]]
        },
        "embodied-rebar-cscale": { inputs in
            let pounds = try inputs.ratio("sf") * inputs.ratio("lb_per_sf")
            return ["kgco2e": [try pounds * inputs.ratio("kg_per_lb")]]
        },
        // Acquired whole in the first year, or by straight line: both books sum to the same.
        "capital-goods-two-books-DERIVED": { inputs in
            let years = try Int(inputs.text("life_years")) ?? 0
            let whole = try inputs.decimal("embodied_t")
            let shares = try Allocation.largestRemainder(
                whole, weights: Array(repeating: 1, count: years), decimals: 9)
            let acquired = [whole] + Array(repeating: ExactDecimal.zero, count: years - 1)
            return [
                "ghgp_by_year": try acquired.map { try Ratio($0) },
                "ce_by_year": try shares.map { try Ratio($0) },
                "cumulative_equal": [try Ratio(ExactDecimal.sum(shares))],
            ]
        },
    ]

    private static let hoursPerYear = 8_760

    /// ((factor × TDP × time) / ratio + network) × intensity + 1 t × time / 4 years; the energy of
    /// a processor is watt × second = joule.
    private static let softwareIntensity: Calculation = { inputs in
        let duration = try inputs.decimal("duration_s")
        let joules = try inputs.decimal("cpu_factor").multiplied(by: inputs.decimal("tdp"))
            .multiplied(by: duration)
        let processor = try Quantity(joules, .joule).ratio(in: .kilowattHour)
        let energy = try processor / inputs.ratio("vcpu_ratio") + inputs.ratio("network_kwh")
        let embodied = try Unit.tonne.ratio * Ratio(duration) / Ratio(4 * hoursPerYear * 3_600)
        return ["sci_g": [try energy * inputs.ratio("grid_g_per_kwh") + embodied]]
    }
}
