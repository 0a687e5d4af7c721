internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Imports")
struct ImportLawTests {
    @Test("give equal balances in any order", arguments: 0..<20)
    func order(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let documents = [
            SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"),
            SampleBook.bill("b.csv", "2025-03-01", "2025-04-15", "2300.5"),
            SampleBook.feed("c.csv", hours: 0..<12) { $0 * 3 },
            SampleBook.feed("d.csv", hours: 12..<24) { 100 - $0 },
        ]
        func balances(_ documents: [Document]) throws -> TrialBalance {
            let book = try SampleBook.make(factors: false)
            for document in documents { try SampleBook.importing(document, into: book) }
            try SampleBook.post(book)
            return try SampleBook.balances(book)
        }
        #expect(
            try balances(documents.shuffled(using: &generator)) == balances(documents))
    }

    @Test("of the same bytes book nothing")
    func twice() throws {
        let book = try SampleBook.make(factors: false)
        let bill = SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000")
        try SampleBook.importing(bill, into: book)
        let head = try book.store.head()
        #expect(try SampleBook.importing(bill, into: book).effect == .alreadyImported)
        #expect(try book.store.head() == head)
    }

    @Test("of a feed split in two equal the feed as one, and an overlap adds what is new")
    func split() throws {
        func balances(_ ranges: [Range<Int>]) throws -> TrialBalance {
            let book = try SampleBook.make(factors: false)
            for (index, range) in ranges.enumerated() {
                try SampleBook.importing(
                    SampleBook.feed("\(index).csv", hours: range) { 7 * $0 + 1 }, into: book)
            }
            try SampleBook.post(book)
            return try SampleBook.balances(book)
        }
        let whole = try balances([0..<24])
        #expect(try balances([0..<10, 10..<24]) == whole)
        #expect(try balances([0..<15, 5..<24]) == whole)
        #expect(try balances([12..<24, 0..<24]) == whole)
    }

    @Test("that contradict what is booked wait for a decision")
    func conflict() throws {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(
            SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
        let report = try SampleBook.importing(
            SampleBook.bill("b.csv", "2025-02-15", "2025-03-14", "900"), into: book)
        #expect(report.activities.isEmpty)
        #expect(report.conflicts == 1)
        #expect(try book.state().waiting.count == 1)
    }

    @Test("with a fault book nothing at all")
    func atomic() throws {
        let book = try SampleBook.make(factors: false)
        let head = try book.store.head()
        let document = SampleBook.document(
            "a.csv",
            """
            meter,first_day,last_day,carrier,quantity,unit
            M-1,2025-02-01,2025-02-28,electricity,1000,kWh
            M-1,2025-03-01,2025-03-31,electricity,-1000,kWh

            """)
        let refusal = #expect(throws: Refusal.self) {
            try SampleBook.importing(document, into: book)
        }
        #expect(refusal?.diagnostics.first?.code == .consumptionNegative)
        #expect(refusal?.diagnostics.first?.location?.line == 3)
        #expect(try book.store.head() == head)
    }
}
