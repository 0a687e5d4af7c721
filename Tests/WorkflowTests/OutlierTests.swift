internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Outliers")
struct OutlierTests {
    /// Bills of a month each, so many kWh a day, from January 2024 on.
    private static func book(_ daily: [Int]) throws -> Book {
        let book = try SampleBook.make(factors: false)
        var month = try #require(CalendarMonth("2024-01"))
        for (index, quantity) in daily.enumerated() {
            let period = month.period
            try SampleBook.importing(
                SampleBook.bill(
                    "\(index).csv", "\(period.start)", "\(period.lastDay)",
                    "\(quantity * period.days)"), into: book)
            month = month.next
        }
        return book
    }

    private static func outliers(_ daily: [Int]) throws -> [String] {
        try book(daily).state().outliers.map {
            "\($0.record.period.start.calendarMonth)\($0.isHeld ? " held" : "")"
        }
    }

    @Test("need six other months and the deviation of a quarter")
    func limits() throws {
        #expect(try Self.outliers([100, 101, 99, 100, 102, 1_000]) == [])
        #expect(try Self.outliers([100, 101, 99, 100, 102, 98, 1_000]) == ["2024-07 held"])
        // 124 deviates by 24 of 100, 126 by more than a quarter.
        #expect(try Self.outliers([100, 101, 99, 100, 102, 98, 124]) == [])
        #expect(try Self.outliers([100, 101, 99, 100, 102, 98, 126]) == ["2024-07"])
        #expect(try Self.outliers([100, 100, 100, 100, 100, 100, 126]) == ["2024-07"])
    }

    /// Median 100 and deviations 50, 30, 10, 10, 30, 50, so that MAD = 30 and the limit of
    /// 0.6745·|x − 100|/30 > 3.5 lies at |x − 100| > 155.67.
    @Test("lie beyond a robust z of 3.5")
    func score() throws {
        #expect(try Self.outliers([50, 70, 90, 110, 130, 150, 255]) == [])
        #expect(try Self.outliers([50, 70, 90, 110, 130, 150, 256]) == ["2024-07"])
    }

    @Test("are held beyond five times what is usual, whatever other outliers there are")
    func held() throws {
        let usual = [100, 101, 99, 100, 102, 98]
        #expect(try Self.outliers(usual + [510]) == ["2024-07"])
        #expect(try Self.outliers(usual + [511]) == ["2024-07 held"])
        #expect(try Self.outliers(usual + [400, 1_000]) == ["2024-07", "2024-08 held"])
        // A heating season is none.
        #expect(try Self.outliers([600, 500, 300, 150, 60, 20, 20, 20, 60, 200, 400, 650]) == [])
    }

    @Test("wait for a decision: accepted, they are posted; rejected, they are withdrawn")
    func decided() throws {
        let daily = [100, 101, 99, 100, 102, 98, 1_000]
        for (answer, expected) in [(ReviewWorkflow.Answer.accept, 7), (.reject, 6)] {
            let book = try Self.book(daily)
            #expect(try SampleBook.post(book).held == 1)
            let filter = try #require(ReviewFilter("reason=outlier,meter=M-1"))
            let items = try ReviewWorkflow(book: book, catalog: ImporterCatalog())
                .decide(filter, answer, reason: "looked at it", dryRun: false)
            #expect(items.map(\.reason) == [.outlier])
            #expect(try SampleBook.post(book).held == 0)
            #expect(try book.state().activities.count == expected)
            #expect(try book.state().reviewItems.isEmpty)
            let posted = try book.entries().filter { $0.entry.description.contains("quantity") }
            #expect(posted.count == expected)
        }
    }
}
