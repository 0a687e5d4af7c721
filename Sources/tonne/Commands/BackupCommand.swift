internal import ArgumentParser
internal import LedgerStore
internal import TextForms
internal import Workflows

struct BackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the book to a new file, and verify the copy.",
        discussion: """
            Others may work on the book meanwhile. The copy (mode 0600) is opened and verified from
            its records, as 'tonne verify' does; it must hold all records that the book had. Do not
            copy the file of a book by other means while it is open.

            A copy that is put back in place of a newer book shows: the key remembers what it signed
            last (tonne verify --checkpoint KEYFILE.last), and so does everybody who holds a
            checkpoint.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "The new file.", completion: .file())
    var file: String

    func run() throws {
        let report = try BackupWorkflow.run(options.path, to: file)
        Terminal.output(
            """
            \(file): opened and verified, \(counted(report.records, "record", "records")), \
            \(counted(report.entries, "entry", "entries")), \
            \(counted(report.documents, "document", "documents"))
            size \(report.head.size)
            root \(report.head.root)
            """)
    }
}
