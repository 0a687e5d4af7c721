internal import Inventory
internal import Quantities

/// What the suffix of a NMI and the unit of measure say about the values of a stream.
///
/// Source: AEMO, MSATS Procedures: National Metering Identifier, data stream suffixes; Meter Data
/// File Format, allowed values of UOM. "Import" and "export" there are seen from the grid: E is
/// what the site takes, B what it gives.
enum DataStream: Hashable {
    /// Amounts; a value times `factor` is in the unit of the series.
    case amounts(carrier: Carrier, direction: FlowDirection, factor: ExactDecimal)
    /// Something that is no amount of energy, or the same energy a second time.
    case leftOut(String)
    /// The suffix speaks of another kind of energy than the unit.
    case contradiction
    case unitMissing
    case unitUnknown

    /// A stream of a NEM12 file, where the suffix states the direction.
    init(suffix: String, unit: String) {
        let letter = suffix.prefix(1)
        if let check = Self.checkMeters[String(letter)] {
            self = .leftOut("a check meter, which repeats the stream '\(check)'")
            return
        }
        self.init(unit: unit, direction: Self.directions[String(letter)] ?? .unknown)
        switch self {
        case .amounts(.electricity, _, _) where "QKJPLR".contains(letter): self = .contradiction
        case .amounts(.reactive, _, _) where "EBAD".contains(letter): self = .contradiction
        case .unitMissing where !Self.energySuffixes.contains(letter):
            self = .leftOut("values without a unit")
        case .amounts, .leftOut, .contradiction, .unitMissing, .unitUnknown: break
        }
    }

    /// A stream of a NEM13 file, which states the direction in a field of its own.
    ///
    /// - Parameter unit: As written; case has no meaning.
    init(unit: String, direction: FlowDirection) {
        let unit = unit.uppercased()
        if let scale = Self.scales[unit] {
            let carrier: Carrier = unit.contains("VAR") ? .reactive : .electricity
            self = .amounts(carrier: carrier, direction: direction, factor: scale)
        } else if Self.otherUnits.contains(unit) {
            self = .leftOut("values in \(unit), which are no amounts of energy")
        } else {
            self = unit.isEmpty ? .unitMissing : .unitUnknown
        }
    }

    /// The unit of the series of a carrier.
    static func unit(of carrier: Carrier) -> Unit {
        guard carrier == .reactive else { return .kilowattHour }
        guard let unit = UnitCatalog.unit(rec20: "K3") else {
            preconditionFailure("The unit catalogue has the kvarh.")
        }
        return unit
    }

    private static let directions: [String: FlowDirection] = [
        "E": .import, "Q": .import, "B": .export, "K": .export, "N": .net,
    ]

    /// The check meter of a stream and the main meter that measures the same.
    private static let checkMeters = ["C": "B", "F": "E", "L": "K", "R": "Q", "U": "T"]

    private static let energySuffixes = "EBQKADJPN"

    private static let scales: [String: ExactDecimal] = [
        "WH": thousandth, "KWH": .one, "MWH": thousand,
        "VARH": thousandth, "KVARH": .one, "MVARH": thousand,
    ]

    private static let thousand = ExactDecimal(1_000)
    private static let thousandth = ExactDecimal(mantissa: 1, exponent: -3)

    private static let otherUnits: Set<String> = [
        "W", "KW", "MW", "VAR", "KVAR", "MVAR", "VA", "KVA", "MVA", "VAH", "KVAH", "MVAH",
        "V", "KV", "A", "KA", "PF",
    ]
}
