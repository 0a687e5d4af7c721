package import AuditTrail
package import Hashing
package import Inventory
package import LedgerCore
package import LedgerStore
package import Quantification

/// What a book states apart from its journal: a fold over its records.
package struct BookState: Sendable {
    package struct Numbered<Value: Sendable>: Sendable {
        package let number: RecordNumber
        package let value: Value
    }

    /// The kinds of records the fold reads.
    package static let kinds = Set(RecordBody.Kind.allCases).subtracting([.journal])

    package private(set) var head = BookEnd.empty.head
    package private(set) var genesis: Genesis?
    private var organisations = OrganisationFold()
    package private(set) var matchingRules: [MatchingRule] = []
    package private(set) var gwpTables: [GWPValueSet: GWPTable] = [:]
    package private(set) var blends: [String: RefrigerantBlend] = [:]
    /// Each blend as a factor that cites its record.
    package private(set) var compositions: [String: BookedFactor] = [:]
    package private(set) var factors: [BookedFactor] = []
    package private(set) var factorSeries: [BookedFactorSeries] = []
    package private(set) var documents: [ReceivedDocument] = []
    private var documentPlaces: [SHA256Digest: Int] = [:]
    /// The heads of all invoices, in the order of the documents.
    package private(set) var invoices: [InvoiceHead] = []
    /// Activities that stand: not withdrawn.
    package private(set) var activities: [Numbered<ActivityRecord>] = []
    package private(set) var withdrawn: [Numbered<ActivityRecord>] = []
    /// Lines on which nobody has decided yet.
    package private(set) var waiting: [Numbered<WaitingLine>] = []
    package private(set) var decisions: [Decision] = []
    /// Statements of what another activity accounts for, and activities replaced by a better one.
    package private(set) var links: [StatementLink] = []
    private var decided: [RecordNumber: Decision] = [:]
    /// By the hash of the document whose bytes are gone.
    package private(set) var erasures: [SHA256Digest: Numbered<Erasure>] = [:]
    package private(set) var periods = PeriodLedger()

    /// The last one that is whole.
    package var organisation: Organisation? { organisations.organisation }

    /// Adds newer records to the fold.
    ///
    /// - Throws: as `add`.
    mutating func absorb(
        _ records: [LedgerRecord], head: TreeHead
    ) throws(CanonicalJSONError) {
        let known = decisions.count
        for record in records { try add(record) }
        settle(at: head, decisionsFrom: known)
    }

    /// Ends an addition of records.
    ///
    /// - Parameters:
    ///   - head: Of the book with them.
    ///   - known: How many decisions there were in front of them.
    mutating func settle(at head: TreeHead, decisionsFrom known: Int) {
        self.head = head
        // A document without decisions costs nothing here, however much the book holds.
        if decisions.count > known { settle(decisions[known...]) }
    }

    /// Takes out what new decisions have settled.
    private mutating func settle(_ new: ArraySlice<Decision>) {
        for line in waiting {
            guard let decision = decided[line.number], decision.outcome == .linked,
                let activity = decision.by
            else { continue }
            links.append(
                StatementLink(
                    subject: line.number, to: activity, isReplaced: false,
                    statement: line.value.activity, evidence: line.value.evidence,
                    message: decision.reason))
        }
        waiting.removeAll { decided[$0.number] != nil }
        guard new.contains(where: Self.isTakenBack) else { return }
        let gone = activities.filter { Self.isTakenBack(decided[$0.number]) }
        for activity in gone {
            guard let decision = decided[activity.number], let other = decision.by else { continue }
            links.append(
                StatementLink(
                    subject: activity.number, to: other, isReplaced: true,
                    statement: activity.value, evidence: activity.value.evidence,
                    message: decision.reason))
        }
        withdrawn += gone
        activities = activities.filter { !Self.isTakenBack(decided[$0.number]) }
    }

    static func isTakenBack(_ decision: Decision?) -> Bool {
        switch decision?.outcome {
        case .withdrawn, .superseded: true
        case .accepted, .matched, .ignored, .linked, nil: false
        }
    }

    /// The decision on a waiting line or an activity.
    package func decision(on number: RecordNumber) -> Decision? { decided[number] }

    /// Activities that stand apart from the history of their meter and that nobody has accepted.
    package var outliers: [Outlier] {
        var search = OutlierSearch()
        for activity in activities { search.add(activity.value, activity.number) }
        let findings = search.findings.filter { decided[$0.number] == nil }
        let numbers = Set(findings.map(\.number))
        let records = activities.filter { numbers.contains($0.number) }.map(\.value)
        return zip(findings, records).map { finding, record in
            Outlier(
                number: finding.number, record: record, isHeld: finding.isHeld,
                message: finding.message)
        }
    }

    package var catalog: FactorCatalog {
        FactorCatalog(factors, series: factorSeries, compositions: compositions)
    }

    /// The activity of a record number, standing or withdrawn.
    package func activity(_ number: RecordNumber) -> ActivityRecord? {
        (activities.first { $0.number == number } ?? withdrawn.first { $0.number == number })?
            .value
    }

    /// The document with these bytes, if the book has received it.
    package func document(_ digest: SHA256Digest) -> ReceivedDocument? {
        documentPlaces[digest].map { documents[$0] }
    }

    /// The spans that are closed or sealed.
    package var closings: [ReportingPeriod] { periods.closedSpans }

    /// Adds one record; the last one of several is followed by `settle`.
    ///
    /// - Throws: `CanonicalJSONError` if a factor cannot be encoded again.
    mutating func add(_ record: LedgerRecord) throws(CanonicalJSONError) {
        switch record.body {
        case .genesis(let genesis): self.genesis = genesis
        case .organisation, .organisationPart: _ = organisations.add(record.body)
        case .erasure(let erasure):
            erasures[erasure.document] = Numbered(number: record.number, value: erasure)
        case .matchingRules(let rules): matchingRules = rules
        case .matchingRulesPart(let rules): matchingRules += rules
        case .gwpTable(let table): gwpTables[table.set] = table
        case .refrigerantBlend(let blend):
            blends[blend.name] = blend
            compositions[blend.name] = try BookedFactor(
                blend, number: record.number, hash: CanonicalJSON.digest(of: blend))
        case .factor(let factor):
            try factors.append(
                BookedFactor(
                    number: record.number, hash: CanonicalJSON.digest(of: factor), factor: factor))
        case .factorSeries(let series):
            try factorSeries.append(
                BookedFactorSeries(
                    number: record.number, hash: CanonicalJSON.digest(of: series), series: series))
        case .document(let document):
            if documentPlaces[document.digest] == nil {
                documentPlaces[document.digest] = documents.count
            }
            documents.append(document)
            invoices += document.invoices ?? []
        case .documentPart(let part): invoices += part.invoices
        case .activity(let activity):
            activities.append(Numbered(number: record.number, value: activity))
        case .waitingLine(let line): waiting.append(Numbered(number: record.number, value: line))
        case .decision(let decision):
            decisions.append(decision)
            decided[decision.subject] = decision
        case .periodClosing, .periodSeal, .periodReopening: periods.add(record)
        case .journal, .periodAdjustment, .keyAddition, .keyRevocation, .roleGrant,
            .roleRevocation:
            break
        }
    }
}

/// A statement that is not booked, because an activity accounts for what it states.
package struct StatementLink: Sendable {
    /// The record of the statement: a line of the review, or an activity that was replaced.
    package let subject: RecordNumber
    package let to: RecordNumber
    /// It was booked before a better statement took its place.
    package let isReplaced: Bool
    package let statement: ActivityRecord?
    package let evidence: EvidenceReference
    /// What it states against what is booked, or why it was replaced.
    package let message: String
}
