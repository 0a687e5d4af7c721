internal import ArgumentParser
internal import Workflows

struct EraseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erase",
        abstract: "Take the bytes of a document out of the book, for good.",
        discussion: """
            For personal data that must go. The record says which document, by which rule and why;
            the hash of the document and the figures that were read from it stay, so that all
            statements and proofs hold. The bytes and the lines that entries cite are overwritten
            in the file of the book. Copies elsewhere (backups, packs, the file that was imported)
            are yours to find.

              tonne erase 3f2a… --basis "GDPR Art. 17(1)(b)" --reason "lease of a private person"
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "The SHA-256 of the document, or the number of its record.")
    var document: String

    @Option(name: .long, help: "The rule that calls for it; it is recorded.")
    var basis: String

    @Option(name: .long, help: "Why; it is recorded.")
    var reason: String

    @Flag(name: .long, help: "Check, write nothing.")
    var dryRun = false

    func run() throws {
        let report = try ErasureWorkflow(book: options.open()).erase(
            document, basis: basis, reason: reason, dryRun: dryRun)
        for name in report.names {
            Terminal.message("erased \(name)" + (dryRun ? " (dry run, nothing written)" : ""))
        }
    }

    func validate() throws {
        guard !basis.isEmpty, !reason.isEmpty else {
            throw ValidationError("State the rule (--basis) and the reason (--reason).")
        }
    }
}
