internal import Inventory
internal import Quantities
internal import TextForms

/// The figure set for other programs, by `Schemas/statement.schema.json`.
package struct JSONRenderer: StatementRenderer {
    package let format = "json"
    /// The name of the schema, with its version.
    package static let schema = "tonne-statement/1"

    package init() {}

    package func render(_ statement: Statement) -> String {
        let cover = statement.cover
        let document: [(String, JSONText)] = [
            ("schema", .string(Self.schema)),
            ("organisation", .string(cover.organisation)),
            ("legal_entity_identifier", .optional(cover.legalEntityIdentifier)),
            (
                "period",
                .object([
                    ("start", .string("\(cover.period.start)")),
                    ("end_excluded", .string("\(cover.period.end)")),
                ])
            ),
            ("gwp_value_set", .string(cover.gwpValueSet.rawValue)),
            ("complete", .boolean(statement.isComplete)),
            ("waiting_lines", .string("\(cover.waitingLines)")),
            ("book", book(cover.provenance)),
            ("figures", .array(statement.figures.map(figure))),
            ("unresolved", .array(statement.unresolved.map(unresolved))),
            ("checks", .array(statement.checks.map(check))),
            ("sections", .array(statement.sections.map(section))),
        ]
        return JSONText.object(document).written() + "\n"
    }

    private func book(_ provenance: StatementInput.Provenance) -> JSONText {
        .object([
            ("origin", .string(provenance.origin)),
            ("records", .string("\(provenance.bookSize)")),
            ("root", .string(provenance.root)),
            ("program", .string(provenance.program)),
            ("drawn_up", .string("\(provenance.drawnUp)")),
        ])
    }

    private func figure(_ figure: Figure) -> JSONText {
        .object([
            ("id", .string(figure.id)),
            ("label", .string(figure.label)),
            ("definition", .string(figure.definition)),
            ("query", query(figure.query)),
            ("scope", .optional(figure.query.scope?.word)),
            ("gas", .optional(figure.substance?.description)),
            ("quantity", .string(figure.displayText)),
            ("unit", .string(figure.measure.displaySymbol)),
            ("rounding", .string(figure.measure.rounding)),
            ("exact_quantity", .string(figure.value.description)),
            ("exact_unit", .string(figure.measure.exactSymbol)),
            ("status", .string(figure.status.rawValue)),
        ])
    }

    private func query(_ query: AccountQuery) -> JSONText {
        .object([
            ("sign", .string(query.sign.rawValue)),
            ("accounts", .array(query.accounts.map(JSONText.string))),
            ("bases", .array(query.bases.map { .string("\($0)") })),
            ("facility", .optional(query.facility?.rawValue)),
            ("commodities", .string("\(query.selection)")),
            ("span", .string(query.span.rawValue)),
            ("beside", .array(query.beside.map(JSONText.string))),
        ])
    }

    private func unresolved(_ activity: UnresolvedActivity) -> JSONText {
        .object([
            ("facility", .string(activity.facility.rawValue)),
            ("activity", .string(activity.activity)),
            ("role", .string(activity.role.rawValue)),
            ("basis", .string("\(activity.basis)")),
            ("quantity", .string(activity.quantity.amount.description)),
            ("unit", .string(activity.quantity.unit.symbol)),
        ])
    }

    private func check(_ check: StatementCheck) -> JSONText {
        .object([
            ("title", .string(check.title)),
            ("passed", .boolean(check.passed)),
            ("detail", .string(check.detail)),
        ])
    }

    private func section(_ section: StatementSection) -> JSONText {
        .object([
            ("id", .string(section.id)),
            ("title", .string(section.title)),
            ("blocks", .array(section.blocks.compactMap(block))),
        ])
    }

    /// Charts are left out: they show figures of the tables.
    private func block(_ block: StatementBlock) -> JSONText? {
        switch block {
        case .paragraph(let text): .object([("paragraph", .string(text))])
        case .warning(let title, let items):
            .object([
                ("warning", .string(title)), ("items", .array(items.map(JSONText.string))),
            ])
        case .list(let items): .object([("items", .array(items.map(JSONText.string)))])
        case .facts(let facts):
            .object([
                (
                    "facts",
                    .array(
                        facts.map {
                            .object([("term", .string($0.term)), ("text", .string($0.text))])
                        })
                )
            ])
        case .table(let table): .object([("table", self.table(table))])
        case .chart: nil
        }
    }

    private func table(_ table: StatementTable) -> JSONText {
        .object([
            ("caption", .string(table.caption)),
            ("columns", .array(table.columns.map { .string($0.title) })),
            (
                "rows",
                .array(
                    table.rows.map { row in
                        .object([
                            ("heading", .string(row.heading)),
                            ("cells", .array(row.cells.map(cell))),
                        ])
                    })
            ),
        ])
    }

    private func cell(_ cell: StatementTable.Cell) -> JSONText {
        switch cell {
        case .figure(let figure): .object([("figure", .string(figure.id))])
        case .text(let text): .object([("text", .string(text))])
        case .empty: .null
        }
    }
}
