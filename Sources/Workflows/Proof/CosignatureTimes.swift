internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerStore

extension CheckpointHistory {
    /// Seconds by which the clocks of a book and of its witness may differ.
    private static let patience: Int64 = 3_600

    /// A witness cannot have signed a record before it was recorded: a book whose clock ran ahead,
    /// or that states later times than the true ones, is found here. The other way round, times
    /// never fall from record to record, so that a record that is dated back must not lie before
    /// the last one that was cosigned without it.
    ///
    /// - Parameter keys: Only their cosignatures count.
    /// - Throws: `integrity-failure`.
    func checkTimes(
        in book: Book, outside: [SignedCheckpoint], keys: [NoteKey]
    ) throws(Refusal) {
        for signed in outside + kept {
            for key in keys {
                guard case .cosigned(let time)? = try? signed.note.verdict(of: key) else {
                    continue
                }
                let size = signed.checkpoint.size
                let last = try book.asking { () throws(LedgerStoreError) in
                    try book.store.records(RecordSelection(numbers: max(0, size - 1)..<size)).last
                }
                guard let recordedAt = last?.record.recordedAt.secondsSinceEpoch,
                    recordedAt - Self.patience > time
                else { continue }
                throw Refusal(
                    Diagnostic(
                        .integrityFailure, at: SourceLocation(file: path),
                        "record \(size - 1) was recorded after "
                            + "'\(DiagnosticRenderer.quoted(key.name))' had cosigned it",
                        hint: "compare the clocks of the book's machine and of the witness"))
            }
        }
    }
}
