internal import AuditTrail
internal import FoundationEssentials
internal import GRDB
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// A table whose rows follow from the records. The same values are inserted by `BatchWriter` and
/// expected by `ProjectionCheck`.
struct ProjectedTable {
    let name: String
    let columns: [String]
    /// The leading columns that are the primary key.
    let keyCount: Int

    var insertion: String {
        let names = columns.joined(separator: ", ")
        let places = columns.map { _ in "?" }.joined(separator: ", ")
        return "INSERT INTO \(name) (\(names)) VALUES (\(places))"
    }

    /// All rows by key.
    var selection: String {
        "SELECT \(columns.joined(separator: ", ")) FROM \(name) "
            + "ORDER BY \(columns.prefix(keyCount).joined(separator: ", "))"
    }
}

extension ProjectedTable {
    static let record = ProjectedTable(
        name: "record", columns: ["number", "kind", "recorded_at", "leaf_hash", "bytes"],
        keyCount: 1)
    /// What a check compares of `record`: the bytes are what it hashed.
    static let recordHead = ProjectedTable(
        name: "record", columns: ["number", "kind", "recorded_at", "leaf_hash"], keyCount: 1)

    static func recordRow(_ leaf: BatchPreparation.Leaf) -> [ColumnValue] {
        recordHeadRow(HashedRecord(record: leaf.stored.record, hash: leaf.hash))
            + [.bytes(leaf.stored.bytes)]
    }

    static func recordHeadRow(_ leaf: HashedRecord) -> [ColumnValue] {
        [
            .integer(leaf.record.number.value), .text(leaf.record.body.kind.rawValue),
            .text(leaf.record.recordedAt.description), .bytes(leaf.hash.bytes),
        ]
    }

    static let entry = ProjectedTable(
        name: "entry",
        columns: [
            "number", "effective", "month", "facility",
            "actor", "description", "rule", "activity",
            "factor", "reverses",
        ], keyCount: 1)

    /// - Parameter actor: Who recorded the entry.
    static func entryRow(_ booked: BookedEntry, by actor: String) -> [ColumnValue] {
        let entry = booked.entry
        return [
            .integer(booked.number.value), .text(entry.effective.description),
            .text(entry.effective.calendarMonth.description), .text(entry.facility.rawValue),
            .text(actor), .text(entry.description), ColumnValue(entry.calculation?.rule),
            ColumnValue(entry.calculation?.activity.value),
            ColumnValue(entry.calculation?.factor?.value),
            ColumnValue(entry.reversal?.entry.value),
        ]
    }

    static let posting = ProjectedTable(
        name: "posting",
        columns: [
            "entry", "line", "account", "commodity",
            "basis", "amount", "counterparty",
        ], keyCount: 2)

    /// Lines count from 1.
    static func postingRows(_ booked: BookedEntry) -> [[ColumnValue]] {
        booked.entry.postings.enumerated().map { index, posting in
            [
                .integer(booked.number.value), .integer(index + 1), .text(posting.account.name),
                .text(posting.commodity.description), .text(posting.basis.description),
                .text(posting.amount.description), ColumnValue(posting.counterparty),
            ]
        }
    }

    static let erasure = ProjectedTable(
        name: "erasure", columns: ["record", "sha256"], keyCount: 1)

    static func erasureRow(_ record: LedgerRecord) -> [ColumnValue]? {
        guard case .erasure(let erasure) = record.body else { return nil }
        return [.integer(record.number.value), .bytes(erasure.document.bytes)]
    }

    static let balance = ProjectedTable(
        name: "balance",
        columns: [
            "month", "facility", "account", "commodity",
            "basis", "amount",
        ], keyCount: 5)

    static func balanceKey(_ key: MonthlyBalances.Key) -> [ColumnValue] {
        [
            .text(key.month.description), .text(key.balance.facility.rawValue),
            .text(key.balance.account.name), .text(key.balance.commodity.description),
            .text(key.balance.basis.description),
        ]
    }

    static let treeEdge = ProjectedTable(
        name: "tree_edge", columns: ["level", "hash"], keyCount: 1)

    /// One row for each perfect subtree, the smallest first.
    static func treeEdgeRows(_ tree: MerkleTree) -> [[ColumnValue]] {
        let levels = (0..<Int.bitWidth - 1).filter { tree.size >> $0 & 1 == 1 }
        return zip(levels, tree.rightEdge.reversed()).map { level, hash in
            [.integer(level), .bytes(hash.bytes)]
        }
    }
}

extension [UInt8] {
    /// As a BLOB; an empty one is no NULL.
    var databaseBlob: DatabaseValue { Data(self).databaseValue }
}
