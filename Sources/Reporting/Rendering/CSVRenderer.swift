internal import Inventory
internal import LedgerCore
internal import Quantities
internal import TextForms

/// The figures as a table for a spreadsheet: one row a figure, quantity and unit apart (RFC 4180).
package struct CSVRenderer: StatementRenderer {
    package let format = "csv"

    package init() {}

    static let columns = [
        "figure", "label", "definition", "accounts", "facility", "scope", "bases", "gas",
        "quantity", "unit", "exact_quantity", "exact_unit", "rounding", "status",
    ]

    package func render(_ statement: Statement) -> String {
        let rows = statement.figures.map { figure in
            [
                figure.id, figure.label, figure.definition, figure.query.description,
                figure.query.facility?.rawValue ?? "", figure.query.scope?.word ?? "",
                figure.query.bases.map(\.description).joined(separator: "+"),
                figure.substance?.description ?? "", figure.displayText,
                figure.measure.displaySymbol, figure.value.description,
                figure.measure.exactSymbol, figure.measure.rounding, figure.status.rawValue,
            ]
        }
        return ([Self.columns] + rows).map { CSVText.row($0) + "\r\n" }.joined()
    }
}

extension EmissionSource.Scope {
    /// `1`, `2`, `3`, or `outside`.
    var word: String {
        switch self {
        case .one, .two, .three: String(rawValue)
        case .outside: "outside"
        }
    }
}
