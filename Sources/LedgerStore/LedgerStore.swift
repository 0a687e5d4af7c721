package import AuditTrail
package import Hashing
package import Inventory
package import LedgerCore

/// Keeps the records of one book and answers from them. Written from the need of its callers;
/// no type of a database crosses it. Every implementation passes the same conformance suite.
package protocol LedgerStore: Sendable {
    /// Appends a batch and the records behind it: all of it durably, or nothing.
    ///
    /// - Parameter next: Makes one more record of the batch; `nil` where there are no more. It
    ///   reads from `reader()`, never from this store.
    /// - Throws: what `next` throws; `outdated` if the book has grown since `batch.expectedSize`,
    ///   `locked` if another process writes, `clockWentBack`, `diskFull`, `invalid`.
    @discardableResult
    func append(
        _ batch: RecordBatch, then next: () throws(LedgerStoreError) -> RecordBody?
    ) throws(LedgerStoreError) -> TreeHead

    /// A store to read the book from while this one appends to it.
    ///
    /// - Returns: A store that does not see what is being appended.
    func reader() throws(LedgerStoreError) -> any LedgerStore

    func head() throws(LedgerStoreError) -> TreeHead

    /// The records of some kinds, in order. The bytes are those of the leaf.
    func records(_ selection: RecordSelection) throws(LedgerStoreError) -> [StoredRecord]

    /// Lends the records of some kinds one after the other, in order, without their bytes: for
    /// whoever needs no list of them.
    func readRecords(
        _ selection: RecordSelection, _ body: (LedgerRecord) -> Void
    ) throws(LedgerStoreError)

    /// Turnover of the accounts; equal to the fold over the journal records.
    ///
    /// - Parameter period: Entries that take effect in it; `nil` for all.
    func trialBalance(in period: ReportingPeriod?) throws(LedgerStoreError) -> TrialBalance

    /// Journal entries with their numbers, in order.
    func entries(_ selection: EntrySelection) throws(LedgerStoreError) -> [BookedEntry]

    /// Lends the bytes of a document, part by part.
    ///
    /// - Returns: `false` if the book does not hold it.
    func readEvidence(
        _ digest: SHA256Digest, _ body: ([UInt8]) -> Void
    ) throws(LedgerStoreError) -> Bool

    /// The bytes of a series chunk; `nil` if the book does not hold it.
    func chunk(_ digest: SHA256Digest) throws(LedgerStoreError) -> [UInt8]?

    /// What opens the commitment of an excerpt; `nil` if the book does not hold it, or no longer.
    ///
    /// - Parameter home: The file that was received, with which the excerpt is kept.
    func excerpt(
        _ commitment: SHA256Digest, of home: SHA256Digest
    ) throws(LedgerStoreError) -> ExcerptOpening?

    /// Lends what opens the commitments of all excerpts, in an order of the store.
    func readExcerpts(_ body: (ExcerptOpening) -> Void) throws(LedgerStoreError)

    /// The hashes of all leaves in order, as they are stored.
    func leafHashes() throws(LedgerStoreError) -> [SHA256Digest]

    /// The signed checkpoints that were kept, in order.
    func checkpoints() throws(LedgerStoreError) -> [StoredCheckpoint]

    /// Keeps a signed checkpoint durably.
    ///
    /// - Throws: `outdated` unless `count` are kept so far, `invalid` for more records than the
    ///   book has, and what `append` throws.
    func keep(_ checkpoint: StoredCheckpoint, after count: Int) throws(LedgerStoreError)

    /// Rebuilds every projection from the records and compares.
    ///
    /// - Returns: The first difference in words, or `nil` if there is none.
    func firstProjectionDifference() throws(LedgerStoreError) -> String?

    /// The canonical bytes of the records with these numbers, as they are stored, in order: for
    /// whoever reads and checks them himself.
    func recordBytes(_ numbers: Range<Int>) throws(LedgerStoreError) -> [[UInt8]]

    /// Compares every projection with what all the records give, which the caller has read from
    /// their bytes and hashed.
    ///
    /// - Parameter documents: Those whose bytes the caller has hashed, with their sizes; they are
    ///   not read again.
    /// - Returns: as `firstProjectionDifference`.
    func projectionDifference(
        from leaves: [HashedRecord], documents: [SHA256Digest: Int]
    ) throws(LedgerStoreError) -> String?

    /// What the live entries of some rules credit to source accounts in a period, by the factor
    /// that they cite. A reversal counts if it takes effect in the period, too.
    func factorTurnovers(
        _ rules: Set<String>, in period: ReportingPeriod
    ) throws(LedgerStoreError) -> [FactorTurnover]

    /// How many of the entries of a period each actor recorded.
    ///
    /// - Parameter first: Only entries with this number or a higher one.
    func entryCounts(
        in period: ReportingPeriod, from first: RecordNumber
    ) throws(LedgerStoreError) -> [String: Int]
}

extension LedgerStore {
    /// Appends a batch whose records are all there.
    @discardableResult
    package func append(_ batch: RecordBatch) throws(LedgerStoreError) -> TreeHead {
        try append(batch) { () throws(LedgerStoreError) in nil }
    }

    /// The bytes of a document at once; `nil` if the book does not hold it.
    package func evidence(_ digest: SHA256Digest) throws(LedgerStoreError) -> [UInt8]? {
        var bytes: [UInt8] = []
        return try readEvidence(digest) { bytes += $0 } ? bytes : nil
    }

    package func recordBytes(_ numbers: Range<Int>) throws(LedgerStoreError) -> [[UInt8]] {
        try records(RecordSelection(numbers: numbers)).map(\.bytes)
    }

    package func readRecords(
        _ selection: RecordSelection, _ body: (LedgerRecord) -> Void
    ) throws(LedgerStoreError) {
        for stored in try records(selection) { body(stored.record) }
    }

    package func projectionDifference(
        from leaves: [HashedRecord], documents: [SHA256Digest: Int]
    ) throws(LedgerStoreError) -> String? {
        try firstProjectionDifference()
    }

    package func factorTurnovers(
        _ rules: Set<String>, in period: ReportingPeriod
    ) throws(LedgerStoreError) -> [FactorTurnover] {
        try FactorTurnover.turnovers(of: entries(EntrySelection(period: period)), rules)
    }

    package func entryCounts(
        in period: ReportingPeriod, from first: RecordNumber
    ) throws(LedgerStoreError) -> [String: Int] {
        let size = try head().size
        let journal = RecordSelection(
            kinds: [.journal], numbers: min(first.value, size)..<size)
        var counts: [String: Int] = [:]
        for stored in try records(journal) {
            guard case .journal(let entry) = stored.record.body, period.contains(entry.effective)
            else { continue }
            counts[stored.record.actor, default: 0] += 1
        }
        return counts
    }
}

/// A signed checkpoint as its note. What it says is for others to judge.
package struct StoredCheckpoint: Hashable, Sendable {
    /// The number of records that it covers.
    package let size: Int
    /// 1 to 65,535 bytes.
    package let note: [UInt8]

    package init(size: Int, note: [UInt8]) {
        self.size = size
        self.note = note
    }

    /// - Throws: `outdated`, `invalid`: what every store refuses.
    package func check(
        after count: Int, kept: Int, records: Int
    ) throws(LedgerStoreError) {
        guard kept == count else { throw .outdated(expected: count, actual: kept) }
        guard size >= 1, size <= records, (1...65_535).contains(note.count) else {
            throw .invalid("a checkpoint of \(size) records, the book has \(records)")
        }
    }
}

package struct RecordBatch: Sendable {
    package let actor: String
    package let recordedAt: Instant
    package let bodies: [RecordBody]
    /// Original bytes of documents the batch receives.
    package let evidence: [EvidenceContent]
    /// Texts that its records may cite; those that no record cites are passed over.
    package let excerpts: [ExcerptOpening]
    /// The series chunks that its records cite and the book lacks.
    package let chunks: [[UInt8]]
    /// The size of the book the batch was made for; `nil` takes any.
    package let expectedSize: Int?

    package init(
        actor: String, recordedAt: Instant, bodies: [RecordBody], evidence: [EvidenceContent] = [],
        excerpts: [ExcerptOpening] = [], chunks: [[UInt8]] = [], expectedSize: Int? = nil
    ) {
        self.actor = actor
        self.recordedAt = recordedAt
        self.bodies = bodies
        self.evidence = evidence
        self.excerpts = excerpts
        self.chunks = chunks
        self.expectedSize = expectedSize
    }
}

/// Size and root of the tree.
package struct TreeHead: Hashable, Sendable {
    package let size: Int
    package let root: SHA256Digest

    package init(size: Int, root: SHA256Digest) {
        self.size = size
        self.root = root
    }
}

package struct StoredRecord: Hashable, Sendable {
    package let record: LedgerRecord
    /// The canonical bytes: the leaf of the tree.
    package let bytes: [UInt8]

    package init(record: LedgerRecord, bytes: [UInt8]) {
        self.record = record
        self.bytes = bytes
    }
}

/// A record and the hash of its leaf, without the bytes that were hashed.
package struct HashedRecord: Hashable, Sendable {
    package let record: LedgerRecord
    package let hash: SHA256Digest

    package init(record: LedgerRecord, hash: SHA256Digest) {
        self.record = record
        self.hash = hash
    }
}

extension LedgerRecord {
    /// The journal entry, if the record is one.
    package var entry: BookedEntry? {
        guard case .journal(let entry) = body else { return nil }
        return BookedEntry(number: number, entry: entry)
    }
}

package struct RecordSelection: Hashable, Sendable {
    /// `nil` for all kinds.
    package let kinds: Set<RecordBody.Kind>?
    /// Record numbers; `nil` for all.
    package let numbers: Range<Int>?

    package static let all = RecordSelection()

    package init(kinds: Set<RecordBody.Kind>? = nil, numbers: Range<Int>? = nil) {
        self.kinds = kinds
        self.numbers = numbers
    }
}

package struct EntrySelection: Hashable, Sendable {
    /// Entries that take effect in it; `nil` for all.
    package let period: ReportingPeriod?
    package let facility: FacilityID?
    /// Entries with a posting to this account or one below it; `nil` for all.
    package let accountPrefix: String?
    /// Entries whose calculation cites this activity record.
    package let activity: RecordNumber?
    /// Entries whose calculation cites one of these activity records.
    package let activities: Range<Int>?
    /// Only entries that no other one reverses.
    package let isLive: Bool
    /// The entry that reverses this one.
    package let reversing: RecordNumber?

    package static let all = EntrySelection()

    package init(
        period: ReportingPeriod? = nil, facility: FacilityID? = nil, accountPrefix: String? = nil,
        activity: RecordNumber? = nil, activities: Range<Int>? = nil, isLive: Bool = false,
        reversing: RecordNumber? = nil
    ) {
        self.activities = activities
        self.isLive = isLive
        self.reversing = reversing
        self.period = period
        self.facility = facility
        self.accountPrefix = accountPrefix
        self.activity = activity
    }
}

package struct BookedEntry: Hashable, Sendable {
    package let number: RecordNumber
    package let entry: JournalEntry

    package init(number: RecordNumber, entry: JournalEntry) {
        self.number = number
        self.entry = entry
    }
}

package enum LedgerStoreError: Error, Hashable, Sendable {
    /// No book at the place.
    case missing
    /// A book is there already.
    case exists
    /// The file is not a book of ours, or of a version we do not read.
    case notABook(String)
    /// Another process writes.
    case locked
    /// The book has grown since the batch was made.
    case outdated(expected: Int, actual: Int)
    /// The time of recording lies before the last record's.
    case clockWentBack(last: Instant)
    case diskFull
    case notWritable
    /// A record that the encoding or the schema refuses, or a query that may not run.
    case invalid(String)
    /// Stored bytes that contradict each other.
    case corrupt(String)
    /// Anything else the engine says.
    case failed(String)
}
