internal import ArgumentParser
internal import TextForms
internal import Workflows

struct ApplyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "apply",
        abstract: "Bring the organisation file or the matching rules into the book.",
        discussion: """
            organisation.toml states facilities, meters, suppliers and factor rules; a file with
            [[rule]] tables states how invoice lines become activities. The difference to the book
            is shown first. Each change is a record; nothing is edited.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "TOML files.", completion: .file(extensions: ["toml"]))
    var files: [String]

    @Flag(name: .long, help: "Show the difference and write nothing.")
    var dryRun = false

    func run() throws {
        let workflow = ApplyWorkflow(book: try options.open())
        for file in files {
            let document = try BookFiles.document(file)
            let change = try Reported.about(document) {
                try workflow.apply(document, dryRun: dryRun)
            }
            for line in change.lines { Terminal.output(line) }
            let verdict =
                change.lines.isEmpty
                ? "nothing changes" : counted(change.lines.count, "line", "lines")
            Terminal.message("\(file): \(verdict)\(dryRun ? " (dry run, nothing written)" : "")")
        }
    }
}
