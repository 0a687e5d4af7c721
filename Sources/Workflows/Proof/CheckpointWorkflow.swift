package import AuditTrail
internal import Diagnostics
internal import Hashing
internal import LedgerStore

/// Signs where a book stands, and lists where it stood.
package struct CheckpointWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// Signs the head, if it extends everything that was signed before: the checkpoints of the
    /// book, and the last one that this key signed. The latter is beside the key, so that an older
    /// copy of the book is noticed.
    ///
    /// - Parameters:
    ///   - statePath: The file of the last signed checkpoint; written before the signature is
    ///     given away.
    /// - Returns: The note; the one that was kept where the head was signed by this key before.
    /// - Throws: `key-refused` for the key of another book, `integrity-failure`.
    package func sign(
        with signer: NoteSigner, statePath: String, dryRun: Bool
    ) throws(Refusal) -> SignedNote {
        let history = try CheckpointHistory(book)
        guard signer.key.kind == .log, signer.key.name.utf8.elementsEqual(history.origin.utf8)
        else {
            throw Refusal(
                Diagnostic(
                    .keyRefused, at: SourceLocation(file: book.path),
                    "the key of '\(DiagnosticRenderer.quoted(signer.key.name))' does not sign for "
                        + "the book '\(history.origin)'",
                    hint: "'tonne key new FILE' makes a key for the book"))
        }
        try checkInForce(signer.key)
        for signed in history.kept {
            try history.check(signed.checkpoint, holder: "a checkpoint of the book")
        }
        if let last = try ProofFiles.state(statePath) {
            try history.check(last.checkpoint, holder: "the last checkpoint signed by the key")
        }
        let current = history.current
        let text = current.text
        let known = history.newest.last { signed in
            guard signed.note.text.utf8.elementsEqual(text.utf8) else { return false }
            return (try? signed.note.verdict(of: signer.key)) == .signed
        }
        if let known { return known.note }
        let signed = SignedCheckpoint(current, signedBy: signer)
        guard !dryRun else { return signed.note }
        try ProofFiles.replace(statePath, with: signed.note.written)
        try keep(signed, after: history.kept.count)
        return signed.note
    }

    /// Where the records name a log key, no other one signs.
    private func checkInForce(_ key: NoteKey) throws(Refusal) {
        guard let logKey = try book.controls().logKey, logKey.key != key else { return }
        throw Refusal(
            Diagnostic(
                .keyRefused, at: SourceLocation(file: book.path),
                "the log key of the book is '\(logKey.key.reference)', since record "
                    + "\(logKey.added)",
                hint: "sign with that key; 'tonne key list' shows the keys of the book"))
    }

    private func keep(_ signed: SignedCheckpoint, after count: Int) throws(Refusal) {
        let stored = StoredCheckpoint(
            size: signed.checkpoint.size, note: Array(signed.note.written.utf8))
        try book.asking { () throws(LedgerStoreError) in
            try book.store.keep(stored, after: count)
        }
    }

    /// The origin of the book, which is the name of its key.
    package func origin() throws(Refusal) -> String {
        try CheckpointHistory(book, leafHashes: []).origin
    }

    /// The checkpoints of the book with all their signatures, oldest first.
    package func list() throws(Refusal) -> [SignedCheckpoint] {
        try CheckpointHistory(book, leafHashes: []).newest
    }

    /// Proves that a record is in the book, to the newest checkpoint with most signatures.
    ///
    /// - Throws: `checkpoint-refused` where no checkpoint covers the record.
    package func prove(_ record: Int) throws(Refusal) -> RecordProof {
        let history = try CheckpointHistory(book)
        guard let chosen = try history.witnessed(covering: record),
            let proof = RecordProof(of: record, in: history.leafHashes, to: chosen)
        else {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: book.path),
                    "no signed checkpoint covers a record \(record)",
                    hint: record < history.leafHashes.count
                        ? "sign one with 'tonne checkpoint --key FILE'"
                        : "the book ends with record \(history.leafHashes.count - 1)"))
        }
        return proof
    }

    /// Writes the bytes of a record, as they are a leaf of the tree: no line feed after them.
    ///
    /// - Throws: `output-refused`.
    package func writeRecord(_ record: Int, to path: String) throws(Refusal) {
        let stored = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(numbers: record..<(record + 1)))
        }
        try BookFiles.write(to: path) { sink in
            for leaf in stored { try sink(leaf.bytes) }
        }
    }

    /// What a witness needs to sign the newest checkpoint.
    ///
    /// - Parameter since: The size that he saw last, 0 for none; `nil` takes the newest
    ///   checkpoint with more than one signature, except the last.
    /// - Throws: `checkpoint-refused` without a checkpoint, or for a larger size.
    package func witnessRequest(since: Int?) throws(Refusal) -> WitnessRequest {
        let history = try CheckpointHistory(book)
        guard let last = history.newest.last else {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: book.path),
                    "the book has no signed checkpoint",
                    hint: "sign one with 'tonne checkpoint --key FILE'"))
        }
        try history.check(last.checkpoint, holder: "a checkpoint of the book")
        let seen = history.newest.dropLast().last { $0.note.signatures.count > 1 }
        let oldSize = since ?? seen?.checkpoint.size ?? 0
        guard let request = WitnessRequest(since: oldSize, in: history.leafHashes, to: last) else {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: book.path),
                    "the newest checkpoint covers \(last.checkpoint.size) records, not \(oldSize)",
                    hint: "sign a newer one with 'tonne checkpoint --key FILE'"))
        }
        return request
    }

    /// Keeps the cosignature of a witness with the checkpoint that it signs.
    ///
    /// - Returns: The checkpoint, and the time of the cosignature.
    /// - Throws: `checkpoint-refused` where the signatures hold none of this key that fits.
    package func add(
        _ signatures: [SignedNote.Signature], of key: NoteKey, dryRun: Bool
    ) throws(Refusal) -> (checkpoint: Checkpoint, time: Int64) {
        let history = try CheckpointHistory(book)
        for signed in history.newest.reversed() {
            try history.check(signed.checkpoint, holder: "a checkpoint of the book")
            for signature in signatures {
                let alone = SignedNote(text: signed.note.text, signatures: [signature])
                guard case .cosigned(let time)? = try? alone.verdict(of: key) else { continue }
                let isKept = signed.note.signatures.contains(signature)
                if !isKept, !dryRun {
                    let whole = signed.adding(signature)
                    try keep(whole, after: history.kept.count)
                }
                return (signed.checkpoint, time)
            }
        }
        throw Refusal(
            Diagnostic(
                .checkpointRefused, at: SourceLocation(file: book.path),
                "no cosignature by '\(DiagnosticRenderer.quoted(key.name))' that fits a checkpoint "
                    + "of the book",
                hint: "check the witness's key, and that the answer is to a request of this book"))
    }
}
