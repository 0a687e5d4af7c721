internal import ArgumentParser
internal import Inventory
internal import Workflows

struct PeriodsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "periods", abstract: "List what was closed, sealed and reopened.")

    @OptionGroup var options: BookOptions

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        var table = Table(columns: [
            .number("record"), .text("period"), .text("event"), .text("at"),
            .text("prepared by"), .text("approved by"), .text("now"), .text("reason"),
        ])
        for event in try PeriodHistory(book: options.open()).events {
            table.rows.append([
                "\(event.number)", event.period.description, event.words,
                event.recordedAt.description, event.preparers.joined(separator: " "),
                event.approvers.joined(separator: " "), event.state.words, event.reason,
            ])
        }
        Terminal.output(table.rendered(format))
    }
}
