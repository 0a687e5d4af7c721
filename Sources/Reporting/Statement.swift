package import Inventory

/// A set of figures and the sections that show them. Every rendering shows the same set.
package struct Statement: Sendable {
    package let cover: Cover
    /// Every number of the statement, in the order of its first appearance.
    package let figures: [Figure]
    package let sections: [StatementSection]
    package let unresolved: [UnresolvedActivity]
    package let checks: [StatementCheck]
    private let byID: [Figure.ID: Figure]

    package struct Cover: Hashable, Sendable {
        package let organisation: String
        package let legalEntityIdentifier: String?
        package let period: ReportingPeriod
        package let gwpValueSet: GWPValueSet
        package let waitingLines: Int
        package let provenance: StatementInput.Provenance
    }

    /// Draws up the statement of a period.
    ///
    /// - Throws: `notValued` for a gas without a value in the GWP set, `basisOutsideScope2`,
    ///   `arithmetic` beyond the range of exact decimals.
    package init(_ input: StatementInput) throws(StatementError) {
        var builder = try StatementBuilder(input)
        sections = try builder.sections()
        figures = builder.figures
        unresolved = builder.unresolved
        checks = builder.checks
        byID = builder.byID
        cover = Cover(
            organisation: input.organisation.name,
            legalEntityIdentifier: input.organisation.legalEntityIdentifier, period: input.period,
            gwpValueSet: input.gwpTable.set, waitingLines: input.disclosures.waitingLines,
            provenance: input.provenance)
    }

    package func figure(_ id: Figure.ID) -> Figure? { byID[id] }

    /// Nothing is unresolved, nothing waits, and every check passed.
    package var isComplete: Bool {
        unresolved.isEmpty && cover.waitingLines == 0 && checks.allSatisfy(\.passed)
    }
}

/// An identity the books must satisfy, computed when the statement is drawn up.
package struct StatementCheck: Hashable, Sendable {
    package let title: String
    package let passed: Bool
    /// What was compared, or the first difference.
    package let detail: String
}

/// A part of the statement: text, facts, tables and charts in order.
package struct StatementSection: Sendable {
    /// Stable, usable as the name of a place in a page.
    package let id: String
    package let title: String
    package let blocks: [StatementBlock]
}

package enum StatementBlock: Sendable {
    case paragraph(String)
    /// Sentences a reader must not miss.
    case warning(title: String, items: [String])
    case list([String])
    case facts([StatementFact])
    case table(StatementTable)
    case chart(StatementChart)
}

package struct StatementFact: Hashable, Sendable {
    package let term: String
    package let text: String

    package init(_ term: String, _ text: String) {
        self.term = term
        self.text = text
    }
}

/// Rows with one heading cell each, under named columns.
package struct StatementTable: Hashable, Sendable {
    package struct Column: Hashable, Sendable {
        package enum Content: Hashable, Sendable { case text, number, code }

        package let title: String
        package let content: Content

        init(_ title: String, _ content: Content = .number) {
            self.title = title
            self.content = content
        }
    }

    package struct Row: Hashable, Sendable {
        package enum Kind: String, Hashable, Sendable { case detail, plain, subtotal, total }

        package let heading: String
        package let kind: Kind
        /// One a column, without the heading.
        package let cells: [Cell]

        init(_ heading: String, _ kind: Kind = .plain, _ cells: [Cell]) {
            self.heading = heading
            self.kind = kind
            self.cells = cells
        }
    }

    package enum Cell: Hashable, Sendable {
        case figure(Figure)
        case text(String)
        case empty
    }

    package let caption: String
    /// The first column holds the headings of the rows.
    package let columns: [Column]
    package let rows: [Row]

    init(_ caption: String, _ columns: [Column], _ rows: [Row]) {
        for row in rows {
            precondition(row.cells.count == columns.count - 1, "A row has a cell a column.")
        }
        self.caption = caption
        self.columns = columns
        self.rows = rows
    }
}

/// Bars over figures; each stands beside a table of the same figures.
package struct StatementChart: Hashable, Sendable {
    package enum Kind: Hashable, Sendable {
        /// Segments of a bar follow each other; one colour and pattern a series.
        case stacked(series: [String])
        /// Levels stand on the axis, changes hang between them.
        case waterfall
    }

    package struct Bar: Hashable, Sendable {
        package enum Role: Hashable, Sendable { case level, increase, decrease }

        package let label: String
        package let role: Role
        /// The number written at the bar.
        package let value: Figure
        package let segments: [Figure]
    }

    package let id: String
    package let title: String
    package let description: String
    package let kind: Kind
    package let bars: [Bar]
}
