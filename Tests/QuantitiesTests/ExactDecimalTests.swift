internal import Foundation
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("An exact decimal")
struct ExactDecimalTests {
    @Test("is equal, hashes and prints alike, however it is written")
    func normalised() throws {
        let values = try ["12.5", "12.50", "+012.500", "1250e-2", "0.125e2"].map {
            try ExactDecimal(parsing: $0)
        }
        #expect(Set(values).count == 1)
        #expect(Set(values.map(\.description)) == ["12.5"])
    }

    @Test(
        "compares by value across exponents",
        arguments: [
            ("1", "2"), ("-2", "-1"), ("-1", "0"), ("0", "0.1"), ("0.1", "0.11"), ("9", "1e1"),
            ("-1e30", "1"), ("1", "1e30"), ("-1e30", "-1"), ("1e-30", "1e30"), ("-1e-30", "0"),
            ("0", "0.0000000000000000000000000000000000000000001"),
            ("-0.0000000000000000000000000000000000000000001", "0"),
            ("9.99", "10"), ("1.0000000000000000000000000000000000001", "9"),
        ])
    func ordered(smaller: String, larger: String) throws {
        let (left, right) = try (ExactDecimal(parsing: smaller), ExactDecimal(parsing: larger))
        #expect(left < right)
        #expect(!(right < left))
        #expect(!(left < left))
    }

    @Test("reports an overflow instead of trapping or losing digits")
    func overflow() throws {
        let most = try ExactDecimal(parsing: String(repeating: "9", count: 38))
        let tiny = try ExactDecimal(parsing: "1e-30")
        #expect(throws: QuantityError.overflow) { try most.adding(.one) }
        #expect(throws: QuantityError.overflow) { try most.negated.subtracting(.one) }
        #expect(throws: QuantityError.overflow) { try most.multiplied(by: ExactDecimal(10)) }
        #expect(throws: QuantityError.overflow) { try most.adding(tiny) }
        let large = try ExactDecimal(parsing: "1e30")
        #expect(throws: QuantityError.overflow) { try large.multiplied(by: large) }
        let product = try tiny.multiplied(by: tiny)
        #expect(product.exponent == -60)
        #expect(throws: QuantityError.overflow) { try product.multiplied(by: tiny) }
        #expect(try ExactDecimal(parsing: product.description) == product)
    }

    @Test("knows its integer, and its mantissa at a finer exponent")
    func integer() throws {
        #expect(try ExactDecimal(parsing: "12e3").integer == 12_000)
        #expect(try ExactDecimal(parsing: "12.5").integer == nil)
        #expect(try ExactDecimal(parsing: "12.5").mantissa(at: -3) == 12_500)
        #expect(try ExactDecimal.zero.mantissa(at: -60) == 0)
        #expect(try ExactDecimal.zero.mantissa(at: 5) == 0)
        #expect(throws: QuantityError.inexact) {
            try ExactDecimal(parsing: "12.5").mantissa(at: 0)
        }
    }

    @Test("is a string in JSON, never a number")
    func coded() throws {
        let values = try ["0", "-12.5", "1e20", "0.000001"].map { try ExactDecimal(parsing: $0) }
        let json = try JSONEncoder().encode(values)
        #expect(
            String(decoding: json, as: UTF8.self)
                == #"["0","-12.5","100000000000000000000","0.000001"]"#)
        #expect(try JSONDecoder().decode([ExactDecimal].self, from: json) == values)
        for text in ["[1.5]", #"["1,5"]"#, #"["NaN"]"#, "[null]"] {
            #expect(throws: DecodingError.self) {
                try JSONDecoder().decode([ExactDecimal].self, from: Data(text.utf8))
            }
        }
    }

    @Test("that cannot be read back is not written either")
    func unwritable() {
        let monster = ExactDecimal(mantissa: .max, exponent: 30)
        #expect(throws: EncodingError.self) { try JSONEncoder().encode([monster]) }
    }

    @Test("obeys the laws of a commutative ring, and prints what it reads", arguments: 0..<200)
    func laws(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let (first, second, third) = (
            Self.decimal(&random), Self.decimal(&random), Self.decimal(&random)
        )
        #expect(try first.adding(second) == second.adding(first))
        #expect(try first.adding(second).adding(third) == first.adding(second.adding(third)))
        #expect(try first.multiplied(by: second) == second.multiplied(by: first))
        #expect(
            try first.multiplied(by: second).multiplied(by: third)
                == first.multiplied(by: second.multiplied(by: third)))
        #expect(
            try first.multiplied(by: second.adding(third))
                == first.multiplied(by: second).adding(first.multiplied(by: third)))
        #expect(try first.adding(.zero) == first)
        #expect(try first.multiplied(by: .one) == first)
        #expect(try first.adding(first.negated) == .zero)
        #expect(try first.subtracting(second).adding(second) == first)
        #expect(try ExactDecimal(parsing: first.description) == first)
        #expect(try (first < second) == first.subtracting(second).isNegative)
        #expect(
            try ExactDecimal.sum([first, second, third])
                == third.adding(first).adding(second))
    }

    private static func decimal(_ random: inout SplitMix64) -> ExactDecimal {
        ExactDecimal(
            mantissa: Int128.random(in: -9_999_999_999...9_999_999_999, using: &random),
            exponent: Int.random(in: -3...2, using: &random))
    }
}
