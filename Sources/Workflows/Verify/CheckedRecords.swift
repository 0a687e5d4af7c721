internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Threads

/// The records of a book, each read from its bytes: canonical, in the order of numbers and times.
struct CheckedRecords: Sendable {
    /// Records that are read in one piece.
    private static let block = 2_048

    let book: Book
    let leaves: [HashedRecord]
    /// Documents that a pack leaves out.
    let absent: Set<SHA256Digest>

    /// Reads the first records of a book, on all cores.
    ///
    /// - Parameter progress: Is told how many records were read, each time some are.
    /// - Throws: `integrity-failure` with the first record that is wrong.
    init(
        of book: Book, size: Int, absent: Set<SHA256Digest> = [],
        progress: @Sendable (Int) -> Void = { _ in }
    ) throws(Refusal) {
        let starts = Array(stride(from: 0, to: size, by: Self.block))
        var blocks = try Parallel.map(starts.count) { (index) throws(Refusal) in
            let numbers = starts[index]..<min(starts[index] + Self.block, size)
            let leaves = try Self.leaves(numbers, book)
            progress(leaves.count)
            return leaves
        }
        self.book = book
        self.absent = absent
        var leaves: [HashedRecord] = []
        leaves.reserveCapacity(size)
        for place in blocks.indices {
            leaves += blocks[place]
            blocks[place] = []
        }
        self.leaves = leaves
        for (before, after) in zip(leaves, leaves.dropFirst())
        where after.record.recordedAt < before.record.recordedAt {
            throw failure(
                "record \(after.record.number) was recorded before the one in front of it")
        }
    }

    private static func leaves(
        _ numbers: Range<Int>, _ book: Book
    ) throws(Refusal) -> [HashedRecord] {
        let stored = try book.asking { () throws(LedgerStoreError) in
            try book.store.recordBytes(numbers)
        }
        let memo = RecordMemo()
        var hasher = MerkleHasher()
        var leaves: [HashedRecord] = []
        leaves.reserveCapacity(stored.count)
        for (index, bytes) in zip(numbers, stored) {
            let record: LedgerRecord
            do {
                record = try RecordCoding.decode(bytes, memo)
            } catch {
                throw Self.failure("record \(index) is not canonical: \(error)", book)
            }
            guard record.number.value == index else {
                throw Self.failure("record \(index) carries the number \(record.number)", book)
            }
            leaves.append(
                HashedRecord(record: record, hash: hasher.leaf(bytes)))
        }
        guard stored.count == numbers.count else {
            throw Self.failure("record \(numbers.lowerBound + stored.count) is missing", book)
        }
        return leaves
    }

    /// The record with a number, if it stands in front of another.
    func record(_ number: RecordNumber, before later: RecordNumber) -> LedgerRecord? {
        guard number < later, number.value < leaves.count else { return nil }
        return leaves[number.value].record
    }

    func activity(_ number: RecordNumber, before later: RecordNumber) -> ActivityRecord? {
        guard let record = record(number, before: later), case .activity(let found) = record.body
        else { return nil }
        return found
    }

    func entry(_ number: RecordNumber, before later: RecordNumber) -> JournalEntry? {
        guard let record = record(number, before: later), case .journal(let found) = record.body
        else { return nil }
        return found
    }

    /// - Parameter hashes: Those of the leaves.
    /// - Throws: `integrity-failure` unless they give the root that the book states.
    func checkTree(of hashes: [SHA256Digest], _ head: TreeHead) throws(Refusal) {
        let root = MerkleTree.root(of: hashes[...])
        guard root == head.root else {
            throw failure("the root of the records is \(root), the book says \(head.root)")
        }
    }

    func failure(_ message: String) -> Refusal { Self.failure(message, book) }

    static func failure(_ message: String, _ book: Book) -> Refusal {
        Refusal(
            Diagnostic(
                .integrityFailure, at: SourceLocation(file: book.path), message,
                hint: "keep the file as it is; compare it with a backup or the auditor's copy"))
    }
}
