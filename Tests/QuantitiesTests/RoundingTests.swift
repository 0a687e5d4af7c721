internal import Quantities
internal import TestSupport
internal import Testing

@Suite("Rounding")
struct RoundingTests {
    @Test(
        "sends ties to the even neighbour, or away from zero, by the rule named",
        arguments: [
            ("0.5", 0, "0", "1"), ("1.5", 0, "2", "2"), ("2.5", 0, "2", "3"),
            ("-0.5", 0, "0", "-1"), ("-1.5", 0, "-2", "-2"), ("-2.5", 0, "-2", "-3"),
            ("2.4", 0, "2", "2"), ("2.6", 0, "3", "3"), ("-2.4", 0, "-2", "-2"),
            ("-2.6", 0, "-3", "-3"), ("2.5000000000000001", 0, "3", "3"),
            ("2.4999999999999999", 0, "2", "2"), ("1.005", 2, "1", "1.01"),
            ("1.015", 2, "1.02", "1.02"), ("-1.005", 2, "-1", "-1.01"), ("9.995", 2, "10", "10"),
            ("12", 3, "12", "12"), ("0.0001", 3, "0", "0"), ("0", 2, "0", "0"),
            ("0.00000000000000000000000000000000000000000001", 2, "0", "0"),
            (
                "99999999999999999999999999999999999999", 0,
                "99999999999999999999999999999999999999", "99999999999999999999999999999999999999"
            ),
        ])
    func ties(text: String, decimals: Int, halfEven: String, halfUp: String) throws {
        let value = try ExactDecimal(parsing: text)
        #expect(try value.rounded(toDecimals: decimals, .halfEven).description == halfEven)
        #expect(try value.rounded(toDecimals: decimals, .halfUp).description == halfUp)
    }

    @Test(
        "of a fraction equals rounding of the decimal, where the fraction ends", arguments: 0..<200)
    func agreement(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let value = ExactDecimal(
            mantissa: Int128.random(in: -1_000_000...1_000_000, using: &random), exponent: -4)
        let decimals = Int.random(in: 0...4, using: &random)
        for rule in [RoundingRule.halfEven, .halfUp] {
            #expect(
                try Ratio(value).rounded(toDecimals: decimals, rule)
                    == value.rounded(toDecimals: decimals, rule))
        }
    }

    @Test("is off by at most half a step", arguments: 0..<200)
    func distance(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let value = try Ratio(
            Int128.random(in: -1_000_000...1_000_000, using: &random),
            over: Int128.random(in: 1...997, using: &random))
        for rule in [RoundingRule.halfEven, .halfUp] {
            let rounded = try value.rounded(toDecimals: 2, rule)
            let error = try Ratio(rounded).adding(value.multiplied(by: Ratio(-1)))
            // |error| ≤ 1/200
            #expect(error.numerator.magnitude * 200 <= error.denominator.magnitude)
        }
    }

    @Test("of a third and two thirds goes to the nearest")
    func thirds() throws {
        #expect(try Ratio(1, over: 3).rounded(toDecimals: 3, .halfEven).description == "0.333")
        #expect(try Ratio(2, over: 3).rounded(toDecimals: 3, .halfUp).description == "0.667")
        #expect(try Ratio(-2, over: 3).rounded(toDecimals: 0, .halfEven).description == "-1")
    }
}
