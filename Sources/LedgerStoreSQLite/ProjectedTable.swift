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
        name: "record",
        columns: [
            "number", "kind", "recorded_at", "bytes",
            "leaf_hash",
        ], keyCount: 1)

    static func recordRow(_ leaf: PreparedBatch.Leaf) -> [DatabaseValue] {
        let record = leaf.stored.record
        return [
            record.number.value.databaseValue, record.body.kind.rawValue.databaseValue,
            record.recordedAt.description.databaseValue, leaf.stored.bytes.databaseBlob,
            leaf.hash.bytes.databaseBlob,
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
    static func entryRow(_ booked: BookedEntry, by actor: String) -> [DatabaseValue] {
        let entry = booked.entry
        return [
            booked.number.value.databaseValue, entry.effective.description.databaseValue,
            entry.effective.calendarMonth.description.databaseValue,
            entry.facility.rawValue.databaseValue, actor.databaseValue,
            entry.description.databaseValue,
            entry.calculation?.rule.databaseValue ?? .null,
            entry.calculation?.activity.value.databaseValue ?? .null,
            entry.calculation?.factor?.value.databaseValue ?? .null,
            entry.reversal?.entry.value.databaseValue ?? .null,
        ]
    }

    static let posting = ProjectedTable(
        name: "posting",
        columns: [
            "entry", "line", "account", "commodity",
            "basis", "amount", "counterparty",
        ], keyCount: 2)

    /// Lines count from 1.
    static func postingRows(_ booked: BookedEntry) -> [[DatabaseValue]] {
        booked.entry.postings.enumerated().map { index, posting in
            [
                booked.number.value.databaseValue, (index + 1).databaseValue,
                posting.account.name.databaseValue, posting.commodity.description.databaseValue,
                posting.basis.description.databaseValue, posting.amount.description.databaseValue,
                posting.counterparty?.databaseValue ?? .null,
            ]
        }
    }

    static let erasure = ProjectedTable(
        name: "erasure", columns: ["record", "sha256"], keyCount: 1)

    static func erasureRow(_ leaf: PreparedBatch.Leaf) -> [DatabaseValue]? {
        guard case .erasure(let erasure) = leaf.stored.record.body else { return nil }
        return [
            leaf.stored.record.number.value.databaseValue, erasure.document.bytes.databaseBlob,
        ]
    }

    static let balance = ProjectedTable(
        name: "balance",
        columns: [
            "month", "facility", "account", "commodity",
            "basis", "amount",
        ], keyCount: 5)

    static func balanceKey(_ key: MonthlyBalances.Key) -> [DatabaseValue] {
        [
            key.month.description.databaseValue, key.balance.facility.rawValue.databaseValue,
            key.balance.account.name.databaseValue,
            key.balance.commodity.description.databaseValue,
            key.balance.basis.description.databaseValue,
        ]
    }

    static let treeEdge = ProjectedTable(
        name: "tree_edge", columns: ["level", "hash"], keyCount: 1)

    /// One row for each perfect subtree, the smallest first.
    static func treeEdgeRows(_ tree: MerkleTree) -> [[DatabaseValue]] {
        let levels = (0..<Int.bitWidth - 1).filter { tree.size >> $0 & 1 == 1 }
        return zip(levels, tree.rightEdge.reversed()).map { level, hash in
            [level.databaseValue, hash.bytes.databaseBlob]
        }
    }
}

extension [UInt8] {
    /// As a BLOB; an empty one is no NULL.
    var databaseBlob: DatabaseValue { Data(self).databaseValue }
}
