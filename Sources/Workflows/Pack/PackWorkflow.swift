package import AuditTrail
internal import Diagnostics
internal import Documents
internal import Foundation
internal import Hashing
package import Inventory
internal import LedgerCore
package import LedgerStore
internal import Reporting
internal import Schemas
internal import Series

/// What a pack holds.
package struct PackReport: Sendable {
    /// Of the book; of a sample, the tree that its checkpoint covers.
    package let head: TreeHead
    /// Records in it: all of the book, or those of the sample.
    package let records: Int
    package let documents: Int
    package let chunks: Int
    /// The records that its newest checkpoint covers; `nil` without one.
    package let signed: Int?
    /// Whether the statement in it is complete; true for a sample, which has none.
    package let isComplete: Bool
}

/// Packs a year for an auditor: statement, all records, what the entries of the year rest on, and
/// a verifier that needs none of this program. `Schemas/pack-format.md` is the form.
///
/// The bytes follow from the book and the keys alone: the statement is drawn up on the day of the
/// last record.
package struct PackWorkflow: Sendable {
    let book: Book
    /// Public keys that go with it, for the reader to compare with those that he holds.
    let keys: [NoteKey]

    package init(book: Book, keys: [NoteKey] = []) {
        self.book = book
        self.keys = keys
    }

    enum Content {
        case bytes([UInt8])
        case evidence(SHA256Digest)
    }

    /// The members of a pack by their names, and what it reports.
    typealias Contents = (members: [String: Content], report: PackReport)

    /// - Parameters:
    ///   - hasEvidence: Whether the original bytes of documents go with it.
    ///   - path: The file; written whole or not at all.
    /// - Throws: what `StatementWorkflow` throws, `output-refused`, an `integrity-failure` where
    ///   records and head, a checkpoint and the records, or a document and its name differ.
    package func write(
        _ period: ReportingPeriod, hasEvidence: Bool, to path: String
    ) throws(Refusal) -> PackReport {
        let contents = try contents(period, hasEvidence: hasEvidence)
        try write(contents.members, to: path)
        return contents.report
    }

    func contents(
        _ period: ReportingPeriod, hasEvidence: Bool
    ) throws(Refusal) -> Contents {
        let head = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(numbers: 0..<head.size))
        }
        let tiles = LogTiles(records.map(\.bytes))
        guard records.count == head.size, tiles.root == head.root else {
            throw Refusal(.corrupt("the records do not give the root of the book"), book: book.path)
        }
        let statement = try statement(period, at: head, records)
        let basis = PackBasis(records, of: period)
        let history = try CheckpointHistory(book)
        let notes = try history.confirmed()
        var members = attachments
        members["head"] = .bytes(Array(history.current.text.utf8))
        members["statement.json"] = .bytes(Array(JSONRenderer().render(statement).utf8))
        for tile in tiles.entries + tiles.hashes { members[tile.path] = .bytes(tile.bytes) }
        add(notes, to: &members)
        try add(basis.stamps, of: notes, to: &members)
        for digest in basis.chunks {
            members["chunks/\(digest)"] = .bytes(try SeriesShelf(book).chunk(digest).bytes)
        }
        if hasEvidence { try add(basis.documents, citedBy: records, to: &members) }
        let report = PackReport(
            head: head, records: head.size, documents: hasEvidence ? basis.documents.count : 0,
            chunks: basis.chunks.count, signed: notes.last?.checkpoint.size,
            isComplete: statement.isComplete)
        return (members, report)
    }

    /// What every pack carries for its reader.
    var attachments: [String: Content] {
        var members: [String: Content] = [
            "FORMAT.md": .bytes(PackFiles.format),
            "controls.py": .bytes(PackFiles.controls),
            "recalculate.py": .bytes(PackFiles.recalculation),
            "verify.py": .bytes(PackFiles.verifier),
        ]
        if !keys.isEmpty {
            members["keys.vkey"] = .bytes(Array(keys.map { "\($0)\n" }.sorted().joined().utf8))
        }
        return members
    }

    /// Adds documents and the excerpts from them that some records cite.
    func add(
        _ documents: Set<SHA256Digest>, citedBy records: some Sequence<StoredRecord>,
        to members: inout [String: Content]
    ) throws(Refusal) {
        for digest in documents { members["evidence/\(digest)"] = .evidence(digest) }
        let cited = Set(
            records.flatMap(\.record.body.citedEvidence).compactMap(\.excerpt))
        let excerpts = try book.asking { () throws(LedgerStoreError) in
            var excerpts: [ExcerptOpening] = []
            try book.store.readExcerpts {
                guard documents.contains($0.home), cited.contains($0.commitment) else { return }
                excerpts.append($0)
            }
            return excerpts
        }
        guard !excerpts.isEmpty else { return }
        members[PackedExcerpts.name] = .bytes(PackedExcerpts.bytes(of: excerpts))
    }

    /// The newest is `checkpoint`, too, where clients of tlog-tiles look for it.
    func add(_ notes: [SignedCheckpoint], to members: inout [String: Content]) {
        for signed in notes {
            let bytes = Content.bytes(Array(signed.note.written.utf8))
            members["notes/\(signed.checkpoint.size).note"] = bytes
            members["checkpoint"] = bytes
        }
    }

    /// A token stands beside the note that it stamps.
    private func add(
        _ stamps: [SHA256Digest], of notes: [SignedCheckpoint], to members: inout [String: Content]
    ) throws(Refusal) {
        for digest in stamps {
            var token: [UInt8] = []
            try evidence(digest) { token += $0 }
            guard let signed = notes.last(where: { CheckpointStamp.names($0, in: token) }) else {
                throw Refusal(
                    .corrupt("the time stamp \(digest) names no checkpoint of the book"),
                    book: book.path)
            }
            let stem = "notes/\(signed.checkpoint.size)"
            var name = "\(stem).tsr"
            var number = 1
            while members[name] != nil {
                number += 1
                name = "\(stem)-\(number).tsr"
            }
            members[name] = .bytes(token)
        }
    }

    private func statement(
        _ period: ReportingPeriod, at head: TreeHead, _ records: [StoredRecord]
    ) throws(Refusal) -> Statement {
        let last = records.last?.record.recordedAt ?? Instant(secondsSinceEpoch: 0)
        let then = Book(path: book.path, store: book.store, actor: book.actor) { last }
        let statement = try StatementWorkflow(book: then).statement(period)
        let now = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        guard now == head, statement.cover.provenance.bookSize == head.size else {
            throw Refusal(.outdated(expected: head.size, actual: now.size), book: book.path)
        }
        return statement
    }

    func write(_ members: [String: Content], to path: String) throws(Refusal) {
        try BookFiles.write(to: path) { sink in
            var archive = StoredZipWriter(sink: sink)
            for name in PackFiles.ordered(members.keys) {
                switch members[name] {
                case nil: continue
                case .bytes(let bytes): try archive.add(name, bytes: bytes)
                case .evidence(let digest): try archive.add(name) { try evidence(digest, $0) }
                }
            }
            try archive.finish()
        }
    }

    private func evidence(
        _ digest: SHA256Digest, _ body: ([UInt8]) -> Void
    ) throws(Refusal) {
        var hasher = SHA256Hasher()
        let isHeld = try book.asking { () throws(LedgerStoreError) in
            try book.store.readEvidence(digest) { part in
                hasher.update(part)
                body(part)
            }
        }
        guard isHeld, hasher.finalize() == digest else {
            throw Refusal(
                .corrupt("the document \(digest) is missing or has other bytes"), book: book.path)
        }
    }
}
