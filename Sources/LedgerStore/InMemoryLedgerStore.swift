package import AuditTrail
package import Hashing
package import Inventory
package import LedgerCore
internal import Threads

/// A book in memory: the twin of the stored ones, for tests and dry runs.
///
/// All copies of a reference see one book, as all connections to a file do.
package final class InMemoryLedgerStore: LedgerStore {
    private struct State {
        var end = BookEnd.empty
        var records: [StoredRecord] = []
        var entries: [BookedEntry] = []
        var reversed: Set<RecordNumber> = []
        var journalNumbers: Set<RecordNumber> = []
        var monthly = MonthlyBalances()
        var evidence: [SHA256Digest: [UInt8]] = [:]
        var erased: Set<SHA256Digest> = []
        /// By the file that was received, then by commitment.
        var excerpts: [SHA256Digest: [SHA256Digest: ExcerptOpening]] = [:]
        var chunks: [SHA256Digest: [UInt8]] = [:]
        var checkpoints: [StoredCheckpoint] = []
    }

    private let state: Guarded<State>
    /// Holds the documents and chunks of a copy, so that a dry run need not load them.
    private let origin: (any LedgerStore)?

    /// An empty book.
    package init() {
        state = Guarded(State())
        origin = nil
    }

    /// A copy of another book, to try a batch on: what is appended never reaches the original.
    ///
    /// - Parameter size: How many of its records are copied; `nil` copies all.
    /// - Throws: what `store` throws; `corrupt` if its records do not give its tree head.
    package init(
        copyOf store: some LedgerStore, first size: Int? = nil
    ) throws(LedgerStoreError) {
        let records = try store.records(RecordSelection(numbers: size.map { 0..<$0 }))
        var copy = State()
        for batch in RecordBatch.batches(of: records.map(\.record)) {
            try Self.append(batch, to: &copy, origin: store)
        }
        let head = try store.head()
        guard size != nil || copy.end.head == head else {
            throw .corrupt("\(records.count) records do not give the tree head of the book")
        }
        copy.checkpoints = try store.checkpoints().filter { $0.size <= copy.end.head.size }
        state = Guarded(copy)
        origin = store
    }

    @discardableResult
    package func append(
        _ batch: RecordBatch, then next: () throws(LedgerStoreError) -> RecordBody?
    ) throws(LedgerStoreError) -> TreeHead {
        var rest: [RecordBody] = []
        while let body = try next() { rest.append(body) }
        return try state.withLock { state throws(LedgerStoreError) in
            try Self.append(batch, rest, to: &state, origin: origin)
            return state.end.head
        }
    }

    /// The store itself: it is locked no longer than it takes to add what was made.
    package func reader() -> any LedgerStore { self }

    /// Adds a whole batch, or throws and leaves the state alone.
    private static func append(
        _ batch: RecordBatch, _ rest: [RecordBody] = [], to state: inout State,
        origin: (any LedgerStore)?
    ) throws(LedgerStoreError) {
        var preparation = try BatchPreparation(batch, after: state.end)
        var leaves: [StoredRecord] = []
        for body in batch.bodies + rest { leaves.append(try preparation.leaf(of: body).stored) }
        let attachments = try preparation.attachments()
        for digest in attachments.awaitedChunks where state.chunks[digest] == nil {
            guard try origin?.chunk(digest) != nil else { throw .chunkMissing(digest) }
        }
        let documents = try held(attachments.documents)
        let erased = try erased(by: leaves, with: attachments, in: state, origin)
        for excerpt in attachments.excerpts {
            let home = excerpt.home
            guard state.evidence[home] != nil || documents[home] != nil || origin != nil,
                !state.erased.contains(home)
            else { throw .excerptStray(of: home) }
        }
        var reversed = state.reversed
        var journalNumbers = state.journalNumbers
        var monthly = state.monthly
        let entries = leaves.compactMap(\.record.entry)
        for booked in entries {
            if let target = booked.entry.reversal?.entry {
                guard journalNumbers.contains(target), reversed.insert(target).inserted else {
                    throw .invalid(
                        "record \(booked.number) reverses record \(target), which is no journal "
                            + "entry or is reversed already")
                }
            }
            journalNumbers.insert(booked.number)
            try monthly.add(booked)
        }
        state.end = preparation.end
        state.records += leaves
        state.entries += entries
        state.reversed = reversed
        state.journalNumbers = journalNumbers
        state.monthly = monthly
        state.evidence.merge(documents) { held, _ in held }
        state.erased.formUnion(erased)
        for excerpt in attachments.excerpts {
            state.excerpts[excerpt.home, default: [:]][excerpt.commitment] = excerpt
        }
        for digest in erased {
            state.evidence[digest] = nil
            state.excerpts[digest] = nil
        }
        for chunk in attachments.chunks { state.chunks[chunk.digest] = chunk.bytes }
    }

    package func head() throws(LedgerStoreError) -> TreeHead { state.withLock(\.end.head) }

    package func records(
        _ selection: RecordSelection
    ) throws(LedgerStoreError) -> [StoredRecord] {
        state.withLock(\.records).filter { stored in
            selection.kinds?.contains(stored.record.body.kind) != false
                && selection.numbers?.contains(stored.record.number.value) != false
        }
    }

    package func recordBytes(_ numbers: Range<Int>) throws(LedgerStoreError) -> [[UInt8]] {
        state.withLock { state in
            state.records[numbers.clamped(to: state.records.indices)].map(\.bytes)
        }
    }

    package func trialBalance(
        in period: ReportingPeriod?
    ) throws(LedgerStoreError) -> TrialBalance {
        let entries = state.withLock(\.entries).lazy.map(\.entry)
        do {
            return try TrialBalance(of: entries.filter { period?.contains($0.effective) != false })
        } catch {
            throw .failed("a trial balance exceeds the range of exact decimals: \(error)")
        }
    }

    package func entries(_ selection: EntrySelection) throws(LedgerStoreError) -> [BookedEntry] {
        state.withLock { state in
            state.entries.filter { booked in
                selection.selects(booked.entry)
                    && !(selection.isLive && state.reversed.contains(booked.number))
            }
        }
    }

    private static func erased(
        by leaves: [StoredRecord], with attachments: BatchPreparation.Attachments,
        in state: State, _ origin: (any LedgerStore)?
    ) throws(LedgerStoreError) -> Set<SHA256Digest> {
        var erased: Set<SHA256Digest> = []
        for case .erasure(let erasure) in leaves.map(\.record.body) {
            let digest = erasure.document
            // A copy takes over records whose documents its origin holds, or holds no longer.
            let isHeld = state.evidence[digest] != nil || origin != nil
            guard isHeld, !state.erased.contains(digest), erased.insert(digest).inserted else {
                throw .documentMissing(digest)
            }
        }
        if let back = attachments.documents.first(where: { state.erased.contains($0.digest) }) {
            throw .documentErased(back.digest)
        }
        return erased
    }

    private static func held(
        _ documents: [EvidenceContent]
    ) throws(LedgerStoreError) -> [SHA256Digest: [UInt8]] {
        var held: [SHA256Digest: [UInt8]] = [:]
        for document in documents {
            do {
                held[document.digest] = try document.bytes()
            } catch let error as LedgerStoreError {
                throw error
            } catch {
                throw .failed("\(error)")
            }
        }
        return held
    }

    package func readEvidence(
        _ digest: SHA256Digest, _ body: ([UInt8]) -> Void
    ) throws(LedgerStoreError) -> Bool {
        if let bytes = state.withLock({ $0.evidence[digest] }) {
            body(bytes)
            return true
        }
        guard !state.withLock({ $0.erased.contains(digest) }) else { return false }
        return try origin?.readEvidence(digest, body) ?? false
    }

    package func chunk(_ digest: SHA256Digest) throws(LedgerStoreError) -> [UInt8]? {
        if let bytes = state.withLock({ $0.chunks[digest] }) { return bytes }
        return try origin?.chunk(digest)
    }

    package func excerpt(
        _ commitment: SHA256Digest, of home: SHA256Digest
    ) throws(LedgerStoreError) -> ExcerptOpening? {
        let (own, isErased) = state.withLock { state in
            (state.excerpts[home]?[commitment], state.erased.contains(home))
        }
        guard own == nil, !isErased else { return own }
        return try origin?.excerpt(commitment, of: home)
    }

    package func readExcerpts(_ body: (ExcerptOpening) -> Void) throws(LedgerStoreError) {
        let (erased, own) = state.withLock { ($0.erased, $0.excerpts) }
        try origin?.readExcerpts { excerpt in
            guard own[excerpt.home]?[excerpt.commitment] == nil, !erased.contains(excerpt.home)
            else { return }
            body(excerpt)
        }
        for excerpt in own.values.joined() { body(excerpt.value) }
    }

    package func leafHashes() throws(LedgerStoreError) -> [SHA256Digest] {
        var hasher = MerkleHasher()
        return state.withLock(\.records).map { hasher.leaf($0.bytes) }
    }

    package func checkpoints() throws(LedgerStoreError) -> [StoredCheckpoint] {
        state.withLock(\.checkpoints)
    }

    package func keep(
        _ checkpoint: StoredCheckpoint, after count: Int
    ) throws(LedgerStoreError) {
        try state.withLock { state throws(LedgerStoreError) in
            try checkpoint.check(
                after: count, kept: state.checkpoints.count, records: state.records.count)
            state.checkpoints.append(checkpoint)
        }
    }

    package func firstProjectionDifference() throws(LedgerStoreError) -> String? {
        let state = self.state.withLock { $0 }
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        var monthly = MonthlyBalances()
        var entries: [BookedEntry] = []
        for stored in state.records {
            tree.append(stored.bytes, using: &hasher)
            guard case .journal(let entry) = stored.record.body else { continue }
            let booked = BookedEntry(number: stored.record.number, entry: entry)
            entries.append(booked)
            try monthly.add(booked)
        }
        if tree != state.end.tree { return "the tree differs from the records" }
        if entries != state.entries { return "the entries differ from the records" }
        if monthly != state.monthly { return "the balances differ from the records" }
        return nil
    }
}

extension EntrySelection {
    /// True for an entry of the selection; whether it is live its store knows.
    package func selects(_ entry: JournalEntry) -> Bool {
        if let period, !period.contains(entry.effective) { return false }
        if let facility, facility != entry.facility { return false }
        if let activity, activity != entry.calculation?.activity { return false }
        if let activities {
            guard let cited = entry.calculation?.activity, activities.contains(cited.value)
            else { return false }
        }
        if let reversing, reversing != entry.reversal?.entry { return false }
        guard let accountPrefix else { return true }
        return entry.postings.contains { $0.account.isWithin(accountPrefix) }
    }
}
