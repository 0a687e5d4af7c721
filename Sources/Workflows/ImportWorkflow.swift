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
    package var activities: [ActivityRecord] = []
    package var waiting: [WaitingLine] = []
    package var duplicates = 0
    package var ignored = 0
    package var diagnostics: [Diagnostic] = []
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
        if !dryRun { try write(imported, document, report, shelf, onto: state.head.size) }
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
                + imported.invoices.reduce(0) { $0 + $1.lines.count } + imported.records.count
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
        let evidence: (Int) -> EvidenceReference = { line in
            EvidenceReference(
                document: document.digest, name: document.name, line: line,
                text: excerpts.text(line: line))
        }
        var invoices = InvoiceActivities(
            organisation: organisation, rules: state.matchingRules, evidence: evidence)
        for invoice in imported.invoices {
            invoices.add(InvoiceLines(of: invoice, file: document.name))
        }
        var stated = StatedActivities(organisation: organisation, evidence: evidence)
        for record in imported.records { stated.add(record) }
        let faults = readings.diagnostics + invoices.diagnostics + stated.diagnostics
        guard faults.isEmpty else { throw Refusal(faults) }
        report.ignored = invoices.ignored
        report.duplicates = invoices.repeated
        report.waiting = invoices.waiting + Self.quarantined(imported, document, excerpts)
        var register = ClaimRegister(state.activities.map(\.value))
        var shelf = readings.shelf
        for record in readings.activities + invoices.activities + stated.activities {
            switch try register.claim(record, on: &shelf) {
            case .new(let accepted): report.activities.append(accepted)
            case .duplicate: report.duplicates += 1
            case .conflict(let rival):
                report.waiting.append(
                    WaitingLine(
                        reason: .conflict, activity: record,
                        message: Self.conflict(record, with: rival),
                        evidence: record.evidence))
            }
        }
        report.diagnostics += CertificateCriteria.findings(
            report.activities, beside: state.activities.map(\.value), organisation)
        return shelf
    }

    private static func conflict(_ record: ActivityRecord, with rival: String) -> String {
        guard case .certificate(let certificate) = record.treatment else {
            return "other values are booked for this time from '\(rival)'"
        }
        return "certificates of \(certificate.serialFrom) to \(certificate.serialTo) are booked "
            + "from '\(rival)'"
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
        _ shelf: SeriesShelf, onto size: Int
    ) throws(Refusal) {
        let received = ReceivedDocument(
            digest: document.digest, name: document.name, size: document.bytes.count,
            mediaType: ["csv", "nem12", "nem13"].contains(imported.format)
                ? "text/csv" : "application/xml",
            format: imported.format, profile: imported.profile,
            profileHash: imported.profileHash, outcome: imported.outcome.rawValue)
        let bodies: [RecordBody] =
            [.document(received)] + report.activities.map(RecordBody.activity)
            + report.waiting.map(RecordBody.waitingLine)
        try book.append(
            bodies, evidence: [document.bytes], chunks: shelf.fresh(citedBy: bodies), onto: size)
    }
}
