internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// The members of a pack, read as what a book holds. It answers what can be read from bytes alone;
/// a whole pack is then copied into a store in memory, which answers the rest.
struct PackedStore: LedgerStore {
    let members: [String: [UInt8]]
    let stored: [StoredRecord]
    /// The tree that the pack states; of a sample, that of its checkpoint.
    let checkpoint: Checkpoint
    private let notes: [StoredCheckpoint]
    /// Time stamps of checkpoints by their digest.
    private let stamps: [SHA256Digest: [UInt8]]
    private let excerpts: [ExcerptOpening]

    var isSample: Bool { members["head"] == nil }

    /// - Throws: `corrupt` for the first member that is not of its form. That the records give the
    ///   root of the tree is checked, except for a sample.
    init(_ members: [String: [UInt8]]) throws(LedgerStoreError) {
        self.members = members
        notes = try Self.notes(members)
        excerpts = try PackedExcerpts.excerpts(of: members[PackedExcerpts.name] ?? [])
        stamps = Dictionary(
            members.filter { $0.key.hasPrefix("notes/") && $0.key.hasSuffix(".tsr") }
                .map { (SHA256Digest(hashing: $0.value), $0.value) }, uniquingKeysWith: { $1 })
        if let head = members["head"] {
            checkpoint = try Self.checkpoint(head)
            stored = try Self.whole(members, checkpoint)
        } else if let note = members["checkpoint"] {
            checkpoint = try Self.signed(note, "checkpoint").checkpoint
            stored = try Self.sample(members, note, checkpoint)
        } else {
            throw .corrupt("there is neither 'head' nor 'checkpoint': this is no audit pack")
        }
    }

    private static func checkpoint(_ head: [UInt8]) throws(LedgerStoreError) -> Checkpoint {
        do {
            let checkpoint = try Checkpoint(parsing: String(decoding: head, as: UTF8.self))
            guard Array(checkpoint.text.utf8) == head, checkpoint.extensions.isEmpty else {
                throw NoteError.malformed("more than origin, size and root")
            }
            return checkpoint
        } catch {
            throw .corrupt("head: \(error)")
        }
    }

    private static func signed(
        _ note: [UInt8], _ name: String
    ) throws(LedgerStoreError) -> SignedCheckpoint {
        do {
            return try SignedCheckpoint(parsing: note)
        } catch {
            throw .corrupt("\(name): \(error)")
        }
    }

    private static func notes(
        _ members: [String: [UInt8]]
    ) throws(LedgerStoreError) -> [StoredCheckpoint] {
        var notes: [StoredCheckpoint] = []
        for (name, note) in members where name.hasPrefix("notes/") && name.hasSuffix(".note") {
            let size = try signed(note, name).checkpoint.size
            notes.append(StoredCheckpoint(size: size, note: note))
        }
        return notes.sorted { $0.size < $1.size }
    }

    // MARK: Records

    private static func whole(
        _ members: [String: [UInt8]], _ checkpoint: Checkpoint
    ) throws(LedgerStoreError) -> [StoredRecord] {
        let bundles = members.filter { $0.key.hasPrefix("tile/entries/") }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var all: [[UInt8]] = []
        for (name, bundle) in bundles {
            var rest = bundle[...]
            while !rest.isEmpty {
                let length = rest.prefix(2).reduce(0) { $0 << 8 | Int($1) }
                let record = rest.dropFirst(2).prefix(length)
                guard rest.count >= 2, record.count == length else {
                    throw .corrupt("\(name): a record is cut off")
                }
                all.append(Array(record))
                rest = rest.dropFirst(2 + length)
            }
        }
        let tiles = LogTiles(all)
        guard all.count == checkpoint.size, tiles.root == checkpoint.root else {
            throw .corrupt("the records are not those of the root in head")
        }
        for tile in tiles.entries + tiles.hashes where members[tile.path] != tile.bytes {
            throw .corrupt("\(tile.path) is not what the records give")
        }
        var stored: [StoredRecord] = []
        for bytes in all { stored.append(try record(bytes, stored.count)) }
        return stored
    }

    private static func sample(
        _ members: [String: [UInt8]], _ note: [UInt8], _ checkpoint: Checkpoint
    ) throws(LedgerStoreError) -> [StoredRecord] {
        let numbers = members.keys.compactMap { name in
            name.hasPrefix("records/") ? RecordNumber(String(name.dropFirst(8))) : nil
        }
        var stored: [StoredRecord] = []
        for number in numbers.sorted() {
            let name = "records/\(number)"
            let bytes = members[name] ?? []
            let proof: RecordProof
            do {
                proof = try RecordProof(parsing: members["\(name).tlog-proof"] ?? [])
            } catch {
                throw .corrupt("\(name).tlog-proof: \(error)")
            }
            guard proof.index == number.value, proof.extra == nil,
                Array(proof.signed.note.written.utf8) == note, proof.holds(record: bytes)
            else { throw .corrupt("\(name) is not proved to be in the tree of the checkpoint") }
            stored.append(try record(bytes, number.value))
        }
        return stored
    }

    private static func record(
        _ bytes: [UInt8], _ number: Int
    ) throws(LedgerStoreError) -> StoredRecord {
        do {
            let record = try RecordCoding.decode(bytes)
            guard record.number.value == number else {
                throw LedgerStoreError.corrupt("it carries the number \(record.number)")
            }
            return StoredRecord(record: record, bytes: bytes)
        } catch {
            throw .corrupt("record \(number): \(error)")
        }
    }

    // MARK: What can be asked

    func head() -> TreeHead { TreeHead(size: checkpoint.size, root: checkpoint.root) }

    func records(_ selection: RecordSelection) -> [StoredRecord] {
        stored.filter {
            selection.kinds?.contains($0.record.body.kind) != false
                && selection.numbers?.contains($0.record.number.value) != false
        }
    }

    func readEvidence(_ digest: SHA256Digest, _ body: ([UInt8]) -> Void) -> Bool {
        guard let bytes = members["evidence/\(digest)"] ?? stamps[digest] else { return false }
        body(bytes)
        return true
    }

    func chunk(_ digest: SHA256Digest) -> [UInt8]? { members["chunks/\(digest)"] }

    func excerpt(_ commitment: SHA256Digest, of home: SHA256Digest) -> ExcerptOpening? {
        excerpts.first { $0.commitment == commitment && $0.home == home }
    }

    func readExcerpts(_ body: (ExcerptOpening) -> Void) { excerpts.forEach(body) }

    func leafHashes() -> [SHA256Digest] {
        var hasher = MerkleHasher()
        return stored.map { hasher.leaf($0.bytes) }
    }

    func checkpoints() -> [StoredCheckpoint] { notes }

    func append(
        _ batch: RecordBatch, then next: () throws(LedgerStoreError) -> RecordBody?
    ) throws(LedgerStoreError) -> TreeHead { throw .notWritable }

    func reader() -> any LedgerStore { self }

    func keep(_ checkpoint: StoredCheckpoint, after count: Int) throws(LedgerStoreError) {
        throw .notWritable
    }

    func trialBalance(in period: ReportingPeriod?) throws(LedgerStoreError) -> TrialBalance {
        throw .failed("a pack has no balances")
    }

    func entries(_ selection: EntrySelection) throws(LedgerStoreError) -> [BookedEntry] {
        throw .failed("a pack has no entries apart from its records")
    }

    func firstProjectionDifference() -> String? { nil }
}
