internal import ArgumentParser
internal import Documents
internal import Inventory
internal import Quantities
internal import Workflows

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring bills, meter data and invoices into the book.",
        discussion: """
            Each file is one transaction: all of it, or nothing. A file that is in the book already
            changes nothing. What no rule knows waits in 'tonne review'; the exit code is then 1.
            A refused file does not keep the others from being imported; the exit code is then 3.
            An archive is one transaction too; one member of it is named bills.zip:march.csv.
            """)

    @OptionGroup var options: BookOptions
    @OptionGroup var profiles: ProfileOptions

    @Argument(help: "Files, or - for standard input.", completion: .file())
    var files: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the figures of a product declaration are per, where its file does not say, such as '1 kg'.",
            valueName: "quantity"))
    var declaredUnit: String?

    @Flag(name: .long, help: "Read and check everything, write nothing.")
    var dryRun = false

    func validate() throws {
        guard let declaredUnit else { return }
        guard files.count == 1 else {
            throw ValidationError("--declared-unit is about one file.")
        }
        guard Self.quantity(declaredUnit) != nil else {
            throw ValidationError("'\(declaredUnit)' is no positive quantity such as '1 kg'.")
        }
    }

    func run() throws {
        let book = try options.open()
        let workflow = ImportWorkflow(
            book: book, catalog: try profiles.catalog(beside: options.path))
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
        let (received, member) = try BookFiles.received(file)
        let reports: [ImportReport]
        switch try workflow.open(received, member: member) {
        case .document(let document):
            let report = try Reported.about(document) {
                try workflow.run(
                    document, declaredUnit: declaredUnit.flatMap(Self.quantity), onto: &state,
                    dryRun: dryRun)
            }
            Terminal.report(report.diagnostics, of: document)
            reports = [report]
        case .archive(let archive):
            guard declaredUnit == nil else {
                throw ValidationError("--declared-unit is about one declaration.")
            }
            reports = try workflow.run(archive, onto: &state, dryRun: dryRun)
            Terminal.report(reports.flatMap(\.diagnostics), in: archive)
        }
        for report in reports { Terminal.output(Self.summary(report)) }
        return reports.reduce(0) { $0 + $1.waitingCount }
    }

    /// A positive amount and the symbol of a unit, with a space between them.
    private static func quantity(_ text: String) -> Quantity? {
        let parts = text.split(separator: " ", maxSplits: 1)
        guard parts.count == 2, let amount = try? ExactDecimal(parsing: String(parts[0])),
            !amount.isZero, !amount.isNegative,
            let unit = UnitCatalog.unit(symbol: String(parts[1]))
        else { return nil }
        return Quantity(amount, unit)
    }

    private static func summary(_ report: ImportReport) -> String {
        let kind = report.format + (report.profile.map { " \($0)" } ?? "")
        switch report.effect {
        case .alreadyImported:
            return "\(report.file): imported already, nothing booked"
        case .passedOver: return "\(report.file): passed over, nothing booked"
        case .empty: return "\(report.file)  \(kind)  no data, nothing booked"
        case .booked:
            var parts: [String] = []
            if !report.factors.isEmpty { parts.append("\(report.factors.count) factors") }
            let activities = report.booked + report.corrected
            if report.factors.isEmpty || activities > 0 {
                parts.append("\(activities) activities")
            }
            if report.corrected > 0 { parts.append("\(report.corrected) corrected") }
            if report.linked > 0 { parts.append("\(report.linked) linked") }
            if report.duplicates > 0 { parts.append("\(report.duplicates) duplicates") }
            if report.ignored > 0 { parts.append("\(report.ignored) ignored by rule") }
            if report.waitingCount > 0 { parts.append("\(report.waitingCount) waiting") }
            if report.settled > 0 { parts.append("\(report.settled) conflicts settled") }
            return
                (["\(report.file)  \(kind)  \(parts.joined(separator: ", "))"]
                + report.factors.map { "  \($0.identity), per \($0.activityUnit)" })
                .joined(separator: "\n")
        }
    }
}
