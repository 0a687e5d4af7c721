internal import Quantities

/// Indicators, identities, averages.
enum IndicatorExamples {
    static let calculations: [String: Calculation] = [
        "if-interpolation": { inputs in
            let (x, y) = try (inputs.numbers("x"), inputs.numbers("y"))
            let place = try inputs.ratio("at")
            let next = try x.indices.dropFirst().first { try (x[$0] - place).numerator >= 0 } ?? 1
            let slope = try (y[next] - y[next - 1]) / (x[next] - x[next - 1])
            return ["result": [try y[next - 1] + slope * (place - x[next - 1])]]
        },
        "if-aggregate-avg": { inputs in
            let (first, second) = try (inputs.numbers("server1"), inputs.numbers("server2"))
            return [
                "s1": [try mean(first)], "s2": [try mean(second)],
                "t0": [try mean([first[0], second[0]])], "t1": [try mean([first[1], second[1]])],
                "all": [try mean(first + second)],
            ]
        },
        "microsoft-fy23-growth": { inputs in
            let before = try inputs.ratio("fy22")
            return ["pct": [try (inputs.ratio("fy23") - before) / before * Ratio(100)]]
        },
        "kpi-pue": { inputs in ["pue": [try inputs.ratio("total") / inputs.ratio("it")]] },
        // Litres per kWh equal cubic metres per MWh.
        "kpi-wue": { inputs in
            let litres = try Quantity(inputs.decimal("m3"), .cubicMetre).ratio(in: .litre)
            let energy = try Quantity(inputs.decimal("it_mwh"), .megawattHour)
                .ratio(in: .kilowattHour)
            return ["wue": [try litres / energy]]
        },
        "kpi-cer": { inputs in
            ["cer": [try inputs.ratio("heat_removed") / inputs.ratio("cooling_kwh")]]
        },
        "pact-pcf-1": includingUptake, "pact-pcf-2": includingUptake,
    ]

    static let includingUptake: Calculation = { inputs in
        let excluding = try inputs.ratio("pcfExcludingBiogenicUptake")
        return [
            "pcfIncludingBiogenicUptake": [try excluding + inputs.ratio("biogenicCO2Uptake")]
        ]
    }

    private static func mean(_ values: [Ratio]) throws -> Ratio {
        try sum(values) / Ratio(values.count)
    }
}
