internal import ArgumentParser
internal import AuditTrail
internal import Inventory
internal import Workflows

struct WitnessCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "witness", abstract: "Have checkpoints cosigned by an auditor, or stamped.",
        discussion: """
            request (the book) → file → sign (the auditor) → line → add (the book). The auditor
            keeps the last checkpoint seen and cosigns only what extends it.

            timestamp request → file → an authority for time stamps (RFC 3161) → timestamp add.
            """,
        subcommands: [Request.self, Sign.self, Add.self, Timestamp.self])

    struct Request: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "request",
            abstract: "Write the request for the newest checkpoint.")

        @OptionGroup var options: BookOptions

        @Option(
            name: .long,
            help: "The size that the witness saw last, 0 for none; else that of the last answer.")
        var since: Int?

        @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
        var output: String

        func run() throws {
            let request = try CheckpointWorkflow(book: options.open()).witnessRequest(since: since)
            try BookFiles.write(request.written, to: output)
            Terminal.message(
                "request from \(request.oldSize) to \(request.signed.checkpoint.size) records: "
                    + output)
        }

        func validate() throws {
            guard since ?? 0 >= 0 else { throw ValidationError("A size is not negative.") }
        }
    }

    struct Sign: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sign",
            abstract: "Check a request and cosign it: the auditor's side, without a book.",
            discussion: """
                Without a state file this is the first checkpoint of the book; the request then
                starts at 0. The cosignature is printed.
                """)

        @Argument(help: "The request.", completion: .file())
        var request: String

        @Option(name: .long, help: "The file of the witness's private key.", completion: .file())
        var key: String

        @Option(name: .long, help: "The public key of the book, name+id+base64.")
        var log: String

        @Option(
            name: .long, help: "The file of the last checkpoint that was cosigned.",
            completion: .file())
        var state: String

        func run() throws {
            let workflow = WitnessWorkflow(
                signer: try PrivateKeyFile.read(key), log: try ProofFiles.verifierKey(log))
            let answer = try workflow.answer(request, statePath: state, at: BookFiles.now())
            if answer.isFirst {
                Terminal.message("the first checkpoint: there was no earlier one to compare with")
            }
            Terminal.output(answer.signature.line)
        }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Keep a cosignature with its checkpoint.")

        @OptionGroup var options: BookOptions

        @Argument(help: "The answer of the witness.", completion: .file())
        var file: String

        @Option(name: .long, help: "The public key of the witness, name+id+base64.")
        var key: String

        @Flag(name: .long, help: "Check, keep nothing.")
        var dryRun = false

        func run() throws {
            let key = try ProofFiles.verifierKey(key)
            let added = try CheckpointWorkflow(book: options.open()).add(
                ProofFiles.signatures(file), of: key, dryRun: dryRun)
            Terminal.message(
                "checkpoint of \(added.checkpoint.size) records cosigned by \(key.name) at "
                    + CosignatureTime.text(added.time)
                    + (dryRun ? " (dry run, nothing kept)" : ""))
        }
    }
}

/// The time of a cosignature, which a witness may have stated as any number of seconds.
enum CosignatureTime {
    static func text(_ seconds: Int64) -> String {
        guard Instant.readableSeconds.contains(seconds) else { return "\(seconds) s" }
        return Instant(secondsSinceEpoch: seconds).description
    }
}
