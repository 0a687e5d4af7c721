internal import Inventory
internal import Quantification
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("Emission product")
struct EmissionProductTests {
    private func masses(
        _ amount: String, _ symbol: String, _ sample: FactorSample
    ) throws -> [String: Int64] {
        let quantity = Quantity(try number(amount), try unit(symbol))
        let masses = try EmissionProduct.masses(of: quantity, try sample.factor())
        return Dictionary(
            uniqueKeysWithValues: masses.map { ($0.substance.description, $0.mass.milligrams) })
    }

    /// EPA Emission Factors for Greenhouse Gas Inventories, table 1: natural gas,
    /// 53.06 kg CO2, 1.0 g CH4, 0.10 g N2O per mmBtu. 1840 therm are 184 mmBtu:
    /// 184 · 53.06 = 9763.04 kg; 184 g; 18.4 g.
    @Test("Natural gas by the EPA's factor")
    func naturalGas() throws {
        let gas = FactorSample(
            activity: "natural-gas", role: .direct, per: "MMBtu",
            components: ["53.06 kg CO2", "1.0 g CH4", "0.10 g N2O"])
        let expected: [String: Int64] = ["CO2": 9_763_040_000, "CH4": 184_000, "N2O": 18_400]
        #expect(try masses("1840", "therm", gas) == expected)
        #expect(try masses("184", "MMBtu", gas) == expected)
    }

    /// EPA Emission Factors Hub 2025, table 6, eGRID2023, WECC Northwest: 631.705 lb CO2,
    /// 0.054 lb CH4, 0.008 lb N2O per MWh; 1 lb = 453,592.37 mg exactly. 12,345 kWh are
    /// 12.345 MWh: 7,798.398225 lb; 0.66663 lb; 0.09876 lb.
    @Test("Electricity by eGRID, in pounds per megawatt-hour")
    func electricity() throws {
        let grid = FactorSample(
            per: "MWh", components: ["631.705 lb CO2", "0.054 lb CH4", "0.008 lb N2O"])
        let masses = try masses("12345", "kWh", grid)
        #expect(masses["CO2"] == 3_537_293_933)
        #expect(masses["CH4"] == 302_378)
        #expect(masses["N2O"] == 44_797)
    }

    /// 1,500.5 L · 2.57082 kg = 3857.51541 kg; · 0.00029 kg = 0.435145 kg;
    /// · 0.03308 kg = 49.63654 kg (UK government factors, diesel, kg CO2e per litre by gas).
    @Test("Diesel per litre, components as CO2e of one set are one substance, rounded once")
    func diesel() throws {
        let diesel = FactorSample(
            activity: "diesel", role: .direct, per: "L",
            components: ["2.57082 kg CO2e@AR5", "0.00029 kg CO2e@AR5", "0.03308 kg CO2e@AR5"])
        #expect(
            try masses("1500.5", "L", diesel) == ["CO2e@AR5": 3_857_515_410 + 435_145 + 49_636_540])
    }

    @Test(
        "A tie goes to the even milligram, on both sides of zero",
        arguments: [
            ("1", 0), ("3", 2), ("5", 2), ("7", 4), ("9", 4), ("11", 6),
            ("-1", 0), ("-3", -2), ("-5", -2), ("-7", -4), ("1.0000001", 1), ("0.9999999", 0),
        ] as [(String, Int64)])
    func ties(_ amount: String, _ expected: Int64) throws {
        let half = FactorSample(components: ["0.5 mg CO2"])
        #expect(try masses(amount, "kWh", half) == ["CO2": expected])
    }

    @Test("Components of one substance are added before the one rounding")
    func addedBeforeRounding() throws {
        // 0.4 + 0.4 + 0.4 = 1.2 mg: rounded one by one they would be nothing.
        let split = FactorSample(components: [
            "0.4 mg CH4", "1 g CO2", "0.0004 g CH4", "0.4 mg CH4",
        ])
        #expect(try masses("1", "kWh", split) == ["CH4": 1, "CO2": 1_000])
    }

    @Test("Substances stand in the order of the factor")
    func order() throws {
        let sample = FactorSample(components: ["1 g N2O", "1 g CO2", "1 g N2O", "1 g CH4"])
        let masses = try EmissionProduct.masses(
            of: Quantity(try number("1"), .kilowattHour), try sample.factor())
        #expect(masses.map(\.substance.description) == ["N2O", "CO2", "CH4"])
    }

    @Test("A credit note is the exact mirror of the invoice", arguments: 0..<200)
    func mirror(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let mantissa = Int128(Int64.random(in: 0...10_000_000_000, using: &random))
        let exponent = Int.random(in: -6...0, using: &random)
        let amount = ExactDecimal(mantissa: mantissa, exponent: exponent)
        let digits = Int.random(in: 1...99_999, using: &random)
        let factor = try FactorSample(
            per: ["kWh", "MWh", "therm", "MJ"].randomElement(using: &random) ?? "kWh",
            components: ["0.\(digits) lb CO2", "0.5 mg CH4"]
        ).factor()
        let plus = try EmissionProduct.masses(of: Quantity(amount, .kilowattHour), factor)
        let minus = try EmissionProduct.masses(of: Quantity(amount.negated, .kilowattHour), factor)
        #expect(plus.map { -$0.mass.milligrams } == minus.map(\.mass.milligrams))
    }

    @Test("What does not fit throws")
    func refusals() throws {
        let heavy = FactorSample(components: ["9300000 kt CO2"])
        #expect(throws: QuantityError.overflow) { try masses("1", "kWh", heavy) }
        #expect(throws: QuantityError.overflow) { try masses("-1", "kWh", heavy) }
        let perLitre = FactorSample(per: "L")
        #expect(throws: QuantityError.dimensionMismatch(from: "kWh", to: "L")) {
            try masses("1", "kWh", perLitre)
        }
    }

    @Test("The largest mass that fits is kept to the milligram")
    func limit() throws {
        // Int64.max milligrams are 9,223,372,036,854,775,807.
        let one = FactorSample(components: ["1 mg CO2"])
        #expect(try masses("9223372036854775807", "kWh", one) == ["CO2": .max])
        #expect(throws: QuantityError.overflow) { try masses("9223372036854775808", "kWh", one) }
    }
}
