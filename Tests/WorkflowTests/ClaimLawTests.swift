internal import Diagnostics
internal import Documents
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Claims")
struct ClaimLawTests {
    /// The kWh in use at the facility.
    private static func used(_ book: Book) throws -> String? {
        try SampleBook.balances(book).balances.first {
            $0.key.account.name == "physical:use:electricity:whole-site"
        }?.value.description
    }

    /// Estimates of January and the actual values, an overlap, the bill as control;
    /// invoice, credit note, invoice and corrected invoice of March; a credit note without a
    /// period; steel and its credit note.
    private static let documents: [Document] = {
        let tenths = { (hour: Int) in ("\(hour % 7).\(hour % 10)1", "actual") }
        return [
            ClaimSamples.hours("estimate.csv", 0..<168) { _ in ("3.3", "estimated") },
            ClaimSamples.hours("first.csv", 0..<100, tenths),
            ClaimSamples.hours("second.csv", 80..<168, tenths),
            ClaimSamples.bill("bill.csv", "2025-01-01", "2025-01-07", "570", ""),
            ClaimSamples.bill("guess.csv", "2025-02-01", "2025-02-28", "990.5", "estimated"),
            ClaimSamples.bill("read.csv", "2025-02-01", "2025-02-28", "1001.25", "actual"),
            ClaimSamples.invoice("R-1", quantity: 1_000),
            ClaimSamples.invoice("C-1", type: 381, quantity: 1_000, corrects: "R-1"),
            ClaimSamples.invoice("R-2", quantity: 900),
            ClaimSamples.invoice("R-3", type: 384, quantity: 880, corrects: "R-2"),
            ClaimSamples.invoice("R-4", quantity: 700, month: "2025-05"),
            ClaimSamples.invoice("C-4", type: 381, quantity: 90, corrects: "R-4", month: nil),
            ClaimSamples.invoice("S-1", item: "Steel", unit: "TNE", quantity: 12),
            ClaimSamples.invoice(
                "S-2", type: 381, item: "Steel", unit: "TNE", quantity: 2, corrects: "S-1"),
        ]
    }()

    @Test(
        "that correct each other give equal balances in any order, to the milligram",
        arguments: 0..<16)
    func order(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let expected = try ClaimSamples.balances(Self.documents, postingBy: &generator)
        let shuffled = Self.documents.shuffled(using: &generator)
        #expect(
            try ClaimSamples.balances(shuffled, postingBy: &generator) == expected,
            "seed \(seed): \(shuffled.map(\.name))")
    }

    @Test("of a feed cut anywhere give the balances of the whole feed", arguments: 0..<12)
    func cut(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let values = (0..<200).map { _ in
            let whole = Int.random(in: 0..<90, using: &generator)
            return "\(whole).\(Int.random(in: 1...999, using: &generator))"
        }
        let row = { (hour: Int) in (values[hour], "actual") }
        let whole = [ClaimSamples.hours("whole.csv", 0..<200, row)]
        let cut = Int.random(in: 1..<199, using: &generator)
        let back = Int.random(in: 0...cut, using: &generator)
        let parts = [
            ClaimSamples.hours("a.csv", 0..<cut, row),
            ClaimSamples.hours("b.csv", back..<200, row),
        ].shuffled(using: &generator)
        #expect(
            try ClaimSamples.balances(parts, postingBy: &generator)
                == ClaimSamples.balances(whole, postingBy: &generator),
            "seed \(seed): cut at \(cut), from \(back)")
    }

    @Test("of a folder imported twice change nothing", arguments: 0..<4)
    func twice(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let book = try ClaimSamples.book()
        for document in Self.documents.shuffled(using: &generator) {
            try SampleBook.importing(document, into: book)
        }
        try SampleBook.post(book)
        let head = try book.store.head()
        for document in Self.documents.shuffled(using: &generator) {
            #expect(try SampleBook.importing(document, into: book).effect == .alreadyImported)
        }
        #expect(try SampleBook.post(book).entries == 0)
        #expect(try book.store.head() == head)
    }

    /// Σ over the hours of (h mod 7) + (h mod 10)/10 + 0.01.
    ///
    /// 168 = 24·7: 24·21 = 504; 168 = 16·10 + 8: (16·45 + 28)/10 = 74.8; 1.68; in all 580.48.
    @Test("on the same energy book it once: hours, not the bill of the week")
    func control() throws {
        let book = try ClaimSamples.book()
        for document in Self.documents.prefix(4) { try SampleBook.importing(document, into: book) }
        try SampleBook.post(book)
        #expect(try Self.used(book) == "580.48")
        let link = try #require(try book.state().links.last { $0.evidence.name == "bill.csv" })
        #expect(
            link.message
                == "it states 570 kWh, booked are 580.48 kWh, difference -10.48 kWh")
        let report = try CheckWorkflow(book: book).run(ReportingPeriod("2025-01"))
        #expect(report.findings.map(\.kind).contains(.controlDifference))
    }

    @Test("of estimates are accruals, and reversed by the actual reading")
    func accrual() throws {
        let book = try ClaimSamples.book()
        try SampleBook.importing(
            ClaimSamples.bill("a.csv", "2025-02-01", "2025-02-28", "990", "estimated"), into: book)
        try SampleBook.post(book)
        func accrued() throws -> [String] {
            try SampleBook.balances(book).balances.filter {
                $0.key.account.isWithin("control:estimate-accrual")
            }.map(\.value.description)
        }
        #expect(try accrued() == ["990"])
        #expect(
            try CheckWorkflow(book: book).run(nil).findings.map(\.kind).contains(.openAccrual))
        try SampleBook.importing(
            ClaimSamples.bill("b.csv", "2025-02-01", "2025-02-28", "990", "actual"), into: book)
        try SampleBook.post(book)
        #expect(try accrued() == [])
        #expect(try Self.used(book) == "990")
        let reasons = Set(try book.entries().compactMap { $0.entry.reversal?.reason })
        #expect(reasons == ["actual reading arrived"])
    }

    @Test("of an actual reading over several estimated bills replace them all")
    func catchUp() throws {
        let bills = [
            ClaimSamples.bill("jan.csv", "2025-01-01", "2025-01-31", "100", "estimated"),
            ClaimSamples.bill("feb.csv", "2025-02-01", "2025-02-28", "100", "estimated"),
            ClaimSamples.bill("both.csv", "2025-01-01", "2025-02-28", "230", "actual"),
        ]
        for documents in [bills, bills.reversed()] {
            let book = try ClaimSamples.book()
            for document in documents { try SampleBook.importing(document, into: book) }
            try SampleBook.post(book)
            #expect(try Self.used(book) == "230")
            #expect(try book.state().reviewItems.isEmpty)
        }
    }

    @Test("on bills that run from mid-month wait for the rest of the readings, then replace them")
    func straddling() throws {
        let bill = ClaimSamples.bill("bill.csv", "2025-01-10", "2025-01-20", "500", "")
        let all = { (_: Int) in ("2", "actual") }
        // The bill covers the hours from 216 to 480.
        let parts = [
            ClaimSamples.hours("a.csv", 0..<300, all), ClaimSamples.hours("b.csv", 300..<744, all),
        ]
        for documents in [[bill] + parts, parts + [bill], [parts[1], bill, parts[0]]] {
            let book = try ClaimSamples.book()
            for document in documents { try SampleBook.importing(document, into: book) }
            try SampleBook.post(book)
            #expect(try Self.used(book) == "1488")
            #expect(try book.state().reviewItems.isEmpty)
        }
        let book = try ClaimSamples.book()
        try SampleBook.importing(bill, into: book)
        try SampleBook.importing(parts[0], into: book)
        try SampleBook.post(book)
        // Hours 0 to 216 are free of the bill: 432 kWh and 500; the rest waits.
        #expect(try Self.used(book) == "932")
        #expect(try book.state().reviewItems.map(\.reason) == [.conflict])
    }
}
