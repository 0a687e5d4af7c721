package import AuditTrail
package import Diagnostics
package import Documents
internal import ImportKit
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
package import Quantities

/// What an import did, or would do.
package struct ImportReport: Sendable {
    package enum Effect: Hashable, Sendable {
        case booked
        /// The same bytes are in the book.
        case alreadyImported
        /// A sound file without data.
        case empty
        /// A member of an archive that no importer knows.
        case passedOver
    }

    package var file: String
    package var format: String
    package var profile: String?
    package var effect: Effect
    package var activities: [ActivityRecord] = []
    package var waiting: [WaitingLine] = []
    /// Factor versions of product declarations.
    package var factors: [EmissionFactor] = []
    package var duplicates = 0
    package var ignored = 0
    package var diagnostics: [Diagnostic] = []
}

/// Brings one document into the book: all of it in one transaction, or nothing.
package struct ImportWorkflow: Sendable {
    /// A document with more than this share of quarantined rows is refused: one in twenty.
    static let quarantineShare = 20

    let book: Book
    let catalog: ImporterCatalog

    package init(book: Book, catalog: ImporterCatalog) {
        self.book = book
        self.catalog = catalog
    }

    /// Imports one document.
    ///
    /// - Throws: a `Refusal` if the document is refused; then nothing is booked.
    package func run(
        _ document: Document, declaredUnit: Quantity? = nil, dryRun: Bool
    ) throws(Refusal) -> ImportReport {
        var state = try book.state()
        return try run(document, declaredUnit: declaredUnit, onto: &state, dryRun: dryRun)
    }

    /// Imports one document of several.
    ///
    /// - Parameters:
    ///   - declaredUnit: What one declaration that leaves it open is about, as the user states it.
    ///   - state: The state of the book; only what is newer is read again.
    package func run(
        _ document: Document, declaredUnit: Quantity? = nil, onto state: inout BookState,
        dryRun: Bool
    ) throws(Refusal) -> ImportReport {
        let organisation = try refresh(&state)
        if let known = Self.imported(document, in: state) { return known }
        var shelf = SeriesShelf(book)
        let draft = try draft(
            catalog.read(document), document, state, organisation, &shelf,
            declaredUnit: declaredUnit)
        if !dryRun, draft.report.effect != .alreadyImported {
            try write([draft], shelf, from: document.received, onto: state.head.size)
        }
        return draft.report
    }

    /// Brings the state up to date.
    ///
    /// - Throws: `organisation-invalid` if the book has none yet.
    func refresh(_ state: inout BookState) throws(Refusal) -> Organisation {
        try book.refresh(&state)
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        return organisation
    }

    /// What is said of a document whose bytes are in the book.
    static func imported(_ document: Document, in state: BookState) -> ImportReport? {
        state.document(document.digest).map {
            ImportReport(
                file: document.name, format: $0.format, profile: $0.profile,
                effect: .alreadyImported)
        }
    }

    /// What would be booked of a document that was read.
    ///
    /// - Parameters:
    ///   - shelf: Takes the chunks of its readings.
    ///   - pending: What earlier documents of the same transaction add.
    ///   - declaredUnit: As in `run`.
    func draft(
        _ imported: ImportedDocument, _ document: Document, _ state: BookState,
        _ organisation: Organisation, _ shelf: inout SeriesShelf, pending: Pending = Pending(),
        declaredUnit: Quantity? = nil
    ) throws(Refusal) -> Draft {
        var report = ImportReport(
            file: document.name, format: imported.format, profile: imported.profile,
            effect: imported.outcome == .acceptEmpty ? .empty : .booked)
        report.diagnostics = imported.diagnostics
        try Self.refuseUnsound(imported, document)
        var register = ClaimRegister(state.activities.map(\.value) + pending.activities)
        try assemble(
            imported, document, state, organisation, &register, &shelf, into: &report)
        var declarations = DeclarationImport(
            factors: state.factors.map(\.factor) + pending.factors, document: document,
            today: book.clock().utcDate)
        try declarations.add(imported, declaredUnit: declaredUnit, to: &report)
        let received = ReceivedDocument(
            digest: document.digest, name: document.name, size: document.size,
            mediaType: Self.mediaType(document, imported),
            format: imported.format, profile: imported.profile,
            profileHash: imported.profileHash, outcome: imported.outcome.rawValue,
            place: document.memberPath.map {
                ReceivedDocument.Place(container: document.received.digest, member: $0)
            })
        return Draft(received: received, report: report)
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
                + imported.declarations.flatMap(\.indicators).reduce(0) { $0 + $1.amounts.count }
                + imported.records.count
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

    /// - Parameter shelf: Takes the chunks of what is assembled.
    private func assemble(
        _ imported: ImportedDocument, _ document: Document, _ state: BookState,
        _ organisation: Organisation, _ register: inout ClaimRegister,
        _ shelf: inout SeriesShelf, into report: inout ImportReport
    ) throws(Refusal) {
        let excerpts = SourceExcerpts(document)
        var readings = ReadingActivities(
            organisation: organisation, document: document, excerpts: excerpts,
            shelf: shelf)
        for series in imported.series { readings.add(series) }
        let elements = try ElementEvidence(imported.invoices, in: document, excerpts)
        var invoices = InvoiceActivities(
            organisation: organisation, rules: state.matchingRules, evidence: elements.reference)
        let evidence: (Int) -> EvidenceReference = { line in
            EvidenceReference(
                document: document.digest, name: document.name, line: line,
                text: excerpts.text(line: line))
        }
        for invoice in imported.invoices {
            invoices.add(InvoiceLines(of: invoice, file: document.name))
        }
        var stated = StatedActivities(organisation: organisation, evidence: evidence)
        for record in imported.records { stated.add(record) }
        let faults = readings.diagnostics + invoices.diagnostics + stated.diagnostics
        guard faults.isEmpty else { throw Refusal(faults) }
        report.diagnostics += invoices.warnings
        report.ignored = invoices.ignored
        report.duplicates = invoices.repeated
        report.waiting = invoices.waiting + Self.quarantined(imported, document, excerpts)
        shelf = readings.shelf
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

    /// Writes what was read from one received file, in one transaction.
    func write(
        _ drafts: [Draft], _ shelf: SeriesShelf, from received: Document, onto size: Int
    ) throws(Refusal) {
        let bodies = drafts.flatMap { draft in
            [.document(draft.received)] + draft.report.factors.map(RecordBody.factor)
                + draft.report.activities.map(RecordBody.activity)
                + draft.report.waiting.map(RecordBody.waitingLine)
        }
        try book.append(
            bodies, evidence: [received], chunks: shelf.fresh(citedBy: bodies), onto: size)
    }
}

extension ImportWorkflow {
    /// What earlier documents of one transaction add to the book.
    struct Pending {
        var activities: [ActivityRecord] = []
        var factors: [EmissionFactor] = []
    }

    /// What one document would add to the book.
    struct Draft {
        let received: ReceivedDocument
        let report: ImportReport
    }

    private static func mediaType(_ document: Document, _ imported: ImportedDocument) -> String {
        if ZipArchive.begins(document.head) { return "application/zip" }
        switch imported.format {
        case "csv", "nem12", "nem13": return "text/csv"
        case "openepd", "pact": return "application/json"
        case _: return "application/xml"
        }
    }
}
