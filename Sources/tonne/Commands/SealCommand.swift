internal import ArgumentParser
internal import AuditTrail
internal import Inventory
internal import Workflows

struct SealCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seal", abstract: "Seal a closed period: its figures, signed by a reviewer.",
        discussion: """
            The record holds totals, counts, the hashes of balances and factors, the checklist, who
            prepared and who approved. It can be drawn again for ever: 'tonne statement PERIOD
            --as-of VERSION'. Sign a checkpoint after it and give that to others.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year or a month; all its days are closed.")
    var period: String

    @OptionGroup var waivers: WaiverOptions
    @OptionGroup var approval: ApprovalOptions

    @Option(
        name: .long, help: "The file of the log key: signs a checkpoint after the seal.",
        completion: .file())
    var logKey: String?

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let book = try options.open()
        guard try approval.carryOut(.seal, span, waivers: waivers.waivers, in: book) else { return }
        Terminal.message("sealed \(span)\(approval.dry)")
        guard !approval.dryRun else { return }
        guard let logKey else {
            Terminal.message("next: tonne checkpoint --key FILE, and give it to the auditor")
            return
        }
        let note = try CheckpointWorkflow(book: book).sign(
            with: PrivateKeyFile.read(logKey), statePath: logKey + ".last", dryRun: false)
        Terminal.output(note.written)
    }

    func validate() throws { try PeriodArgument.check(period) }
}
