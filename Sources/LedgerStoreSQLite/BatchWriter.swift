internal import AuditTrail
internal import GRDB
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// Writes a batch and its projections, inside the transaction of the caller.
struct BatchWriter {
    private let db: Database
    private let recordInsertion: Statement
    private let entryInsertion: Statement
    private let postingInsertion: Statement

    init(_ db: Database) throws {
        self.db = db
        recordInsertion = try db.cachedStatement(sql: ProjectedTable.record.insertion)
        entryInsertion = try db.cachedStatement(sql: ProjectedTable.entry.insertion)
        postingInsertion = try db.cachedStatement(sql: ProjectedTable.posting.insertion)
    }

    /// Writes the records of a batch, and what goes with them.
    ///
    /// - Parameter next: Makes the records behind those of the list.
    /// - Returns: Where the book ends after the batch.
    func write(
        _ bodies: [RecordBody], then next: () throws(LedgerStoreError) -> RecordBody?,
        _ preparation: consuming BatchPreparation
    ) throws -> BookEnd {
        var changed = MonthlyBalances()
        for body in bodies { try write(preparation.leaf(of: body), &changed) }
        while let body = try next() { try write(preparation.leaf(of: body), &changed) }
        try add(changed)
        let attachments = try preparation.attachments()
        try write(attachments.documents)
        try write(attachments.excerpts)
        try write(attachments.chunks, awaiting: attachments.awaitedChunks)
        try db.execute(sql: "DELETE FROM tree_edge")
        let edgeInsertion = try db.cachedStatement(sql: ProjectedTable.treeEdge.insertion)
        for row in ProjectedTable.treeEdgeRows(preparation.end.tree) {
            try insert(row, with: edgeInsertion)
        }
        return preparation.end
    }

    private func write(
        _ leaf: BatchPreparation.Leaf, _ changed: inout MonthlyBalances
    ) throws {
        let record = leaf.stored.record
        try insert(ProjectedTable.recordRow(leaf), with: recordInsertion)
        if case .erasure(let erasure) = record.body {
            try erase(erasure.document, by: record)
        }
        guard let booked = record.entry else { return }
        try insert(ProjectedTable.entryRow(booked, by: record.actor), with: entryInsertion)
        for row in ProjectedTable.postingRows(booked) {
            try insert(row, with: postingInsertion)
        }
        try changed.add(booked)
    }

    /// Keeps a signed checkpoint, inside the transaction of the caller.
    static func keep(
        _ checkpoint: StoredCheckpoint, after count: Int, in db: Database
    ) throws {
        let kept = try Int.fetchOne(db, sql: "SELECT count(*) FROM checkpoint") ?? 0
        let size = try StoredText.end(of: db).head.size
        try checkpoint.check(after: count, kept: kept, records: size)
        try db.execute(
            sql: "INSERT INTO checkpoint (number, size, sha256, note) VALUES (?, ?, ?, ?)",
            arguments: [
                kept + 1, checkpoint.size,
                SHA256Digest(hashing: checkpoint.note).bytes.databaseBlob,
                checkpoint.note.databaseBlob,
            ])
    }

    private func insert(_ row: [ColumnValue], with statement: Statement) throws {
        try RawExecution.run(statement, row, on: db)
    }

    /// Takes the bytes of a document out of the book; `secure_delete` overwrites them.
    private func erase(_ document: SHA256Digest, by record: LedgerRecord) throws {
        let digest = document.bytes.databaseBlob
        let number = try Int.fetchOne(
            db, sql: "SELECT number FROM evidence WHERE sha256 = ?", arguments: [digest])
        guard let number else { throw LedgerStoreError.documentMissing(document) }
        let insertion = try db.cachedStatement(sql: ProjectedTable.erasure.insertion)
        try insert(
            [.integer(record.number.value), .bytes(document.bytes)], with: insertion)
        for table in ["excerpt", "evidence_part"] {
            try db.execute(sql: "DELETE FROM \(table) WHERE evidence = ?", arguments: [number])
        }
        try db.execute(sql: "DELETE FROM evidence WHERE number = ?", arguments: [number])
    }

    /// Adds what a batch changed to the stored balances: one row per key, not one per posting.
    private func add(_ changed: MonthlyBalances) throws {
        let key = "month = ? AND facility = ? AND account = ? AND commodity = ? AND basis = ?"
        let selection = try db.cachedStatement(sql: "SELECT amount FROM balance WHERE \(key)")
        let deletion = try db.cachedStatement(sql: "DELETE FROM balance WHERE \(key)")
        let insertion = try db.cachedStatement(sql: ProjectedTable.balance.insertion)
        for (balance, change) in changed.amounts {
            let key = ProjectedTable.balanceKey(balance)
            let stored = try String.fetchOne(
                selection, arguments: StatementArguments(key.map(\.databaseValue)))
            let before = try stored.map(StoredText.decimal) ?? .zero
            let sum = try MonthlyBalances.sum(before, change, of: balance)
            if stored != nil { try insert(key, with: deletion) }
            if !sum.isZero { try insert(key + [.text(sum.description)], with: insertion) }
        }
    }

    /// A document that the book holds already is passed over.
    private func write(_ documents: [EvidenceContent]) throws {
        let existence = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM evidence WHERE sha256 = ?)")
        let erasure = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM erasure WHERE sha256 = ?)")
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO evidence (number, sha256, size)
                SELECT coalesce(max(number), 0) + 1, ?, ? FROM evidence
                """)
        let partInsertion = try db.cachedStatement(
            sql: "INSERT INTO evidence_part (evidence, part, size, bytes) VALUES (?, ?, ?, ?)")
        for document in documents {
            let digest = document.digest.bytes.databaseBlob
            guard try Bool.fetchOne(existence, arguments: [digest]) != true else { continue }
            guard try Bool.fetchOne(erasure, arguments: [digest]) != true else {
                throw LedgerStoreError.documentErased(document.digest)
            }
            try insert(
                [.bytes(document.digest.bytes), .integer(document.size)], with: insertion)
            let number = ColumnValue.integer(Int(db.lastInsertedRowID))
            var part = 0
            let packing = EvidencePacking { plain, packed in
                part += 1
                try insert(
                    [number, .integer(part), .integer(plain), .bytes(packed)],
                    with: partInsertion)
            }
            try document.readParts(of: EvidencePart.largestSize) { try packing.add($0) }
            try packing.finish()
        }
    }

    /// An excerpt that the book holds already is passed over.
    private func write(_ excerpts: [ExcerptOpening]) throws {
        guard !excerpts.isEmpty else { return }
        let existence = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM excerpt WHERE evidence = ? AND sha256 = ?)")
        let selection = try db.cachedStatement(
            sql: "SELECT number FROM evidence WHERE sha256 = ?")
        let insertion = try db.cachedStatement(
            sql: "INSERT INTO excerpt (evidence, sha256, salt, text) VALUES (?, ?, ?, ?)")
        var homes: [SHA256Digest: Int] = [:]
        // In the order of the table, where each page is then written once.
        for excerpt in excerpts.sorted(by: { $0.commitment < $1.commitment }) {
            let home =
                try homes[excerpt.home]
                ?? Int.fetchOne(selection, arguments: [excerpt.home.bytes.databaseBlob])
            guard let home else { throw LedgerStoreError.excerptStray(of: excerpt.home) }
            homes[excerpt.home] = home
            let commitment = excerpt.commitment.bytes
            let key: StatementArguments = [home, commitment.databaseBlob]
            guard try Bool.fetchOne(existence, arguments: key) != true else { continue }
            try insert(
                [
                    .integer(home), .bytes(commitment), .bytes(excerpt.salt.bytes),
                    .text(excerpt.text),
                ], with: insertion)
        }
    }

    /// A chunk that the book holds already is passed over.
    private func write(
        _ chunks: [BatchPreparation.Blob], awaiting awaited: Set<SHA256Digest>
    ) throws {
        let existence = try db.cachedStatement(
            sql: "SELECT EXISTS (SELECT 1 FROM chunk WHERE sha256 = ?)")
        func isStored(_ digest: SHA256Digest) throws -> Bool {
            try Bool.fetchOne(existence, arguments: [digest.bytes.databaseBlob]) == true
        }
        for digest in awaited where try !isStored(digest) {
            throw LedgerStoreError.chunkMissing(digest)
        }
        let insertion = try db.cachedStatement(
            sql: """
                INSERT INTO chunk (number, sha256, bytes)
                SELECT coalesce(max(number), 0) + 1, ?, ? FROM chunk
                """)
        for chunk in chunks where try !isStored(chunk.digest) {
            try insert(
                [.bytes(chunk.digest.bytes), .bytes(chunk.bytes)], with: insertion)
        }
    }
}
