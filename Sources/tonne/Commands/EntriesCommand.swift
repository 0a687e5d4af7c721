internal import ArgumentParser
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Workflows

struct EntriesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "entries", abstract: "List journal entries, one posting a row.")

    @OptionGroup var options: BookOptions

    @Option(name: .long, help: "Entries that touch this account or one below it.")
    var account: String?

    @Option(name: .long, help: "A year, a month, or a span of days A/B with B excluded.")
    var period: String?

    @Option(name: .long, help: "Only this facility.")
    var facility: String?

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        let entries = try options.open().entries(
            EntrySelection(
                period: period.flatMap { ReportingPeriod($0) },
                facility: facility.flatMap { FacilityID($0) }, accountPrefix: account))
        var table = Table(columns: [
            .number("entry"), .text("effective"), .text("description"), .text("account"),
            .text("basis"), .number("amount"), .text("commodity"),
        ])
        for booked in entries {
            for posting in booked.entry.postings {
                table.rows.append([
                    booked.number.description, booked.entry.effective.description,
                    booked.entry.description, posting.account.name, posting.basis.description,
                    posting.amount.description, posting.commodity.description,
                ])
            }
        }
        Terminal.output(table.rendered(format))
    }

    func validate() throws { try PeriodArgument.check(period) }
}
