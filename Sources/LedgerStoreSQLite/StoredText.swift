internal import AuditTrail
internal import GRDB
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// Reads stored values. What cannot be read was not written by us: `corrupt`.
enum StoredText {
    static func decimal(_ text: String) throws(LedgerStoreError) -> ExactDecimal {
        do {
            return try ExactDecimal(parsing: text)
        } catch {
            throw .corrupt("'\(text)' is no decimal: \(error)")
        }
    }

    static func value<Value: LosslessStringConvertible>(
        _ type: Value.Type, _ text: String
    ) throws(LedgerStoreError) -> Value {
        guard let value = Value(text) else { throw .corrupt("'\(text)' is no \(type)") }
        return value
    }

    /// - Parameters: As in `RecordCoding`.
    static func record(
        _ bytes: [UInt8], _ memo: RecordMemo? = nil, isTrusted: Bool = false
    ) throws(LedgerStoreError) -> StoredRecord {
        do {
            let record = try RecordCoding.decode(bytes, memo, isTrusted: isTrusted)
            return StoredRecord(record: record, bytes: bytes)
        } catch {
            throw .corrupt("a record cannot be read: \(error)")
        }
    }

    static func digest(_ bytes: [UInt8]) throws(LedgerStoreError) -> SHA256Digest {
        guard let digest = SHA256Digest(bytes: bytes) else {
            throw .corrupt("a hash has \(bytes.count) bytes")
        }
        return digest
    }

    /// Where the book ends, as the newest record and the tree's edge say.
    static func end(of db: Database) throws -> BookEnd {
        let last = try Row.fetchOne(
            db.cachedStatement(
                sql: "SELECT number, recorded_at FROM record ORDER BY number DESC LIMIT 1"))
        let edge = try Row.fetchAll(
            db.cachedStatement(sql: "SELECT level, hash FROM tree_edge ORDER BY level DESC"))
        let size = try last.map { try $0.integer(at: 0) + 1 } ?? 0
        let levels = try edge.reduce(0) { sum, row in sum + 1 << (try row.integer(at: 0)) }
        let hashes = try edge.map { row in try digest(row.bytes(at: 1)) }
        guard levels == size, let tree = MerkleTree(size: size, rightEdge: hashes) else {
            throw LedgerStoreError.corrupt(
                "the edge of the tree is for \(levels) records, the book holds \(size)")
        }
        return BookEnd(
            tree: tree, lastRecordedAt: try last.map { try value(Instant.self, $0.text(at: 1)) })
    }
}

// The types of columns are asked for with an error, because a damaged file may hold any.
extension Row {
    func text(at index: Int) throws(LedgerStoreError) -> String {
        guard let text = String.fromDatabaseValue(self[index]) else {
            throw .corrupt("a column holds no text")
        }
        return text
    }

    func integer(at index: Int) throws(LedgerStoreError) -> Int {
        guard let integer = Int.fromDatabaseValue(self[index]) else {
            throw .corrupt("a column holds no integer")
        }
        return integer
    }

    /// A BLOB that is not NULL.
    func bytes(at index: Int) throws -> [UInt8] {
        try withUnsafeData(atIndex: index) { data in data.map { [UInt8]($0) } ?? [] }
    }
}
