internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantities
internal import Testing

@Suite("A query of a user")
struct QueryTests {
    @Test("gives columns and rows as text")
    func result() async throws {
        try await TemporaryBook.with { book in
            let result = try book.filled().query(
                "SELECT number AS n, NULL, x'00ff', 'é' FROM entry ORDER BY n LIMIT 2 ; -- end",
                rowLimit: 2)
            #expect(result.columns == ["n", "NULL", "x'00ff'", "'é'"])
            #expect(result.rows == [["1", nil, "00ff", "é"], ["2", nil, "00ff", "é"]])
        }
    }

    @Test(
        "is refused unless it is one statement that reads",
        arguments: [
            "INSERT INTO balance VALUES ('2024-01', 'a', 'b:c', 'd', 'e', '1')",
            "UPDATE balance SET amount = '1'", "DELETE FROM balance", "DROP TABLE balance",
            "CREATE TABLE t (a)", "CREATE TEMP TABLE t (a)", "ALTER TABLE entry ADD COLUMN a",
            "ATTACH 'x' AS other", "DETACH main", "PRAGMA query_only = OFF",
            "SELECT * FROM pragma_table_info('entry')", "SELECT load_extension('x')",
            "SELECT fts3_tokenizer('a')", "BEGIN", "SAVEPOINT a", "VACUUM INTO 'x'",
            "REINDEX", "ANALYZE", "SELECT 1; SELECT 2", "SELECT 1; DROP TABLE balance", "",
            "-- nothing", "SELECT", "SELECT none FROM entry", "SELECT 1\0",
            "SELECT length(zeroblob(1000000000))", "SELECT decimal_sum(1.5)",
            "SELECT decimal_sum('1,5')",
        ])
    func refused(sql: String) async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let error = #expect(throws: LedgerStoreError.self) {
                _ = try store.query(sql, rowLimit: 10)
            }
            guard case .invalid = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(try store.firstProjectionDifference() == nil)
        }
    }

    @Test("is refused, not cut, when it gives too many rows")
    func rowLimit() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            #expect(throws: LedgerStoreError.self) {
                try store.query("SELECT * FROM posting", rowLimit: 3)
            }
        }
    }

    @Test("is stopped when it takes too long")
    func timeLimit() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let endless = """
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
                SELECT count(*) FROM n
                """
            #expect(throws: LedgerStoreError.invalid("the query takes too long")) {
                try store.query(endless, rowLimit: 1, timeLimit: .milliseconds(50))
            }
        }
    }

    @Test(
        "sums decimals exactly",
        arguments: [
            ("('0.1'), ('0.2')", "0.3"), ("('-1.50'), ('1.5')", "0"), ("(NULL), ('7')", "7"),
            ("(9007199254740993), ('0.001')", "9007199254740993.001"),
            ("(NULL)", "0"),
            (
                "('99999999999999999999999999999999999999'), ('-1')",
                "99999999999999999999999999999999999998"
            ),
        ])
    func decimalSum(values: String, sum: String) async throws {
        try await TemporaryBook.with { book in
            let result = try book.filled().query(
                "WITH v(a) AS (VALUES \(values)) SELECT decimal_sum(a) FROM v", rowLimit: 1)
            #expect(result.rows == [[sum]])
        }
    }

    @Test("that overflows is an error, never a wrong number")
    func overflow() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let nines = String(repeating: "9", count: 38)
            #expect(throws: LedgerStoreError.self) {
                try store.query(
                    "WITH v(a) AS (VALUES ('\(nines)'), ('\(nines)')) SELECT decimal_sum(a) FROM v",
                    rowLimit: 1)
            }
        }
    }

    @Test("over the postings gives the trial balance")
    func trialBalance() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled(20)
            let result = try store.query(
                """
                SELECT account, decimal_sum(amount) FROM posting
                GROUP BY account, commodity, basis HAVING decimal_sum(amount) <> '0'
                ORDER BY account
                """, rowLimit: 100)
            let balances = try store.trialBalance(in: nil).balances
                .map { [$0.key.account.name, $0.value.description] }
                .sorted { $0[0] < $1[0] }
            #expect(result.rows == balances)
            // By hand: entries 2 to 20 remain, sum of 2…20 = 209; 209 × 450 g and × 1.5 kWh.
            #expect(balances.contains(["object:ams1:use:B6:electricity", "94050000"]))
            #expect(balances.contains(["physical:ams1:used", "313.5"]))
        }
    }
}
