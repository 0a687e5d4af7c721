internal import Diagnostics
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing
internal import Workflows

/// One bit of the file of a book flips: each byte in turn, one bit of it by chance.
///
/// A flip counts as noticed when the book is not opened, or `verify` refuses it. One that neither
/// notices must have changed nothing that the book states: every row of every table, through the
/// table and through each index, and the schema read as before. Those are bytes that SQLite does
/// not use, and counters.
@Suite("A book of which a bit has flipped")
struct FlippedBitTests {
    private static let slices = 8

    @Test("is refused, unless nothing it states has changed", arguments: 0..<slices)
    func everyByte(slice: Int) throws {
        let original = try Self.sample.get()
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "book.tonne").path
            try Data(original).write(to: URL(filePath: path))
            let statements = try BookDump.statements(of: path)
            let content = try BookDump.read(path, statements)
            let step = TortureSize.isWhole ? 1 : 997
            var opening = 0
            var verifying = 0
            var without = 0
            let positions = stride(from: slice * step, to: original.count, by: Self.slices * step)
            for position in positions {
                var random = SplitMix64(seed: position)
                var changed = original
                changed[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                try Self.replace(path, by: changed)
                switch Self.outcome(path) {
                case .notOpened: opening += 1
                case .refused: verifying += 1
                case .accepted:
                    without += 1
                    try Self.replace(path, by: changed)
                    let read = try? BookDump.read(path, statements)
                    #expect(read == content, "byte \(position), page \(position / 4_096 + 1)")
                }
            }
            #expect(!TortureSize.isWhole || opening > 0 && verifying > 0 && without > 0)
            TortureSize.report(
                "\(opening + verifying + without) flipped bits: \(opening) keep the book from "
                    + "being opened, \(verifying) verify finds, \(without) change nothing")
        }
    }

    /// Each kind of row is there, or the test would prove nothing of it.
    @Test("holds rows of every table")
    func sampleIsFull() throws {
        let original = try Self.sample.get()
        try TemporaryFolder.with { folder in
            let path = folder.appending(path: "book.tonne").path
            try Data(original).write(to: URL(filePath: path))
            let tables = try BookDump.read(
                path, ["SELECT name FROM sqlite_schema WHERE type = 'table'"])
            #expect(tables.contains("checkpoint") && tables.contains("chunk"))
            for table in tables {
                let rows = try BookDump.read(path, ["SELECT count(*) FROM \(table)"])
                #expect(rows != ["0"], "\(table) is empty")
            }
            guard case .accepted = Self.outcome(path) else {
                Issue.record("the book is refused as it is")
                return
            }
        }
    }

    private enum Outcome { case notOpened, refused, accepted }

    private static func outcome(_ path: String) -> Outcome {
        let book: Book
        do throws(Refusal) {
            book = try BookFiles.open(path, actor: "test")
        } catch {
            return .notOpened
        }
        do throws(Refusal) {
            _ = try VerifyWorkflow(book: book).run()
            return .accepted
        } catch {
            return .refused
        }
    }

    private static func replace(_ path: String, by bytes: [UInt8]) throws {
        for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
        try Data(bytes).write(to: URL(filePath: path))
    }

    /// A small whole book, made by the program: bills, readings, a factor pack, entries, a
    /// reversal, an erased document and two signed checkpoints.
    private static let sample = Result {
        try TemporaryFolder.with { root in
            let scenario = try ImportScenario.prepared(ImportScenario.papers, in: root)
            let pack = try String(
                contentsOf: Repository.root.appending(
                    path: "Examples/noordlicht/factors/noordlicht-factors.csv"), encoding: .utf8)
            try Data(pack.replacing(",NL,", with: ",GB,").utf8)
                .write(to: root.appending(path: "factors.csv"))
            func run(_ arguments: String...) throws -> String {
                let outcome = try scenario.run(arguments, on: scenario.book)
                #expect(outcome.status <= 1, "\(arguments): \(outcome.errors)")
                return outcome.output
            }
            _ = try run("factors", "load", "factors.csv")
            _ = try run("key", "new", "log.key")
            _ = try run("import", "bill-1.csv", "bill-2.csv", "readings.csv")
            _ = try run("post", "--through", "2025-12")
            _ = try run("checkpoint", "--key", "log.key")
            _ = try run("import", "bill-3.csv")
            let bill = try Data(contentsOf: root.appending(path: "bill-2.csv"))
            _ = try run(
                "erase", SHA256Digest(hashing: Array(bill)).hexadecimal, "--basis", "a rule",
                "--reason", "a test")
            _ = try run("checkpoint", "--key", "log.key")
            return Array(try Data(contentsOf: scenario.book))
        }
    }
}
