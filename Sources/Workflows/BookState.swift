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
    static let kinds = Set(RecordBody.Kind.allCases).subtracting([.journal])

    package private(set) var head: TreeHead
    package private(set) var genesis: Genesis?
    package private(set) var organisation: Organisation?
    package private(set) var matchingRules: [MatchingRule] = []
    package private(set) var gwpTables: [GWPValueSet: GWPTable] = [:]
    package private(set) var blends: [String: RefrigerantBlend] = [:]
    /// Each blend as a factor that cites its record.
    package private(set) var compositions: [String: BookedFactor] = [:]
    package private(set) var factors: [BookedFactor] = []
    package private(set) var factorSeries: [BookedFactorSeries] = []
    package private(set) var documents: [ReceivedDocument] = []
    /// Activities that stand: not withdrawn.
    package private(set) var activities: [Numbered<ActivityRecord>] = []
    package private(set) var withdrawn: [Numbered<ActivityRecord>] = []
    /// Lines on which nobody has decided yet.
    package private(set) var waiting: [Numbered<WaitingLine>] = []
    package private(set) var decisions: [Decision] = []
    package private(set) var closings: [ReportingPeriod] = []

    /// - Throws: `CanonicalJSONError` if a factor cannot be encoded again.
    init(_ records: [StoredRecord], head: TreeHead) throws(CanonicalJSONError) {
        self.head = head
        try absorb(records, head: head)
    }

    /// Adds newer records to the fold.
    mutating func absorb(
        _ records: [StoredRecord], head: TreeHead
    ) throws(CanonicalJSONError) {
        self.head = head
        for stored in records { try add(stored.record) }
        let decided = Set(decisions.map(\.subject))
        waiting.removeAll { decided.contains($0.number) }
        withdrawn += activities.filter { decided.contains($0.number) }
        activities.removeAll { decided.contains($0.number) }
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
        documents.first { $0.digest == digest }
    }

    /// The closed period in which a day lies.
    package func closing(covering day: CivilDate) -> ReportingPeriod? {
        closings.first { $0.contains(day) }
    }

    private mutating func add(_ record: LedgerRecord) throws(CanonicalJSONError) {
        switch record.body {
        case .genesis(let genesis): self.genesis = genesis
        case .organisation(let organisation): self.organisation = organisation
        case .matchingRules(let rules): matchingRules = rules
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
        case .document(let document): documents.append(document)
        case .activity(let activity):
            activities.append(Numbered(number: record.number, value: activity))
        case .waitingLine(let line): waiting.append(Numbered(number: record.number, value: line))
        case .decision(let decision): decisions.append(decision)
        case .periodClosing(let closing): closings.append(closing.period)
        case .journal: break
        }
    }
}
