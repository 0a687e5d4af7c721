internal import ArgumentParser
internal import AuditTrail
internal import Workflows

struct ProveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "prove",
        abstract: "Prove that a record is in the book, in a .tlog-proof file.",
        discussion: """
            The file (C2SP tlog-proof) holds the path from the record to a signed checkpoint, which
            is in it, too. Any program for C2SP proofs checks it against the bytes of the record,
            and so does 'tonne verify --proof FILE --record FILE', without a book.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "The number of the record.")
    var record: Int

    @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
    var output: String

    @Option(
        name: .customLong("record"), help: "Write the bytes of the record to this file, too.",
        completion: .file())
    var recordOutput: String?

    func run() throws {
        let workflow = CheckpointWorkflow(book: try options.open())
        let proof = try workflow.prove(record)
        try BookFiles.write(proof.written, to: output)
        if let recordOutput { try workflow.writeRecord(record, to: recordOutput) }
        Terminal.message(
            "record \(record) of the \(proof.signed.checkpoint.size) of the checkpoint: \(output)")
    }

    func validate() throws {
        guard record >= 0 else { throw ValidationError("A number of a record is not negative.") }
    }
}
