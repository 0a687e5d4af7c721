internal import Inventory

/// Parallel bases of accounting. They are never added: a statement takes `common` with one other.
package enum Basis: Hashable, Sendable {
    case common
    /// Scope 2, location-based.
    case location
    /// Scope 2, market-based.
    case market
    /// A what-if overlay.
    case scenario(String)
}

extension Basis {
    /// True if `init(_:)` reads what `description` writes.
    package var isReadable: Bool {
        switch self {
        case .common, .location, .market: true
        case .scenario(let id): Slug.isValid(id)
        }
    }
}

extension Basis: TextCodable {
    /// Reads `common`, `location`, `market`, or `scenario:<id>`.
    package init?(_ text: String) {
        switch text {
        case "common": self = .common
        case "location": self = .location
        case "market": self = .market
        case _ where text.hasPrefix("scenario:") && Slug.isValid(String(text.dropFirst(9))):
            self = .scenario(String(text.dropFirst(9)))
        case _: return nil
        }
    }

    package var description: String {
        switch self {
        case .common: "common"
        case .location: "location"
        case .market: "market"
        case .scenario(let id): "scenario:\(id)"
        }
    }
}

extension Basis: Comparable {
    package static func < (left: Basis, right: Basis) -> Bool {
        left.description < right.description
    }
}
