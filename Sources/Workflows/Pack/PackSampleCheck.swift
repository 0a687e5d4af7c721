internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
internal import Series

extension PackCheckWorkflow {
    /// Every record of a sample is proved, every entry computed again, every document compared.
    func checkSample(
        _ store: PackedStore, _ own: [NoteKey]
    ) throws(Refusal) -> PackCheckReport {
        guard outside.isEmpty else {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: path),
                    "a sample does not hold the tree that a checkpoint could be compared with",
                    hint: "compare it with a whole pack, or with the book"))
        }
        let records = store.stored.map(\.record)
        guard case .genesis(let genesis)? = records.first?.body,
            genesis.origin.utf8.elementsEqual(store.checkpoint.origin.utf8)
        else { throw failure("record 0 does not state the origin of the checkpoint") }
        for (before, after) in zip(records, records.dropFirst())
        where after.recordedAt < before.recordedAt {
            throw failure("record \(after.number) was recorded before record \(before.number)")
        }
        var sample = SampleRecalculation(
            records, book: Book(path: path, store: store, actor: "") { records[0].recordedAt })
        for record in records {
            guard case .journal(let entry) = record.body else { continue }
            if let fault = try sample.fault(of: entry, record.number) { throw failure(fault) }
        }
        let documents = try checkMembers(store)
        return PackCheckReport(
            origin: store.checkpoint.origin, head: store.head(), isSample: true,
            records: records.count, entries: sample.entries, documents: documents,
            chunks: Set(records.flatMap(\.body.citedChunks)).count,
            notes: try note(store), ownKeys: own)
    }

    private func note(_ store: PackedStore) throws(Refusal) -> [SignedCheckpoint] {
        let name = "notes/\(store.checkpoint.size).note"
        let notes = store.members.filter { $0.key.hasPrefix("notes/") }
        guard notes.count == 1, let bytes = notes[name], bytes == store.members["checkpoint"],
            let signed = try? SignedCheckpoint(parsing: bytes)
        else { throw failure("notes/ holds something else than the checkpoint of the sample") }
        return [signed]
    }

    /// - Returns: The number of documents.
    private func checkMembers(_ store: PackedStore) throws(Refusal) -> Int {
        var names = Self.unchecked.union(["checkpoint"])
        for record in store.stored.map(\.record) {
            names.formUnion(
                ["records/\(record.number)", "records/\(record.number).tlog-proof"])
            names.formUnion(record.body.citedChunks.map { "chunks/\($0)" })
        }
        var files: Set<SHA256Digest> = []
        let hasEvidence = store.members.keys.contains { $0.hasPrefix("evidence/") }
        for case .document(let document) in store.stored.map(\.record.body) where hasEvidence {
            files.insert(document.place?.container ?? document.digest)
        }
        for file in files {
            let name = "evidence/\(file)"
            names.insert(name)
            guard let bytes = store.members[name], SHA256Digest(hashing: bytes) == file else {
                throw failure("\(name) is missing or has other bytes")
            }
        }
        let held = store.members.keys.filter { !$0.hasPrefix("notes/") && $0 != "keys.vkey" }
        if let name = names.symmetricDifference(held).min() {
            throw failure(
                "the member \(name) \(names.contains(name) ? "is missing" : "has no place in it")")
        }
        return files.count
    }
}

/// Entries of a sample, computed again from the records that it holds. What needs all records, that
/// nothing is booked twice, is not asked here.
private struct SampleRecalculation {
    private let bodies: [RecordNumber: RecordBody]
    private var shelf: SeriesShelf
    private(set) var entries = 0

    init(_ records: [LedgerRecord], book: Book) {
        bodies = Dictionary(
            records.map { ($0.number, $0.body) }, uniquingKeysWith: { first, _ in first })
        shelf = SeriesShelf(book)
    }

    /// What is wrong with an entry; `nil` where it follows from what it cites.
    mutating func fault(
        of entry: JournalEntry, _ number: RecordNumber
    ) throws(Refusal) -> String? {
        entries += 1
        if let reversal = entry.reversal {
            guard reversal.entry < number, case .journal(let original)? = bodies[reversal.entry],
                entry.postings == original.postings.map(\.reversed)
            else { return "entry \(number) does not undo entry \(reversal.entry)" }
            return nil
        }
        guard let calculation = entry.calculation, calculation.activity < number,
            case .activity(let activity)? = bodies[calculation.activity]
        else { return "entry \(number) cites no activity of the sample" }
        if let series = activity.series {
            let chunk = try shelf.chunk(series.chunk)
            guard chunk.count == series.count, (try? chunk.total()) == activity.quantity.amount
            else { return "activity \(calculation.activity) states other readings" }
        }
        let expected: JournalEntry
        do {
            guard let entry = try remade(calculation, activity) else {
                return "entry \(number) cites a factor that is not the one in the sample"
            }
            expected = entry
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            return "entry \(number) cannot be recomputed: \(error)"
        }
        return expected == entry ? nil : "entry \(number) does not follow from what it cites"
    }

    /// - Returns: `nil` where the factor is not the one that was cited.
    private mutating func remade(
        _ calculation: JournalEntry.Calculation, _ activity: ActivityRecord
    ) throws -> JournalEntry? {
        var factor: BookedFactor?
        var series: BookedFactorSeries?
        var pair: SeriesPair?
        if let cited = calculation.factor {
            switch bodies[cited] {
            case .factor(let body)?:
                factor = BookedFactor(
                    number: cited, hash: try CanonicalJSON.digest(of: body), factor: body)
            case .refrigerantBlend(let body)?:
                factor = BookedFactor(
                    body, number: cited, hash: try CanonicalJSON.digest(of: body))
            case .factorSeries(let body)?:
                series = BookedFactorSeries(
                    number: cited, hash: try CanonicalJSON.digest(of: body), series: body)
                pair = try shelf.pair(activity, body)
            case _: return nil
            }
        }
        guard (factor?.hash ?? series?.hash) == calculation.factorHash else { return nil }
        return try Recalculation.entry(
            calculation, activity: activity, factor: factor, series: series, pair: pair)
    }
}
