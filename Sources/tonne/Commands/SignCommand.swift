internal import ArgumentParser
internal import AuditTrail
internal import Diagnostics
internal import Workflows

struct SignCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign", abstract: "Sign a request to close, seal or reopen; needs no book.",
        discussion: """
            What is signed is printed. The signature is added to the file, which goes back to the
            book, or on to the next who signs.
            """)

    @Argument(help: "The request, as --request wrote it.", completion: .file())
    var file: String

    @Option(name: .long, help: "The file of your private key.", completion: .file())
    var key: String

    @Flag(name: .long, help: "Print what would be signed, sign nothing.")
    var dryRun = false

    func run() throws {
        let request = try ApprovalFiles.read(file)
        Terminal.output("\(request.record.body.kind.rawValue) of \(request.origin)")
        for member in request.members {
            Terminal.output("  \(member.name): \(DiagnosticRenderer.visible(member.json))")
        }
        guard !dryRun else { return }
        let signer = try PrivateKeyFile.read(key)
        try ApprovalFiles.write(request.signed(by: signer), to: file)
        Terminal.message("signed with \(signer.key.reference): \(file)")
    }
}
