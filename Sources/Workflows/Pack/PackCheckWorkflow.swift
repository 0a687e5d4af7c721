package import AuditTrail
internal import Diagnostics
internal import Documents
internal import Foundation
internal import Hashing
internal import Inventory
internal import LedgerCore
package import LedgerStore
internal import Schemas

/// What a check of a pack has compared.
package struct PackCheckReport: Sendable {
    package let origin: String
    /// Of the book; of a sample, the tree that its checkpoint covers.
    package let head: TreeHead
    package let isSample: Bool
    package let records: Int
    package let entries: Int
    /// Those whose bytes are in the pack.
    package let documents: Int
    /// Series chunks.
    package let chunks: Int
    /// The checkpoints in it.
    package let notes: [SignedCheckpoint]
    /// Keys that the pack brings itself.
    package let ownKeys: [NoteKey]
}

/// Checks an audit pack without its book: the records as a book is checked, and that each member
/// follows from them. `FORMAT.md` and the two scripts are passed over: another version of the
/// program brings others.
package struct PackCheckWorkflow: Sendable {
    let path: String
    let outside: [SignedCheckpoint]
    private let keys: [NoteKey]

    static let unchecked: Set<String> = [
        "FORMAT.md", "controls.py", "recalculate.py", "verify.py",
    ]

    /// - Parameters:
    ///   - path: The pack, also for messages.
    ///   - outside: Checkpoints that somebody else held: the records must begin with theirs.
    ///   - keys: What must have signed each of them, or a checkpoint of the pack.
    package init(path: String, outside: [SignedCheckpoint] = [], keys: [NoteKey] = []) {
        self.path = path
        self.outside = outside
        self.keys = keys
    }

    /// Reads the pack into memory and checks it.
    ///
    /// - Throws: `file-missing`, `archive-damaged`, `archive-limit-exceeded` for what is no pack;
    ///   an `integrity-failure` that names the first thing wrong; `checkpoint-refused`.
    package func run() throws(Refusal) -> PackCheckReport {
        var limits = ArchiveLimits()
        limits.packedBytes = BookFiles.maximumBytes
        limits.unpackedBytes = BookFiles.maximumBytes
        limits.entries = 0xFFFF
        let document = try BookFiles.document(path)
        var members: [String: [UInt8]] = [:]
        do throws(Diagnostic) {
            let archive = try ZipArchive(document, limits: limits)
            for entry in archive.entries { members[entry.name] = try archive.read(entry) }
            let names = archive.entries.map(\.name)
            guard names == PackFiles.ordered(Set(names)) else {
                throw Diagnostic(
                    .integrityFailure, at: SourceLocation(file: path),
                    "its members are not in order, each once")
            }
        } catch {
            throw Refusal(error)
        }
        return try check(members)
    }

    /// - Parameter members: The bytes of each member by its name.
    func check(_ members: [String: [UInt8]]) throws(Refusal) -> PackCheckReport {
        let store: PackedStore
        do {
            store = try PackedStore(members)
        } catch .corrupt(let why) {
            throw failure(why)
        } catch {
            throw Refusal(error, book: path)
        }
        let own = try ownKeys(members)
        try checkNotes(store, own)
        return store.isSample ? try checkSample(store, own) : try checkWhole(store, own)
    }

    private func ownKeys(_ members: [String: [UInt8]]) throws(Refusal) -> [NoteKey] {
        guard let bytes = members["keys.vkey"] else { return [] }
        var keys: [NoteKey] = []
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            do {
                keys.append(try NoteKey(parsing: String(line)))
            } catch {
                throw failure("keys.vkey: \(error)")
            }
        }
        return keys
    }

    /// Signatures of the keys that the reader holds and of those of the pack fit; each of the
    /// former signed one of the checkpoints, and a key of the log each of them, if one is known.
    private func checkNotes(_ store: PackedStore, _ own: [NoteKey]) throws(Refusal) {
        let notes = store.checkpoints().compactMap { try? SignedCheckpoint(parsing: $0.note) }
        guard notes.last.map({ Array($0.note.written.utf8) }) == store.members["checkpoint"] else {
            throw failure("checkpoint is not the newest of notes/")
        }
        let logs = (keys + own).filter { $0.kind == .log }
        for signed in notes where !logs.isEmpty {
            let isSigned = logs.contains { (try? signed.note.verdict(of: $0)) == .signed }
            guard isSigned else {
                throw failure(
                    "no key of the log signed the checkpoint of \(signed.checkpoint.size) records")
            }
        }
        for key in keys + own {
            var isSigner = false
            for signed in notes + outside {
                do {
                    isSigner = try signed.note.verdict(of: key) != nil || isSigner
                } catch {
                    throw failure("a checkpoint of \(signed.checkpoint.size) records: \(error)")
                }
            }
            guard isSigner || !keys.contains(key) else {
                throw Refusal(
                    Diagnostic(
                        .checkpointRefused, at: SourceLocation(file: path),
                        "'\(DiagnosticRenderer.quoted(key.name))' signed no checkpoint of the pack",
                        hint: "name the key that did, or ask for a pack that it signed"))
            }
        }
    }

    // MARK: Whole packs

    private func checkWhole(
        _ store: PackedStore, _ own: [NoteKey]
    ) throws(Refusal) -> PackCheckReport {
        let copy: InMemoryLedgerStore
        do {
            copy = try InMemoryLedgerStore(copyOf: store)
        } catch {
            throw Refusal(error, book: path)
        }
        let book = Book(path: path, store: copy, actor: "") { Instant(secondsSinceEpoch: 0) }
        let held = Set(store.members.keys)
        let hasEvidence = held.contains { $0.hasPrefix("evidence/") }
        var absent: Set<SHA256Digest> = []
        for case .document(let document) in store.stored.map(\.record.body) {
            if !store.readEvidence(document.home, { _ in }) { absent.insert(document.home) }
        }
        let verified = try VerifyWorkflow(
            book: book, outside: outside, keys: outside.isEmpty ? [] : keys, absent: absent
        ).run()
        let contents = try PackWorkflow(book: book, keys: own)
            .contents(try period(of: store.members), hasEvidence: hasEvidence)
        let expected = Set(contents.members.keys)
        if let name = expected.symmetricDifference(held).min() {
            throw failure(
                "the member \(name) \(held.contains(name) ? "has no place in it" : "is missing")")
        }
        for name in expected.subtracting(Self.unchecked).sorted() {
            guard case .bytes(let bytes)? = contents.members[name], bytes != store.members[name]
            else { continue }
            throw failure(
                "\(name) is not what \(ProgramVersion.text) makes of the records")
        }
        return PackCheckReport(
            origin: store.checkpoint.origin, head: store.head(), isSample: false,
            records: verified.records, entries: verified.entries,
            documents: contents.report.documents, chunks: contents.report.chunks,
            notes: try CheckpointHistory(book).newest, ownKeys: own)
    }

    private struct StatementHead: Decodable {
        struct Period: Decodable {
            let start: String
            let end: String

            enum CodingKeys: String, CodingKey {
                case start
                case end = "end_excluded"
            }
        }
        let period: Period
    }

    private func period(of members: [String: [UInt8]]) throws(Refusal) -> ReportingPeriod {
        let bytes = members["statement.json"] ?? []
        guard let head = try? JSONDecoder().decode(StatementHead.self, from: Data(bytes)),
            let period = ReportingPeriod("\(head.period.start)/\(head.period.end)")
        else { throw failure("statement.json states no period") }
        return period
    }

    func failure(_ message: String) -> Refusal {
        Refusal(
            Diagnostic(
                .integrityFailure, at: SourceLocation(file: path), message,
                hint: "keep the file as it is, and ask for the pack again"))
    }
}
