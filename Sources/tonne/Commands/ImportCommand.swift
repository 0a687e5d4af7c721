internal import ArgumentParser
internal import Documents
internal import Workflows

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring bills, meter data and invoices into the book.",
        discussion: """
            Each file is one transaction: all of it, or nothing. A file that is in the book already
            changes nothing. What no rule knows waits in 'tonne review'; the exit code is then 1.
            A refused file does not keep the others from being imported; the exit code is then 3.
            """)

    @OptionGroup var options: BookOptions

    @Argument(help: "Files, or - for standard input.", completion: .file())
    var files: [String]

    @Flag(name: .long, help: "Read and check everything, write nothing.")
    var dryRun = false

    func run() throws {
        let book = try options.open()
        let workflow = ImportWorkflow(book: book, catalog: try ImporterCatalog())
        var state = try book.state()
        var waiting = 0
        var refused: Int32?
        for file in files {
            do {
                waiting += try importOne(file, workflow, &state)
            } catch let reported as Reported {
                refused = max(refused ?? 0, reported.exitCode)
            } catch let refusal as Refusal where refusal.exitCode == 3 {
                Terminal.report(refusal.diagnostics)
                refused = max(refused ?? 0, refusal.exitCode)
            }
        }
        if dryRun { Terminal.message("dry run, nothing written") }
        if let refused { throw Reported(exitCode: refused) }
        if waiting > 0 {
            Terminal.message("\(waiting) lines wait: see 'tonne review'")
            throw Outcome.found
        }
    }

    /// - Returns: The number of lines that wait.
    private func importOne(
        _ file: String, _ workflow: ImportWorkflow, _ state: inout BookState
    ) throws -> Int {
        let document = try BookFiles.document(file)
        let report = try Reported.about(document) {
            try workflow.run(document, onto: &state, dryRun: dryRun)
        }
        Terminal.report(report.diagnostics, of: document)
        Terminal.output(Self.summary(report))
        return report.waitingCount
    }

    private static func summary(_ report: ImportReport) -> String {
        let kind = report.format + (report.profile.map { " \($0)" } ?? "")
        switch report.effect {
        case .alreadyImported:
            return "\(report.file): imported already, nothing booked"
        case .empty: return "\(report.file)  \(kind)  no data, nothing booked"
        case .booked:
            var parts = ["\(report.booked + report.corrected) activities"]
            if report.corrected > 0 { parts.append("\(report.corrected) corrected") }
            if report.linked > 0 { parts.append("\(report.linked) linked") }
            if report.duplicates > 0 { parts.append("\(report.duplicates) duplicates") }
            if report.ignored > 0 { parts.append("\(report.ignored) ignored by rule") }
            if report.waitingCount > 0 { parts.append("\(report.waitingCount) waiting") }
            if report.settled > 0 { parts.append("\(report.settled) conflicts settled") }
            return "\(report.file)  \(kind)  \(parts.joined(separator: ", "))"
        }
    }
}
