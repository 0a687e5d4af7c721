internal import ArgumentParser
internal import LedgerCore
internal import TextForms
internal import Workflows

struct CorrectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "correct", abstract: "Take back an entry by reversal, with a reason.",
        discussion: """
            The activity behind the entry is withdrawn: all its entries are reversed and a corrected
            document can be imported. With --again only this entry is reversed, and the next
            'tonne post' makes it again with the factors of today.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "The number of the entry.")
    var entry: Int

    @Option(name: .long, help: "Why; it is recorded.")
    var reason: String

    @Flag(name: .long, help: "Reverse only this entry, to post it again.")
    var again = false

    @Flag(name: .long, help: "Also in closed periods: as an adjustment, with this reason.")
    var late = false

    @Flag(name: .long, help: "Show the reversals, write nothing.")
    var dryRun = false

    func run() throws {
        let reversals = try CorrectWorkflow(book: options.open()).correct(
            RecordNumber(entry), scope: again ? .entry : .activity, reason: reason,
            isLate: late, dryRun: dryRun)
        for reversal in reversals { Terminal.output(reversal.description) }
        Terminal.message(
            counted(reversals.count, "entry", "entries") + " reversed"
                + (dryRun ? " (dry run, nothing written)" : ""))
    }

    func validate() throws {
        guard !reason.isEmpty, entry >= 0 else {
            throw ValidationError("State the number of an entry and a reason.")
        }
    }
}
