package import AuditTrail
package import Diagnostics
package import Documents
internal import ImportKit
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// What an import did, or would do.
package struct ImportReport: Sendable {
    package enum Effect: Hashable, Sendable {
        case booked
        /// The same bytes are in the book.
        case alreadyImported
        /// A sound file without data.
        case empty
    }

    package var file: String
    package var format: String
    package var profile: String?
    package var effect: Effect
    /// Claims that nothing stood against, and claims that replaced earlier activities.
    package var booked = 0
    package var corrected = 0
    package var duplicates = 0
    /// Statements of what another document accounts for.
    package var linked = 0
    package var conflicts = 0
    /// Lines of earlier documents that no longer wait.
    package var settled = 0
    /// Lines that wait, conflicts apart.
    package var waiting: [WaitingLine] = []
    /// What the claims call for, in order.
    package var claims: [RecordBody] = []
    package var ignored = 0
    package var diagnostics: [Diagnostic] = []

    /// The activities among the claims.
    package var activities: [ActivityRecord] {
        claims.compactMap { body in
            guard case .activity(let record) = body else { return nil }
            return record
        }
    }

    package var waitingCount: Int { waiting.count + conflicts }
}

/// Brings one document into the book: all of it in one transaction, or nothing.
package struct ImportWorkflow: Sendable {
    /// A document with more than this share of quarantined rows is refused: one in twenty.
    static let quarantineShare = 20

    private let book: Book
    private let catalog: ImporterCatalog

    package init(book: Book, catalog: ImporterCatalog) {
        self.book = book
        self.catalog = catalog
    }

    /// Imports one document.
    ///
    /// - Throws: a `Refusal` if the document is refused; then nothing is booked.
    package func run(_ document: Document, dryRun: Bool) throws(Refusal) -> ImportReport {
        var state = try book.state()
        return try run(document, onto: &state, dryRun: dryRun)
    }

    /// Imports one document of several.
    ///
    /// - Parameter state: The state of the book; only what is newer is read again.
    package func run(
        _ document: Document, onto state: inout BookState, dryRun: Bool
    ) throws(Refusal) -> ImportReport {
        try book.refresh(&state)
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        if let received = state.document(document.digest) {
            return ImportReport(
                file: document.name, format: received.format, profile: received.profile,
                effect: .alreadyImported)
        }
        let imported = catalog.read(document)
        var report = ImportReport(
            file: document.name, format: imported.format, profile: imported.profile,
            effect: imported.outcome == .acceptEmpty ? .empty : .booked)
        report.diagnostics = imported.diagnostics
        try Self.refuseUnsound(imported, document)
        let shelf = try assemble(imported, document, state, organisation, into: &report)
        if !dryRun {
            try write(imported, document, report, organisation, shelf, onto: state.head.size)
        }
        return report
    }

    private static func refuseUnsound(
        _ imported: ImportedDocument, _ document: Document
    ) throws(Refusal) {
        switch imported.outcome {
        case .reject, .conflict: throw Refusal(imported.diagnostics)
        case .quarantineRows:
            let rows =
                imported.quarantined + imported.series.reduce(0) { $0 + $1.readings.count }
                + imported.invoices.reduce(0) { $0 + $1.lines.count }
            guard !imported.diagnostics.contains(where: { $0.code == .quarantineLimit }) else {
                throw Refusal(imported.diagnostics)
            }
            guard imported.quarantined * quarantineShare <= rows else {
                throw Refusal(
                    imported.diagnostics + [
                        Diagnostic(
                            .quarantineLimit, at: SourceLocation(file: document.name),
                            "\(imported.quarantined) of \(rows) rows were set aside, more than "
                                + "one in \(quarantineShare)",
                            hint: "correct the file or its profile, then import it again")
                    ])
            }
        case .accept, .acceptWithWarning, .acceptEmpty: break
        }
        guard imported.subject == .organisation || imported.series.isEmpty else {
            throw Refusal(
                Diagnostic(
                    .seriesNotActivity, at: SourceLocation(file: document.name),
                    "the values are those of a grid, not of the organisation",
                    hint: "they make hourly factors; nobody consumed them for you"))
        }
        let fatal = imported.diagnostics.filter { $0.code == .currencyUnknown }
        guard fatal.isEmpty else { throw Refusal(fatal) }
    }

    /// - Returns: The chunks of what was assembled.
    private func assemble(
        _ imported: ImportedDocument, _ document: Document, _ state: BookState,
        _ organisation: Organisation, into report: inout ImportReport
    ) throws(Refusal) -> SeriesShelf {
        let excerpts = SourceExcerpts(document)
        var readings = ReadingActivities(
            organisation: organisation, document: document, excerpts: excerpts,
            shelf: SeriesShelf(book))
        for series in imported.series { readings.add(series) }
        var invoices = InvoiceActivities(
            organisation: organisation, rules: state.matchingRules
        ) { line in
            EvidenceReference(
                document: document.digest, name: document.name, line: line,
                text: excerpts.text(line: line))
        }
        for invoice in imported.invoices {
            invoices.add(InvoiceLines(of: invoice, file: document.name))
        }
        report.diagnostics += readings.waiting.map { line in
            Diagnostic(
                .meterUnknown, severity: .warning,
                at: SourceLocation(
                    file: document.name, line: line.evidence.line.flatMap { Int($0) }),
                line.message,
                hint: "add the meter to organisation.toml, apply it, run 'tonne review apply'")
        }
        let faults = readings.diagnostics + invoices.diagnostics
        guard faults.isEmpty else { throw Refusal(faults) }
        report.ignored = invoices.ignored
        report.duplicates = invoices.repeated
        report.waiting =
            invoices.waiting + readings.waiting + Self.quarantined(imported, document, excerpts)
        // The document is the first record, then come the lines that wait.
        let first = RecordNumber(state.head.size + 1 + report.waiting.count)
        var register = ClaimRegister(state, first: first, shelf: readings.shelf)
        try Self.claim(readings.activities + invoices.activities, in: &register, into: &report)
        report.claims = register.bodies
        return register.shelf
    }

    private static func claim(
        _ records: [ActivityRecord], in register: inout ClaimRegister,
        into report: inout ImportReport
    ) throws(Refusal) {
        for record in records {
            switch try register.claim(record) {
            case .booked: report.booked += 1
            case .corrected: report.corrected += 1
            case .duplicate: report.duplicates += 1
            case .linked: report.linked += 1
            case .waits: report.conflicts += 1
            }
        }
        report.settled = try register.settle()
    }

    private static func quarantined(
        _ imported: ImportedDocument, _ document: Document, _ excerpts: SourceExcerpts
    ) -> [WaitingLine] {
        guard imported.outcome == .quarantineRows else { return [] }
        return imported.diagnostics.filter { $0.severity == .error }.map { diagnostic in
            WaitingLine(
                reason: .quarantined,
                message: DiagnosticRenderer.visible(
                    "\(diagnostic.code.rawValue): \(diagnostic.message)"),
                evidence: EvidenceReference(
                    document: document.digest, name: document.name,
                    line: diagnostic.location?.line,
                    text: excerpts.text(line: diagnostic.location?.line)))
        }
    }

    private func write(
        _ imported: ImportedDocument, _ document: Document, _ report: ImportReport,
        _ organisation: Organisation, _ shelf: SeriesShelf, onto size: Int
    ) throws(Refusal) {
        let received = ReceivedDocument(
            digest: document.digest, name: document.name, size: document.bytes.count,
            mediaType: ["csv", "nem12", "nem13"].contains(imported.format)
                ? "text/csv" : "application/xml",
            format: imported.format, profile: imported.profile,
            profileHash: imported.profileHash, outcome: imported.outcome.rawValue,
            invoices: heads(of: imported.invoices, organisation))
        let bodies: [RecordBody] =
            [.document(received)] + report.waiting.map(RecordBody.waitingLine) + report.claims
        try book.append(
            bodies, evidence: [document.bytes], chunks: shelf.fresh(citedBy: bodies), onto: size)
    }

    private func heads(
        of invoices: [Invoice], _ organisation: Organisation
    ) -> [InvoiceHead]? {
        guard !invoices.isEmpty else { return nil }
        return invoices.map { invoice in
            let names = invoice.supplierIdentifiers + [invoice.supplier].compactMap(\.self)
            let known = names.lazy.compactMap { organisation.supplier(named: $0)?.id.rawValue }
            return InvoiceHead(
                party: DiagnosticRenderer.visible(
                    known.first ?? invoice.supplier ?? names.first ?? ""),
                number: DiagnosticRenderer.visible(invoice.number), issued: invoice.issueDate)
        }
    }
}
