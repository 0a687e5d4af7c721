internal import ArgumentParser
internal import Inventory
internal import Workflows

struct ReopenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reopen", abstract: "Open a closed or sealed period again, by two people.",
        discussion: """
            The seal stays what it was: statements as of it do not change. The next seal of the
            period is the next version, and the statement says that it is restated.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year or a month.")
    var period: String

    @Option(name: .long, help: "Why; it is recorded and signed.")
    var reason: String?

    @OptionGroup var approval: ApprovalOptions

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let done = try approval.carryOut(
            .reopen(reason: reason ?? ""), span, waivers: [], in: options.open())
        if done { Terminal.message("reopened \(span)\(approval.dry)") }
    }

    func validate() throws {
        try PeriodArgument.check(period)
        guard approval.approval != nil || reason?.isEmpty == false else {
            throw ValidationError("State why with --reason.")
        }
    }
}
