internal import ArgumentParser
internal import Inventory
internal import Workflows

struct CloseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "close", abstract: "Close a period: later entries are adjustments.",
        discussion: """
            The checklist of 'tonne check' must be clean, or each kind of finding waived with a
            reason. In a book with roles a reviewer signs who recorded no entry of the period. With
            --soft the findings are warnings and nobody signs; late entries then need a reason.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year or a month.")
    var period: String

    @Flag(name: .long, help: "Close softly: warn, and ask late entries for a reason.")
    var soft = false

    @OptionGroup var waivers: WaiverOptions
    @OptionGroup var approval: ApprovalOptions

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let done = try approval.carryOut(
            soft ? .softClose : .close, span, waivers: waivers.waivers, in: options.open())
        if done { Terminal.message((soft ? "soft-closed" : "closed") + " \(span)\(approval.dry)") }
    }

    func validate() throws { try PeriodArgument.check(period) }
}
