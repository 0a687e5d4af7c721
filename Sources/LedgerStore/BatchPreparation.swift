package import AuditTrail
package import Hashing
package import Inventory
internal import LedgerCore

/// Where a book ends: what the next batch continues.
package struct BookEnd: Hashable, Sendable {
    package let tree: MerkleTree
    /// The time of the last record; `nil` for an empty book.
    package let lastRecordedAt: Instant?

    package static let empty = BookEnd(tree: MerkleTree(), lastRecordedAt: nil)

    package init(tree: MerkleTree, lastRecordedAt: Instant?) {
        self.tree = tree
        self.lastRecordedAt = lastRecordedAt
    }

    package var head: TreeHead { TreeHead(size: tree.size, root: tree.root) }
}

/// Numbers, checks, encodes and hashes the records of a batch one after the other, so that a long
/// one is never whole in memory. All that can be refused without looking into the book is refused
/// here, so that every store refuses the same.
package struct BatchPreparation: ~Copyable {
    /// A record as its bytes and their hash in the tree.
    package struct Leaf: Hashable, Sendable {
        package let stored: StoredRecord
        package let hash: SHA256Digest
    }

    /// Bytes that are kept under their hash.
    package struct Blob: Hashable, Sendable {
        package let digest: SHA256Digest
        package let bytes: [UInt8]
    }

    /// What is kept beside the records.
    package struct Attachments: Sendable {
        /// Each document once.
        package let documents: [EvidenceContent]
        /// The texts that its records cite, each once; others cite what the book holds.
        package let excerpts: [ExcerptOpening]
        /// Each series chunk once; a record of the batch cites it.
        package let chunks: [Blob]
        /// The chunks that its records cite and that are not in the batch: the book must hold
        /// them.
        package let awaitedChunks: Set<SHA256Digest>
    }

    private let batch: RecordBatch
    private var tree: MerkleTree
    private var lastRecordedAt: Instant?
    private var hasher = MerkleHasher()
    private var citedChunks: Set<SHA256Digest> = []
    private var citedExcerpts: Set<SHA256Digest> = []

    /// - Throws: `outdated`.
    package init(_ batch: RecordBatch, after end: BookEnd) throws(LedgerStoreError) {
        if let expected = batch.expectedSize, expected != end.tree.size {
            throw .outdated(expected: expected, actual: end.tree.size)
        }
        self.batch = batch
        tree = end.tree
        lastRecordedAt = end.lastRecordedAt
    }

    /// Where the book ends after the records that were made.
    package var end: BookEnd { BookEnd(tree: tree, lastRecordedAt: lastRecordedAt) }

    /// The next record of the batch.
    ///
    /// - Throws: `clockWentBack`, and `invalid` for a record that refers to a record that does not
    ///   precede it, or has no encoding.
    package mutating func leaf(of body: RecordBody) throws(LedgerStoreError) -> Leaf {
        if let lastRecordedAt, batch.recordedAt < lastRecordedAt {
            throw .clockWentBack(last: lastRecordedAt)
        }
        let record = LedgerRecord(
            number: RecordNumber(tree.size), recordedAt: batch.recordedAt,
            actor: batch.actor, body: body)
        try Self.checkReferences(of: record)
        let bytes = try Self.encode(record)
        let hash = tree.append(bytes, using: &hasher)
        lastRecordedAt = batch.recordedAt
        citedChunks.formUnion(body.citedChunks)
        if !batch.excerpts.isEmpty {
            citedExcerpts.formUnion(body.citedEvidence.compactMap(\.excerpt))
        }
        return Leaf(stored: StoredRecord(record: record, bytes: bytes), hash: hash)
    }

    /// What goes with the records, when all are made.
    ///
    /// - Throws: `invalid` for a chunk that none of them cites.
    package func attachments() throws(LedgerStoreError) -> Attachments {
        let chunks = Self.blobs(batch.chunks)
        if let stray = chunks.first(where: { !citedChunks.contains($0.digest) }) {
            throw .invalid("no record of the batch cites the series chunk \(stray.digest)")
        }
        var seen: Set<SHA256Digest> = []
        var cited = citedExcerpts
        return Attachments(
            documents: batch.evidence.filter { seen.insert($0.digest).inserted },
            excerpts: batch.excerpts.filter { cited.remove($0.commitment) != nil },
            chunks: chunks,
            awaitedChunks: citedChunks.subtracting(chunks.map(\.digest)))
    }

    private static func encode(_ record: LedgerRecord) throws(LedgerStoreError) -> [UInt8] {
        do {
            return try RecordCoding.encode(record)
        } catch .json(.tooLarge(let size)) {
            throw .invalid(
                "a record of type \(record.body.kind.rawValue) would have \(size) bytes, "
                    + "and has at most \(CanonicalJSON.maximumSize)")
        } catch {
            throw .invalid("record \(record.number) has no encoding: \(error)")
        }
    }

    private static func checkReferences(of record: LedgerRecord) throws(LedgerStoreError) {
        guard case .journal(let entry) = record.body else { return }
        let references = [
            entry.calculation?.activity, entry.calculation?.factor, entry.reversal?.entry,
        ]
        for case let reference? in references where reference >= record.number {
            throw .invalid(
                "record \(record.number) refers to record \(reference), which does not precede it")
        }
    }

    private static func blobs(_ contents: [[UInt8]]) -> [Blob] {
        var seen: Set<SHA256Digest> = []
        return contents.compactMap { bytes in
            let digest = SHA256Digest(hashing: bytes)
            return seen.insert(digest).inserted ? Blob(digest: digest, bytes: bytes) : nil
        }
    }
}

extension LedgerStoreError {
    /// A record erases a document that the book does not hold, or no longer.
    package static func documentMissing(_ digest: SHA256Digest) -> LedgerStoreError {
        .invalid("a record erases the document \(digest), which the book does not hold")
    }

    /// A record brings an excerpt of a document that the book does not hold.
    package static func excerptStray(of home: SHA256Digest) -> LedgerStoreError {
        .invalid("an excerpt is of the document \(home), which the book does not hold")
    }

    /// A batch brings a document that was erased.
    package static func documentErased(_ digest: SHA256Digest) -> LedgerStoreError {
        .invalid("the document \(digest) was erased and does not come back")
    }

    /// A record cites a chunk that is neither in its batch nor in the book.
    package static func chunkMissing(_ digest: SHA256Digest) -> LedgerStoreError {
        .invalid("a record cites the series chunk \(digest), which the book does not hold")
    }
}

extension RecordBatch {
    /// The batches that append some records again, in order: one for each run of records that
    /// one actor recorded at one time. Documents and chunks are not in them.
    package static func batches(of records: [LedgerRecord]) -> [RecordBatch] {
        var batches: [RecordBatch] = []
        var rest = records[...]
        while let first = rest.first {
            let run = rest.prefix { record in
                record.actor == first.actor && record.recordedAt == first.recordedAt
            }
            batches.append(
                RecordBatch(
                    actor: first.actor, recordedAt: first.recordedAt, bodies: run.map(\.body)))
            rest = rest.dropFirst(run.count)
        }
        return batches
    }
}
