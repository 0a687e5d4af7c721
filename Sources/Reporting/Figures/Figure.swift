package import Inventory
internal import LedgerCore
package import Quantities

/// One number of a statement, with its definition and the query that gives it.
package struct Figure: Hashable, Sendable {
    /// The name of a figure: capital letters, digits and `_`, such as `S3_C2`.
    package typealias ID = String

    package enum Status: String, Hashable, Sendable {
        case complete
        /// An activity without a factor may belong to it.
        case incomplete
    }

    package let id: ID
    package let label: String
    /// What it is, in words.
    package let definition: String
    package let measure: Measure
    package let query: AccountQuery
    /// Exact, in `measure.exactSymbol`.
    package let value: ExactDecimal
    /// In `measure.displaySymbol`, rounded once.
    package let displayed: ExactDecimal
    package let status: Status

    /// The displayed number as plain text: `1234.500`.
    package var displayText: String { NumberText.fixed(displayed, decimals: measure.decimals) }

    /// The gas the figure is limited to; `nil` for all.
    package var substance: Substance? {
        switch query.selection {
        case .substance(let substance): substance
        case .commodity(let commodity): commodity.substance
        case .withinScopes, .equivalents, .energy: nil
        }
    }

    /// The text in the alphabet of figure names: `HFC-134a` becomes `HFC_134A`.
    package static func name(_ text: String) -> String {
        String(
            text.uppercased().unicodeScalars.map { scalar in
                switch scalar {
                case "A"..."Z", "0"..."9": Character(scalar)
                case _: "_"
                }
            })
    }
}

/// A figure before its value is known.
struct FigureDraft {
    let id: Figure.ID
    let label: String
    let definition: String
    let measure: Measure
    let query: AccountQuery
    /// It states what was booked, so that an activity without a factor takes nothing from it.
    let isAsBooked: Bool

    init(
        _ id: Figure.ID, _ label: String, _ definition: String,
        measure: Measure = .carbonDioxideEquivalent, _ query: AccountQuery,
        isAsBooked: Bool = false
    ) {
        self.id = id
        self.label = label
        self.definition = definition
        self.measure = measure
        self.query = query
        self.isAsBooked = isAsBooked || measure.isAsBooked
    }
}
