internal import Quantities
internal import Testing

@Suite("The parser of exact decimals")
struct ExactDecimalParsingTests {
    @Test(
        "reads the lexical space of xs:decimal and an exponent",
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("+7", 7, 0), ("007", 7, 0), ("12.50", 125, -1),
            (".5", 5, -1), ("5.", 5, 0), ("-0.001", -1, -3), ("1200", 12, 2), ("1e3", 1, 3),
            ("1E3", 1, 3), ("1.5e-3", 15, -4), ("-2.5e+2", -25, 1), ("1e30", 1, 30),
            ("1e-30", 1, -30), ("0e30", 0, 0), ("0.000", 0, 0),
        ] as [(String, Int128, Int)])
    func accepted(text: String, mantissa: Int128, exponent: Int) throws {
        let value = try ExactDecimal(parsing: text)
        #expect(value.mantissa == mantissa)
        #expect(value.exponent == exponent)
    }

    @Test(
        "refuses what is no decimal number",
        arguments: [
            "", "-", "+", ".", "-.", "12abc", "abc", "1,234.5", "1,5", "NaN", "nan", "inf",
            "Infinity", "0x1p3", "0x10", "1_000", "1 000", " 1", "1 ", "1\n", "1\u{0}", "--1",
            "+-1",
            "1-", "1.2.3", "1..2", "e5", "1e", "1e+", "1e1.5", "1e5e5", "(5)", "5%", "$5", "½",
            "１２",
            "٣", "\u{2212}5", "1\u{301}", "\u{FEFF}1", "1\u{A0}000",
        ])
    func refused(text: String) {
        #expect(throws: QuantityError.notADecimal) { try ExactDecimal(parsing: text) }
    }

    @Test("takes 38 digits and refuses 39, wherever the point stands")
    func digits() throws {
        let most = String(repeating: "9", count: 38)
        #expect(try ExactDecimal(parsing: most).description == most)
        #expect(try ExactDecimal(parsing: "-0." + most).description == "-0." + most)
        for text in [most + "9", "0." + most + "9", "1" + String(repeating: "0", count: 38)] {
            #expect(throws: QuantityError.tooManyDigits) { try ExactDecimal(parsing: text) }
        }
    }

    @Test(
        "refuses exponents beyond 30",
        arguments: ["1e31", "1e-31", "1e1000", "1e99999999999999999999", "0e31"])
    func exponents(text: String) {
        #expect(throws: QuantityError.exponentOutOfRange) { try ExactDecimal(parsing: text) }
    }

    @Test(
        "refuses a number that its own plain notation could not write with 38 digits",
        arguments: ["123456789e30", "12345678901234567890123456789012345678e1"])
    func writable(text: String) {
        #expect(throws: QuantityError.tooManyDigits) { try ExactDecimal(parsing: text) }
    }

    @Test("refuses a fraction that is longer than any number it writes itself")
    func fraction() throws {
        let zeros = String(repeating: "0", count: 67)
        #expect(try ExactDecimal(parsing: "0." + zeros + "1").exponent == -68)
        #expect(throws: QuantityError.tooManyDigits) {
            try ExactDecimal(parsing: "0." + zeros + "01")
        }
    }

    @Test("takes a comma only when told")
    func comma() throws {
        #expect(try ExactDecimal(parsing: "1234,5", notation: .comma).description == "1234.5")
        #expect(throws: QuantityError.notADecimal) {
            try ExactDecimal(parsing: "1234.5", notation: .comma)
        }
    }

    @Test(
        "takes groups of three digits in the notation told",
        arguments: [
            ("1,234.5", "point,", "1234.5"), ("-1,234,567", "point,", "-1234567"),
            ("123,456", "point,", "123456"), ("999", "point,", "999"), ("1234", "point,", "1234"),
            ("0.123", "point,", "0.123"), ("1.234,5", "comma.", "1234.5"),
            ("1 234 567,25", "comma ", "1234567.25"), ("12\u{A0}345", "comma\u{A0}", "12345"),
            ("1'234.5", "point'", "1234.5"), ("+1,234.5e3", "point,", "1234500"),
        ])
    func grouped(text: String, notation: String, expected: String) throws {
        let value = try ExactDecimal(parsing: text, notation: Self.notation(notation))
        #expect(value.description == expected)
    }

    @Test(
        "refuses groups that are none",
        arguments: [
            ("1,23", "point,"), ("1,2345", "point,"), ("1234,567", "point,"), (",234", "point,"),
            ("1,234,", "point,"), ("1,,234", "point,"), ("1.234,567", "point,"),
            ("1,234.5,6", "point,"),
            ("1,2e3", "point,"), ("1e0,012", "point,"), ("1,e+3", "point,"), ("1,-23", "point,"),
            ("1,２３４", "point,"), ("+-1,234", "point,"), ("1,234.5", "comma."), ("1.23", "comma."),
        ])
    func badlyGrouped(text: String, notation: String) {
        #expect(throws: QuantityError.notADecimal) {
            try ExactDecimal(parsing: text, notation: Self.notation(notation))
        }
    }

    /// `point,` is a decimal point with commas between the groups.
    private static func notation(_ name: String) -> DecimalNotation {
        DecimalNotation(mark: name.hasPrefix("point") ? .point : .comma, grouping: name.last)
    }
}
