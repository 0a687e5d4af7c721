internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

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
        let entries = try recalculate(records, store)
        let documents = try checkMembers(store)
        return PackCheckReport(
            origin: store.checkpoint.origin, head: store.head(), isSample: true,
            records: records.count, entries: entries, documents: documents,
            chunks: Set(records.flatMap(\.body.citedChunks)).count,
            notes: try note(store), ownKeys: own)
    }

    /// - Returns: The number of journal entries.
    private func recalculate(
        _ records: [LedgerRecord], _ store: PackedStore
    ) throws(Refusal) -> Int {
        let held = Dictionary(
            records.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let book = Book(path: path, store: store, actor: "") { records[0].recordedAt }
        var recalculation = EntryRecalculation(
            book, record: { number, later in number < later ? held[number] : nil })
        for record in records {
            if let fault = try recalculation.fault(of: record) { throw failure(fault) }
        }
        return records.count { $0.body.kind == .journal }
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
        if store.members[PackedExcerpts.name] != nil { names.insert(PackedExcerpts.name) }
        var files: Set<SHA256Digest> = []
        let hasEvidence = store.members.keys.contains { $0.hasPrefix("evidence/") }
        for case .document(let document) in store.stored.map(\.record.body) where hasEvidence {
            files.insert(document.home)
        }
        for file in files {
            let name = "evidence/\(file)"
            names.insert(name)
            guard let bytes = store.members[name], SHA256Digest(hashing: bytes) == file else {
                throw failure("\(name) is missing or has other bytes")
            }
        }
        let homes = store.stored.compactMap { stored -> SHA256Digest? in
            guard case .document(let document) = stored.record.body else { return nil }
            return document.home
        }
        let book = Book(path: path, store: store, actor: "") { Instant(secondsSinceEpoch: 0) }
        if let fault = try CitedExcerpts(store.stored.lazy.map(\.record))
            .fault(in: book, absent: Set(homes).subtracting(files))
        {
            throw failure(fault)
        }
        let held = store.members.keys.filter { !$0.hasPrefix("notes/") && $0 != "keys.vkey" }
        if let name = names.symmetricDifference(held).min() {
            throw failure(
                "the member \(name) \(names.contains(name) ? "is missing" : "has no place in it")")
        }
        return files.count
    }
}
