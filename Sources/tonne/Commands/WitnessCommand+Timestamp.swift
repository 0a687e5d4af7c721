internal import ArgumentParser
internal import AuditTrail
internal import Workflows

extension WitnessCommand {
    struct Timestamp: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "timestamp",
            abstract: "Have checkpoints stamped by an authority (RFC 3161).",
            discussion: """
                The request holds a hash and nothing else; send it to any authority, by its web
                address or on a stick. The token is kept as a document of the book and goes into
                packs. Both steps call 'openssl'; the exit code is 6 where it is missing.
                """,
            subcommands: [Request.self, Add.self])

        struct Request: ParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "request",
                abstract: "Write the request (.tsq) for the newest checkpoint.")

            @OptionGroup var options: BookOptions

            @Option(name: .shortAndLong, help: "The file to write.", completion: .file())
            var output: String

            func run() throws {
                let checkpoint = try TimestampWorkflow(book: options.open()).request(to: output)
                Terminal.message(
                    "request for the checkpoint of \(checkpoint.size) records: \(output)")
            }
        }

        struct Add: ParsableCommand {
            static let configuration = CommandConfiguration(
                commandName: "add",
                abstract: "Check a token (.tsr) and keep it.")

            @OptionGroup var options: BookOptions

            @Argument(help: "The answer of the authority.", completion: .file())
            var file: String

            @Option(
                name: .long, help: "The certificates that are trusted (PEM).", completion: .file())
            var ca: String

            @Option(
                name: .long, help: "Further certificates of the chain (PEM).", completion: .file())
            var untrusted: String?

            @Flag(name: .long, help: "Check, keep nothing.")
            var dryRun = false

            func run() throws {
                let added = try TimestampWorkflow(book: options.open()).add(
                    file, authority: ca, untrusted: untrusted, dryRun: dryRun)
                let end =
                    dryRun ? " (dry run, nothing kept)" : added.isNew ? "" : " (kept already)"
                Terminal.message(
                    "checkpoint of \(added.checkpoint.size) records stamped at \(added.time)\(end)")
            }
        }
    }
}
