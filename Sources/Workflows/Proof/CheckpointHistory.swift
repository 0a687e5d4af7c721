internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import LedgerStore

/// The tree of a book and the signed checkpoints that it keeps, as of one size.
struct CheckpointHistory {
    let path: String
    /// Empty where the first record names none; no key and no checkpoint has that name.
    let origin: String
    let leafHashes: [SHA256Digest]
    /// In the order in which they were kept; a cosigned one again as a whole.
    let kept: [SignedCheckpoint]
    /// Of the book at the sizes of those, and at its own.
    private let roots: [Int: SHA256Digest]

    /// Reads the hashes that the book stores; they must give the root that it states.
    ///
    /// - Throws: `integrity-failure`.
    init(_ book: Book) throws(Refusal) {
        let head = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        let all = try book.asking { () throws(LedgerStoreError) in try book.store.leafHashes() }
        let hashes = all.prefix(head.size)
        guard hashes.count == head.size, MerkleTree.root(of: hashes) == head.root else {
            throw Refusal(
                .corrupt("the hashes of the records do not give the root of the tree"),
                book: book.path)
        }
        try self.init(book, leafHashes: Array(hashes))
    }

    /// - Parameter leafHashes: Computed by the caller.
    init(_ book: Book, leafHashes: [SHA256Digest]) throws(Refusal) {
        let stored = try book.asking { () throws(LedgerStoreError) in
            try book.store.checkpoints()
        }
        var kept: [SignedCheckpoint] = []
        for note in stored {
            do {
                let signed = try SignedCheckpoint(parsing: note.note)
                guard signed.checkpoint.size == note.size else {
                    throw NoteError.malformed("it is stored for \(note.size) records")
                }
                kept.append(signed)
            } catch {
                throw Refusal(.corrupt("checkpoint \(kept.count + 1): \(error)"), book: book.path)
            }
        }
        self.path = book.path
        self.kept = kept
        self.leafHashes = leafHashes
        roots = MerkleTree.roots(
            of: leafHashes, atSizes: Set(kept.map(\.checkpoint.size) + [leafHashes.count]))
        origin = try Self.origin(of: book)
    }

    private static func origin(of book: Book) throws(Refusal) -> String {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: [.genesis], numbers: 0..<1))
        }
        guard case .genesis(let genesis)? = records.first?.record.body else { return "" }
        return genesis.origin
    }

    /// The root over the first records; `nil` for more than there are.
    private func root(ofFirst size: Int) -> SHA256Digest? {
        guard size <= leafHashes.count else { return nil }
        return roots[size] ?? MerkleTree.root(of: leafHashes.prefix(size))
    }

    /// The checkpoint of the whole tree, not signed.
    var current: Checkpoint {
        Checkpoint(
            origin: origin, size: leafHashes.count, root: MerkleTree.root(of: leafHashes[...]))
    }

    /// The newest form of each checkpoint, which holds its cosignatures, by size: an older one may
    /// be cosigned when a newer one is signed already.
    var newest: [SignedCheckpoint] {
        var texts: Set<String> = []
        let forms = kept.enumerated().reversed().filter {
            texts.insert($0.element.note.text).inserted
        }
        return forms.sorted {
            ($0.element.checkpoint.size, $0.offset) < ($1.element.checkpoint.size, $1.offset)
        }.map(\.element)
    }

    /// The same, after the book was compared with each.
    ///
    /// - Throws: `integrity-failure`.
    func confirmed() throws(Refusal) -> [SignedCheckpoint] {
        let forms = newest
        for signed in forms {
            try check(signed.checkpoint, holder: "a checkpoint of the book")
        }
        return forms
    }

    /// The newest checkpoint with most signatures that covers a record.
    ///
    /// - Throws: `integrity-failure`.
    func witnessed(covering record: Int) throws(Refusal) -> SignedCheckpoint? {
        let all = try confirmed()
        let most = all.map(\.note.signatures.count).max()
        let candidates = all.filter { $0.checkpoint.size > record }
        return candidates.last { $0.note.signatures.count == most } ?? candidates.last
    }

    /// Compares the book with a checkpoint that somebody holds.
    ///
    /// - Parameter holder: Names it in messages.
    /// - Throws: `integrity-failure` unless the book begins with the records of the checkpoint;
    ///   `checkpoint-refused` for the checkpoint of another book.
    func check(_ checkpoint: Checkpoint, holder: String) throws(Refusal) {
        let place = SourceLocation(file: path)
        let size = checkpoint.size
        switch checkpoint.contradiction(
            origin: origin, bookSize: leafHashes.count, prefixRoot: root(ofFirst: size))
        {
        case nil: return
        case .otherOrigin:
            let other = DiagnosticRenderer.quoted(checkpoint.origin)
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: place,
                    "\(holder) is of the book '\(other)', this is '\(origin)'",
                    hint: "name the checkpoint, or the book, that belongs to the other"))
        case .tooShort(let held):
            throw Refusal(
                Diagnostic(
                    .integrityFailure, at: place,
                    "\(holder) covers \(size) records, the book has \(held): its newest records "
                        + "were cut off, or an older copy was put in its place",
                    hint: "keep the file as it is and look for the newer copy of the book"))
        case .otherRecords(let root):
            throw Refusal(
                Diagnostic(
                    .integrityFailure, at: place,
                    "\(holder) covers \(size) records with the root "
                        + "\(Base64.text(checkpoint.root.bytes)), the first \(size) records of the "
                        + "book have \(Base64.text(root.bytes)): a record was changed, removed or "
                        + "put in, or this is another copy of the book",
                    hint: "keep both; if one key signed both roots, that proves it"))
        }
    }

    /// Compares the book with all that was ever signed for it.
    ///
    /// - Parameters:
    ///   - outside: Checkpoints that somebody else held; each of `keys` must have signed them.
    /// - Returns: The number of checkpoints that the book keeps.
    /// - Throws: `integrity-failure`, `checkpoint-refused`.
    func check(outside: [SignedCheckpoint], keys: [NoteKey]) throws(Refusal) -> Int {
        for signed in outside {
            for key in keys {
                if try verdict(of: key, on: signed, code: .checkpointRefused) != nil { continue }
                throw Refusal(
                    Diagnostic(
                        .checkpointRefused, at: SourceLocation(file: path),
                        "'\(DiagnosticRenderer.quoted(key.name))' did not sign the checkpoint",
                        hint: "name the key that did, as 'tonne key show' prints it"))
            }
            try check(signed.checkpoint, holder: "the checkpoint")
        }
        for signed in kept {
            for key in keys { _ = try verdict(of: key, on: signed, code: .integrityFailure) }
            try check(signed.checkpoint, holder: "a checkpoint of the book")
        }
        return newest.count
    }

    private func verdict(
        of key: NoteKey, on signed: SignedCheckpoint, code: DiagnosticCode
    ) throws(Refusal) -> SignedNote.Verdict? {
        do {
            return try signed.note.verdict(of: key)
        } catch {
            throw Refusal(
                Diagnostic(
                    code, at: SourceLocation(file: path),
                    "a checkpoint of \(signed.checkpoint.size) records: \(error)",
                    hint: "keep it as it is: somebody changed it or signed it with another key"))
        }
    }
}
