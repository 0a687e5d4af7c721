internal import AuditTrail
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
    package let head: TreeHead
    package let documents: Int
    package let chunks: Int
    /// Whether the statement in it is complete.
    package let isComplete: Bool
}

/// Packs a year for an auditor: statement, all records, what the entries of the year rest on, and
/// a verifier that needs none of this program. `Schemas/pack-format.md` is the form.
///
/// The bytes follow from the book alone: the statement is drawn up on the day of the last record.
package struct PackWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    private enum Content {
        case bytes([UInt8])
        case evidence(SHA256Digest)
    }

    /// - Parameters:
    ///   - hasEvidence: Whether the original bytes of documents go with it.
    ///   - path: The file; written whole or not at all.
    /// - Throws: what `StatementWorkflow` throws, `output-refused`, an `integrity-failure` where
    ///   records and head or a document and its name differ.
    package func write(
        _ period: ReportingPeriod, hasEvidence: Bool, to path: String
    ) throws(Refusal) -> PackReport {
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
        var members: [String: Content] = [
            "FORMAT.md": .bytes(PackFiles.format),
            "head": .bytes(Self.headText(statement.cover.provenance.origin, head)),
            "statement.json": .bytes(Array(JSONRenderer().render(statement).utf8)),
            "verify.py": .bytes(PackFiles.verifier),
        ]
        for tile in tiles.entries + tiles.hashes { members[tile.path] = .bytes(tile.bytes) }
        for digest in basis.chunks {
            members["chunks/\(digest)"] = .bytes(try SeriesShelf(book).chunk(digest).bytes)
        }
        for digest in hasEvidence ? basis.documents : [] {
            members["evidence/\(digest)"] = .evidence(digest)
        }
        try write(members, to: path)
        return PackReport(
            head: head, documents: hasEvidence ? basis.documents.count : 0,
            chunks: basis.chunks.count, isComplete: statement.isComplete)
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

    /// The body of a C2SP checkpoint: origin, size and root, a line each.
    private static func headText(_ origin: String, _ head: TreeHead) -> [UInt8] {
        Array("\(origin)\n\(head.size)\n\(Data(head.root.bytes).base64EncodedString())\n".utf8)
    }

    private func write(_ members: [String: Content], to path: String) throws(Refusal) {
        try BookFiles.write(to: path) { sink in
            var archive = StoredZipWriter(sink: sink)
            for (name, content) in members.sorted(by: { $0.key < $1.key }) {
                switch content {
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

/// What the entries of a period rest on, besides the records.
struct PackBasis {
    /// Files that were received: those the entries rest on, and those nothing was booked from.
    private(set) var documents: Set<SHA256Digest> = []
    /// Readings and factor series that entries of any period rest on: all of them are made again.
    private(set) var chunks: Set<SHA256Digest> = []

    init(_ records: [StoredRecord], of period: ReportingPeriod) {
        var activities: [RecordNumber: ActivityRecord] = [:]
        var declarations: [RecordNumber: [SHA256Digest]] = [:]
        var values: [RecordNumber: SHA256Digest] = [:]
        var homes: [SHA256Digest: SHA256Digest] = [:]
        var booked: Set<RecordNumber> = []
        var used: Set<RecordNumber> = []
        var cited: Set<SHA256Digest> = []
        for stored in records {
            switch stored.record.body {
            case .activity(let activity): activities[stored.record.number] = activity
            case .factor(let factor):
                declarations[stored.record.number] = [factor.declaration?.document].compactMap(
                    \.self)
            case .factorSeries(let series):
                declarations[stored.record.number] = series.documents
                values[stored.record.number] = series.chunk
            case .document(let document):
                homes[document.digest] = document.place?.container ?? document.digest
            case .journal(let entry):
                guard let calculation = entry.calculation else { continue }
                booked.insert(calculation.activity)
                let factor = calculation.factor
                if let chunk = factor.flatMap({ values[$0] }) { chunks.insert(chunk) }
                guard period.contains(entry.effective) else { continue }
                used.insert(calculation.activity)
                cited.formUnion(factor.flatMap { declarations[$0] } ?? [])
            case .genesis, .organisation, .matchingRules, .gwpTable, .refrigerantBlend,
                .waitingLine, .decision, .periodClosing, .periodSeal, .periodReopening,
                .periodAdjustment, .keyAddition, .keyRevocation, .roleGrant, .roleRevocation:
                break
            }
        }
        let spent = booked.compactMap { activities[$0] }
        chunks.formUnion(spent.compactMap { $0.series?.chunk })
        cited.formUnion(Set(homes.keys).subtracting(spent.flatMap(\.citedDocuments)))
        cited.formUnion(used.compactMap { activities[$0] }.flatMap(\.citedDocuments))
        documents = Set(cited.compactMap { homes[$0] })
    }
}

extension ActivityRecord {
    fileprivate var citedDocuments: [SHA256Digest] {
        [evidence.document] + (series?.documents ?? [])
    }
}
