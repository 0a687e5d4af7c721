internal import ArgumentParser
internal import Inventory
internal import LedgerStore
internal import Workflows

struct PackCommand: ParsableCommand {
    enum Evidence: String, CaseIterable, ExpressibleByArgument { case all, none }

    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Pack a year for an auditor, with a verifier in Python.",
        discussion: """
            A zip file of the statement, all records with their tree, the documents and readings
            that the entries of the year rest on, FORMAT.md and verify.py. The same book gives the
            same bytes. The auditor runs 'python3 verify.py pack.zip', which computes every amount
            again and shares no code with tonne. The exit code is 1 if the statement is incomplete.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year, or another period: 2025, 2025-03, 2025-01-01/2025-04-01.")
    var period: String

    @Option(
        name: [.customShort("o"), .long], help: "Write to this file.", completion: .file())
    var output: String

    @Option(name: .long, help: "all or none: the documents, or their hashes only.")
    var evidence: Evidence = .all

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let report = try PackWorkflow(book: options.open()).write(
            span, hasEvidence: evidence == .all, to: output)
        Terminal.output(
            """
            \(output): \(report.head.size) records, \(report.documents) documents, \
            \(report.chunks) series
            root \(report.head.root)
            """)
        if !report.isComplete {
            Terminal.message("the statement is incomplete: see its first page")
            throw Outcome.found
        }
    }

    func validate() throws { try PeriodArgument.check(period) }
}
