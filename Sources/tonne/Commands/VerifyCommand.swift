internal import ArgumentParser
internal import AuditTrail
internal import LedgerStore
internal import TextForms
internal import Workflows

struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check the whole book, a pack, or a proof.",
        discussion: """
            Canonical bytes, numbers and times of every record, the root of the tree, the bytes of
            every document and series of readings, every amount (activity × factor) and every
            balance and index. It stops at the first thing that differs; the exit code is then 5.

            All that proves nothing against somebody who writes the whole book anew. An older
            checkpoint that somebody else held does: the book must begin with its records. FILE.last
            beside the file of a key is such a checkpoint, too: it shows an older copy of the book.

            --pack checks an audit pack, and --proof with --record a record, without a book.
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

    @Option(name: .long, help: "Check this audit pack instead of a book.", completion: .file())
    var pack: String?

    @Option(
        name: .long, help: "Check this .tlog-proof of the record in --record.",
        completion: .file())
    var proof: String?

    @Option(name: .long, help: "The bytes of the record.", completion: .file())
    var record: String?

    func run() throws {
        let keys = try key.map(ProofFiles.verifierKey)
        let outside = try checkpoint.map(ProofFiles.checkpoint)
        if let proof, let record {
            try verify(proof, record, keys)
        } else if let pack {
            try verify(pack: pack, outside, keys)
        } else {
            try verifyBook(outside, keys)
        }
        for signed in outside {
            Terminal.output("begins with " + (try Self.words(signed, keys)))
        }
    }

    private func verifyBook(_ outside: [SignedCheckpoint], _ keys: [NoteKey]) throws {
        let meter = ProgressLine()
        let workflow = VerifyWorkflow(
            book: try options.open(), outside: outside, keys: keys,
            progress: { meter.show(done: $0.done, of: $0.all) })
        defer { meter.clear() }
        let report = try workflow.run()
        meter.clear()
        Terminal.output(
            """
            ok: \(counted(report.records, "record", "records")), \
            \(counted(report.entries, "entry", "entries")) balanced, \
            \(report.recomputed) recomputed, \
            \(counted(report.documents, "document", "documents")) and \
            \(report.chunks) series intact
            size \(report.head.size)
            root \(report.head.root)
            """)
        if report.checkpoints > 0 {
            Terminal.output(
                report.checkpoints == 1
                    ? "begins with the checkpoint it keeps"
                    : "begins with each of the \(report.checkpoints) checkpoints it keeps")
        }
        if report.erased > 0 {
            Terminal.output(
                "\(counted(report.erased, "document", "documents")) erased: the figures stand in "
                    + "the records, the bytes cannot be checked any more")
        }
        for line in report.controls { Terminal.output(line) }
    }

    private func verify(_ proof: String, _ record: String, _ keys: [NoteKey]) throws {
        let held = try ProofCheckWorkflow.check(proof, record: record, keys: keys)
        Terminal.output(
            """
            ok: record \(held.index) of \(held.signed.checkpoint.origin)
            root \(held.signed.checkpoint.root)
            in \(try Self.words(held.signed, keys))
            """)
    }

    private func verify(
        pack: String, _ outside: [SignedCheckpoint], _ keys: [NoteKey]
    ) throws {
        let report = try PackCheckWorkflow(path: pack, outside: outside, keys: keys).run()
        Terminal.output(
            """
            ok: \(counted(report.records, "record", "records")), \
            \(counted(report.entries, "entry", "entries")) balanced and recomputed, \
            \(counted(report.documents, "document", "documents")) and \
            \(report.chunks) series intact
            size \(report.head.size)
            root \(report.head.root)
            """)
        if report.isSample {
            Terminal.output("a sample: the totals of a year do not follow from it")
        }
        for signed in report.notes {
            let signers = (keys + report.ownKeys.filter { !keys.contains($0) }).filter {
                (try? signed.note.verdict(of: $0)) != nil
            }
            Terminal.output(
                "holds " + (try Self.words(signed, signers))
                    + (signers.allSatisfy(keys.contains) ? "" : ", by keys of the pack itself"))
        }
        let signed = report.notes.last?.checkpoint.size ?? 0
        if signed < report.head.size {
            Terminal.output("not signed: the records from \(signed) on")
        }
    }

    private static func words(_ signed: SignedCheckpoint, _ keys: [NoteKey]) throws -> String {
        let signers = try keys.compactMap { key -> String? in
            switch try signed.note.verdict(of: key) {
            case .cosigned(let time)?: "\(key.name) at \(CosignatureTime.text(time))"
            case .signed?: key.name
            case nil: nil
            }
        }
        let names = signers.joined(separator: ", ")
        return "the checkpoint of \(counted(signed.checkpoint.size, "record", "records")), "
            + (keys.isEmpty ? "signature not checked: no --key" : "signed by \(names)")
    }

    func validate() throws {
        guard (proof == nil) == (record == nil) else {
            throw ValidationError("Write --proof and --record together.")
        }
        guard proof == nil || pack == nil && checkpoint.isEmpty else {
            throw ValidationError("A proof is checked alone: no --pack and no --checkpoint.")
        }
    }
}
