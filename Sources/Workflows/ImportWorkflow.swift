package import AuditTrail
package import Diagnostics
package import Documents
package import ImportKit
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
    /// Claims that nothing stood against, and claims that replaced earlier activities.
    package var booked = 0
    package var corrected = 0
    /// Statements of what another document accounts for.
    package var linked = 0
    package var conflicts = 0
    /// Lines of earlier documents that no longer wait.
    package var settled = 0
    /// Lines that wait, conflicts apart.
    package var waiting: [WaitingLine] = []
    /// What the claims call for, in order.
    package var claims: [RecordBody] = []
    /// Factor versions of product declarations.
    package var factors: [EmissionFactor] = []
    package var duplicates = 0
    package var ignored = 0
    /// What the document holds.
    package var readings = 0
    package var lines = 0
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
        _ document: Document, declaredUnit: Quantity? = nil
    ) throws(Refusal) -> ImportReport {
        var session = try session()
        return try run(document, declaredUnit: declaredUnit, in: &session)
    }

    /// Begins an import of several documents.
    package func session() throws(Refusal) -> ImportSession { ImportSession(try book.state()) }

    /// Imports one document of several.
    ///
    /// - Parameters:
    ///   - read: What it says, where it was read ahead; else it is read here.
    ///   - declaredUnit: What one declaration that leaves it open is about, as the user states it.
    ///   - session: What the documents before it have left; only what is newer is read again.
    package func run(
        _ document: Document, read: ImportedDocument? = nil, declaredUnit: Quantity? = nil,
        in session: inout ImportSession
    ) throws(Refusal) -> ImportReport {
        let organisation = try refresh(&session)
        if let known = Self.imported(document, in: session.state) { return known }
        var imported = read ?? catalog.read(document)
        try Self.refuseUnsound(imported, document)
        var register = session.takeRegister(on: SeriesShelf(book))
        let draft = try draft(
            &imported, document, session.state, organisation, &register,
            declaredUnit: declaredUnit)
        guard draft.report.effect != .alreadyImported else { return draft.report }
        let appended = try write([draft], register.shelf, from: document.received, in: session)
        try session.keep(register, appended, in: book)
        return draft.report
    }

    /// Brings the session up to date.
    ///
    /// - Throws: `organisation-invalid` if the book has none yet.
    func refresh(_ session: inout ImportSession) throws(Refusal) -> Organisation {
        try session.refresh(from: book)
        guard let organisation = session.state.organisation else {
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

    /// What would be booked of a document that was read and is sound.
    ///
    /// - Parameters:
    ///   - imported: Gives up its readings, so that they are not held beside their chunks.
    ///   - register: Judges its claims, and takes the chunks of its readings.
    ///   - pending: What earlier documents of the same transaction add.
    ///   - declaredUnit: As in `run`.
    func draft(
        _ imported: inout ImportedDocument, _ document: Document, _ state: BookState,
        _ organisation: Organisation, _ register: inout ClaimRegister,
        pending: Pending = Pending(), declaredUnit: Quantity? = nil
    ) throws(Refusal) -> Draft {
        var report = ImportReport(
            file: document.name, format: imported.format, profile: imported.profile,
            effect: imported.outcome == .acceptEmpty ? .empty : .booked)
        report.diagnostics = imported.diagnostics
        report.readings = imported.series.reduce(0) { $0 + $1.readings.count }
        report.lines = imported.invoices.reduce(0) { $0 + $1.lines.count }
        let citations = Citations(of: document, in: book)
        if !imported.declarations.isEmpty || declaredUnit != nil {
            var declarations = DeclarationImport(
                factors: state.factors.map(\.factor) + pending.factors,
                citations: citations, today: book.clock().utcDate)
            try declarations.add(imported, declaredUnit: declaredUnit, to: &report)
        }
        let received = try records(of: imported, document, organisation)
        // The document comes first, then the factors and the lines that wait.
        let first = state.head.size + pending.size + received.count + report.factors.count
        try assemble(
            &imported, citations, state, organisation, &register, from: first, into: &report)
        return Draft(received: received, report: report, excerpts: citations.excerpts)
    }

    private func records(
        of imported: ImportedDocument, _ document: Document, _ organisation: Organisation
    ) throws(Refusal) -> [RecordBody] {
        let received = ReceivedDocument(
            digest: document.digest, name: document.name, size: document.size,
            mediaType: ZipArchive.begins(document.head) ? "application/zip" : imported.mediaType,
            format: imported.format, profile: imported.profile,
            profileHash: imported.profileHash, outcome: imported.outcome.rawValue,
            place: document.memberPath.map {
                ReceivedDocument.Place(
                    container: document.received.digest, member: $0,
                    rendering: document.rendering)
            }, invoices: heads(of: imported.invoices, organisation))
        do {
            return try DocumentRecords.bodies(of: received)
        } catch {
            throw Refusal(
                .invalid("the document '\(document.name)' has no encoding: \(error)"),
                book: book.path)
        }
    }

    /// - Throws: a `Refusal` of a document that cannot be booked, whatever the book holds.
    static func refuseUnsound(
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
            guard imported.quarantined * quarantineShare <= rows, !imported.unlisted.isCut else {
                throw Refusal(
                    imported.diagnostics + [
                        Diagnostic(
                            .quarantineLimit, at: SourceLocation(file: document.name),
                            "\(imported.quarantined) of \(rows) rows were set aside, more than "
                                + (imported.unlisted.isCut
                                    ? "a review can list" : "one in \(quarantineShare)"),
                            hint: "correct the file or its profile, then import it again")
                    ])
            }
        case .accept, .acceptWithWarning, .acceptEmpty: break
        }
        if case .grid(let values) = imported.subject, !imported.series.isEmpty {
            throw Refusal(
                Diagnostic(
                    .seriesNotActivity, at: SourceLocation(file: document.name),
                    "the values are those of a grid, not of the organisation",
                    hint: values == .generationByType
                        ? ForeignTable.gridHint(file: document.name)
                        : "ask for generation by type, A75: it makes a factor series"))
        }
        let fatal = imported.diagnostics.filter { $0.code == .currencyUnknown }
        guard fatal.isEmpty else { throw Refusal(fatal) }
    }

    /// - Parameters:
    ///   - imported: Gives up its readings.
    ///   - register: Judges what is assembled, and takes its chunks.
    ///   - number: That of the first record after the document and its factors.
    private func assemble(
        _ imported: inout ImportedDocument, _ citations: Citations, _ state: BookState,
        _ organisation: Organisation, _ register: inout ClaimRegister, from number: Int,
        into report: inout ImportReport
    ) throws(Refusal) {
        let document = citations.document
        var readings = ReadingActivities(
            organisation: organisation, citations: citations, shelf: register.shelf)
        for place in imported.series.indices {
            readings.add(imported.series[place])
            imported.series[place].readings = []
        }
        let elements = try ElementEvidence(imported.invoices, citations)
        var invoices = InvoiceActivities(
            organisation: organisation, rules: state.matchingRules, evidence: elements.reference)
        for invoice in imported.invoices {
            invoices.add(InvoiceLines(of: invoice, file: document.name))
        }
        var stated = StatedActivities(
            organisation: organisation, evidence: { citations.reference(line: $0) })
        for record in imported.records { stated.add(record) }
        report.diagnostics += readings.waiting.map { line in
            Diagnostic(
                .meterUnknown, severity: .warning,
                at: SourceLocation(
                    file: document.name, line: line.evidence.line.flatMap { Int($0) }),
                line.message,
                hint: "add the meter to organisation.toml, apply it, run 'tonne review apply'")
        }
        let faults = readings.diagnostics + invoices.diagnostics + stated.diagnostics
        guard faults.isEmpty else { throw Refusal(faults) }
        report.diagnostics += invoices.warnings
        report.ignored = invoices.ignored
        report.duplicates = invoices.repeated
        report.waiting =
            invoices.waiting + readings.waiting + Self.quarantined(imported, citations)
        register.shelf = readings.shelf
        register.start(at: RecordNumber(number + report.waiting.count))
        for record in readings.activities + invoices.activities + stated.activities {
            switch try register.claim(record) {
            case .booked: report.booked += 1
            case .corrected: report.corrected += 1
            case .duplicate: report.duplicates += 1
            case .linked: report.linked += 1
            case .waits: report.conflicts += 1
            }
        }
        report.settled = try register.settle()
        report.claims = register.bodies
        report.diagnostics += CertificateCriteria.findings(
            report.activities, beside: state.activities.map(\.value), organisation)
    }

    private static func quarantined(
        _ imported: ImportedDocument, _ citations: Citations
    ) -> [WaitingLine] {
        guard imported.outcome == .quarantineRows else { return [] }
        let faults = imported.diagnostics.filter { $0.severity == .error }
        return (faults + imported.unlisted.diagnostics).map { diagnostic in
            WaitingLine(
                reason: .quarantined,
                message: DiagnosticRenderer.visible(
                    "\(diagnostic.code.rawValue): \(diagnostic.message)"),
                evidence: citations.reference(line: diagnostic.location?.line))
        }
    }

    /// Writes what was read from one received file, in one transaction.
    func write(
        _ drafts: [Draft], _ shelf: SeriesShelf, from received: Document, in session: ImportSession
    ) throws(Refusal) -> Book.Appended {
        let bodies = drafts.flatMap(\.bodies)
        return try book.append(
            bodies, evidence: [received], excerpts: drafts.flatMap(\.excerpts),
            chunks: shelf.fresh(citedBy: bodies),
            onto: session.state.head.size, controls: session.controls)
    }
}

extension ImportWorkflow {
    /// What earlier documents of one transaction add to the book.
    struct Pending {
        var factors: [EmissionFactor] = []
        /// How many records they are.
        var size = 0

        mutating func add(_ draft: Draft) {
            factors += draft.report.factors
            size += draft.bodies.count
        }
    }

    /// What one document would add to the book.
    struct Draft {
        /// The document and the parts of its list of invoices.
        let received: [RecordBody]
        let report: ImportReport
        /// The texts that its records cite.
        let excerpts: [ExcerptOpening]

        /// The records, in order.
        var bodies: [RecordBody] {
            received + report.factors.map(RecordBody.factor)
                + report.waiting.map(RecordBody.waitingLine) + report.claims
        }
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
