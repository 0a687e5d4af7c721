package import Inventory
package import Quantities

/// What a posting moves. Each commodity balances on its own.
package enum Commodity: Hashable, Sendable {
    /// Whole milligrams of a gas, or of CO2e where a source gives nothing finer.
    case emission(Substance)
    /// An exact decimal of a unit, of a named substance where the unit alone does not say it.
    case physical(Unit, of: String?)
}

extension Commodity {
    /// True if `init(_:)` reads what `description` writes.
    package var isReadable: Bool {
        switch self {
        case .emission, .physical(_, of: nil): true
        case .physical(_, of: .some(let substance)):
            !substance.isEmpty && !substance.contains("|")
        }
    }
}

extension Commodity: TextCodable {
    /// Reads `mg CO2`, `mg CO2e@AR5`, `kWh`, `kg|R-410A`.
    package init?(_ text: String) {
        if text.hasPrefix("mg "), let substance = Substance(String(text.dropFirst(3))) {
            self = .emission(substance)
            return
        }
        let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
        guard let unit = UnitCatalog.unit(symbol: String(parts[0])) else { return nil }
        guard parts.count == 2 else {
            self = .physical(unit, of: nil)
            return
        }
        let substance = String(parts[1])
        guard !substance.isEmpty, !substance.contains("|") else { return nil }
        self = .physical(unit, of: substance)
    }

    package var description: String {
        switch self {
        case .emission(let substance): "mg \(substance)"
        case .physical(let unit, let substance): unit.symbol + (substance.map { "|" + $0 } ?? "")
        }
    }
}

extension Commodity: Comparable {
    package static func < (left: Commodity, right: Commodity) -> Bool {
        left.description < right.description
    }
}
