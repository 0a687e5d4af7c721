internal import AuditTrail
internal import Diagnostics
internal import Foundation
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Reporting
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("Periods")
struct PeriodLawTests {
    /// A row of rendered text without what changes with the day.
    private static func text(_ book: Book, _ period: ReportingPeriod) throws -> String {
        let renderer = try #require(StatementRenderers.named("json"))
        return renderer.render(try StatementWorkflow(book: book).statement(period))
    }

    @Test("say in the seal what the entries say: 1 000 kWh of British power in 2025")
    func figures() throws {
        let sample = try ControlledBook()
        try sample.seal()
        let seals = try sample.store.records(RecordSelection(kinds: [.periodSeal]))
        guard case .periodSeal(let seal)? = seals.first?.record.body else {
            Issue.record("no seal")
            return
        }
        let totals = seal.totals.map {
            "\($0.account) \($0.commodity) \($0.basis) \($0.amount)"
        }
        // DESNZ 2025: 0.17489 kg CO2 a kWh; market as location, by rule. Upstream 0.0459.
        #expect(totals.contains("source:scope2:electricity mg CO2 location -174890000"))
        #expect(totals.contains("source:scope2:electricity mg CO2 market -174890000"))
        #expect(
            totals.contains(
                "source:scope3:3b-electricity-upstream mg CO2e@AR5 common -45900000"))
        #expect(seal.preparers == ["anna"])
        #expect(seal.version == 1)
        #expect(seal.approvals.map(\.key) == [sample.ben.key.reference])
    }

    @Test("as reported are constant for ever; the restated statement moves")
    func asReported() throws {
        let sample = try ControlledBook()
        try sample.seal()
        let february = try #require(ControlledBook.february)
        func reported(_ version: Int) throws -> String {
            try Self.text(
                sample.acting("auditor").asReported(february, version: version), february)
        }
        let first = try reported(1)
        let before = try Self.text(sample.acting("auditor"), february)
        try sample.post("b.csv", "2025-03-01", "2025-03-31", "400")
        let entry = try #require(
            try sample.acting("anna").entries().first { february.contains($0.entry.effective) })
        let correct = CorrectWorkflow(book: sample.acting("anna"))
        let refusal = #expect(throws: Refusal.self) {
            try correct.correct(
                entry.number, scope: .activity, reason: "wrong bill", dryRun: false)
        }
        #expect(refusal?.exitCode == 4)
        _ = try correct.correct(
            entry.number, scope: .activity, reason: "wrong bill", isLate: true, dryRun: false)
        try sample.post("c.csv", "2025-02-01", "2025-02-28", "1100", late: "the right bill")
        #expect(try reported(1) == first)
        let after = try Self.text(sample.acting("auditor"), february)
        #expect(after != before)
        #expect(after.contains("recorded after version 1 was sealed"))
        #expect(try sample.finding() == nil)
        try sample.carryOut(
            .reopen(reason: "the right bill came"), february, signers: [sample.anna, sample.ben])
        try sample.carryOut(.close, february, waiving: ["late-entries"])
        try sample.carryOut(.seal, february)
        #expect(try reported(1) == first)
        #expect(try reported(2).contains("Version 2: the period was sealed before"))
        #expect(try sample.finding() == nil)
    }

    @Test(
        "are the same to a program that knows the description of records alone",
        .enabled(if: Python.isPresent, "there is no python3"))
    func independent() throws {
        let sample = try ControlledBook()
        try sample.seal()
        let february = try #require(ControlledBook.february)
        try sample.post("b.csv", "2025-03-01", "2025-03-31", "400")
        try sample.carryOut(
            .reopen(reason: "once more"), february, signers: [sample.anna, sample.ben])
        let entry = try #require(try sample.acting("anna").entries().first)
        _ = try CorrectWorkflow(book: sample.acting("anna")).correct(
            entry.number, scope: .entry, reason: "made again", dryRun: false)
        _ = try SampleBook.post(sample.acting("anna"))
        try sample.seal()
        let outcome = try sample.independentFinding()
        #expect(outcome.status == 0, "\(outcome.output)")
        #expect(outcome.output.contains("sealed: 2025-02-01/2025-03-01, version 2"))
    }

    @Test("are not closed over findings that nobody waived")
    func checklist() throws {
        let sample = try ControlledBook()
        let march = try #require(ReportingPeriod("2025-03"))
        let refusal = #expect(throws: Refusal.self) { try sample.carryOut(.close, march) }
        #expect(refusal?.diagnostics.map(\.code) == [.checklistOpen])
        #expect(refusal?.exitCode == 1)
        try sample.carryOut(.close, march, waiving: ["missing-document"])
        #expect(try sample.finding() == nil)
    }

    @Test("are closed from the first instant after their last day, which is 2026-01-01 here")
    func over() throws {
        let sample = try ControlledBook()
        let december = try #require(ReportingPeriod("2025-12"))
        try sample.carryOut(.close, december, waiving: ["missing-document"])
        let january = try #require(ReportingPeriod("2026-01"))
        let refusal = #expect(throws: Refusal.self) {
            try sample.carryOut(.close, january, waiving: ["missing-document"])
        }
        #expect(refusal?.diagnostics.map(\.code) == [.checklistOpen])
        #expect(refusal?.diagnostics.first?.message.hasSuffix("is not over") == true)
        #expect(try sample.finding() == nil)
    }

    @Test("that wait for a factor are closed by waiver, and never sealed")
    func unresolved() throws {
        let sample = try ControlledBook(factors: false)
        let period = try #require(ControlledBook.february)
        try sample.carryOut(.close, period, waiving: ["unresolved-factor"])
        let refusal = #expect(throws: Refusal.self) {
            try sample.carryOut(.seal, period, waiving: ["unresolved-factor"])
        }
        #expect(refusal?.diagnostics.map(\.code) == [.factorMissing])
    }

    @Test("of a book without roles are closed by one person and cannot be sealed")
    func onePerson() throws {
        let book = try SampleBook.make()
        try SampleBook.importing(
            SampleBook.bill("a.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
        try SampleBook.post(book)
        let february = try #require(ControlledBook.february)
        let workflow = PeriodWorkflow(book: book)
        let waiver = Waiver(finding: "unresolved-factor", reason: "no residual mix")
        try workflow.record(
            workflow.request(.close, february, waivers: [waiver]), dryRun: false)
        let refusal = #expect(throws: Refusal.self) {
            try workflow.request(.seal, february, waivers: [waiver])
        }
        #expect(refusal?.diagnostics.map(\.code) == [.roleMissing])
        #expect(try Self.text(book, february).contains("none: one person may have recorded"))
        #expect(try VerifyWorkflow(book: book).run().controls.contains { $0.hasPrefix("no roles") })
    }

    @Test("have the state that a walk day by day finds", arguments: 0..<40)
    func states(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let first = try #require(CivilDate("2025-01-01"))
        var days = [PeriodLedger.State](repeating: .open, count: 30)
        var ledger = PeriodLedger()
        let state = TreeState(size: 0, root: SHA256Digest(hashing: []))
        for number in 0..<12 {
            let start = Int.random(in: 0..<29, using: &random)
            let end = Int.random(in: (start + 1)...29, using: &random)
            let period = try #require(
                ReportingPeriod(start: first.adding(days: start), end: first.adding(days: end)))
            let kind = Int.random(in: 0..<4, using: &random)
            let body: RecordBody
            switch kind {
            case 0, 1:
                body = .periodClosing(
                    PeriodClosing(
                        period: period, stage: kind == 0 ? .soft : .closed, state: state,
                        preparers: []))
            case 2:
                body = .periodSeal(
                    PeriodSeal(
                        period: period, version: 1, state: state, entries: 0, totals: [],
                        balances: state.root, factors: state.root, preparers: []))
            case _:
                body = .periodReopening(
                    PeriodReopening(period: period, state: state, reason: ""))
            }
            let target: [PeriodLedger.State] = [.softClosed, .closed, .sealed, .open]
            for day in start..<end {
                days[day] = kind == 3 ? .open : max(days[day], target[kind])
            }
            ledger.add(
                LedgerRecord(
                    number: RecordNumber(number), recordedAt: Instant(secondsSinceEpoch: 0),
                    actor: "", body: body))
        }
        for (day, state) in days.enumerated() {
            #expect(ledger.state(of: first.adding(days: day)) == state)
        }
        for start in 0..<29 {
            let period = try #require(
                ReportingPeriod(start: first.adding(days: start), end: first.adding(days: 30)))
            #expect(ledger.states(in: period) == Set(days[start...]))
        }
        let closed = ledger.closedSpans
        for day in 0..<30 {
            let isClosed = closed.contains { $0.contains(first.adding(days: day)) }
            #expect(isClosed == (days[day] >= .closed))
        }
    }
}
