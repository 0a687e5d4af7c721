internal import Foundation
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing

/// A change that leaves the schema as it was, and the row it must be reported with.
private let changes = [
    ("UPDATE record SET kind = 'factor' WHERE number = 2", "record 2: kind"),
    ("UPDATE record SET leaf_hash = zeroblob(32) WHERE number = 2", "record 2: leaf_hash"),
    (
        "UPDATE record SET recorded_at = '2025-01-01T12:00:01Z' WHERE number = 4",
        "record 4: recorded_at"
    ),
    (
        "DELETE FROM record WHERE number = 4",
        "foreign key check"
    ),
    ("UPDATE tree_edge SET hash = zeroblob(32) WHERE level = 0", "tree_edge 0: hash"),
    (
        "DELETE FROM tree_edge WHERE level = 0",
        "tree_edge 0: the table has 'tree_edge 2' in its place"
    ),
    ("UPDATE evidence_part SET bytes = x'00'", "evidence"),
    ("UPDATE evidence SET size = 1", "evidence"),
    ("DELETE FROM evidence_part", "evidence"),
    ("UPDATE evidence SET number = 2", "foreign key check"),
    ("UPDATE chunk SET bytes = x'00'", "chunk"),
    ("UPDATE chunk SET number = 2", "chunk"),
    ("DELETE FROM chunk", "chunk: the records cite 1, the book holds 0"),
    (
        """
        INSERT INTO chunk VALUES (2,
            x'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d', x'00')
        """,
        // SHA-256 of one zero byte.
        "chunk 6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d: no record"
    ),
    ("UPDATE checkpoint SET note = x'00'", "checkpoint 1: its note has the hash"),
    ("UPDATE checkpoint SET sha256 = zeroblob(32)", "checkpoint 1: its note has the hash"),
    ("UPDATE checkpoint SET number = 2", "checkpoint: there is no number 1"),
    ("UPDATE entry SET effective = '2024-01-29' WHERE number = 1", "entry 1: effective"),
    ("UPDATE entry SET facility = 'fra2' WHERE number = 1", "entry 1: facility"),
    ("UPDATE entry SET description = 'other' WHERE number = 1", "entry 1: description"),
    ("UPDATE entry SET rule = 'x' WHERE number = 1", "entry 1: rule"),
    ("UPDATE entry SET activity = 0 WHERE number = 1", "entry 1: activity"),
    ("UPDATE entry SET factor = 0 WHERE number = 1", "entry 1: factor"),
    ("UPDATE entry SET reverses = 2 WHERE number = 4", "entry 4: reverses"),
    (
        "UPDATE posting SET account = 'source:x' WHERE entry = 2 AND line = 1",
        "posting 2 1: account"
    ),
    (
        "UPDATE posting SET commodity = 'mg CH4' WHERE entry = 2 AND line = 1",
        "posting 2 1: commodity"
    ),
    ("UPDATE posting SET basis = 'market' WHERE entry = 2 AND line = 1", "posting 2 1: basis"),
    (
        "UPDATE posting SET amount = '900001' WHERE entry = 2 AND line = 1",
        "posting 2 1: amount is stored as '900001', computed from the records it is '900000'"
    ),
    (
        "UPDATE posting SET counterparty = NULL WHERE entry = 2 AND line = 2",
        "posting 2 2: counterparty"
    ),
    ("DELETE FROM posting WHERE entry = 4 AND line = 4", "posting 4 4: the row is missing"),
    (
        "INSERT INTO posting VALUES (4, 9, 'a:b', 'kWh', 'common', '1', NULL)",
        "posting 4 9: no record accounts for the row"
    ),
    (
        "UPDATE balance SET amount = '1' WHERE account LIKE 'object%' AND month = '2024-02'",
        "balance 2024-02 ams1 object:ams1:use:B6:electricity mg CO2 location: amount"
    ),
    ("DELETE FROM balance WHERE account LIKE 'physical%'", "balance"),
    (
        "INSERT INTO balance VALUES ('2030-01', 'a', 'b:c', 'd', 'e', '1')",
        "balance 2030-01 a b:c d e: no record accounts for the row"
    ),
]

@Suite("The check of the projections")
struct BitRotTests {
    @Test("names table, row and both values of a change", arguments: changes)
    func change(sql: String, report: String) async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            try store.keep(StoredCheckpoint(size: 2, note: Array("a note".utf8)), after: 0)
            let triggers = try store.query(
                "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'", rowLimit: 100)
            let drop = triggers.rows.map { "DROP TRIGGER \($0[0] ?? "");" }.joined()
            let create = triggers.rows.map { ($0[1] ?? "") + ";" }.joined()
            #expect(book.raw(drop + sql + ";" + create) == nil)
            let difference = try store.firstProjectionDifference()
            #expect(difference?.hasPrefix(report) == true, "\(difference ?? "nothing")")
        }
    }

    @Test("notices a flipped bit, unless no content depends on it", arguments: 0..<25)
    func flippedBit(seed: Int) async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled(12)
            try store.keep(StoredCheckpoint(size: 2, note: Array("a note".utf8)), after: 0)
            try store.close()
            let url = URL(filePath: book.path)
            let original = try Data(contentsOf: url)
            let content = try dump(book)
            var random = SplitMix64(seed: seed)
            for _ in 0..<12 {
                var changed = original
                let position = Int.random(in: 0..<changed.count, using: &random)
                let bit = Int.random(in: 0..<8, using: &random)
                changed[position] ^= 1 << bit
                try changed.write(to: url)
                if isAccepted(book) {
                    #expect(try dump(book) == content, "byte \(position), bit \(bit)")
                }
            }
        }
    }

    private func isAccepted(_ book: TemporaryBook) -> Bool {
        do throws(LedgerStoreError) {
            let reader = try SQLiteLedgerStore.openReadOnly(at: book.path)
            return try reader.firstProjectionDifference() == nil
        } catch {
            return false
        }
    }

    /// All rows, read through the tables and through each index.
    private func dump(_ book: TemporaryBook) throws -> [[String?]] {
        let reader = try SQLiteLedgerStore.openReadOnly(at: book.path)
        return try [
            "SELECT * FROM record", "SELECT * FROM tree_edge", "SELECT * FROM evidence",
            "SELECT * FROM evidence_part",
            "SELECT * FROM entry", "SELECT * FROM posting", "SELECT * FROM balance",
            "SELECT kind, number FROM record INDEXED BY record_kind ORDER BY kind",
            "SELECT effective, facility, number FROM entry INDEXED BY entry_period ORDER BY 1, 2",
            "SELECT activity, number FROM entry INDEXED BY entry_activity WHERE activity >= 0",
            "SELECT * FROM checkpoint",
            "SELECT account, entry FROM posting INDEXED BY posting_account ORDER BY account",
            "SELECT sha256 FROM evidence ORDER BY sha256", "SELECT * FROM chunk",
            "SELECT evidence, part FROM evidence_part ORDER BY evidence, part",
            "SELECT sha256 FROM chunk ORDER BY sha256",
        ].flatMap { try reader.query($0, rowLimit: 1_000).rows }
    }
}
