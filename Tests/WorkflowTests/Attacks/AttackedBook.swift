internal import AuditTrail
internal import Diagnostics
internal import Foundation
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing
internal import Workflows

/// A book in a file that its owner attacks, with the checkpoint that somebody else holds of it.
struct AttackedBook {
    let folder: URL
    /// Signed by the owner, cosigned by the auditor; covers the book as it is.
    let held: SignedCheckpoint
    let keys: [NoteKey]

    var path: String { folder.appending(path: "book.tonne").path }
    /// What the owner's key signed last.
    var statePath: String { folder.appending(path: "log.key.last").path }
    var raw: RawSQL { RawSQL(path: path) }

    static func with(_ test: (AttackedBook) throws -> Void) throws {
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "book.tonne").path
            let store = try SQLiteLedgerStore.create(at: path)
            let book = try SmallBook.make(store)
            try SmallBook.appendTables(to: store)
            let signer = try SmallBook.signer(1)
            let witness = try SmallBook.witness()
            let note = try SmallBook.sign(
                book, with: signer, statePath: folder.appending(path: "log.key.last").path)
            let time = SmallBook.moment.secondsSinceEpoch
            let cosignature = witness.signature(of: note.note.text, at: time)
            _ = try CheckpointWorkflow(book: book).add(
                [cosignature], of: witness.key, dryRun: false)
            try store.close()
            try test(
                AttackedBook(
                    folder: folder, held: note.adding(cosignature),
                    keys: [signer.key, witness.key]))
        }
    }

    func open() throws -> Book {
        try BookFiles.open(path, actor: "test") { SmallBook.moment }
    }

    /// The records as they stand in the file.
    func records() throws -> [StoredRecord] { try open().store.records(.all) }

    /// The bytes of a record with something changed in it.
    func bytes(
        of record: LedgerRecord, number: Int? = nil, at time: Instant? = nil,
        by actor: String? = nil, body: RecordBody? = nil
    ) throws -> [UInt8] {
        try RecordCoding.encode(
            LedgerRecord(
                number: number.map(RecordNumber.init) ?? record.number,
                recordedAt: time ?? record.recordedAt, actor: actor ?? record.actor,
                body: body ?? record.body))
    }

    /// Statements that put these records in the place of all, with their hashes and the edge of
    /// the tree, and forget what was signed.
    func rewriting(_ leaves: [[UInt8]]) -> [String] {
        var hasher = MerkleHasher()
        var tree = MerkleTree()
        var statements = ["DELETE FROM checkpoint", "DELETE FROM tree_edge"]
        for (number, bytes) in leaves.enumerated() {
            let hash = tree.append(bytes, using: &hasher)
            statements.append(
                "UPDATE record SET bytes = \(Self.blob(bytes)), "
                    + "leaf_hash = \(Self.blob(hash.bytes)) WHERE number = \(number)")
        }
        statements.append("DELETE FROM record WHERE number >= \(leaves.count)")
        let levels = (0..<63).filter { tree.size >> $0 & 1 == 1 }.reversed()
        for (level, hash) in zip(levels, tree.rightEdge) {
            statements.append("INSERT INTO tree_edge VALUES (\(level), \(Self.blob(hash.bytes)))")
        }
        return statements
    }

    static func blob(_ bytes: [UInt8]) -> String {
        "x'" + bytes.map { String(Int($0) + 256, radix: 16).dropFirst() }.joined() + "'"
    }

    /// What a verification says: `nil` where the book passes.
    func finding(outside: [SignedCheckpoint] = [], keys: [NoteKey] = []) throws -> String? {
        do {
            _ = try VerifyWorkflow(book: open(), outside: outside, keys: keys).run()
            return nil
        } catch let refusal as Refusal {
            #expect(refusal.exitCode == 5 || !outside.isEmpty, "\(refusal)")
            return refusal.diagnostics.map(\.message).joined(separator: "; ")
        }
    }
}
