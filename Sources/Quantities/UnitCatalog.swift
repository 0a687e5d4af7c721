/// Every unit the product knows, by symbol, UN/CEFACT code and UCUM code.
///
/// Source: UN/CEFACT Recommendation 20 rev. 17 and 21, UCUM 2.1; ratios are exact by definition
/// (international pound 0.45359237 kg, international foot 0.3048 m, US gallon 231 in3,
/// Btu(IT) 1055.05585262 J, EC therm 105 506 000 J).
///
/// A US therm is what bills and EPA factors mean by it: 100 000 Btu, ten to the MMBtu. The legal
/// therm of 59 °F (105 480 400 J, Rec 20 N72) is 0.024 % smaller; with it, ten therms of a bill
/// would not be the one MMBtu of its factor.
package enum UnitCatalog {
    package static let all: [Unit] = energy + matter + others

    /// - Parameter symbol: Exactly as the catalogue spells it.
    package static func unit(symbol: String) -> Unit? { bySymbol[symbol] ?? currency(symbol) }

    /// - Parameter code: A common code of Recommendation 20 or 21, such as `KWH`.
    package static func unit(rec20 code: String) -> Unit? { byRec20[code] }

    package static func unit(ucum code: String) -> Unit? { byUCUM[code] }

    /// The currency with an ISO 4217 code that has been assigned.
    package static func currency(_ code: String) -> Unit? {
        guard currencyCodes.contains(code) else { return nil }
        return Unit(symbol: code, dimension: .currency(code), ratio: .one)
    }

    private static let bySymbol = Dictionary(uniqueKeysWithValues: all.map { ($0.symbol, $0) })
    private static let byRec20 = Dictionary(
        uniqueKeysWithValues: all.flatMap { unit in unit.rec20.map { ($0, unit) } })
    private static let byUCUM = Dictionary(
        uniqueKeysWithValues: all.compactMap { unit in unit.ucum.map { ($0, unit) } })

    private static let currencyCodes: Set<String> = [
        "AED", "AFN", "ALL", "AMD", "ANG", "AOA", "ARS", "AUD", "AWG", "AZN", "BAM", "BBD", "BDT",
        "BGN", "BHD", "BIF", "BMD", "BND", "BOB", "BRL", "BSD", "BTN", "BWP", "BYN", "BZD", "CAD",
        "CDF", "CHF", "CLP", "CNY", "COP", "CRC", "CUP", "CVE", "CZK", "DJF", "DKK", "DOP", "DZD",
        "EGP", "ERN", "ETB", "EUR", "FJD", "FKP", "GBP", "GEL", "GHS", "GIP", "GMD", "GNF", "GTQ",
        "GYD", "HKD", "HNL", "HTG", "HUF", "IDR", "ILS", "INR", "IQD", "IRR", "ISK", "JMD", "JOD",
        "JPY", "KES", "KGS", "KHR", "KMF", "KPW", "KRW", "KWD", "KYD", "KZT", "LAK", "LBP", "LKR",
        "LRD", "LSL", "LYD", "MAD", "MDL", "MGA", "MKD", "MMK", "MNT", "MOP", "MRU", "MUR", "MVR",
        "MWK", "MXN", "MYR", "MZN", "NAD", "NGN", "NIO", "NOK", "NPR", "NZD", "OMR", "PAB", "PEN",
        "PGK", "PHP", "PKR", "PLN", "PYG", "QAR", "RON", "RSD", "RUB", "RWF", "SAR", "SBD", "SCR",
        "SDG", "SEK", "SGD", "SHP", "SLE", "SOS", "SRD", "SSP", "STN", "SVC", "SYP", "SZL", "THB",
        "TJS", "TMT", "TND", "TOP", "TRY", "TTD", "TWD", "TZS", "UAH", "UGX", "USD", "UYU", "UZS",
        "VES", "VND", "VUV", "WST", "XAF", "XCD", "XCG", "XOF", "XPF", "YER", "ZAR", "ZMW", "ZWG",
        // Withdrawn since 2011; old invoices bear them.
        "EEK", "HRK", "LTL", "LVL", "SLL", "VEF", "ZWL",
    ]
}

extension Unit {
    package static let wattHour = scaled("Wh", .energy, 3_600, ["WHR"], "W.h")
    package static let kilowattHour = scaled("kWh", .energy, 3_600_000, ["KWH"], "kW.h")
    package static let megawattHour = scaled("MWh", .energy, 3_600_000_000, ["MWH"], "MW.h")
    package static let joule = scaled("J", .energy, 1, ["JOU"], "J")
    package static let therm = decimal("therm", .energy, 105_505_585_262, -3, ["N72"], nil)
    package static let millionBtu = decimal("MMBtu", .energy, 105_505_585_262, -2, ["BZ"], nil)
    package static let milligram = decimal("mg", .mass, 1, -3, ["MGM"], "mg")
    package static let gram = scaled("g", .mass, 1, ["GRM"], "g")
    package static let kilogram = scaled("kg", .mass, 1_000, ["KGM"], "kg")
    package static let tonne = scaled("t", .mass, 1_000_000, ["TNE"], "t")
    package static let litre = scaled("L", .volume, 1, ["LTR"], "L")
    package static let cubicMetre = scaled("m3", .volume, 1_000, ["MTQ"], "m3")
    package static let piece = scaled("piece", .count, 1, ["H87", "C62", "EA", "NMB"], "{piece}")

    static func scaled(
        _ symbol: String, _ dimension: Dimension, _ ratio: Int128, _ rec20: [String],
        _ ucum: String?
    ) -> Unit {
        Unit(symbol: symbol, dimension: dimension, ratio: Ratio(ratio), rec20: rec20, ucum: ucum)
    }

    static func decimal(
        _ symbol: String, _ dimension: Dimension, _ mantissa: Int128, _ exponent: Int,
        _ rec20: [String], _ ucum: String?
    ) -> Unit {
        let value = ExactDecimal(mantissa: mantissa, exponent: exponent)
        guard let ratio = try? Ratio(value) else {
            preconditionFailure("The ratio of \(symbol) is a literal that fits.")
        }
        return Unit(symbol: symbol, dimension: dimension, ratio: ratio, rec20: rec20, ucum: ucum)
    }
}

extension UnitCatalog {
    private static let energy: [Unit] = [
        .wattHour, .kilowattHour, .megawattHour,
        .scaled("GWh", .energy, 3_600_000_000_000, ["GWH"], "GW.h"),
        .joule,
        .scaled("kJ", .energy, 1_000, ["KJO"], "kJ"),
        .scaled("MJ", .energy, 1_000_000, ["3B"], "MJ"),
        .scaled("GJ", .energy, 1_000_000_000, ["GV"], "GJ"),
        .scaled("TJ", .energy, 1_000_000_000_000, ["D30"], "TJ"),
        .therm,
        .scaled("therm (EC)", .energy, 105_506_000, ["N71"], nil),
        .decimal("Btu", .energy, 105_505_585_262, -8, ["BTU"], "[Btu_IT]"),
        .decimal("kBtu", .energy, 105_505_585_262, -5, [], nil),
        .millionBtu,
        .scaled("W", .power, 1, ["WTT"], "W"),
        .scaled("kW", .power, 1_000, ["KWT"], "kW"),
        .scaled("MW", .power, 1_000_000, ["MAW"], "MW"),
        .scaled("varh", .reactiveEnergy, 1, [], nil),
        .scaled("kvarh", .reactiveEnergy, 1_000, ["K3"], nil),
    ]

    private static let matter: [Unit] = [
        .milligram, .gram, .kilogram, .tonne,
        .scaled("kt", .mass, 1_000_000_000, ["KTN"], "kt"),
        .decimal("lb", .mass, 45_359_237, -5, ["LBR"], "[lb_av]"),
        .decimal("short ton", .mass, 90_718_474, -2, ["STN"], "[ston_av]"),
        .decimal("long ton", .mass, 10_160_469_088, -4, ["LTN"], "[lton_av]"),
        .litre, .cubicMetre,
        .decimal("mL", .volume, 1, -3, ["MLT"], "mL"),
        .decimal("gal (US)", .volume, 3_785_411_784, -9, ["GLL"], "[gal_us]"),
        .decimal("gal (UK)", .volume, 454_609, -5, ["GLI"], "[gal_br]"),
        .decimal("bbl (US)", .volume, 158_987_294_928, -9, ["BLL"], "[bbl_us]"),
        .decimal("ft3", .volume, 28_316_846_592, -9, ["FTQ"], "[cft_i]"),
        .decimal("hundred ft3", .volume, 28_316_846_592, -7, ["HH"], nil),
        .decimal("thousand ft3", .volume, 28_316_846_592, -6, ["FC"], nil),
        .decimal("yd3", .volume, 764_554_857_984, -9, ["YDQ"], "[cyd_i]"),
        .scaled("m2", .area, 1, ["MTK"], "m2"),
        .decimal("ft2", .area, 9_290_304, -8, ["FTK"], "[sft_i]"),
    ]

    private static let others: [Unit] = [
        .scaled("m", .length, 1, ["MTR"], "m"),
        .scaled("km", .length, 1_000, ["KMT"], "km"),
        .decimal("mile", .length, 1_609_344, -3, ["SMI"], "[mi_i]"),
        .scaled("t.km", .freightWork, 1, ["TKM"], nil),
        // 0.90718474 t × 1.609344 km, and 1.0160469088 t × 1.609344 km
        .decimal("short ton-mile", .freightWork, 145_997_231_821_056, -14, [], nil),
        .decimal("long ton-mile", .freightWork, 16_351_689_963_958_272, -16, [], nil),
        .piece,
        .scaled("s", .duration, 1, ["SEC"], "s"),
        .scaled("min", .duration, 60, ["MIN"], "min"),
        .scaled("h", .duration, 3_600, ["HUR"], "h"),
        .scaled("d", .duration, 86_400, ["DAY"], "d"),
    ]
}
