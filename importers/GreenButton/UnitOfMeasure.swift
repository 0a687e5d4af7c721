internal import Quantities

/// The `uom` codes of ESPI (UnitSymbolKind).
enum UnitOfMeasure {
    /// An amount that may be added, in the unit of the file and the unit of our series.
    case amount(source: Unit, series: Unit)
    /// Something else that the standard names: power, voltage, temperature, money.
    case notAnAmount(String)

    /// - Returns: `nil` for a code that is not in the table.
    init?(code: Int) {
        if let symbols = Self.amounts[code] {
            self = .amount(source: Self.unit(symbols.source), series: Self.unit(symbols.series))
        } else if let name = Self.others[code] {
            self = .notAnAmount(name)
        } else {
            return nil
        }
    }

    private static let amounts: [Int: (source: String, series: String)] = [
        72: ("Wh", "kWh"), 31: ("J", "kWh"), 132: ("Btu", "kWh"), 169: ("therm", "therm"),
        73: ("varh", "kvarh"),
        42: ("m3", "m3"), 166: ("m3", "m3"), 167: ("m3", "m3"),
        119: ("ft3", "ft3"), 120: ("ft3", "ft3"),
        134: ("L", "L"), 156: ("L", "L"), 157: ("L", "L"),
        128: ("gal (US)", "gal (US)"), 130: ("gal (UK)", "gal (UK)"),
    ]

    private static let others: [Int: String] = [
        0: "none", 5: "A", 23: "°C", 27: "s", 29: "V", 33: "Hz", 38: "W", 45: "m3/s", 61: "VA",
        63: "var", 65: "power factor", 71: "VAh", 80: "money", 82: "L/s", 106: "Ah", 111: "count",
        123: "ft3/h", 125: "m3/h", 126: "m3/h", 127: "m3/h", 129: "gal/h", 131: "gal/h",
        133: "Btu/h", 137: "L/h", 138: "L/h", 139: "L/h", 153: "W/VA",
    ]

    private static func unit(_ symbol: String) -> Unit {
        guard let unit = UnitCatalog.unit(symbol: symbol) else {
            preconditionFailure("The unit catalogue has '\(symbol)'.")
        }
        return unit
    }
}
