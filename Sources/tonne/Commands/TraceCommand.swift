internal import ArgumentParser
internal import Inventory
internal import LedgerCore
internal import Workflows

struct TraceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trace",
        abstract: "Show what is behind an entry: activity, factor, document and line.")

    @OptionGroup var options: BookOptions

    @Argument(help: "The number of the entry.")
    var entry: Int

    func run() throws {
        let trace = try TraceWorkflow(book: options.open()).trace(RecordNumber(entry))
        Terminal.output(TraceText.describe(trace))
    }

    func validate() throws {
        guard entry >= 0 else { throw ValidationError("A number of an entry is not negative.") }
    }
}
