package import AuditTrail
internal import Diagnostics
internal import Documents
package import Hashing
internal import Inventory
internal import LedgerCore
package import LedgerStore
internal import Quantification
internal import Quantities
internal import Series

/// What a verification has checked.
package struct VerifyReport: Sendable {
    package var head: TreeHead
    package var records = 0
    package var entries = 0
    package var recomputed = 0
    package var documents = 0
    /// Series chunks read.
    package var chunks = 0
    /// Checkpoints of the book, each of which it begins with.
    package var checkpoints = 0
}

/// Checks a book from its records alone: canonical bytes, numbers, times, tree, evidence, every
/// amount, every balance, every projection. It stops at the first thing that differs.
package struct VerifyWorkflow: Sendable {
    private let book: Book
    private let outside: [SignedCheckpoint]
    private let keys: [NoteKey]
    private let absent: Set<SHA256Digest>

    /// - Parameters:
    ///   - outside: Checkpoints that somebody else held: the book must begin with their records.
    ///   - keys: What must have signed each of them; the signatures of these keys in the book's
    ///     own checkpoints are checked, too.
    ///   - absent: Documents that a pack leaves out.
    package init(
        book: Book, outside: [SignedCheckpoint] = [], keys: [NoteKey] = [],
        absent: Set<SHA256Digest> = []
    ) {
        self.book = book
        self.absent = absent
        self.outside = outside
        self.keys = keys
    }

    /// - Throws: an `integrity-failure` that names the first thing that differs.
    package func run() throws(Refusal) -> VerifyReport {
        let head = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(.all)
        }
        var report = VerifyReport(head: head)
        report.records = records.count
        let leafHashes = try checkRecords(records, head)
        let history = try CheckpointHistory(book, leafHashes: leafHashes)
        report.checkpoints = try history.check(outside: outside, keys: keys)
        try history.checkTimes(in: book, outside: outside, keys: keys)
        try checkJournal(records, into: &report)
        try checkEvidence(records, into: &report)
        let difference = try book.asking { () throws(LedgerStoreError) in
            try book.store.firstProjectionDifference()
        }
        if let difference { throw failure("the projections differ: \(difference)") }
        return report
    }

    // MARK: Records and tree

    /// - Returns: The hashes of the leaves.
    private func checkRecords(
        _ records: [StoredRecord], _ head: TreeHead
    ) throws(Refusal) -> [SHA256Digest] {
        var leafHashes: [SHA256Digest] = []
        leafHashes.reserveCapacity(records.count)
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        var last: Instant?
        for (index, stored) in records.enumerated() {
            let record = stored.record
            guard record.number.value == index else {
                throw failure("record \(index) carries the number \(record.number)")
            }
            let decoded: LedgerRecord
            do {
                decoded = try RecordCoding.decode(stored.bytes)
            } catch {
                throw failure("record \(index) is not canonical: \(error)")
            }
            guard decoded == record else { throw failure("record \(index) differs from its bytes") }
            if let last, record.recordedAt < last {
                throw failure("record \(index) was recorded before the one in front of it")
            }
            last = record.recordedAt
            leafHashes.append(tree.append(stored.bytes, using: &hasher))
        }
        guard tree.size == head.size else {
            throw failure("the tree has \(head.size) leaves, the book \(tree.size) records")
        }
        guard tree.root == head.root else {
            throw failure("the root of the records is \(tree.root), the book says \(head.root)")
        }
        return leafHashes
    }

    // MARK: Amounts

    private func checkJournal(
        _ records: [StoredRecord], into report: inout VerifyReport
    ) throws(Refusal) {
        var cited = Cited(shelf: SeriesShelf(book))
        var entries: [RecordNumber: JournalEntry] = [:]
        var gone: Set<RecordNumber> = []
        for stored in records {
            let record = stored.record
            switch record.body {
            case .activity(let activity):
                try checkSeries(activity, "activity \(record.number)", cited.shelf, into: &report)
                cited.activities[record.number] = activity
            case .waitingLine(let line):
                guard let activity = line.activity else { continue }
                try checkSeries(activity, "line \(record.number)", cited.shelf, into: &report)
            case .factor(let factor):
                cited.factors[record.number] = BookedFactor(
                    number: record.number, hash: try hash(of: factor, record.number),
                    factor: factor)
            case .factorSeries(let series):
                try checkValues(series, record.number, cited.shelf, into: &report)
                cited.series[record.number] = BookedFactorSeries(
                    number: record.number, hash: try hash(of: series, record.number),
                    series: series)
            case .refrigerantBlend(let blend):
                cited.factors[record.number] = BookedFactor(
                    blend, number: record.number, hash: try hash(of: blend, record.number))
            case .journal(let entry):
                report.entries += 1
                if let calculation = entry.calculation {
                    try recompute(entry, record.number, calculation, &cited)
                    report.recomputed += 1
                } else {
                    try checkReversal(entry, record.number, entries)
                }
                entries[record.number] = entry
                if let reversal = entry.reversal { gone.insert(reversal.entry) }
            case .genesis, .organisation, .matchingRules, .gwpTable, .document, .decision,
                .periodClosing:
                break
            }
        }
        try checkCoverage(entries.filter { !gone.contains($0.key) }, cited.activities)
    }

    private func checkCoverage(
        _ live: [RecordNumber: JournalEntry], _ activities: [RecordNumber: ActivityRecord]
    ) throws(Refusal) {
        let fault: String?
        do {
            fault = try CoverageCheck.fault(live, activities)
        } catch {
            throw failure("the coverage by certificates is out of range")
        }
        if let fault { throw failure(fault) }
    }

    /// What entries cite.
    private struct Cited {
        var shelf: SeriesShelf
        var activities: [RecordNumber: ActivityRecord] = [:]
        var factors: [RecordNumber: BookedFactor] = [:]
        var series: [RecordNumber: BookedFactorSeries] = [:]
    }

    private func hash(
        of factor: some Encodable, _ number: RecordNumber
    ) throws(Refusal) -> SHA256Digest {
        do {
            return try CanonicalJSON.digest(of: factor)
        } catch {
            throw failure("factor \(number) cannot be encoded: \(error)")
        }
    }

    /// Reads the chunk of a factor series: hash, form, count and span.
    private func checkValues(
        _ series: FactorSeries, _ number: RecordNumber, _ shelf: SeriesShelf,
        into report: inout VerifyReport
    ) throws(Refusal) {
        let chunk = try shelf.chunk(series.chunk)
        report.chunks += 1
        let steps = series.count + series.missing
        guard chunk.count == series.count, chunk.start == series.start, chunk.end == series.end,
            chunk.spans.allSatisfy({ $0.step == series.step }),
            series.end == series.start.adding(seconds: Int64(steps * series.step))
        else { throw failure("factor series \(number) has other times than its record states") }
    }

    /// Reads the chunk that an activity cites: hash, form, count, total and span.
    private func checkSeries(
        _ activity: ActivityRecord, _ name: String, _ shelf: SeriesShelf,
        into report: inout VerifyReport
    ) throws(Refusal) {
        guard let series = activity.series else { return }
        let chunk = try shelf.chunk(series.chunk)
        report.chunks += 1
        guard chunk.count == series.count else {
            throw failure("\(name) states \(series.count) readings, its chunk has \(chunk.count)")
        }
        let total = try? chunk.total()
        guard total == activity.quantity.amount else {
            throw failure(
                "\(name) states \(activity.quantity), its readings sum to "
                    + "\(total?.description ?? "nothing")")
        }
        guard Self.estimated(chunk) == activity.estimated else {
            throw failure("\(name) does not name what its readings estimate")
        }
        guard chunk.start == activity.slot.start, chunk.end == activity.slot.end else {
            throw failure("\(name) claims another time than its readings span")
        }
        guard chunk.places.allSatisfy({ $0.source < series.documents.count }) else {
            throw failure("\(name) lists \(series.documents.count) documents, its readings more")
        }
    }

    /// The sum of the estimated readings; `nil` where there are none.
    private static func estimated(_ chunk: SeriesChunk) -> ExactDecimal? {
        guard chunk.qualities.contains(where: { $0.quality == .estimated }) else { return nil }
        return try? ExactDecimal.sum(
            chunk.readings.lazy.filter { $0.quality == .estimated }.map(\.value))
    }

    private func recompute(
        _ entry: JournalEntry, _ number: RecordNumber, _ calculation: JournalEntry.Calculation,
        _ cited: inout Cited
    ) throws(Refusal) {
        guard let activity = cited.activities[calculation.activity] else {
            throw failure("entry \(number) cites activity \(calculation.activity), which is none")
        }
        let factor = calculation.factor.flatMap { cited.factors[$0] }
        let series = calculation.factor.flatMap { cited.series[$0] }
        guard (factor?.hash ?? series?.hash) == calculation.factorHash,
            (factor == nil && series == nil) == (calculation.factor == nil)
        else { throw failure("entry \(number) cites a factor that is not the one in the book") }
        let chunks: SeriesPair? =
            if let series { try cited.shelf.pair(activity, series.series) } else { nil }
        let expected: JournalEntry
        do {
            expected = try Recalculation.entry(
                calculation, activity: activity, factor: factor, series: series, pair: chunks)
        } catch {
            throw failure("entry \(number) cannot be recomputed: \(error)")
        }
        guard expected != entry else { return }
        let pair = zip(entry.postings, expected.postings).first { $0 != $1 }
        let detail =
            pair.map {
                ": \($0.0.account) is \($0.0.amount) \($0.0.commodity), should be \($0.1.amount)"
            } ?? ""
        throw failure("entry \(number) does not follow from what it cites\(detail)")
    }

    private func checkReversal(
        _ entry: JournalEntry, _ number: RecordNumber, _ entries: [RecordNumber: JournalEntry]
    ) throws(Refusal) {
        guard let reversal = entry.reversal, let original = entries[reversal.entry] else {
            throw failure("entry \(number) has neither a calculation nor an entry it reverses")
        }
        guard entry.postings == original.postings.map(\.reversed) else {
            throw failure("entry \(number) does not undo entry \(reversal.entry)")
        }
    }

    // MARK: Evidence

    private func checkEvidence(
        _ records: [StoredRecord], into report: inout VerifyReport
    ) throws(Refusal) {
        var members: [SHA256Digest: [ReceivedDocument]] = [:]
        var received: Set<SHA256Digest> = []
        for stored in records {
            if case .factor(let factor) = stored.record.body,
                let declaration = factor.declaration, !received.contains(declaration.document)
            {
                throw failure(
                    "factor '\(factor.identity)' cites a document that was not received before it")
            }
            if case .factorSeries(let series) = stored.record.body,
                !received.isSuperset(of: series.documents)
            {
                throw failure(
                    "factor series '\(series.factor.identity)' cites a document that was not "
                        + "received before it")
            }
            guard case .document(let document) = stored.record.body else { continue }
            received.insert(document.digest)
            if absent.contains(document.place?.container ?? document.digest) { continue }
            if let place = document.place {
                members[place.container, default: []].append(document)
            } else {
                try readEvidence(document.digest, of: document.name) { _ in }
            }
            report.documents += 1
        }
        for (container, documents) in members {
            var bytes: [UInt8] = []
            try readEvidence(container, of: documents[0].name) { bytes += $0 }
            let check = MemberCheck(container: Document(name: documents[0].name, bytes: bytes))
            for document in documents where !check.holds(document) {
                throw failure("'\(document.name)' is not what was taken out of its archive")
            }
        }
    }

    /// - Throws: an `integrity-failure` where the bytes are missing or others.
    private func readEvidence(
        _ digest: SHA256Digest, of name: String, _ body: ([UInt8]) -> Void
    ) throws(Refusal) {
        var hasher = SHA256Hasher()
        let isHeld = try book.asking { () throws(LedgerStoreError) in
            try book.store.readEvidence(digest) { part in
                hasher.update(part)
                body(part)
            }
        }
        guard isHeld else { throw failure("the bytes of '\(name)' are missing from the book") }
        guard hasher.finalize() == digest else {
            throw failure("the bytes of '\(name)' are not those that were imported")
        }
    }

    private func failure(_ message: String) -> Refusal {
        Refusal(
            Diagnostic(
                .integrityFailure, at: SourceLocation(file: book.path), message,
                hint: "keep the file as it is; compare it with a backup or the auditor's copy"))
    }
}
