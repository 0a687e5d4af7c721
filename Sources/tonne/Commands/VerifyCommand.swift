internal import ArgumentParser
internal import AuditTrail
internal import LedgerStore
internal import Workflows

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole book from its records.",
        discussion: """
            Canonical bytes, numbers and times of every record, the root of the tree, the bytes of
            every document and series of readings, every amount (activity × factor) and every
            balance and index. It stops at the first thing that differs; the exit code is then 5.

            All that proves nothing against somebody who writes the whole book anew. An older
            checkpoint that somebody else held does: the book must begin with its records.
            """)

    @OptionGroup var options: BookOptions

    @Option(
        name: .long, help: "A signed checkpoint that was held outside; may be repeated.",
        completion: .file())
    var checkpoint: [String] = []

    @Option(
        name: .long,
        help: "A public key, name+id+base64, that must have signed it; may be repeated.")
    var key: [String] = []

    func run() throws {
        let keys = try key.map(ProofFiles.verifierKey)
        let outside = try checkpoint.map(ProofFiles.checkpoint)
        let meter = ProgressLine()
        let workflow = VerifyWorkflow(
            book: try options.open(), outside: outside, keys: keys,
            progress: { meter.show(done: $0.done, of: $0.all) })
        defer { meter.clear() }
        let report = try workflow.run()
        meter.clear()
        Terminal.output(
            """
            ok: \(report.records) records, \(report.entries) entries balanced, \
            \(report.recomputed) recomputed, \(report.documents) documents and \
            \(report.chunks) series intact
            size \(report.head.size)
            root \(report.head.root)
            """)
        if report.checkpoints > 0 {
            Terminal.output("begins with each of the \(report.checkpoints) checkpoints it keeps")
        }
        for signed in outside { Terminal.output(try Self.words(signed, keys)) }
    }

    private static func words(_ signed: SignedCheckpoint, _ keys: [NoteKey]) throws -> String {
        let signers = try keys.map { key -> String in
            switch try signed.note.verdict(of: key) {
            case .cosigned(let time)?: "\(key.name) at \(CosignatureTime.text(time))"
            case .signed?, nil: key.name
            }
        }
        let names = signers.joined(separator: ", ")
        return "begins with the checkpoint of \(signed.checkpoint.size) records, "
            + (keys.isEmpty ? "signature not checked: no --key" : "signed by \(names)")
    }
}
