internal import ArgumentParser
internal import AuditTrail
internal import Hashing
internal import Workflows

struct CheckpointCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "checkpoint", abstract: "Sign where the book stands, or list what was signed.",
        discussion: """
            The signed note (C2SP tlog-checkpoint) is printed and kept in the book. It is made only
            if the book begins with all that was signed before: what the book keeps, and the last
            note of the key, which stands in FILE.last beside it. Give notes to others: only a
            checkpoint that somebody else holds shows that a book was written anew.
            """)

    @OptionGroup var options: BookOptions

    @Option(name: .long, help: "The file of the private key.", completion: .file())
    var key: String?

    @Flag(name: .long, help: "List the signed checkpoints of the book.")
    var list = false

    @Flag(name: .long, help: "Check and print, keep nothing.")
    var dryRun = false

    @Option(name: .long, help: "table, csv or json.")
    var format: ListingFormat = .table

    func run() throws {
        let workflow = CheckpointWorkflow(book: try options.open())
        if let key {
            let note = try workflow.sign(
                with: PrivateKeyFile.read(key), statePath: key + ".last", dryRun: dryRun)
            Terminal.output(note.written)
            return
        }
        var table = Table(columns: [.number("size"), .text("root"), .text("signatures")])
        for signed in try workflow.list() {
            table.rows.append([
                "\(signed.checkpoint.size)", Base64.text(signed.checkpoint.root.bytes),
                signed.note.signatures.map(\.name).joined(separator: " "),
            ])
        }
        Terminal.output(table.rendered(format))
    }

    func validate() throws {
        guard list == (key == nil) else {
            throw ValidationError("Write either --key FILE or --list.")
        }
    }
}
