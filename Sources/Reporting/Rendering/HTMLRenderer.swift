internal import Inventory
internal import Quantities

/// A statement as one file for reading and printing: no script, nothing loaded from elsewhere.
package struct HTMLRenderer: StatementRenderer {
    package let format = "html"

    package init() {}

    package func render(_ statement: Statement) -> String {
        var page = "<!DOCTYPE html>\n"
        let head = HTMLNode.element(
            .head,
            .element(.meta, [HTMLAttribute(.charset, "utf-8")], []),
            .element(
                .meta,
                [
                    HTMLAttribute(.name, "viewport"),
                    HTMLAttribute(.content, "width=device-width, initial-scale=1"),
                ], []),
            .element(
                .meta,
                [
                    HTMLAttribute(.httpEquivalent, "Content-Security-Policy"),
                    HTMLAttribute(.content, "default-src 'none'; style-src 'unsafe-inline'"),
                ], []),
            .element(
                .title, [],
                "\(statement.cover.organisation): greenhouse gas emissions, "
                    + statement.cover.period.words),
            .style(HTMLStyle.css))
        let body = HTMLNode.element(
            .body,
            .element(.a, [.style("skip"), .link(to: "main")], "Skip to the statement"),
            cover(statement), .element(.main, [HTMLAttribute(.id, "main")], main(statement)),
            footer(statement))
        HTMLNode.element(.html, [HTMLAttribute(.lang, "en-GB")], [head, body]).write(to: &page)
        return page
    }

    private func cover(_ statement: Statement) -> HTMLNode {
        let cover = statement.cover
        var identity = "\(cover.period.start) to \(cover.period.lastDay)"
        if let identifier = cover.legalEntityIdentifier { identity += " · LEI \(identifier)" }
        identity += " · CO2e by \(cover.gwpValueSet.rawValue), 100 years"
        let totals = ["TOT_LB", "TOT_MB"].compactMap(statement.figure).map { figure in
            HTMLNode.element(
                .div, [.style("figure")],
                [
                    .element(.p, [.style("name")], figure.label),
                    .element(
                        .p, [.style("number")],
                        [
                            .text(figure.typesetText), mark(figure),
                            .element(.span, [.style("unit")], " \(figure.measure.displaySymbol)"),
                        ]),
                ])
        }
        return .element(
            .header, [.style("cover")],
            [
                .element(.p, [.style("kind")], "Statement of greenhouse gas emissions"),
                .element(.h1, [], cover.organisation),
                .element(.p, [.style("identity")], identity),
                .element(.div, [.style("totals")], totals),
                .element(
                    .p, [.style(statement.isComplete ? "status" : "status open")],
                    statement.statusSentence),
            ])
    }

    private func main(_ statement: Statement) -> [HTMLNode] {
        let entries = statement.sections.map { section in
            HTMLNode.element(
                .li, .element(.a, [.link(to: section.id)], section.title))
        }
        let contents = HTMLNode.element(
            .nav, [HTMLAttribute(.ariaLabel, "Contents")], [.element(.ol, [], entries)])
        var shown: Set<Figure.ID> = []
        return [contents]
            + statement.sections.map { section in
                var nodes: [HTMLNode] = [.element(.h2, [], section.title)]
                nodes += section.blocks.map(render)
                let new = section.figures.filter { shown.insert($0.id).inserted }
                if !new.isEmpty { nodes.append(definitions(new, of: section)) }
                return .element(.section, [HTMLAttribute(.id, section.id)], nodes)
            }
    }

    private func footer(_ statement: Statement) -> HTMLNode {
        let provenance = statement.cover.provenance
        return .element(
            .footer,
            .element(
                .p, [],
                "† Incomplete: an activity without a factor may belong to this figure. Each number"
                    + " is rounded on its own; exact values stand in the definitions and in the"
                    + " JSON and CSV forms of this statement."),
            .element(
                .p, [],
                "\(provenance.program) · drawn up \(provenance.drawnUp) · book"
                    + " \(provenance.origin) · \(provenance.bookSize) records"),
            .element(.p, [], [.element(.code, [], provenance.root)]))
    }

    private func definitions(_ figures: [Figure], of section: StatementSection) -> HTMLNode {
        let entries = figures.map { figure in
            HTMLNode.element(
                .div,
                .element(
                    .dt, .element(.code, [], figure.id), .text(" " + figure.label)),
                .element(.dd, [], figure.definition),
                .element(
                    .dd, .element(.code, [], figure.query.description)),
                .element(
                    .dd, [],
                    "Exactly \(figure.value) \(figure.measure.exactSymbol); shown in"
                        + " \(figure.measure.displaySymbol), rounding"
                        + " \(figure.measure.rounding); \(figure.status.rawValue)."))
        }
        let title = "Definitions: \(section.title.lowercasedFirst)"
        return .element(
            .details, .element(.summary, [], title), .element(.dl, [], entries))
    }

    func mark(_ figure: Figure) -> HTMLNode {
        switch figure.status {
        case .complete: .text("")
        case .incomplete: .element(.span, [.style("mark")], "†")
        }
    }
}

extension HTMLRenderer {
    private func render(_ block: StatementBlock) -> HTMLNode {
        switch block {
        case .paragraph(let text): .element(.p, [], text)
        case .warning(let title, let items):
            .element(
                .div, [.style("warning")],
                [.element(.p, .element(.strong, [], "! \(title)"))]
                    + items.map { .element(.p, [], $0) })
        case .list(let items): .element(.ul, [], items.map { .element(.li, [], $0) })
        case .facts(let facts):
            .element(
                .dl, [.style("facts")],
                facts.map { fact in
                    .element(
                        .div, .element(.dt, [], fact.term), .element(.dd, [], fact.text))
                })
        case .table(let table): render(table)
        case .chart(let chart):
            .element(
                .figure,
                .element(
                    .figcaption, .element(.strong, [], chart.title),
                    .text(". \(chart.description)")),
                SVGChart(chart).node)
        }
    }

    /// The region scrolls sideways on a narrow screen, so it takes the focus of the keyboard.
    private func render(_ table: StatementTable) -> HTMLNode {
        let heading = table.columns.map { column in
            HTMLNode.element(
                .th, [HTMLAttribute(.scope, "col"), .style(column.content.style)], column.title)
        }
        let rows = table.rows.map { row in
            HTMLNode.element(
                .tr, [.style(row.kind.rawValue)],
                [.element(.th, [HTMLAttribute(.scope, "row")], row.heading)]
                    + zip(table.columns.dropFirst(), row.cells).map(cell))
        }
        return .element(
            .div,
            [
                .style(table.columns.count < 5 ? "scroll narrow" : "scroll"),
                HTMLAttribute(.tabindex, 0), HTMLAttribute(.role, "region"),
                HTMLAttribute(.ariaLabel, table.caption),
            ],
            [
                .element(
                    .table, .element(.caption, [], table.caption),
                    .element(.thead, .element(.tr, [], heading)), .element(.tbody, [], rows))
            ])
    }

    private func cell(
        _ column: StatementTable.Column, _ cell: StatementTable.Cell
    ) -> HTMLNode {
        switch cell {
        case .empty: .element(.td, [], [])
        case .text(let text): .element(.td, [.style(column.content.style)], text)
        case .figure(let figure):
            .element(
                .td,
                [
                    .style(StatementTable.Column.Content.number.style),
                    HTMLAttribute(.dataFigure, figure.id),
                    HTMLAttribute(.dataExact, figure.value.description),
                ], [.text(figure.typesetText), mark(figure)])
        }
    }
}

extension Figure {
    /// Thousands apart by a narrow no-break space, a true minus sign.
    var typesetText: String {
        NumberText.fixed(
            displayed, decimals: measure.decimals, grouping: "\u{202F}", minus: "\u{2212}")
    }
}

extension StatementSection {
    /// The figures of its tables and charts, in order, some more than once.
    package var figures: [Figure] {
        blocks.flatMap { block -> [Figure] in
            switch block {
            case .table(let table):
                table.rows.flatMap(\.cells).compactMap { cell in
                    switch cell {
                    case .figure(let figure): figure
                    case .text, .empty: nil
                    }
                }
            case .chart(let chart): chart.bars.flatMap(\.segments)
            case .paragraph, .warning, .list, .facts: []
            }
        }
    }
}

extension StatementTable.Column.Content {
    var style: String {
        switch self {
        case .text: "t"
        case .number: "n"
        case .code: "c"
        }
    }
}

extension ReportingPeriod {
    /// The year where the period is one, else both its days.
    var words: String {
        let isYear =
            start.month == 1 && start.day == 1 && end.month == 1 && end.day == 1
            && end.year == start.year + 1
        return isYear ? "\(start.year)" : "\(start) to \(lastDay)"
    }
}
