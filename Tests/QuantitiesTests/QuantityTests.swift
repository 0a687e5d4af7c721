internal import Foundation
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("A quantity")
struct QuantityTests {
    @Test(
        "converts exactly within its dimension",
        arguments: [
            ("1", "MWh", "kWh", "1000"), ("3.6", "MJ", "kWh", "1"), ("1", "lb", "kg", "0.45359237"),
            ("2", "short ton", "t", "1.81436948"), ("1", "therm", "kWh", nil),
            ("9", "therm", "kWh", "263.763963155"), ("10", "therm", "MMBtu", "1"),
            ("1", "gal (US)", "L", "3.785411784"),
            ("1", "m3", "ft3", nil), ("-5", "kg", "g", "-5000"), ("0", "kWh", "J", "0"),
        ] as [(String, String, String, String?)])
    func converts(amount: String, from: String, to: String, expected: String?) throws {
        let quantity = try Self.quantity(amount, from)
        let target = try #require(UnitCatalog.unit(symbol: to))
        if let expected {
            #expect(try quantity.converted(to: target).amount.description == expected)
        } else {
            #expect(throws: QuantityError.inexact) { try quantity.converted(to: target) }
        }
    }

    @Test("is rounded by a named rule only where the quotient does not end")
    func rounded() throws {
        // 105 505 585.262 J / 3 600 000 J = 29.307 107…
        let therm = try Self.quantity("1", "therm")
        let converted = try therm.converted(to: .kilowattHour, decimals: 3, rounding: .halfEven)
        #expect(converted.description == "29.307 kWh")
        let pound = try Self.quantity("1", "lb")
        let kept = try pound.converted(to: .kilogram, decimals: 2, rounding: .halfEven)
        #expect(kept.description == "0.45359237 kg")
    }

    @Test(
        "never converts into another dimension",
        arguments: [("kWh", "kg"), ("kW", "kWh"), ("kvarh", "kWh"), ("L", "kg"), ("m2", "m")])
    func mismatch(from: String, to: String) throws {
        let target = try #require(UnitCatalog.unit(symbol: to))
        #expect(throws: QuantityError.dimensionMismatch(from: from, to: to)) {
            try Self.quantity("1", from).converted(to: target)
        }
        #expect(throws: QuantityError.dimensionMismatch(from: to, to: from)) {
            try Self.quantity("1", from).adding(Quantity(.one, target))
        }
    }

    @Test("comes back from every unit of its dimension", arguments: 0..<100)
    func roundTrip(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let unit = try #require(UnitCatalog.all.randomElement(using: &random))
        let family = UnitCatalog.all.filter { $0.dimension == unit.dimension }
        let target = try #require(family.randomElement(using: &random))
        let amount = ExactDecimal(
            mantissa: Int128.random(in: -9_999...9_999, using: &random), exponent: -2)
        let there = try Quantity(amount, unit).ratio(in: target)
        let back = try there.multiplied(by: target.ratio).divided(by: unit.ratio)
        #expect(back.exactDecimal == amount)
    }

    @Test("is coded with the symbol of its unit, and refuses an unknown one")
    func coded() throws {
        let quantity = try Self.quantity("12.5", "short ton")
        let json = try JSONEncoder().encode(quantity)
        #expect(try JSONDecoder().decode(Quantity.self, from: json) == quantity)
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(
                Quantity.self, from: Data(#"{"amount":"1","unit":"kWhr"}"#.utf8))
        }
    }

    private static func quantity(_ amount: String, _ symbol: String) throws -> Quantity {
        try Quantity(
            ExactDecimal(parsing: amount), #require(UnitCatalog.unit(symbol: symbol)))
    }
}

@Suite("A mass")
struct MassTests {
    @Test("is rounded once, to the milligram")
    func rounded() throws {
        // 1/3 g = 333.33… mg; 0.0025 g = 2.5 mg
        #expect(try Mass(grams: Ratio(1, over: 3), rounding: .halfEven).milligrams == 333)
        #expect(try Mass(grams: Ratio(1, over: 400), rounding: .halfEven).milligrams == 2)
        #expect(try Mass(grams: Ratio(1, over: 400), rounding: .halfUp).milligrams == 3)
        #expect(try Mass(grams: Ratio(-1, over: 400), rounding: .halfUp).milligrams == -3)
    }

    @Test("above 9.2 Gt is an error, and a sum passes beyond on the way only")
    func limit() throws {
        let most = Mass(milligrams: .max)
        #expect(throws: QuantityError.overflow) { try Mass.sum([most, Mass(milligrams: 1)]) }
        #expect(try Mass.sum([most, most, Mass(milligrams: -.max)]) == most)
        // 9 223 372 036 854 775.808 g is one milligram more than Int64 holds.
        let tooMuch = try Ratio(ExactDecimal(parsing: "9223372036854775.808"))
        #expect(throws: QuantityError.overflow) { try Mass(grams: tooMuch, rounding: .halfEven) }
        #expect(try Mass.sum([]) == .zero)
    }
}
