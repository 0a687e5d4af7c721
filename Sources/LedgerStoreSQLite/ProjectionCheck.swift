internal import AuditTrail
internal import GRDB
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// Reads all records, computes every projection anew and compares row by row.
///
/// Indexes are compared with their tables by `PRAGMA integrity_check`, tables with the records
/// here: on its own neither finds every changed bit.
struct ProjectionCheck {
    let db: Database

    /// - Returns: The first difference with table, key and both values; `nil` if there is none.
    func firstDifference() throws -> String? {
        if let difference = try structuralDifference() { return difference }
        var chain = Chain()
        var leaves: [HashedRecord] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT bytes FROM record ORDER BY number")
        while let row = try rows.next() {
            switch chain.leaf(of: try row.bytes(at: 0)) {
            case .success(let leaf): leaves.append(leaf)
            case .failure(let difference): return difference.words
            }
        }
        return try recordDifference(leaves) ?? evidenceDifference() ?? checkpointDifference()
    }

    /// - Parameters:
    ///   - leaves: All records, whose numbers and times the caller has checked.
    ///   - documents: Those whose bytes the caller has hashed, with their sizes.
    func firstDifference(
        from leaves: [HashedRecord], documents: [SHA256Digest: Int]
    ) throws -> String? {
        try structuralDifference() ?? recordDifference(leaves)
            ?? evidenceDifference(hashed: documents) ?? checkpointDifference()
    }

    private func structuralDifference() throws -> String? {
        try SchemaComparison.firstDifference(db) ?? integrityDifference()
    }

    private func integrityDifference() throws -> String? {
        let answer = try String.fetchOne(db, sql: "PRAGMA integrity_check(1)")
        if answer != "ok" { return "integrity check: \(answer ?? "no answer")" }
        let violation = try Row.fetchOne(db, sql: "PRAGMA foreign_key_check")
        return violation.map { "foreign key check: \($0)" }
    }

    private func recordDifference(_ leaves: [HashedRecord]) throws -> String? {
        let records = try TableWalk(db, .recordHead)
        let entries = try TableWalk(db, .entry)
        let postings = try TableWalk(db, .posting)
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        var balances = MonthlyBalances()
        var citedChunks: Set<SHA256Digest> = []
        for leaf in leaves {
            tree.append(leafHash: leaf.hash, using: &hasher)
            citedChunks.formUnion(leaf.record.body.citedChunks)
            let record = ProjectedTable.recordHeadRow(leaf)
            if let difference = try records.difference(expecting: record) { return difference }
            guard let booked = leaf.record.entry else { continue }
            let entry = ProjectedTable.entryRow(booked, by: leaf.record.actor)
            if let difference = try entries.difference(expecting: entry) { return difference }
            for posting in ProjectedTable.postingRows(booked) {
                if let difference = try postings.difference(expecting: posting) {
                    return difference
                }
            }
            try balances.add(booked)
        }
        if let difference = try chunkDifference(citedChunks) { return difference }
        if let surplus = try records.surplus() ?? entries.surplus() ?? postings.surplus() {
            return surplus
        }
        return try tableDifference(.treeEdge, ProjectedTable.treeEdgeRows(tree))
            ?? tableDifference(.erasure, leaves.map(\.record).compactMap(ProjectedTable.erasureRow))
            ?? tableDifference(.balance, Self.rows(balances))
    }

    private func tableDifference(
        _ table: ProjectedTable, _ expected: [[ColumnValue]]
    ) throws -> String? {
        let walk = try TableWalk(db, table)
        for row in expected {
            if let difference = try walk.difference(expecting: row) { return difference }
        }
        return try walk.surplus()
    }

    /// In the order of the table: by the bytes of the key.
    private static func rows(_ balances: MonthlyBalances) -> [[ColumnValue]] {
        balances.amounts
            .map { key, amount in
                ProjectedTable.balanceKey(key) + [.text(amount.description)]
            }
            .sorted { left, right in
                left.lexicographicallyPrecedes(right) { one, other in
                    one.utf8.lexicographicallyPrecedes(other.utf8)
                }
            }
    }

    private func partCount(_ evidence: Int) throws -> Int {
        try Int.fetchOne(
            db.cachedStatement(sql: "SELECT count(*) FROM evidence_part WHERE evidence = ?"),
            arguments: [evidence]) ?? 0
    }

    /// Each chunk has its hash and is cited by a record, and each cited chunk is there.
    private func chunkDifference(_ cited: Set<SHA256Digest>) throws -> String? {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT number, sha256, bytes FROM chunk ORDER BY number")
        var count = 0
        while let row = try rows.next() {
            count += 1
            let stored = try row.bytes(at: 1)
            let computed = SHA256Digest(hashing: try row.bytes(at: 2))
            let name = SHA256Digest(bytes: stored)?.hexadecimal ?? "\(stored.count) bytes"
            guard computed.bytes == stored else {
                return "chunk \(name): its bytes have the hash \(computed)"
            }
            guard cited.contains(computed) else { return "chunk \(name): no record cites it" }
            guard try row.integer(at: 0) == count else {
                return "chunk \(name): its number should be \(count)"
            }
        }
        return count == cited.count
            ? nil : "chunk: the records cite \(cited.count), the book holds \(count)"
    }

    private func evidenceDifference(hashed: [SHA256Digest: Int] = [:]) throws -> String? {
        let rows = try Row.fetchCursor(db, sql: "SELECT number, sha256, size FROM evidence")
        var parts = 0
        while let row = try rows.next() {
            let stored = try row.bytes(at: 1)
            let number = try row.integer(at: 0)
            if let digest = SHA256Digest(bytes: stored), let size = hashed[digest] {
                guard try row.integer(at: 2) == size else {
                    return "evidence \(digest): its size is \(size)"
                }
                parts += try partCount(number)
                continue
            }
            var hasher = SHA256Hasher()
            var size = 0
            let pieces = try Row.fetchCursor(
                db,
                sql: "SELECT size, bytes FROM evidence_part WHERE evidence = ? ORDER BY part",
                arguments: [number])
            while let piece = try pieces.next() {
                let bytes = EvidencePart.plain(
                    try piece.bytes(at: 1), size: try piece.integer(at: 0))
                guard let bytes else {
                    let name = SHA256Digest(bytes: stored)?.hexadecimal ?? ""
                    return "evidence \(name): part \(parts + 1) does not unpack to its size"
                }
                hasher.update(bytes)
                size += bytes.count
                parts += 1
            }
            let computed = hasher.finalize()
            guard computed.bytes == stored, try row.integer(at: 2) == size else {
                let name = SHA256Digest(bytes: stored)?.hexadecimal ?? "\(stored.count) bytes"
                return "evidence \(name): its bytes have the hash \(computed)"
            }
        }
        let held = try Int.fetchOne(db, sql: "SELECT count(*) FROM evidence_part") ?? 0
        return held == parts ? nil : "evidence_part: \(held - parts) parts belong to no document"
    }

    /// The notes are as they were kept, in their order. What they say is for others to check.
    private func checkpointDifference() throws -> String? {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT number, sha256, note FROM checkpoint ORDER BY number")
        var count = 0
        while let row = try rows.next() {
            count += 1
            guard try row.integer(at: 0) == count else {
                return "checkpoint: there is no number \(count)"
            }
            let computed = SHA256Digest(hashing: try row.bytes(at: 2))
            guard try row.bytes(at: 1) == computed.bytes else {
                return "checkpoint \(count): its note has the hash \(computed)"
            }
        }
        return nil
    }
}

/// The records, one after the other.
private struct Chain {
    struct Difference: Error { let words: String }

    private var size = 0
    private var lastRecordedAt: Instant?

    /// The next record, read from its bytes; number, time and encoding must continue the chain.
    mutating func leaf(of bytes: [UInt8]) -> Result<HashedRecord, Difference> {
        let record: LedgerRecord
        do throws(LedgerStoreError) {
            record = try StoredText.record(bytes).record
        } catch {
            return .failure(Difference(words: "record \(size): \(error)"))
        }
        guard record.number.value == size else {
            return .failure(Difference(words: "record \(size): its bytes say \(record.number)"))
        }
        if let lastRecordedAt, record.recordedAt < lastRecordedAt {
            return .failure(
                Difference(words: "record \(size): it is dated before the record in front"))
        }
        lastRecordedAt = record.recordedAt
        size += 1
        var hasher = MerkleHasher()
        return .success(HashedRecord(record: record, hash: hasher.leaf(bytes)))
    }
}

extension ColumnValue {
    fileprivate var utf8: [UInt8] {
        guard case .text(let text) = self else { return [] }
        return Array(text.utf8)
    }
}
