internal import Quantities
internal import Testing

@Suite("The catalogue of units")
struct UnitCatalogTests {
    /// One of each unit in base units, keyed in by hand from NIST SP 811 (2008) appendix B.8,
    /// UNECE Recommendation 20 revision 17 and the Units of Measurement Regulations 1995 (UK).
    /// Where a table rounds, the definition stands: 1 lb = 0.453 592 37 kg, 1 ft = 0.3048 m,
    /// 1 gal (US) = 231 in3, 1 bbl = 42 gal (US), 1 Btu(IT) = 1 055.055 852 62 J.
    private static let published: [(symbol: String, ratio: String, code: String?)] = [
        ("Wh", "3600", "WHR"), ("kWh", "3600000", "KWH"), ("MWh", "3600000000", "MWH"),
        ("GWh", "3600000000000", "GWH"), ("J", "1", "JOU"), ("kJ", "1000", "KJO"),
        ("MJ", "1000000", "3B"), ("GJ", "1000000000", "GV"), ("TJ", "1000000000000", "D30"),
        ("therm", "105505585.262", "N72"), ("therm (EC)", "105506000", "N71"),
        ("Btu", "1055.05585262", "BTU"), ("kBtu", "1055055.85262", nil),
        ("MMBtu", "1055055852.62", "BZ"),
        ("W", "1", "WTT"), ("kW", "1000", "KWT"), ("MW", "1000000", "MAW"),
        ("varh", "1", nil), ("kvarh", "1000", "K3"),
        ("mg", "0.001", "MGM"), ("g", "1", "GRM"), ("kg", "1000", "KGM"), ("t", "1000000", "TNE"),
        ("kt", "1000000000", "KTN"), ("lb", "453.59237", "LBR"),
        ("short ton", "907184.74", "STN"), ("long ton", "1016046.9088", "LTN"),
        ("mL", "0.001", "MLT"), ("L", "1", "LTR"), ("m3", "1000", "MTQ"),
        ("gal (US)", "3.785411784", "GLL"), ("gal (UK)", "4.54609", "GLI"),
        ("bbl (US)", "158.987294928", "BLL"), ("ft3", "28.316846592", "FTQ"),
        ("hundred ft3", "2831.6846592", "HH"), ("thousand ft3", "28316.846592", "FC"),
        ("yd3", "764.554857984", "YDQ"), ("m2", "1", "MTK"), ("ft2", "0.09290304", "FTK"),
        ("m", "1", "MTR"), ("km", "1000", "KMT"), ("mile", "1609.344", "SMI"),
        ("t.km", "1", "TKM"), ("short ton-mile", "1.45997231821056", nil),
        ("long ton-mile", "1.6351689963958272", nil), ("piece", "1", "H87"), ("s", "1", "SEC"),
        ("min", "60", "MIN"), ("h", "3600", "HUR"), ("d", "86400", "DAY"),
    ]

    @Test("holds each unit at its published ratio, under its code", arguments: published)
    func ratio(symbol: String, ratio: String, code: String?) throws {
        let unit = try #require(UnitCatalog.unit(symbol: symbol))
        #expect(unit.ratio.exactDecimal == (try ExactDecimal(parsing: ratio)))
        #expect(unit.rec20.first == code)
    }

    @Test("holds no unit that this table does not prove")
    func complete() {
        #expect(Set(UnitCatalog.all.map(\.symbol)) == Set(Self.published.map(\.symbol)))
    }

    @Test("finds every unit by each of its names, and each name once")
    func names() {
        for unit in UnitCatalog.all {
            #expect(UnitCatalog.unit(symbol: unit.symbol) == unit)
            for code in unit.rec20 { #expect(UnitCatalog.unit(rec20: code) == unit) }
            if let code = unit.ucum { #expect(UnitCatalog.unit(ucum: code) == unit) }
        }
        let codes = UnitCatalog.all.flatMap(\.rec20)
        #expect(Set(codes).count == codes.count)
    }

    @Test("builds compound ratios from their parts")
    func compounds() throws {
        func ratio(_ symbol: String) throws -> Ratio {
            try #require(UnitCatalog.unit(symbol: symbol)).ratio
        }
        // cubic yard = 27 cubic feet; barrel = 42 gallons; short ton = 2000 lb; long ton = 2240 lb
        #expect(try ratio("yd3") == ratio("ft3").multiplied(by: Ratio(27)))
        #expect(try ratio("bbl (US)") == ratio("gal (US)").multiplied(by: Ratio(42)))
        #expect(try ratio("short ton") == ratio("lb").multiplied(by: Ratio(2_000)))
        #expect(try ratio("long ton") == ratio("lb").multiplied(by: Ratio(2_240)))
        #expect(try ratio("MMBtu") == ratio("Btu").multiplied(by: Ratio(1_000_000)))
        // tonne-kilometre = 1 000 000 g × 1 000 m
        for (work, mass) in [("short ton-mile", "short ton"), ("long ton-mile", "long ton")] {
            let product = try ratio(mass).multiplied(by: ratio("mile"))
            #expect(try ratio(work) == product.divided(by: Ratio(1_000_000_000)))
        }
    }

    @Test(
        "knows no other spelling",
        arguments: ["", "kwh", "KWH ", "kWhr", "Kg", "tonnes", "ton", "gal", "EURO", "eur", "XXX"])
    func unknown(symbol: String) {
        #expect(UnitCatalog.unit(symbol: symbol) == nil)
        #expect(UnitCatalog.unit(rec20: symbol) == nil)
        #expect(UnitCatalog.unit(ucum: symbol) == nil)
    }

    @Test("knows currencies by their ISO 4217 codes, each a dimension of its own")
    func currencies() throws {
        let euro = try #require(UnitCatalog.currency("EUR"))
        let dollar = try #require(UnitCatalog.unit(symbol: "USD"))
        #expect(euro.dimension == .currency("EUR"))
        #expect(throws: QuantityError.dimensionMismatch(from: "EUR", to: "USD")) {
            try Quantity(.one, euro).converted(to: dollar)
        }
    }
}
