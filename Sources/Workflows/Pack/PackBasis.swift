internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// What the entries of a period rest on, besides the records.
struct PackBasis {
    /// Files that were received: those the entries rest on, and those nothing was booked from.
    private(set) var documents: Set<SHA256Digest> = []
    /// Time stamps of checkpoints, in the order in which they came; not among the documents.
    private(set) var stamps: [SHA256Digest] = []
    /// Readings and factor series that any record cites: all of them are read again.
    private(set) var chunks: Set<SHA256Digest> = []

    init(_ records: [StoredRecord], of period: ReportingPeriod) {
        var activities: [RecordNumber: ActivityRecord] = [:]
        var declarations: [RecordNumber: [SHA256Digest]] = [:]
        var homes: [SHA256Digest: SHA256Digest] = [:]
        var booked: Set<RecordNumber> = []
        var used: Set<RecordNumber> = []
        var cited: Set<SHA256Digest> = []
        var erased: Set<SHA256Digest> = []
        for stored in records {
            chunks.formUnion(stored.record.body.citedChunks)
            switch stored.record.body {
            case .activity(let activity): activities[stored.record.number] = activity
            case .factor(let factor):
                declarations[stored.record.number] = [factor.declaration?.document].compactMap(
                    \.self)
            case .factorSeries(let series):
                declarations[stored.record.number] = series.documents
            case .document(let document):
                homes[document.digest] = document.home
                if document.format == CheckpointStamp.format { stamps.append(document.digest) }
            case .journal(let entry):
                guard let calculation = entry.calculation else { continue }
                booked.insert(calculation.activity)
                guard period.contains(entry.effective) else { continue }
                used.insert(calculation.activity)
                cited.formUnion(calculation.factor.flatMap { declarations[$0] } ?? [])
            case .erasure(let erasure): erased.insert(erasure.document)
            case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
                .gwpTable,
                .refrigerantBlend, .documentPart, .waitingLine, .decision, .periodClosing,
                .periodSeal,
                .periodReopening, .periodAdjustment, .keyAddition, .keyRevocation, .roleGrant,
                .roleRevocation:
                break
            }
        }
        let spent = booked.compactMap { activities[$0] }
        cited.formUnion(Set(homes.keys).subtracting(spent.flatMap(\.citedDocuments)))
        cited.formUnion(used.compactMap { activities[$0] }.flatMap(\.citedDocuments))
        documents = Set(cited.compactMap { homes[$0] }).subtracting(stamps).subtracting(erased)
    }
}

extension ActivityRecord {
    /// The documents that its quantity is read from.
    var citedDocuments: [SHA256Digest] {
        [evidence.document] + (series?.documents ?? [])
    }
}
