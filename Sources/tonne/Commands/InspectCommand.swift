internal import ArgumentParser
internal import Documents
internal import ImportKit
internal import Workflows

struct InspectCommand: ParsableCommand {
    enum Format: String, CaseIterable, ExpressibleByArgument { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Read one file and show what it states; books nothing.",
        discussion: """
            It needs no book. A member of an archive is named bills.zip:march.csv. The exit code is
            3 if an import would reject the file.
            """)

    @OptionGroup var profiles: ProfileOptions

    @Argument(help: "The file, or - for standard input.", completion: .file())
    var file: String

    @Option(name: .long, help: "text or json.")
    var format: Format = .text

    func run() throws {
        let (received, member) = try BookFiles.received(file)
        let (document, imported) = try profiles.catalog(
            beside: ProfileOptions.defaultBook
        ).inspect(received, member: member)
        let inspection = Inspection(imported, file: document.name, digest: received.digest)
        switch format {
        case .text: Terminal.output(inspection.text())
        case .json: Terminal.output(inspection.json())
        }
        if imported.outcome == .reject { throw Reported(exitCode: 3) }
    }
}
