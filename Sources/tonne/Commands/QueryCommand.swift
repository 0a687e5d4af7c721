internal import ArgumentParser
internal import LedgerStore
internal import Workflows

struct QueryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query", abstract: "Ask the tables of the book in SQL, read-only.",
        discussion: "The tables are described in Schemas/README.md.")

    @OptionGroup var options: BookOptions

    @Argument(help: "One SELECT statement.")
    var sql: String

    @Option(name: .long, help: "At most this many rows.")
    var limit: Int = 10_000

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        let answer = try BookFiles.query(sql, book: options.path, rowLimit: limit)
        var table = Table(columns: answer.columns.map(Table.Column.text))
        table.rows = answer.rows.map { row in row.map { $0 ?? "" } }
        Terminal.output(table.rendered(format))
    }
}
