internal import Quantities
internal import TestSupport
internal import Testing

@Suite("A ratio")
struct RatioTests {
    @Test("is kept in lowest terms with the sign above")
    func lowestTerms() throws {
        let ratio = try Ratio(6, over: -4)
        #expect(ratio.numerator == -3)
        #expect(ratio.denominator == 2)
        #expect(try Ratio(0, over: -5) == Ratio(0))
        #expect(throws: QuantityError.divisionByZero) { try Ratio(1, over: 0) }
        #expect(throws: QuantityError.divisionByZero) { try Ratio.one.divided(by: Ratio(0)) }
    }

    @Test("of the extreme integers is refused, not trapped on")
    func extremes() {
        for (top, bottom) in [(Int128.min, Int128.min), (1, .min), (.min, -1), (.min, 3)] {
            #expect(throws: QuantityError.overflow) { try Ratio(top, over: bottom) }
        }
    }

    @Test(
        "is a decimal where the division ends",
        arguments: [
            (1, 8, "0.125"), (-7, 20, "-0.35"), (3, 1, "3"), (44, 12, nil), (1, 3, nil),
            (1, 1_000_000, "0.000001"), (0, 7, "0"),
        ] as [(Int128, Int128, String?)])
    func ending(top: Int128, bottom: Int128, expected: String?) throws {
        #expect(try Ratio(top, over: bottom).exactDecimal?.description == expected)
    }

    @Test("obeys the laws of a field", arguments: 0..<200)
    func laws(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let (first, second, third) = try (
            Self.ratio(&random), Self.ratio(&random), Self.ratio(&random)
        )
        #expect(try first.adding(second) == second.adding(first))
        #expect(try first.adding(second).adding(third) == first.adding(second.adding(third)))
        #expect(
            try first.multiplied(by: second.adding(third))
                == first.multiplied(by: second).adding(first.multiplied(by: third)))
        if second.numerator != 0 {
            #expect(try first.divided(by: second).multiplied(by: second) == first)
        }
    }

    @Test("says that it overflows")
    func overflow() throws {
        let large = Ratio(Int128.max)
        #expect(throws: QuantityError.overflow) { try large.multiplied(by: Ratio(2)) }
        #expect(throws: QuantityError.overflow) { try large.adding(.one) }
    }

    private static func ratio(_ random: inout SplitMix64) throws(QuantityError) -> Ratio {
        try Ratio(
            Int128.random(in: -9_999...9_999, using: &random),
            over: Int128.random(in: 1...9_999, using: &random))
    }
}
