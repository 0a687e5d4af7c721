internal import AuditTrail
internal import Diagnostics
internal import LedgerStore
internal import LedgerStoreSQLite

/// Copies a book while others may work on it, and proves that the copy is one.
package enum BackupWorkflow {
    /// - Parameters:
    ///   - path: The book.
    ///   - copy: A new file, for its owner only (mode 0600).
    /// - Returns: What a full verification of the copy has checked.
    /// - Throws: `book-missing`, `book-exists`, `disk-full`; `integrity-failure` where the copy
    ///   does not verify, or does not hold the records of the book. The copy is removed then.
    package static func run(_ path: String, to copy: String) throws(Refusal) -> VerifyReport {
        let original = try BookFiles.open(path, actor: "")
        let before = try CheckpointHistory(original).current
        do {
            try SQLiteLedgerStore.backup(of: path, to: copy)
        } catch {
            let isOfCopy = [.exists, .notWritable, .diskFull].contains(error)
            throw Refusal(error, book: isOfCopy ? copy : path)
        }
        do {
            let restored = try BookFiles.open(copy, actor: "")
            let report = try VerifyWorkflow(book: restored).run()
            // The book may have grown meanwhile, and the copy with it.
            try CheckpointHistory(restored).check(before, holder: "the book")
            return report
        } catch {
            SQLiteLedgerStore.remove(copy)
            throw error
        }
    }
}
