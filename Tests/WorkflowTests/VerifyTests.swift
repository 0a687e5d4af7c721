internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Threads
internal import Workflows

@Suite("A verification")
struct VerifyTests {
    /// A book with a posted bill for each month of a year.
    private static func posted() throws -> Book {
        let book = try SampleBook.make()
        for month in try #require(ReportingPeriod("2025")).byMonth {
            try SampleBook.importing(
                SampleBook.bill(
                    "\(month.start).csv", month.start.description, month.lastDay.description,
                    "1000"),
                into: book)
        }
        try SampleBook.post(book)
        return book
    }

    private static func append(_ entries: [JournalEntry], to book: Book) throws {
        try book.store.append(
            RecordBatch(
                actor: "test", recordedAt: book.clock(), bodies: entries.map { .journal($0) }))
    }

    private static func message(_ book: Book) throws -> String? {
        do throws(Refusal) {
            _ = try VerifyWorkflow(book: book).run()
            return nil
        } catch {
            return error.diagnostics.first?.message
        }
    }

    @Test("refuses a calculation that is posted twice, right as each entry is")
    func postedTwice() throws {
        let book = try Self.posted()
        #expect(try Self.message(book) == nil)
        let first = try #require(
            try book.entries().first { $0.entry.calculation?.role == .location })
        try Self.append([first.entry], to: book)
        let second = try book.store.head().size - 1
        let activity = try #require(first.entry.calculation?.activity)
        #expect(
            try Self.message(book)
                == "entries \(first.number) and \(second) post the same part of activity "
                + "\(activity) twice")
    }

    @Test("refuses a part that stands elsewhere", arguments: [true, false])
    func strayPart(ofDocument: Bool) throws {
        let book = try Self.posted()
        let document = try #require(try book.state().documents.last).digest
        let number = try book.store.head().size
        let part =
            ofDocument
            ? RecordBody.documentPart(DocumentPart(document: document, invoices: []))
            : .matchingRulesPart([])
        try book.store.append(
            RecordBatch(actor: "test", recordedAt: book.clock(), bodies: [part]))
        #expect(
            try Self.message(book)
                == "record \(number) is a part of what does not stand in front of it")
    }

    @Test("accepts a calculation that was reversed and posted again")
    func postedAgain() throws {
        let book = try Self.posted()
        let first = try #require(try book.entries().first { $0.entry.calculation != nil })
        try Self.append(
            [first.entry.reversed(first.number, reason: "test"), first.entry], to: book)
        #expect(try Self.message(book) == nil)
    }

    /// Two thousand entries and more, so that several threads look at once.
    @Test("names the first wrong entry, whichever thread finds one first", arguments: 0..<3)
    func firstFailure(seed: Int) throws {
        let book = try Self.posted()
        var random = SplitMix64(seed: seed)
        let original = try #require(
            try book.entries().first { $0.entry.calculation?.role == .location })
        let forged = try JournalEntry(
            effective: original.entry.effective, facility: original.entry.facility,
            description: original.entry.description,
            postings: try original.entry.postings.map { posting in
                try Posting(
                    account: posting.account, commodity: posting.commodity, basis: posting.basis,
                    amount: posting.amount.adding(posting.amount),
                    counterparty: posting.counterparty)
            }, calculation: original.entry.calculation)
        let size = try book.store.head().size
        let places = (0..<4).map { _ in Int.random(in: 0..<3_000, using: &random) }
        try Self.append(
            (0..<3_000).map { places.contains($0) ? forged : original.entry }, to: book)
        let first = try #require(places.min())
        let message = try #require(try Self.message(book))
        #expect(message.hasPrefix("entry \(size + first) does not follow from what it cites"))
    }

    @Test("tells how far it is, up to the end")
    func progress() throws {
        let book = try Self.posted()
        let size = try book.store.head().size
        let keep = ProgressLog()
        _ = try VerifyWorkflow(book: book, progress: { keep.add($0.done) }).run()
        #expect(keep.all.count > 1)
        #expect(keep.all.max() ?? 0 >= size)
        #expect(keep.all.allSatisfy { $0 <= 2 * size })
    }
}

/// A class, because the verification reports from several threads.
private final class ProgressLog: Sendable {
    private let counts = Guarded<[Int]>([])

    func add(_ count: Int) { counts.withLock { $0.append(count) } }

    var all: [Int] { counts.withLock { $0 } }
}
