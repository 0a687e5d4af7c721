internal import ArgumentParser
internal import Inventory
internal import LedgerStore
internal import TextForms
internal import Workflows

struct PackCommand: ParsableCommand {
    enum Evidence: String, CaseIterable, ExpressibleByArgument { case all, none }

    static let configuration = CommandConfiguration(
        commandName: "pack", abstract: "Pack a year for an auditor, with a verifier in Python.",
        discussion: """
            A zip file of the statement, all records with their tree, the documents and readings
            that the entries of the year rest on, signed checkpoints, their time stamps, FORMAT.md
            and verify.py. The same book gives the same bytes. The auditor runs 'python3 verify.py
            pack.zip', which computes every amount again and shares no code with tonne; 'tonne
            verify --pack' checks it as well. The exit code is 1 if the statement is incomplete.

            --sample takes some entries only, each with what it rests on and a proof that it is in
            the tree of the newest checkpoint.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "A year, or another period: 2025, 2025-03, 2025-01-01/2025-04-01.")
    var period: String

    @Option(
        name: [.customShort("o"), .long], help: "Write to this file.", completion: .file())
    var output: String

    @Option(name: .long, help: "all or none: the documents, or their hashes only.")
    var evidence: Evidence = .all

    @Option(
        name: .long,
        help: "Only these entries: their numbers with commas, or a file of numbers.",
        completion: .file())
    var sample: String?

    @Option(
        name: .long,
        help: "A public key to put into it, name+id+base64; may be repeated.")
    var key: [String] = []

    func run() throws {
        guard let span = ReportingPeriod(period) else { return }
        let workflow = PackWorkflow(
            book: try options.open(), keys: try key.map(ProofFiles.verifierKey))
        let hasEvidence = evidence == .all
        let report =
            if let sample {
                try workflow.writeSample(
                    of: SampleList.entries(sample), span, hasEvidence: hasEvidence, to: output)
            } else {
                try workflow.write(span, hasEvidence: hasEvidence, to: output)
            }
        Terminal.output(
            """
            \(output): \(counted(report.records, "record", "records")), \
            \(counted(report.documents, "document", "documents")), \
            \(report.chunks) series
            root \(report.head.root)
            """)
        if report.signed ?? 0 < report.head.size {
            Terminal.message(
                "not signed: the records from \(report.signed ?? 0) on "
                    + "('tonne checkpoint --key FILE' signs them)")
        }
        if !report.isComplete {
            Terminal.message("the statement is incomplete: see its first page")
            throw Outcome.found
        }
    }

    func validate() throws { try PeriodArgument.check(period) }
}
