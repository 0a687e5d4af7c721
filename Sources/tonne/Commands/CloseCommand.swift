internal import ArgumentParser
internal import Inventory
internal import Workflows

struct CloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a period: nothing is posted into it any more.")

    @OptionGroup var options: BookOptions

    @Argument(help: "A year or a month.")
    var period: String

    @Flag(name: .long, help: "Check, write nothing.")
    var dryRun = false

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        try CloseWorkflow(book: options.open()).close(span, dryRun: dryRun)
        Terminal.message("closed \(span)" + (dryRun ? " (dry run, nothing written)" : ""))
    }

    func validate() throws { try PeriodArgument.check(period) }
}
