internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Foundation
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("A pack")
struct PackTests {
    static let verifier = Repository.root.appending(path: "Schemas/verify.py").path
    private static let attacks = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "attack_pack.py").path
    static let year = ReportingPeriod("2025")

    /// A book with a checkpoint of a part, one of all, cosigned, and the keys of both signers.
    static func signedBook(_ folder: URL) throws -> (book: Book, keys: [NoteKey]) {
        let signer = try SmallBook.signer(1)
        let state = folder.appending(path: "key.last").path
        let book = try SmallBook.make(InMemoryLedgerStore()) { book in
            try SmallBook.sign(book, with: signer, statePath: state)
        }
        let signed = try SmallBook.sign(book, with: signer, statePath: state)
        let witness = try SmallBook.witness()
        let time = SmallBook.moment.secondsSinceEpoch + 60
        _ = try CheckpointWorkflow(book: book).add(
            [witness.signature(of: signed.note.text, at: time)], of: witness.key, dryRun: false)
        return (book, [signer.key, witness.key])
    }

    @discardableResult
    static func pack(
        _ book: Book, _ url: URL, keys: [NoteKey] = [], hasEvidence: Bool = true
    ) throws -> PackReport {
        let report = try PackWorkflow(book: book, keys: keys).write(
            #require(year), hasEvidence: hasEvidence, to: url.path)
        #expect(report.isComplete)
        return report
    }

    /// Entries that rest on the bill, on the readings, and the one that takes another back.
    static func sample(_ book: Book, _ url: URL, keys: [NoteKey] = []) throws -> PackReport {
        let entries = try book.entries()
        let first = try #require(entries.first).number
        let reversal = try #require(entries.first { $0.entry.reversal != nil }).number
        return try PackWorkflow(book: book, keys: keys).writeSample(
            of: [first, reversal], #require(year), hasEvidence: true, to: url.path)
    }

    @Test("verifies in Python, and no attack on it goes unseen", .enabled(if: Python.isPresent))
    func attacks() throws {
        try TemporaryFolder.with { folder in
            let pack = folder.appending(path: "pack.zip")
            let (book, keys) = try Self.signedBook(folder)
            try Self.pack(book, pack, keys: keys)
            let outcome = try Python.run(
                [Self.verifier, pack.path] + keys.flatMap { ["--key", $0.description] })
            #expect(outcome.status == 0, "\(outcome.output)")
            // 24 hours of 17h mod 50 kWh are 492 kWh (the sum of 17h is 4692, less 84 fifties),
            // with the bill 1492.5 kWh. Location-based × (0.20705 + 30 × 0.00001 + 0.0012345) kg is
            // 311.31 kg, market-based × 0.4 kg is 597 kg.
            #expect(outcome.output.contains("S2_LB                0.311 t CO2e"))
            #expect(outcome.output.contains("S2_MB                0.597 t CO2e"))
            #expect(
                outcome.output.contains(
                    "signed by \(SmallBook.origin); auditor.example/1 at 2026-01-01T00:01:00Z"))
            #expect(!outcome.output.contains("NOT SIGNED"))
            #expect(outcome.output.hasSuffix("\nOK\n"))
            let attacked = try Python.run(
                [Self.attacks, Self.verifier, pack.path] + keys.map(\.description))
            #expect(attacked.status == 0, "\(attacked.output)")
        }
    }

    @Test("without documents says how many it could not compare", .enabled(if: Python.isPresent))
    func withoutEvidence() throws {
        try TemporaryFolder.with { folder in
            let pack = folder.appending(path: "pack.zip")
            try Self.pack(SmallBook.make(InMemoryLedgerStore()), pack, hasEvidence: false)
            let outcome = try Python.run([Self.verifier, pack.path])
            #expect(outcome.status == 0, "\(outcome.output)")
            // The factors, the feed and the bill.
            #expect(outcome.output.contains("none of 3 documents and 1 series compared"))
            #expect(outcome.output.contains("NOT SIGNED"))
            #expect(try PackCheckWorkflow(path: pack.path).run().documents == 0)
        }
    }

    @Test("of one book is the same bytes, and libzip reads them")
    func deterministic() throws {
        try TemporaryFolder.with { folder in
            let (book, keys) = try Self.signedBook(folder)
            let paths = ["a.zip", "b.zip"].map { folder.appending(path: $0) }
            for (path, keys) in zip(paths, [keys, keys.reversed()]) {
                try Self.pack(book, path, keys: keys)
            }
            let bytes = try Data(contentsOf: paths[0])
            #expect(try Data(contentsOf: paths[1]) == bytes)
            let archive = try ZipArchive(Document(name: "a.zip", bytes: Array(bytes)))
            let names = archive.entries.map(\.name)
            #expect(names == names.sorted())
            #expect(names.count { $0.hasPrefix("evidence/") } == 3)
            #expect(names.count { $0.hasPrefix("notes/") } == 2)
            for entry in archive.entries { _ = try archive.read(entry) }
        }
    }

    @Test("is not written over a book whose bytes are others")
    func tampered() throws {
        try TemporaryFolder.with { folder in
            let honest = try SmallBook.make(InMemoryLedgerStore())
            let store = TamperedStore(honest: honest.store) { $0.dropLast() + [0] }
            let book = Book(path: "memory", store: store, actor: "test", clock: honest.clock)
            let pack = folder.appending(path: "pack.zip")
            let refusal = #expect(throws: Refusal.self) { try Self.pack(book, pack) }
            #expect(refusal?.diagnostics.map(\.code) == [.integrityFailure])
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test("is compared with a checkpoint that somebody held", .enabled(if: Python.isPresent))
    func heldCheckpoint() throws {
        try TemporaryFolder.with { folder in
            let (book, keys) = try Self.signedBook(folder)
            let pack = folder.appending(path: "pack.zip")
            try Self.pack(book, pack, keys: keys)
            let other = try SmallBook.make(InMemoryLedgerStore(), billed: "100.5")
            let signer = try SmallBook.signer(1)
            let notes = try [
                ("own.note", CheckpointWorkflow(book: book).list()[0]),
                (
                    "other.note",
                    SmallBook.sign(
                        other, with: signer, statePath: folder.appending(path: "x").path)
                ),
            ]
            for (index, (name, signed)) in notes.enumerated() {
                let file = folder.appending(path: name)
                try Data(signed.note.written.utf8).write(to: file)
                let outcome = try Python.run([
                    Self.verifier, pack.path, "--key", signer.key.description, "--checkpoint",
                    file.path,
                ])
                #expect(outcome.status == Int32(index), "\(outcome.output)")
                #expect(index == 0 || outcome.output.contains("root of the first"))
                let swift = PackCheckWorkflow(
                    path: pack.path, outside: [signed], keys: [signer.key])
                if index == 0 {
                    #expect(try swift.run().notes.count == 2)
                } else {
                    let refusal = #expect(throws: Refusal.self) { try swift.run() }
                    #expect(refusal?.exitCode == 5)
                }
            }
            // A key that signed nothing.
            let stranger = try SmallBook.witness(7).key
            let outcome = try Python.run([
                Self.verifier, pack.path, "--key", stranger.description,
            ])
            #expect(outcome.output.contains("a checkpoint signed by it"), "\(outcome.output)")
            let refusal = #expect(throws: Refusal.self) {
                try PackCheckWorkflow(path: pack.path, keys: [stranger]).run()
            }
            #expect(refusal?.exitCode == 3)
        }
    }

    @Test(
        "of a sample holds what its entries rest on, each record with its proof",
        .enabled(if: Python.isPresent))
    func sample() throws {
        try TemporaryFolder.with { folder in
            let (book, keys) = try Self.signedBook(folder)
            let pack = folder.appending(path: "sample.zip")
            let report = try Self.sample(book, pack, keys: keys)
            let bytes = try Data(contentsOf: pack)
            let names = try ZipArchive(Document(name: "a.zip", bytes: Array(bytes))).entries
                .map(\.name)
            #expect(!names.contains { $0.hasPrefix("tile/") || $0 == "statement.json" })
            #expect(names.count { $0.hasSuffix(".tlog-proof") } == report.records)
            #expect(report.records < report.head.size)
            let outcome = try Python.run(
                [Self.verifier, pack.path] + keys.flatMap { ["--key", $0.description] })
            #expect(outcome.status == 0, "\(outcome.output)")
            // The two that were asked for, and the entry that one of them takes back.
            #expect(outcome.output.contains("3 entries recomputed, a sample"))
            let checked = try PackCheckWorkflow(path: pack.path, keys: keys).run()
            #expect(checked.isSample && checked.entries == 3)
            #expect(checked.documents == report.documents)
        }
    }

    @Test("of a sample needs entries of the period and a checkpoint that covers them")
    func sampleRefused() throws {
        try TemporaryFolder.with { folder in
            let pack = folder.appending(path: "sample.zip")
            let unsigned = try SmallBook.make(InMemoryLedgerStore())
            let refusal = #expect(throws: Refusal.self) { try Self.sample(unsigned, pack) }
            #expect(refusal?.diagnostics.map(\.code) == [.checkpointRefused])
            let (book, _) = try Self.signedBook(folder)
            let last = try book.store.head().size
            for number in [0, 1, last, 1_000_000] {
                let refusal = #expect(throws: Refusal.self) {
                    try PackWorkflow(book: book).writeSample(
                        of: [RecordNumber(number)], #require(Self.year), hasEvidence: true,
                        to: pack.path)
                }
                #expect(refusal?.diagnostics.map(\.code) == [.entryUnknown])
            }
        }
    }
}
