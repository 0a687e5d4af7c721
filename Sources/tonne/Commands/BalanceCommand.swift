internal import ArgumentParser
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Workflows

struct BalanceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "balance", abstract: "Show balances of accounts; debits are positive.",
        discussion: "Emissions are in milligrams, everything else in its unit.")

    @OptionGroup var options: BookOptions

    @Argument(help: "Accounts to show, with those below them, such as source:scope2.")
    var accounts: [String] = []

    @Option(name: .long, help: "A year, a month, or a span of days A/B with B excluded.")
    var period: String?

    @Option(name: .long, help: "Only this facility.")
    var facility: String?

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        let book = try options.open()
        let balance = try book.asking { () throws(LedgerStoreError) in
            try book.store.trialBalance(in: period.flatMap { ReportingPeriod($0) })
        }
        var table = Table(columns: [
            .text("account"), .text("facility"), .text("basis"), .number("balance"),
            .text("commodity"),
        ])
        for (key, amount) in balance.balances.sorted(by: { $0.key < $1.key }) {
            guard accounts.isEmpty || accounts.contains(where: key.account.isWithin),
                facility.map({ $0 == key.facility.rawValue }) ?? true
            else { continue }
            table.rows.append([
                key.account.name, key.facility.rawValue, key.basis.description,
                amount.description, key.commodity.description,
            ])
        }
        Terminal.output(table.rendered(format))
    }

    func validate() throws { try PeriodArgument.check(period) }
}

/// A period on the command line.
enum PeriodArgument {
    static func check(_ text: String?) throws {
        guard let text, ReportingPeriod(text) == nil else { return }
        throw ValidationError(
            "'\(text)' is no period: write 2025, 2025-03 or 2025-01-01/2025-04-01.")
    }
}
