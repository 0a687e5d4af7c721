internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
internal import Reporting
internal import Testing
internal import Workflows

@Suite("Postings")
struct PostingLawTests {
    private static func posted() throws -> Book {
        let book = try SampleBook.make()
        try SampleBook.importing(
            SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
        try SampleBook.post(book)
        return book
    }

    @Test("are quantity × factor: 1 000 kWh of British power in 2025")
    func amounts() throws {
        let balances = try SampleBook.balances(Self.posted()).balances
        func source(_ account: String, _ substance: String) -> String? {
            balances.first {
                $0.key.account.name == account && $0.key.commodity.description == "mg \(substance)"
            }?.value.description
        }
        // DESNZ 2025: 0.17489 kg CO2 and 0.00212 kg CH4 and N2O as CO2e a kWh; upstream 0.0459.
        #expect(source("source:scope2:electricity", "CO2") == "-174890000")
        #expect(source("source:scope2:electricity", "CO2e@AR5") == "-2120000")
        #expect(source("source:scope3:3b-electricity-upstream", "CO2e@AR5") == "-45900000")
    }

    @Test("wait in the control account without a factor, and are resolved when one comes")
    func unresolved() throws {
        let book = try SampleBook.make(factors: false)
        try SampleBook.importing(
            SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
        let first = try SampleBook.post(book)
        #expect(first.unresolved.map(\.role.role) == [.location, .market])
        func waiting() throws -> [String] {
            try SampleBook.balances(book).balances.filter {
                $0.key.account.isWithin("control:unresolved-factor")
            }.map { "\($0.key.account) \($0.value)" }.sorted()
        }
        #expect(
            try waiting() == [
                "control:unresolved-factor:location:electricity 1000",
                "control:unresolved-factor:market:electricity 1000",
            ])
        _ = try FactorWorkflow(book: book).loadShipped(dryRun: false)
        let second = try SampleBook.post(book)
        #expect(second.resolved == 1)
        #expect(try waiting() == ["control:unresolved-factor:market:electricity 1000"])
        #expect(try SampleBook.post(book).entries == 0)
    }

    @Test("do not change with the GWP set; only the valuation does")
    func revaluation() throws {
        let book = try Self.posted()
        let head = try book.store.head()
        let balances = try SampleBook.balances(book)
        let period = try #require(ReportingPeriod("2025"))
        let totals = try GWPValueSet.allCases.map { set in
            try StatementWorkflow(book: book).statement(period, gwpValueSet: set)
                .figure("S2_LB")?.value
        }
        #expect(totals.allSatisfy { $0 != nil })
        #expect(try book.store.head() == head)
        #expect(try SampleBook.balances(book) == balances)
    }

    @Test("of a corrected activity sum to zero, and its slot is free for the right bill")
    func correction() throws {
        let book = try Self.posted()
        let entry = try #require(try book.entries().first)
        let reversals = try CorrectWorkflow(book: book).correct(
            entry.number, scope: .activity, reason: "wrong bill", dryRun: false)
        #expect(reversals.count == (try book.entries().count) / 2)
        #expect(try SampleBook.balances(book).balances.isEmpty)
        #expect(try SampleBook.post(book).entries == 0)
        let report = try SampleBook.importing(
            SampleBook.bill("b.csv", "2025-02-01", "2025-02-28", "1100"), into: book)
        #expect(report.activities.count == 1)
        #expect(try SampleBook.post(book).entries > 0)
        #expect(try VerifyWorkflow(book: book).run().records == book.store.head().size)
    }

    @Test("into a closed period are refused")
    func closed() throws {
        let book = try Self.posted()
        let march = try #require(ReportingPeriod("2025-03"))
        let workflow = PeriodWorkflow(book: book)
        let waiver = Waiver(finding: "missing-document", reason: "the bill has not come")
        try workflow.record(workflow.request(.close, march, waivers: [waiver]), dryRun: false)
        try SampleBook.importing(
            SampleBook.bill("b.csv", "2025-03-01", "2025-03-31", "10"), into: book)
        let head = try book.store.head()
        let refusal = #expect(throws: Refusal.self) { try SampleBook.post(book) }
        #expect(refusal?.exitCode == 4)
        #expect(try book.store.head() == head)
        let report = try PostWorkflow(book: book).run(
            through: #require(CalendarMonth("2025-12")), lateReason: "came late", dryRun: false)
        #expect(report.entries > 0)
        #expect(try VerifyWorkflow(book: book).run().records == book.store.head().size)
    }

    @Test("replayed from the records give an equal head and equal balances")
    func replay() throws {
        let book = try Self.posted()
        let copy = InMemoryLedgerStore()
        for stored in try book.store.records(.all) {
            try copy.append(
                RecordBatch(
                    actor: stored.record.actor, recordedAt: stored.record.recordedAt,
                    bodies: [stored.record.body],
                    evidence: Self.evidence(stored, book).map { EvidenceContent($0) }))
        }
        #expect(try copy.head() == book.store.head())
        #expect(try copy.trialBalance(in: nil) == SampleBook.balances(book))
    }

    private static func evidence(_ stored: StoredRecord, _ book: Book) throws -> [[UInt8]] {
        guard case .document(let document) = stored.record.body else { return [] }
        return [try #require(try book.store.evidence(document.digest))]
    }
}
