internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
package import LedgerCore
internal import LedgerStore
internal import Quantities

/// Decides on what waits: by the rules and the organisation of today, or by a person with a
/// reason.
package struct ReviewWorkflow: Sendable {
    package struct Report: Sendable {
        package var matched: [(number: RecordNumber, rule: String)] = []
        package var ignored: [(number: RecordNumber, rule: String)] = []
        /// Documents whose readings are booked, because their meter is known now.
        package var meters: [(number: RecordNumber, meter: String)] = []
        /// Conflicts that a later document has settled.
        package var settled = 0
        package var stillWaiting = 0
    }

    package enum Answer: Sendable {
        /// Book the claim in the place of what contradicts it; post the outlier.
        case accept
        /// What is booked stands; the outlier is withdrawn.
        case reject
    }

    let book: Book
    private let catalog: ImporterCatalog

    package init(book: Book, catalog: ImporterCatalog) {
        self.book = book
        self.catalog = catalog
    }

    // MARK: By rule

    /// Matches waiting invoice lines against the rules of today, books the readings of meters that
    /// the organisation knows by now, and judges conflicts again.
    ///
    /// - Throws: a `Refusal` if a matched line cannot become an activity; then nothing is booked.
    package func apply(dryRun: Bool) throws(Refusal) -> Report {
        let (state, organisation) = try context()
        var register = ClaimRegister(
            state, first: RecordNumber(state.head.size), shelf: SeriesShelf(book))
        var report = Report()
        for waiting in state.waiting where waiting.value.reason == .unmatched {
            try match(waiting, state, organisation, in: &register, into: &report)
        }
        let excerpts = try bookKnownMeters(state, organisation, in: &register, into: &report)
        report.settled = try register.settle()
        let decided =
            report.matched.count + report.ignored.count + report.meters.count + report.settled
        report.stillWaiting = state.reviewItems.count - decided + register.added
        if !dryRun, !register.bodies.isEmpty {
            try write(register, excerpts, onto: state.head.size)
        }
        return report
    }

    private func match(
        _ waiting: BookState.Numbered<WaitingLine>, _ state: BookState,
        _ organisation: Organisation, in register: inout ClaimRegister, into report: inout Report
    ) throws(Refusal) {
        guard let line = waiting.value.line,
            let rule = MatchingRules.match(
                line, rules: state.matchingRules, organisation: organisation)
        else { return }
        switch rule.outcome {
        case .ignore(let reason):
            report.ignored.append((waiting.number, rule.name))
            register.decide(waiting.number, .ignored, "\(rule.name): \(reason)", by: nil)
        case .activity(let target):
            let record = try activity(line, target, organisation, waiting.value.evidence)
            _ = try register.claim(record)
            report.matched.append((waiting.number, rule.name))
            register.decide(waiting.number, .matched, rule.name, by: register.lastCited)
        }
    }

    /// Reads stored documents again, for the meters that were unknown when they came.
    ///
    /// - Returns: The texts that their activities cite.
    private func bookKnownMeters(
        _ state: BookState, _ organisation: Organisation, in register: inout ClaimRegister,
        into report: inout Report
    ) throws(Refusal) -> [ExcerptOpening] {
        var excerpts: [ExcerptOpening] = []
        let known = Set(organisation.meters.map(\.number))
        for waiting in state.waiting where waiting.value.reason == .unknownMeter {
            guard let meter = waiting.value.meter, known.contains(meter) else { continue }
            let activities = try stored(
                waiting.value.evidence, state, organisation, meter, on: &register.shelf, &excerpts)
            guard !activities.isEmpty else { continue }
            for record in activities { _ = try register.claim(record) }
            report.meters.append((waiting.number, meter))
            register.decide(
                waiting.number, .matched, "meter \(meter) is known now", by: register.lastCited)
        }
        return excerpts
    }

    /// The activities of one meter in a document that the book holds; none while it is unknown.
    private func stored(
        _ evidence: EvidenceReference, _ state: BookState, _ organisation: Organisation,
        _ meter: String, on shelf: inout SeriesShelf, _ excerpts: inout [ExcerptOpening]
    ) throws(Refusal) -> [ActivityRecord] {
        if let received = state.document(evidence.document),
            let erasure = state.erasures[received.home]
        {
            throw refusal(
                "'\(received.name)' was erased by record \(erasure.number)",
                "its readings can no longer be booked: reject what waits from it")
        }
        guard let received = state.document(evidence.document),
            let document = try StoredDocument.document(received, in: book)
        else {
            throw Refusal(.corrupt("'\(evidence.name)' is missing from the book"), book: book.path)
        }
        let imported = catalog.read(document)
        guard imported.format == received.format, imported.profileHash == received.profileHash
        else {
            throw refusal(
                "'\(received.name)' was read with another profile than the program has today",
                "reject what waits from it and import the document again")
        }
        let citations = Citations(of: document, in: book)
        var readings = ReadingActivities(
            organisation: organisation, citations: citations, shelf: shelf)
        for series in imported.series where series.meter == meter { readings.add(series) }
        guard readings.diagnostics.isEmpty else { throw Refusal(readings.diagnostics) }
        shelf = readings.shelf
        excerpts += citations.excerpts
        return readings.waiting.isEmpty ? readings.activities : []
    }

    // MARK: By a person

    /// Decides on items of the review: on all of them, or on none.
    ///
    /// - Returns: What was decided on, or would be.
    /// - Throws: a `Refusal` if nothing is selected or an item cannot be decided so.
    package func decide(
        _ filter: ReviewFilter, _ answer: Answer, reason: String, dryRun: Bool
    ) throws(Refusal) -> [ReviewItem] {
        let (state, organisation) = try context()
        let items = state.reviewItems.filter(filter.selects)
        guard !items.isEmpty else {
            throw refusal("nothing that waits is selected", "see 'tonne review'")
        }
        var register = ClaimRegister(
            state, first: RecordNumber(state.head.size), shelf: SeriesShelf(book))
        register.reviewReason = reason
        let lines = Dictionary(
            state.waiting.map { ($0.number, $0.value) }, uniquingKeysWith: { first, _ in first })
        for item in items {
            register.withdraw(item.number)
            if item.reason == .outlier {
                register.decide(
                    item.number, answer == .accept ? .accepted : .withdrawn, reason, by: nil)
            } else if let line = lines[item.number] {
                let record = try record(of: line, item, answer, state, organisation)
                try decide(item, record, answer, reason, in: &register)
            }
        }
        _ = try register.settle()
        if !dryRun { try write(register, onto: state.head.size) }
        return items
    }

    private func decide(
        _ item: ReviewItem, _ record: ActivityRecord?, _ answer: Answer, _ reason: String,
        in register: inout ClaimRegister
    ) throws(Refusal) {
        switch answer {
        case .accept:
            guard let record else { return }
            if case .waits(let why) = try register.claim(record, ruling: .takeNew) {
                throw refusal("line \(item.number) cannot be booked: \(why)", item.remedy)
            }
            register.decide(item.number, .accepted, reason, by: register.lastCited)
        case .reject:
            let before = register.bodies.count
            if let record, record.isInterval {
                _ = try register.claim(record, ruling: .keepBooked)
            }
            register.decide(
                item.number, .ignored, reason,
                by: register.bodies.count > before ? register.lastCited : nil)
        }
    }

    /// What a line would book.
    ///
    /// - Throws: a `Refusal` where the line is to be accepted and states nothing to book.
    private func record(
        of line: WaitingLine, _ item: ReviewItem, _ answer: Answer, _ state: BookState,
        _ organisation: Organisation
    ) throws(Refusal) -> ActivityRecord? {
        if let record = line.activity { return record }
        guard answer == .accept else { return nil }
        if let facts = line.line,
            case .activity(let target) = MatchingRules.match(
                facts, rules: state.matchingRules, organisation: organisation)?.outcome
        {
            return try activity(facts, target, organisation, line.evidence)
        }
        throw refusal("line \(item.number) states no activity to accept", item.remedy)
    }

    // MARK: Parts

    private func context() throws(Refusal) -> (BookState, Organisation) {
        let state = try book.state()
        guard let organisation = state.organisation else {
            throw refusal(
                "the book has no organisation yet", "run 'tonne apply organisation.toml' first")
        }
        return (state, organisation)
    }

    private func activity(
        _ line: InvoiceLineFacts, _ target: MatchingRule.Target, _ organisation: Organisation,
        _ evidence: EvidenceReference
    ) throws(Refusal) -> ActivityRecord {
        do {
            return try InvoiceActivities.activity(
                line, target, organisation: organisation, evidence)
        } catch {
            throw Refusal(error)
        }
    }

    private func write(
        _ register: ClaimRegister, _ excerpts: [ExcerptOpening] = [], onto size: Int
    ) throws(Refusal) {
        try book.append(
            register.bodies, excerpts: excerpts,
            chunks: register.shelf.fresh(citedBy: register.bodies), onto: size)
    }

    private func refusal(_ message: String, _ hint: String) -> Refusal {
        Refusal(
            Diagnostic(
                .lineUnmatched, severity: .error, at: SourceLocation(file: book.path), message,
                hint: hint))
    }
}
