package import AuditTrail
package import Hashing
internal import LedgerStore
internal import Threads

/// Checks a book from its records alone: canonical bytes, numbers, times, tree, evidence, every
/// amount, every balance, every projection. It reports the first thing that differs.
package struct VerifyWorkflow: Sendable {
    /// What is checked of the records, in the order of reports. A further check is a line here.
    private static let recordChecks: [any RecordCheck] = [
        PartsCheck(), JournalCheck(), PostedOnceCheck(), CoverageCheck(),
        EvidenceCheck(), ExcerptsCheck(), ProjectionsCheck(),
    ]

    private let book: Book
    private let outside: [SignedCheckpoint]
    private let keys: [NoteKey]
    private let absent: Set<SHA256Digest>
    private let progress: @Sendable (VerifyProgress) -> Void

    /// - Parameters:
    ///   - outside: Checkpoints that somebody else held: the book must begin with their records.
    ///   - keys: What must have signed each of them; the signatures of these keys in the book's
    ///     own checkpoints are checked, too.
    ///   - absent: Documents that a pack leaves out.
    ///   - progress: Is told how far the work is, from any thread.
    package init(
        book: Book, outside: [SignedCheckpoint] = [], keys: [NoteKey] = [],
        absent: Set<SHA256Digest> = [],
        progress: @escaping @Sendable (VerifyProgress) -> Void = { _ in }
    ) {
        self.book = book
        self.outside = outside
        self.keys = keys
        self.absent = absent
        self.progress = progress
    }

    /// - Throws: an `integrity-failure` that names the first thing that differs.
    package func run() throws(Refusal) -> VerifyReport {
        let head = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        let done = RecordCount()
        let count: @Sendable (Int) -> Void = { [progress] number in
            progress(VerifyProgress(done: done.add(number), all: 2 * head.size))
        }
        let records = try CheckedRecords(
            of: book, size: head.size, absent: absent, progress: count)
        let hashes = records.leaves.map(\.hash)
        try records.checkTree(of: hashes, head)
        var report = VerifyReport(head: head)
        report.records = records.leaves.count
        report.erased = records.leaves.count { $0.record.body.kind == .erasure }
        let history = try CheckpointHistory(book, leafHashes: hashes)
        report.checkpoints = try history.check(outside: outside, keys: keys)
        let controls = try controls(records, history)
        report.controls = controls.words
        try history.checkTimes(in: book, outside: outside, keys: keys + controls.witnesses)
        let pieces = Self.recordChecks.flatMap { $0.pieces(of: records) }
        let counts = try Parallel.map(pieces.count) { (index) throws(Refusal) in
            let counts = try pieces[index].run()
            count(counts.entries)
            return counts
        }
        report.counts = counts.reduce(VerifyCounts(), +)
        return report
    }

    private func controls(
        _ records: CheckedRecords, _ history: CheckpointHistory
    ) throws(Refusal) -> ControlsCheck {
        do throws(ControlsCheck.Fault) {
            return try ControlsCheck(
                records.leaves.lazy.map(\.record), leafHashes: history.leafHashes,
                checkpoints: history.newest, pins: keys)
        } catch {
            throw records.failure(error.message)
        }
    }
}
