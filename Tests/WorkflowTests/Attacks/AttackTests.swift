internal import AuditTrail
internal import Foundation
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

/// What an owner can do to his book with SQL and his own key, and what gives him away. Attacks by
/// roles, seals and keys of others are with the controls.
enum Attack: String, CaseIterable {
    case recordEditedAndHashedAnew, newestDeleted, middleDeleted, middleDeletedAndNumberedAnew
    case recordsExchanged, recordDatedBack, newestDatedBack
    case factorChanged, factorChangedWithItsHash, quantityChanged, postingsScaled
    case documentExchanged, documentRemoved, readingsExchanged
    case excerptAltered, excerptRemoved, excerptPutIn, excerptMoved
    case checkpointExchanged, checkpointOfOtherSize

    enum Detector {
        /// The book contradicts itself.
        case verification
        /// The book is whole in itself: only what others hold shows it.
        case outsideCheckpoint
    }

    var detector: Detector {
        switch self {
        case .recordEditedAndHashedAnew, .newestDeleted, .middleDeletedAndNumberedAnew:
            .outsideCheckpoint
        case .middleDeleted, .recordsExchanged, .recordDatedBack, .newestDatedBack,
            .factorChanged, .factorChangedWithItsHash, .quantityChanged, .postingsScaled,
            .documentExchanged, .documentRemoved, .readingsExchanged, .excerptAltered,
            .excerptRemoved, .excerptPutIn, .excerptMoved, .checkpointExchanged,
            .checkpointOfOtherSize:
            .verification
        }
    }

    /// What the detector says.
    var words: String {
        switch self {
        case .recordEditedAndHashedAnew, .middleDeletedAndNumberedAnew:
            "a record was changed, removed or put in"
        case .newestDeleted: "its newest records were cut off"
        case .middleDeleted: "the number"
        case .recordsExchanged: "carries the number"
        case .recordDatedBack, .newestDatedBack: "was recorded before the one in front of it"
        case .factorChanged: "cites a factor that is not the one in the book"
        case .factorChangedWithItsHash, .postingsScaled, .quantityChanged:
            "does not follow from what it cites"
        case .documentExchanged: "are not those that were imported"
        case .documentRemoved: "are missing from the book"
        case .readingsExchanged: "has other bytes than those recorded"
        case .excerptAltered: "its salt and text have another hash"
        case .excerptPutIn: "was altered or put in"
        case .excerptRemoved: "is missing from the book"
        case .excerptMoved: "is kept with another document"
        case .checkpointExchanged: "covers"
        case .checkpointOfOtherSize: "it is stored for"
        }
    }
}

extension Attack {
    /// The SQL that the owner runs.
    func statements(_ book: AttackedBook) throws -> [String] {
        let records = try book.records()
        switch self {
        case .recordEditedAndHashedAnew:
            return book.rewriting(try Self.edited(records, 5) { try book.bytes(of: $0, by: "eve") })
        case .newestDeleted: return book.rewriting(records.dropLast().map(\.bytes))
        case .middleDeleted: return ["DELETE FROM record WHERE number = 1"]
        case .middleDeletedAndNumberedAnew:
            let last = try #require(records.last).record
            let number = records.count - 2
            return book.rewriting(
                try records.dropLast(2).map(\.bytes) + [
                    book.bytes(of: last, number: number), book.bytes(of: last),
                ])
        case .recordsExchanged:
            var leaves = records.map(\.bytes)
            leaves.swapAt(1, 2)
            return book.rewriting(leaves)
        case .recordDatedBack:
            let before = SmallBook.moment.adding(seconds: -86_400)
            return book.rewriting(
                try Self.edited(records, 5) { try book.bytes(of: $0, at: before) })
        case .newestDatedBack:
            let before = SmallBook.moment.adding(seconds: -86_400)
            let last = records.count - 1
            return book.rewriting(
                try Self.edited(records, last) { try book.bytes(of: $0, at: before) })
                + ["UPDATE record SET recorded_at = '\(before)' WHERE number = \(last)"]
        case .factorChanged, .factorChangedWithItsHash, .quantityChanged, .postingsScaled:
            return book.rewriting(try recalculated(book, records))
        case .documentExchanged:
            return ["UPDATE evidence_part SET bytes = x'00', size = 1 WHERE evidence = 1"]
        case .documentRemoved:
            return ["DELETE FROM evidence_part", "DELETE FROM evidence"]
        case .readingsExchanged: return ["UPDATE chunk SET bytes = x'00' WHERE number = 1"]
        case .excerptAltered:
            return ["UPDATE excerpt SET text = 'another' WHERE \(Self.firstExcerpt)"]
        case .excerptRemoved: return ["DELETE FROM excerpt WHERE \(Self.firstExcerpt)"]
        case .excerptPutIn:
            let opening = ExcerptOpening(
                home: SHA256Digest(hashing: []), salt: Salt.random(), text: "another")
            return [
                "INSERT INTO excerpt VALUES (1, \(AttackedBook.blob(opening.commitment.bytes)), "
                    + "\(AttackedBook.blob(opening.salt.bytes)), 'another')"
            ]
        case .excerptMoved:
            return ["UPDATE excerpt SET evidence = 1 WHERE \(Self.firstExcerpt)"]
        case .checkpointExchanged:
            let other = Checkpoint(
                origin: SmallBook.origin, size: records.count, root: SHA256Digest(hashing: []))
            let signed = SignedCheckpoint(other, signedBy: try SmallBook.signer(1))
            let note = AttackedBook.blob(Array(signed.note.written.utf8))
            return ["UPDATE checkpoint SET note = \(note)"]
        case .checkpointOfOtherSize: return ["UPDATE checkpoint SET size = size - 1"]
        }
    }

    private static let firstExcerpt = "sha256 = (SELECT max(sha256) FROM excerpt)"

    private static func edited(
        _ records: [StoredRecord], _ number: Int, _ change: (LedgerRecord) throws -> [UInt8]
    ) throws -> [[UInt8]] {
        var leaves = records.map(\.bytes)
        leaves[number] = try change(records[number].record)
        return leaves
    }

    /// Text is exchanged in the canonical bytes, as long as they stay canonical.
    private func recalculated(
        _ book: AttackedBook, _ records: [StoredRecord]
    ) throws -> [[UInt8]] {
        var leaves = records.map(\.bytes)
        let factor = try #require(
            records.firstIndex { record in
                guard case .factor(let factor) = record.record.body else { return false }
                return factor.role == .market
            })
        func replace(_ old: String, by new: String, in number: Int) throws {
            let text = String(decoding: leaves[number], as: UTF8.self)
            try #require(text.contains(old), "\(old) in \(text)")
            leaves[number] = Array(text.replacing(old, with: new).utf8)
        }
        switch self {
        case .factorChanged:
            try replace("\"amount\":\"0.4\"", by: "\"amount\":\"0.2\"", in: factor)
        case .factorChangedWithItsHash:
            let before = try Self.bodyHash(leaves[factor])
            try replace("\"amount\":\"0.4\"", by: "\"amount\":\"0.2\"", in: factor)
            let after = try Self.bodyHash(leaves[factor])
            for number in leaves.indices
            where String(decoding: leaves[number], as: UTF8.self).contains(before) {
                try replace(before, by: after, in: number)
            }
        case .quantityChanged:
            let activity = try #require(
                records.firstIndex { record in
                    guard case .activity(let activity) = record.record.body else { return false }
                    return activity.series == nil
                })
            try replace("\"1000.5\"", by: "\"500.5\"", in: activity)
        case .postingsScaled:
            let entry = try #require(
                records.firstIndex { record in
                    guard case .journal(let entry) = record.record.body else { return false }
                    return entry.calculation?.rule == "physical-flow/1"
                })
            try replace("\"amount\":\"492\"", by: "\"amount\":\"49\"", in: entry)
            try replace("\"amount\":\"-492\"", by: "\"amount\":\"-49\"", in: entry)
        case .recordEditedAndHashedAnew, .newestDeleted, .middleDeleted,
            .middleDeletedAndNumberedAnew, .recordsExchanged, .recordDatedBack, .newestDatedBack,
            .documentExchanged, .documentRemoved, .readingsExchanged, .excerptAltered,
            .excerptRemoved, .excerptPutIn, .excerptMoved, .checkpointExchanged,
            .checkpointOfOtherSize:
            Issue.record("\(self) changes no amount")
        }
        return leaves
    }

    /// The hash by which entries cite a factor.
    private static func bodyHash(_ record: [UInt8]) throws -> String {
        guard case .factor(let factor) = try RecordCoding.decode(record).body else { return "" }
        return try CanonicalJSON.digest(of: factor).hexadecimal
    }
}

@Suite("An attack by the owner of a book")
struct AttackTests {
    @Test("is found", arguments: Attack.allCases)
    func found(attack: Attack) throws {
        try AttackedBook.with { book in
            #expect(try book.finding() == nil)
            #expect(try book.finding(outside: [book.held], keys: book.keys) == nil)
            try book.raw.runWithoutTriggers(attack.statements(book))
            let alone = try book.finding()
            let compared = try book.finding(outside: [book.held], keys: book.keys)
            switch attack.detector {
            case .verification:
                #expect(alone?.contains(attack.words) == true, "\(alone ?? "")")
                #expect(compared != nil)
            case .outsideCheckpoint:
                #expect(alone == nil, "found by the book itself")
                #expect(compared?.contains(attack.words) == true, "\(compared ?? "")")
            }
        }
    }

    /// Columns that are computed from the records. Each is changed by itself; a column that a
    /// later version of the schema brings is attacked, too.
    @Test(
        "on a projection alone is found",
        arguments: ["record", "tree_edge", "entry", "posting", "balance"])
    func projection(table: String) throws {
        try AttackedBook.with { book in
            let columns = try book.raw.rows("SELECT name FROM pragma_table_info('\(table)')")
            #expect(columns.count >= 2)
            let honest = try Data(contentsOf: URL(filePath: book.path))
            for column in columns.map({ $0[0] }) {
                try honest.write(to: URL(filePath: book.path))
                let first = "(SELECT \(column) FROM \(table) ORDER BY \(column) DESC LIMIT 1)"
                try book.raw.runWithoutTriggers([
                    """
                    UPDATE \(table) SET \(column) = CASE typeof(\(column))
                        WHEN 'integer' THEN \(column) + 1000 WHEN 'blob' THEN zeroblob(32)
                        WHEN 'text' THEN \(column) || '0'
                        ELSE (SELECT number FROM record LIMIT 1) END
                    WHERE \(column) IS \(first)
                    """
                ])
                #expect(try book.finding() != nil, "\(table).\(column)")
            }
            for change in ["DELETE FROM \(table)", "DROP TABLE \(table)"] {
                try honest.write(to: URL(filePath: book.path))
                if change.hasPrefix("DROP") {
                    try book.raw.run([change])
                } else {
                    try book.raw.runWithoutTriggers([change])
                }
                #expect(try book.finding() != nil, "\(change)")
            }
        }
    }

    @Test("that shows two books to two people is proved by their checkpoints")
    func fork() throws {
        try AttackedBook.with { book in
            let path = book.folder.appending(path: "fork.tonne").path
            let store = try SQLiteLedgerStore.create(at: path)
            let fork = try SmallBook.make(store, billed: "100.5")
            try SmallBook.appendTables(to: store)
            // The key remembers; its memory is a file of the owner.
            let signer = try SmallBook.signer(1)
            #expect(throws: Refusal.self) {
                try SmallBook.sign(fork, with: signer, statePath: book.statePath)
            }
            let other = try SmallBook.sign(
                fork, with: signer, statePath: book.folder.appending(path: "forgetful").path)
            _ = try VerifyWorkflow(book: fork, outside: [other], keys: [signer.key]).run()
            // Two roots of one size, one key: either book convicts the owner of the other.
            #expect(other.checkpoint.size == book.held.checkpoint.size)
            #expect(other.checkpoint.root != book.held.checkpoint.root)
            for signed in [other, book.held] {
                #expect(try signed.note.verdict(of: signer.key) == .signed)
            }
            #expect(throws: Refusal.self) {
                try VerifyWorkflow(book: fork, outside: [book.held], keys: [signer.key]).run()
            }
            #expect(try book.finding(outside: [other], keys: [signer.key]) != nil)
        }
    }

    @Test("that puts back an older copy is found by the key and by the auditor")
    func rollback() throws {
        try AttackedBook.with { book in
            let older = try Data(contentsOf: URL(filePath: book.path))
            let store = try SQLiteLedgerStore.open(at: book.path)
            let grown = Book(path: book.path, store: store, actor: "test") { SmallBook.moment }
            try SampleBook.importing(
                SampleBook.bill("may.csv", "2025-05-01", "2025-05-31", "7"), into: grown)
            let signer = try SmallBook.signer(1)
            let newer = try SmallBook.sign(grown, with: signer, statePath: book.statePath)
            #expect(try book.finding(outside: [book.held, newer], keys: [signer.key]) == nil)
            try store.close()
            try older.write(to: URL(filePath: book.path))
            #expect(try book.finding() == nil, "the older copy is whole in itself")
            let remembered = try ProofFiles.checkpoint(book.statePath)
            let found = try book.finding(outside: [remembered], keys: [signer.key])
            #expect(found?.contains("an older copy was put in its place") == true)
            let refusal = #expect(throws: Refusal.self) {
                try SmallBook.sign(book.open(), with: signer, statePath: book.statePath)
            }
            #expect(refusal?.exitCode == 5)
        }
    }

    @Test("with another key of the same name is found by the key that others hold")
    func stolenName() throws {
        try AttackedBook.with { book in
            let thief = try SmallBook.signer(9)
            let forged = SignedCheckpoint(book.held.checkpoint, signedBy: thief)
            let found = try book.finding(outside: [forged], keys: [SmallBook.signer(1).key])
            #expect(found?.contains("did not sign the checkpoint") == true)
        }
    }

    /// A witness cannot have seen what was recorded later; so a clock that was set cannot date a
    /// record after the witness's time.
    @Test("on the clock is found by the time of the witness")
    func clock() throws {
        try AttackedBook.with { book in
            let witness = try SmallBook.witness()
            let early = SmallBook.moment.secondsSinceEpoch - 2 * 86_400
            let seen = SignedCheckpoint(book.held.checkpoint, signedBy: try SmallBook.signer(1))
                .adding(witness.signature(of: book.held.note.text, at: early))
            let found = try book.finding(outside: [seen], keys: [witness.key])
            #expect(found?.contains("had cosigned it") == true, "\(found ?? "")")
            let late = SignedCheckpoint(book.held.checkpoint, signedBy: try SmallBook.signer(1))
                .adding(witness.signature(of: book.held.note.text, at: early + 2 * 86_400 - 60))
            #expect(try book.finding(outside: [late], keys: [witness.key]) == nil)
        }
    }

    @Test("that books a bill twice, renamed or typed anew, books nothing")
    func twice() throws {
        let book = try SmallBook.make(InMemoryLedgerStore())
        let before = try SampleBook.balances(book)
        let size = try book.store.head().size
        for name in ["bill.csv", "renamed.csv"] {
            try SampleBook.importing(SmallBook.bill(name, "1000.5"), into: book)
            #expect(try book.store.head().size == size, "\(name)")
        }
        let typed = SampleBook.document(
            "typed.csv",
            "meter,first_day,last_day,carrier,quantity,unit\n"
                + "M-1,2025-03-16,2025-04-15,electricity,1000.50,kWh\n\n")
        try SampleBook.importing(typed, into: book)
        try SampleBook.post(book)
        #expect(try SampleBook.balances(book) == before)
    }
}
