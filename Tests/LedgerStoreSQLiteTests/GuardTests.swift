internal import AuditTrail
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Testing

/// What a program with a plain connection tries: no foreign keys, no recursive triggers.
private let attacks = [
    "UPDATE record SET bytes = x'00' WHERE number = 1",
    "DELETE FROM record WHERE number = 4",
    "INSERT OR REPLACE INTO record SELECT number, kind, recorded_at, x'00', leaf_hash FROM record",
    """
    INSERT INTO record SELECT * FROM record WHERE number = 1
    ON CONFLICT (number) DO UPDATE SET bytes = x'00'
    """,
    "INSERT INTO record SELECT 99, kind, recorded_at, bytes, leaf_hash FROM record LIMIT 1",
    "INSERT INTO record SELECT NULL, kind, recorded_at, bytes, leaf_hash FROM record LIMIT 1",
    """
    INSERT INTO record SELECT 5, kind, '2020-01-01T00:00:00Z', bytes, leaf_hash
    FROM record WHERE number = 1
    """,
    "UPDATE OR REPLACE record SET number = 2 WHERE number = 1",
    "UPDATE evidence SET size = 1",
    "DELETE FROM evidence",
    "INSERT OR REPLACE INTO evidence SELECT number, sha256, 1 FROM evidence",
    "INSERT OR REPLACE INTO evidence SELECT number + 1, sha256, 1 FROM evidence",
    "INSERT OR REPLACE INTO evidence VALUES (1, zeroblob(32), 0)",
    """
    INSERT INTO evidence SELECT number, sha256, 1 FROM evidence WHERE 1
    ON CONFLICT (sha256) DO UPDATE SET size = 1
    """,
    "UPDATE evidence_part SET bytes = x'00'",
    "DELETE FROM evidence_part",
    "INSERT OR REPLACE INTO evidence_part SELECT evidence, part, 1, x'00' FROM evidence_part",
    "INSERT INTO evidence_part SELECT evidence, part + 2, 1, x'00' FROM evidence_part",
    """
    INSERT OR REPLACE INTO evidence_part (rowid, evidence, part, size, bytes)
    SELECT rowid, evidence, part + 1, 1, x'00' FROM evidence_part
    """,
    "UPDATE chunk SET bytes = x'00'",
    "DELETE FROM chunk",
    "INSERT OR REPLACE INTO chunk SELECT number, sha256, x'00' FROM chunk",
    "INSERT OR REPLACE INTO chunk SELECT number + 1, sha256, x'00' FROM chunk",
    "INSERT OR REPLACE INTO chunk SELECT number, zeroblob(32), x'00' FROM chunk",
    "INSERT INTO chunk SELECT 9, zeroblob(32), x'00' FROM chunk",
    """
    INSERT INTO chunk SELECT * FROM chunk WHERE 1
    ON CONFLICT (sha256) DO UPDATE SET bytes = x'00'
    """,
    "UPDATE entry SET description = 'other' WHERE number = 1",
    "DELETE FROM entry WHERE number = 4",
    """
    INSERT OR REPLACE INTO entry
    SELECT number, effective, month, facility, 'other', rule, activity, factor, reverses
    FROM entry WHERE number = 4
    """,
    """
    INSERT OR REPLACE INTO entry (number, effective, month, facility, description, reverses)
    VALUES (3, '2024-01-01', '2024-01', 'ams1', 'steals the reversal', 1)
    """,
    "UPDATE posting SET amount = '1' WHERE entry = 1 AND line = 1",
    "DELETE FROM posting WHERE entry = 1",
    """
    INSERT OR REPLACE INTO posting
    SELECT entry, line, account, commodity, basis, '1', NULL FROM posting WHERE entry = 4
    """,
    """
    INSERT INTO posting SELECT 1, 9, account, commodity, basis, '1', NULL
    FROM posting WHERE entry = 1 AND line = 1
    """,
]

@Suite("The guards of a book")
struct GuardTests {
    @Test("refuse every change of a fact", arguments: attacks)
    func refuse(attack: String) async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let head = try store.head()
            let pragmas = "PRAGMA foreign_keys = OFF; PRAGMA recursive_triggers = OFF; "
            #expect(book.raw(pragmas + attack) != nil)
            #expect(try store.head() == head)
            #expect(try store.firstProjectionDifference() == nil)
        }
    }

    @Test(
        "refuse every change of a signed checkpoint",
        arguments: [
            "UPDATE checkpoint SET size = 1", "DELETE FROM checkpoint",
            "INSERT OR REPLACE INTO checkpoint SELECT number, size, sha256, x'00' FROM checkpoint",
            "INSERT INTO checkpoint SELECT number + 2, size, sha256, note FROM checkpoint",
            "INSERT INTO checkpoint SELECT number + 1, 9, sha256, note FROM checkpoint",
            """
            INSERT INTO checkpoint SELECT * FROM checkpoint WHERE 1
            ON CONFLICT (number) DO UPDATE SET note = x'00'
            """,
        ])
    func checkpoint(attack: String) async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let kept = StoredCheckpoint(size: 2, note: Array("a note".utf8))
            try store.keep(kept, after: 0)
            #expect(book.raw("PRAGMA recursive_triggers = OFF; " + attack) != nil)
            #expect(try store.checkpoints() == [kept])
        }
    }

    @Test("are themselves guarded: without one, a book is not written to")
    func dropped() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            // No trigger can forbid this; GRDB needs the authorizer that could.
            #expect(book.raw("DROP TRIGGER posting_update") == nil)
            let missing = "schema: the trigger posting_update is missing"
            #expect(throws: LedgerStoreError.corrupt(missing)) {
                try SQLiteLedgerStore.open(at: book.path)
            }
            let reader = try SQLiteLedgerStore.openReadOnly(at: book.path)
            #expect(try reader.firstProjectionDifference() == missing)
        }
    }

    @Test("notice a table or trigger that was added")
    func added() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            #expect(
                book.raw(
                    "CREATE TRIGGER aid AFTER INSERT ON entry BEGIN DELETE FROM balance; END")
                    == nil)
            #expect(throws: LedgerStoreError.self) { try SQLiteLedgerStore.open(at: book.path) }
        }
    }

    @Test("are compared again where the schema was changed while the book was open")
    func droppedMeanwhile() async throws {
        try await TemporaryBook.with { book in
            let store = try book.filled()
            let batch = Sample.batch([.journal(try Sample.entry(7))])
            // What compacts the file changes no guard.
            #expect(book.raw("VACUUM") == nil)
            try store.append(batch)
            #expect(book.raw("DROP TRIGGER posting_update") == nil)
            let missing = LedgerStoreError.corrupt("schema: the trigger posting_update is missing")
            #expect(throws: missing) { try store.append(batch) }
            #expect(throws: missing) {
                try store.keep(StoredCheckpoint(size: 2, note: Array("a note".utf8)), after: 0)
            }
        }
    }
}
