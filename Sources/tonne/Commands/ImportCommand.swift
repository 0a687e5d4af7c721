internal import ArgumentParser
internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities
internal import Reporting
internal import TextForms
internal import Threads
internal import Workflows

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Bring bills, meter data and invoices into the book.",
        discussion: """
            Each file is one transaction: all of it, or nothing. A file that is in the book already
            changes nothing. What no rule knows waits in 'tonne review'; the exit code is then 1.
            A refused file does not keep the others from being imported; the exit code is then 3.
            A folder stands for all files below it; hidden ones are passed over, links not followed.
            An archive is one transaction too; one member of it is named bills.zip:march.csv, a
            sheet of a workbook book.xlsx:Sheet2.
            """)

    @OptionGroup var options: BookOptions
    @OptionGroup var profiles: ProfileOptions

    @Argument(help: "Files and folders, or - for standard input.", completion: .file())
    var files: [String]

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What the figures of a declaration are per, where its file does not say: '1 kg'.",
            valueName: "quantity"))
    var declaredUnit: String?

    @Flag(
        name: .long,
        help: "Read and check everything, show what it does to the statements, write nothing.")
    var dryRun = false

    @Flag(
        name: .long,
        help: "Show every warning; without it, the first \(WarningLimit.shown) of each code.")
    var allWarnings = false

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
        let original = try options.open()
        // A dry run imports into a copy, so that a file sees the claims of those before it.
        let book = dryRun ? try original.copy() : original
        let workflow = ImportWorkflow(
            book: book, catalog: try profiles.catalog(beside: options.path))
        let sources = try BookFiles.sources(files)
        let progress = ImportProgress(
            files: sources.count, bytes: sources.reduce(0) { $0 + $1.size })
        var session = try workflow.session()
        var tally = ImportTally()
        var warnings = WarningLimit(showsAll: allWarnings)
        var refused: Int32?
        // One file alone shows how far its reading is.
        let ahead = sources.count > 1 ? workflow.ahead(of: sources, in: session) : nil
        defer { ahead?.cancel() }
        for source in sources {
            do {
                try importOne(
                    source, ahead?.next() ?? nil, workflow, &session, progress, &tally, &warnings)
            } catch let reported as Reported {
                tally.addRefused()
                refused = max(refused ?? 0, reported.exitCode)
            }
            progress.finish(source.size)
        }
        progress.clear()
        if let remainder = warnings.remainder { Terminal.message(remainder) }
        if tally.documents > 1 { Terminal.output("\n" + tally.table) }
        if dryRun {
            showEffect(before: try original.copy(), after: book)
            Terminal.message("dry run, nothing written")
        }
        if let refused { throw Reported(exitCode: refused) }
        if sources.isEmpty { Terminal.message("no files there") }
        if tally.waiting > 0 {
            Terminal.message(
                counted(tally.waiting, "line waits", "lines wait") + ": see 'tonne review'")
            throw Outcome.found
        }
    }

    /// - Parameter read: The file, where it was read ahead.
    /// - Throws: `Reported` for a file that is refused; anything else ends the import.
    private func importOne(
        _ source: ImportSource, _ read: ReadDocument?, _ workflow: ImportWorkflow,
        _ session: inout ImportSession, _ progress: ImportProgress, _ tally: inout ImportTally,
        _ warnings: inout WarningLimit
    ) throws {
        defer { progress.clear() }
        do {
            let reports: [ImportReport]
            switch try read.map({ .document($0.document) }) ?? open(source, workflow, progress) {
            case .document(let document):
                let report = try Reported.about(document) {
                    try workflow.run(
                        document, read: read?.imported,
                        declaredUnit: declaredUnit.flatMap(Self.quantity), in: &session)
                }
                progress.clear()
                Terminal.report(warnings.admit(report.diagnostics), of: document)
                reports = [report]
            case .archive(let archive):
                guard declaredUnit == nil else {
                    throw ValidationError("--declared-unit is about one declaration.")
                }
                reports = try Reported.about(archive) {
                    try workflow.run(archive, in: &session)
                }
                progress.clear()
                Terminal.report(warnings.admit(reports.flatMap(\.diagnostics)), in: archive)
            }
            for report in reports {
                tally.add(report)
                Terminal.output(Self.summary(report))
            }
        } catch let refusal as Refusal where refusal.exitCode == 3 {
            progress.clear()
            Terminal.report(refusal.diagnostics)
            throw Reported(exitCode: refusal.exitCode)
        }
    }

    private func open(
        _ source: ImportSource, _ workflow: ImportWorkflow, _ progress: ImportProgress
    ) throws -> UnpackedFile {
        let (received, member) = try BookFiles.received(source) {
            progress.read($0, of: source.size)
        }
        return try workflow.open(received, member: member)
    }

    private func showEffect(before: Book, after: Book) {
        do throws(Refusal) {
            guard let effect = try ImportEffect.of(before: before, after: after) else { return }
            Terminal.output("\n" + ImportEffectText.table(effect))
            if effect.unresolved.after > 0 {
                Terminal.message(
                    counted(effect.unresolved.after, "activity", "activities")
                        + " would have no factor, "
                        + "\(effect.unresolved.before) have none now")
            }
        } catch {
            Terminal.report(error.diagnostics)
            Terminal.message("the effect on the statement cannot be shown")
        }
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
            if !report.factors.isEmpty {
                parts.append(counted(report.factors.count, "factor", "factors"))
            }
            let activities = report.booked + report.corrected
            if report.factors.isEmpty || activities > 0 {
                parts.append(counted(activities, "activity", "activities"))
            }
            if report.corrected > 0 { parts.append("\(report.corrected) corrected") }
            if report.linked > 0 { parts.append("\(report.linked) linked") }
            if report.duplicates > 0 {
                parts.append(counted(report.duplicates, "duplicate", "duplicates"))
            }
            if report.ignored > 0 { parts.append("\(report.ignored) ignored by rule") }
            if report.waitingCount > 0 { parts.append("\(report.waitingCount) waiting") }
            if report.settled > 0 {
                parts.append(counted(report.settled, "conflict", "conflicts") + " settled")
            }
            return
                (["\(report.file)  \(kind)  \(parts.joined(separator: ", "))"]
                + report.factors.map { "  \($0.identity), per \($0.activityUnit)" })
                .joined(separator: "\n")
        }
    }
}
