internal import Inventory
internal import LedgerCore
internal import Quantities

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
        return ([Self.columns] + rows).map { row in
            row.map(Self.cell).joined(separator: ",") + "\r\n"
        }.joined()
    }

    /// A cell that a spreadsheet would take for a formula begins with an apostrophe; a cell with
    /// a separator, a quote or a line end stands in quotes.
    static func cell(_ text: String) -> String {
        let isNumber = isPlainNumber(text)
        let starters: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
        let isFormula = text.unicodeScalars.first.map(starters.contains) ?? false
        let safe = isFormula && !isNumber ? "'" + text : text
        let needsQuotes = safe.unicodeScalars.contains {
            $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r"
        }
        guard needsQuotes else { return safe }
        let doubled = safe.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return "\"\(doubled)\""
    }

    private static func isPlainNumber(_ text: String) -> Bool {
        do {
            _ = try ExactDecimal(parsing: text)
            return true
        } catch {
            return false
        }
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
