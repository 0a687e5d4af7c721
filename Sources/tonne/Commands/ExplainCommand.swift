internal import ArgumentParser
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Reporting
internal import Workflows

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Show what a figure of the statement is and which entries make it.")

    @OptionGroup var options: BookOptions

    @Argument(help: "The name of the figure, such as S2_LB; see 'tonne statement'.")
    var figure: String

    @Option(name: .long, help: "The year or period of the statement.")
    var period: String

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let book = try options.open()
        let explanation = try ExplainWorkflow(book: book).explain(figure, in: span)
        if format == .table {
            let figure = explanation.figure
            Terminal.output(
                """
                \(figure.id)  \(figure.label)
                \(figure.displayText) \(figure.measure.displaySymbol), exactly \(figure.value) \
                \(figure.measure.exactSymbol)
                \(figure.definition)
                \(figure.query)

                """)
        }
        var table = Table(columns: [
            .number("entry"), .text("effective"), .text("description"), .number("amount"),
            .text("commodity"), .text("document"), .number("line"),
        ])
        for line in explanation.lines {
            table.rows.append([
                line.entry.number.description, line.entry.entry.effective.description,
                line.entry.entry.description, line.posting.amount.description,
                line.posting.commodity.description, line.evidence?.name ?? "",
                line.evidence?.line ?? "",
            ])
        }
        Terminal.output(table.rendered(format))
    }

    func validate() throws { try PeriodArgument.check(period) }
}
