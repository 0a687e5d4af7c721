internal import Diagnostics
internal import Inventory

/// A statement for a terminal of 100 columns: plain text, no colour, numbers to the right.
package struct TextRenderer: StatementRenderer {
    package let format = "text"
    package static let width = 100

    package init() {}

    package func render(_ statement: Statement) -> String {
        var lines = cover(statement)
        for section in statement.sections {
            lines += ["", "", section.title.uppercased(), rule("─")]
            for block in section.blocks {
                let block = render(block)
                if !block.isEmpty { lines += [""] + block }
            }
        }
        lines += ["", "", "NAMES OF THE FIGURES", rule("─"), ""]
        lines += index(statement)
        return lines.map(Self.withoutTrailingSpaces).joined(separator: "\n") + "\n"
    }

    /// Every figure once, with the name that `explain` takes.
    private func index(_ statement: Statement) -> [String] {
        render(
            StatementTable(
                "Every figure once; 'tonne explain NAME' lists the entries behind it",
                [
                    .init("Name", .text), .init("Figure", .text), .init("Value"),
                    .init("Unit", .text),
                ],
                statement.figures.map { figure in
                    .init(
                        figure.id, .plain,
                        [
                            .text(figure.label), .figure(figure),
                            .text(figure.measure.displaySymbol),
                        ])
                }))
    }

    private func cover(_ statement: Statement) -> [String] {
        let cover = statement.cover
        var lines = [
            rule("═"), "STATEMENT OF GREENHOUSE GAS EMISSIONS",
            DiagnosticRenderer.visible(cover.organisation),
        ]
        if let identifier = cover.legalEntityIdentifier { lines.append("LEI \(identifier)") }
        lines += [
            "\(cover.period.start) to \(cover.period.lastDay)",
            "CO2e by \(cover.gwpValueSet.rawValue), 100 years",
            statement.statusSentence, rule("═"),
        ]
        return lines
    }

    private func render(_ block: StatementBlock) -> [String] {
        switch block {
        case .paragraph(let text): TextLayout.wrapped(text, to: Self.width)
        case .warning(let title, let items):
            ["! \(title)"] + items.flatMap { TextLayout.wrapped($0, to: Self.width, indent: 2) }
        case .list(let items):
            items.flatMap { TextLayout.wrapped("– \($0)", to: Self.width, hanging: 2) }
        case .facts(let facts): facts.flatMap(render)
        case .table(let table): render(table)
        // A chart shows the figures of the table beside it.
        case .chart: []
        }
    }

    private func render(_ fact: StatementFact) -> [String] {
        let indent = 30
        let lines = TextLayout.wrapped(fact.text, to: Self.width, indent: indent)
        let term = DiagnosticRenderer.visible(fact.term)
        guard let first = lines.first, term.count < indent - 1 else { return [term] + lines }
        return [TextLayout.padded(term, to: indent) + first.dropFirst(indent)] + lines.dropFirst()
    }

    private func render(_ table: StatementTable) -> [String] {
        let rows = table.rows.map { row in
            [(row.kind == .detail ? "  " : "") + row.heading] + row.cells.map(Self.text)
        }
        let layout = TextLayout(
            columns: table.columns, rows: rows.map { $0.map(DiagnosticRenderer.visible) },
            width: Self.width)
        var lines = [table.caption]
        lines += layout.lines(table.columns.map(\.title), isHeading: true)
        lines.append(layout.rule)
        for (row, cells) in zip(table.rows, layout.rows) {
            if row.kind == .total { lines.append(layout.rule) }
            lines += layout.lines(cells)
        }
        return lines
    }

    private static func text(_ cell: StatementTable.Cell) -> String {
        switch cell {
        case .figure(let figure): figure.displayText + figure.status.mark
        case .text(let text): text
        case .empty: ""
        }
    }

    private func rule(_ character: String) -> String {
        String(repeating: character, count: Self.width)
    }

    private static func withoutTrailingSpaces(_ line: String) -> String {
        var line = Substring(line)
        while line.last == " " { line = line.dropLast() }
        return String(line)
    }
}

extension Figure.Status {
    /// A mark that needs no colour.
    var mark: String {
        switch self {
        case .complete: ""
        case .incomplete: "†"
        }
    }
}

extension Statement {
    /// One sentence for the cover.
    package var statusSentence: String {
        if isComplete { return "Complete: nothing unresolved, nothing waiting, every check holds." }
        var reasons: [String] = []
        if !unresolved.isEmpty { reasons.append("activities without a factor") }
        if cover.waitingLines > 0 { reasons.append("lines in the review") }
        if !checks.allSatisfy(\.passed) { reasons.append("a check that fails") }
        return "INCOMPLETE: " + reasons.joined(separator: ", ") + "; see the first page."
    }
}
