internal import ArgumentParser
internal import AuditTrail
internal import Workflows

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make and show keys that sign checkpoints.",
        discussion: """
            A private key is a file of yours (mode 0600). It is not in the book, and never an
            argument. Give the line that is printed, the public key, to everybody who checks.
            """,
        subcommands: [New.self, Show.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Make a key; print its public part.")

        @OptionGroup var options: BookOptions

        @Argument(help: "A new file for the private key.", completion: .file())
        var file: String

        @Option(name: .long, help: "The name of the key; a book's key has the book's origin.")
        var name: String?

        @Flag(name: .long, help: "A key for a witness, who cosigns the checkpoints of others.")
        var witness = false

        func run() throws {
            let name = try self.name ?? CheckpointWorkflow(book: options.open()).origin()
            var generator = SystemRandomNumberGenerator()
            let seed = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let key = try ProofFiles.createKey(
                file, name: name, kind: witness ? .witness : .log, seed: seed)
            Terminal.output(key.description)
        }

        func validate() throws {
            guard !witness || name != nil else {
                throw ValidationError("Name the witness with --name, such as 'auditor.example/1'.")
            }
        }
    }

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print the public part of a key.")

        @Argument(help: "The file of the private key.", completion: .file())
        var file: String

        func run() throws { Terminal.output(try ProofFiles.key(file).key.description) }
    }
}
