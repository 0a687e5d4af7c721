internal import ArgumentParser
internal import AuditTrail
internal import Workflows

struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, show, enter and revoke the keys that sign.",
        discussion: """
            A private key is a file of yours (mode 0600). It is not in the book, and never an
            argument. Give the line that is printed, the public key, to everybody who checks.

            'add' enters a public key as a record of the book: the log key, which has the name of
            the book, or the key of a person who approves.
            """,
        subcommands: [New.self, Show.self, Add.self, Revoke.self, List.self])

    struct New: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "new",
            abstract: "Make a key; print its public part.")

        @OptionGroup var options: BookOptions

        @Argument(help: "A new file for the private key.", completion: .file())
        var file: String

        @Option(name: .long, help: "The name of the key: a person's; else the origin of the book.")
        var name: String?

        @Flag(name: .long, help: "A key for a witness, who cosigns the checkpoints of others.")
        var witness = false

        @Flag(
            name: .long,
            help: "Encrypt the file (age): asked for, or in the file TONNE_KEY_PASSPHRASE_FILE.")
        var passphrase = false

        func run() throws {
            let name = try self.name ?? CheckpointWorkflow(book: options.open()).origin()
            var generator = SystemRandomNumberGenerator()
            let entropy = (0..<80).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let words = passphrase ? Passphrase.new(for: file) : nil
            guard !passphrase || words != nil else {
                throw ValidationError("No passphrase was given, or two that differ.")
            }
            let key = try ProofFiles.createKey(
                file, name: name, kind: witness ? .witness : .log, entropy: entropy,
                passphrase: words)
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
            commandName: "show",
            abstract: "Print the public part of a key.")

        @Argument(help: "The file of the private key.", completion: .file())
        var file: String

        func run() throws { Terminal.output(try PrivateKeyFile.read(file).key.description) }
    }

    struct Add: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "add",
            abstract: "Enter a public key as a record of the book.",
            discussion: """
                A log key has the name of the book. The next one needs the file of the log key of
                today, which signs the handover and ends with it.
                """)

        @OptionGroup var options: BookOptions

        @Argument(help: "The public key, name+id+base64.")
        var key: String

        @Option(name: .customLong("for"), help: "Whose key it is; by default its name.")
        var person: String?

        @Option(
            name: .long, help: "The file of the log key that a new log key replaces.",
            completion: .file())
        var handover: String?

        @Flag(name: .long, help: "Check, write nothing.")
        var dryRun = false

        func run() throws {
            let key = try ProofFiles.verifierKey(key)
            try RoleWorkflow(book: options.open()).add(
                key, for: person, handover: handover.map(PrivateKeyFile.read), dryRun: dryRun)
            Terminal.message(
                "entered \(key.reference)" + (dryRun ? " (dry run, nothing written)" : ""))
        }
    }

    struct Revoke: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "revoke",
            abstract: "End a person's key: what it signs from then on counts nothing.")

        @OptionGroup var options: BookOptions

        @Argument(help: "The public key, or its name and id, name+id.")
        var key: String

        @Option(name: .long, help: "Why; it is recorded.")
        var reason: String

        @Flag(name: .long, help: "Check, write nothing.")
        var dryRun = false

        func run() throws {
            try RoleWorkflow(book: options.open()).revoke(key, reason: reason, dryRun: dryRun)
            Terminal.message("revoked" + (dryRun ? " (dry run, nothing written)" : ""))
        }
    }

    struct List: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List the keys of the book.")

        @OptionGroup var options: BookOptions

        @Option(name: .long, help: "table, csv or json.")
        var format: ListingFormat = .table

        func run() throws {
            var table = Table(columns: [
                .text("of"), .text("key"), .number("from record"), .number("until record"),
            ])
            table.rows = try RoleWorkflow(book: options.open()).keys().map { line in
                [
                    line.actor ?? "the book", "\(line.key)", "\(line.added)",
                    line.ended.map(String.init) ?? "",
                ]
            }
            Terminal.output(table.rendered(format))
        }
    }
}
