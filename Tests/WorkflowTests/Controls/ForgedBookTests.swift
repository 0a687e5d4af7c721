internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

/// The audit guide's table: what an operator can do to a book through its store, with hashes
/// that are right, and what the verification says.
@Suite("A forged book")
struct ForgedBookTests {
    struct Attack: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let finding: String
        let forge: @Sendable (ControlledBook) throws -> Void

        init(
            _ description: String, _ finding: String,
            _ forge: @escaping @Sendable (ControlledBook) throws -> Void
        ) {
            testDescription = description
            self.finding = finding
            self.forge = forge
        }
    }

    @Test("is not found forged while it is honest")
    func honest() throws {
        let sample = try ControlledBook()
        try sample.seal()
        #expect(try sample.finding() == nil)
    }

    @Test("is found out", arguments: entries + approvals + figures + keys + roles + states)
    func found(attack: Attack) throws {
        let sample = try ControlledBook()
        try attack.forge(sample)
        let finding = try sample.finding() ?? "nothing"
        #expect(finding.contains(attack.finding), "\(finding)")
    }

    @Test(
        "is found out by the verifier in Python, too",
        .enabled(if: Python.isPresent, "there is no python3"),
        arguments: entries + approvals + figures + keys + roles + states)
    func foundIndependently(attack: Attack) throws {
        let sample = try ControlledBook()
        try attack.forge(sample)
        let outcome = try sample.independentFinding()
        #expect(outcome.status == 1, "\(outcome.output)")
        #expect(outcome.output.hasPrefix("WRONG: "), "\(outcome.output)")
    }

    static let entries = [
        Attack("an entry by a reviewer", "'ben' records a journal and is no preparer") {
            try $0.forge([$0.reversal()], by: "ben")
        },
        Attack("an entry by nobody of the book", "'mallory' records a journal") {
            try $0.forge([$0.reversal()], by: "mallory")
        },
        Attack("an entry in a closed period", "in the closed period 2025-02-01/2025-03-01") {
            try $0.close()
            try $0.forge([$0.reversal()], by: "anna")
        },
        Attack("an entry in a sealed period", "in the sealed period 2025-02-01/2025-03-01") {
            try $0.seal()
            try $0.forge([$0.reversal()], by: "anna")
        },
        Attack("more entries than the adjustment says", "in the sealed period") { sample in
            try sample.seal()
            let entries = try sample.acting("anna").entries()
            let late = entries.prefix(2).map {
                RecordBody.journal($0.entry.reversed($0.number, reason: "forged"))
            }
            let adjustment = PeriodAdjustment(reason: "one", entries: 1)
            try sample.forge([.periodAdjustment(adjustment)] + late, by: "anna")
        },
        Attack("fewer entries than the adjustment says", "an adjustment announced an entry") {
            try $0.seal()
            let adjustment = PeriodAdjustment(reason: "two", entries: 2)
            let decision = Decision(subject: RecordNumber(0), outcome: .ignored, reason: "")
            try $0.forge(
                [.periodAdjustment(adjustment), $0.reversal(), .decision(decision)], by: "anna")
        },
    ]

    static let approvals = [
        Attack("a closing that nobody signed", "no reviewer has signed") {
            try $0.forge([$0.request(.close).approvedRecord.body], by: "anna")
        },
        Attack("a closing that its preparer signed", "no reviewer has signed") {
            var record = try $0.request(.close).record
            // anna hides that she prepared: she is no reviewer all the same.
            record = record.preparedBy([])
            let request = ApprovalRequest(origin: ControlledBook.origin, record)
            try $0.forge([request.signed(by: $0.anna).approvedRecord.body], by: "anna")
        },
        Attack("the approval of one's own entries", "approves a period with entries of their own") {
            try RoleWorkflow(book: $0.acting("carol")).grant(.reviewer, to: "anna", dryRun: false)
            try $0.forge(
                [$0.request(.close).signed(by: $0.anna).approvedRecord.body], by: "anna")
        },
        Attack("a preparer left out", "not as the entries of the period say: preparers") {
            try RoleWorkflow(book: $0.acting("carol")).grant(.reviewer, to: "anna", dryRun: false)
            let record = try $0.request(.close).record.preparedBy([])
            let request = ApprovalRequest(origin: ControlledBook.origin, record)
            try $0.forge([request.signed(by: $0.anna).approvedRecord.body], by: "anna")
        },
        Attack("a signature of another request", "does not fit the record") {
            let signed = try $0.request(.close).signed(by: $0.ben).approvedRecord
            guard case .closing(let closing) = signed else { return }
            let other = PeriodClosing(
                period: closing.period, stage: .closed, state: closing.state,
                preparers: closing.preparers,
                waivers: [Waiver(finding: "gap", reason: "put in later")],
                approvals: closing.approvals)
            try $0.forge([.periodClosing(other)], by: "anna")
        },
        Attack("a signature for another book", "does not fit the record") {
            let record = try $0.request(.close).record
            let request = ApprovalRequest(origin: "tonne.other-0", record)
            try $0.forge([request.signed(by: $0.ben).approvedRecord.body], by: "anna")
        },
        Attack("a key that is not in the book", "is no person's key of the book") {
            let stranger = try ControlledBook.signer("ben", 9)
            try $0.forge(
                [$0.request(.close).signed(by: stranger).approvedRecord.body], by: "anna")
        },
        Attack("a key that was revoked", "was revoked by record") {
            let signed = try $0.request(.close).signed(by: $0.ben)
            try RoleWorkflow(book: $0.acting("carol")).revoke(
                "\($0.ben.key)", reason: "lost", dryRun: false)
            try $0.forge([signed.approvedRecord.body], by: "anna")
        },
        Attack("a closing of a period that is not over", "2025-12-01/2026-02-01 is not over") {
            let closing = try $0.closing("2025-12-01/2026-02-01")
            let request = ApprovalRequest(origin: ControlledBook.origin, .closing(closing))
            try $0.forge([request.signed(by: $0.ben).approvedRecord.body], by: "anna")
        },
        Attack("a finding that nobody waived", "the checklist has open findings: gap (2)") {
            let closing = try $0.closing(
                "2025-02", [ChecklistItem(finding: "gap", count: 2)],
                [Waiver(finding: "overlap", reason: "is known")])
            let request = ApprovalRequest(origin: ControlledBook.origin, .closing(closing))
            try $0.forge([request.signed(by: $0.ben).approvedRecord.body], by: "anna")
        },
        Attack("a waiver without a reason", "the checklist has open findings: gap (2)") {
            let closing = try $0.closing(
                "2025-02", [ChecklistItem(finding: "gap", count: 2)],
                [Waiver(finding: "gap", reason: "")])
            let request = ApprovalRequest(origin: ControlledBook.origin, .closing(closing))
            try $0.forge([request.signed(by: $0.ben).approvedRecord.body], by: "anna")
        },
        Attack("a reopening by one person twice", "is opened again by two people") {
            try $0.seal()
            let second = try ControlledBook.signer("ben-2", 7)
            try RoleWorkflow(book: $0.acting("carol")).add(
                second.key, for: "ben", handover: nil, dryRun: false)
            let request = try $0.request(.reopen(reason: "x"))
                .signed(by: $0.ben).signed(by: second)
            try $0.forge([request.approvedRecord.body], by: "anna")
        },
    ]

    static let figures = [
        Attack("another total in the seal", "not as the entries of the period say: totals") {
            try $0.forgeSeal { seal, totals in
                let total = totals[0]
                totals[0] = PeriodSeal.Total(
                    account: total.account, commodity: total.commodity, basis: total.basis,
                    amount: .zero)
                return PeriodSeal(
                    period: seal.period, version: seal.version, state: seal.state,
                    entries: seal.entries, totals: totals, balances: seal.balances,
                    factors: seal.factors, preparers: seal.preparers)
            }
        },
        Attack("other balances and factors", "not as the entries of the period say: number") {
            try $0.forgeSeal { seal, totals in
                PeriodSeal(
                    period: seal.period, version: seal.version, state: seal.state,
                    entries: seal.entries + 1, totals: totals,
                    balances: SHA256Digest(hashing: []), factors: SHA256Digest(hashing: []),
                    preparers: seal.preparers)
            }
        },
        Attack("the state of another book", "made for another book") {
            try $0.forgeSeal { seal, totals in
                PeriodSeal(
                    period: seal.period, version: seal.version,
                    state: TreeState(size: seal.state.size, root: SHA256Digest(hashing: [1])),
                    entries: seal.entries, totals: totals, balances: seal.balances,
                    factors: seal.factors, preparers: seal.preparers)
            }
        },
        Attack("entries after the request", "got entries after the request was made") {
            let signed = try $0.request(.close).signed(by: $0.ben)
            try $0.forge([$0.reversal(), signed.approvedRecord.body], by: "anna")
        },
    ]
}

extension PeriodRecord {
    /// The record of a closing with other preparers.
    fileprivate func preparedBy(_ preparers: [String]) -> PeriodRecord {
        guard case .closing(let closing) = self else { return self }
        return .closing(
            PeriodClosing(
                period: closing.period, stage: closing.stage, state: closing.state,
                preparers: preparers, checklist: closing.checklist, waivers: closing.waivers))
    }
}

extension ControlledBook {
    /// A closing of a period of which nobody prepared anything but anna in February.
    fileprivate func closing(
        _ period: String, _ checklist: [ChecklistItem] = [], _ waivers: [Waiver] = []
    ) throws -> PeriodClosing {
        let period = try #require(ReportingPeriod(period))
        return PeriodClosing(
            period: period, stage: .closed, state: try request(.close).record.state,
            preparers: period == Self.february ? ["anna"] : [], checklist: checklist,
            waivers: waivers)
    }

    /// Closes, and seals with a record that was changed before ben signed it.
    fileprivate func forgeSeal(
        _ change: (PeriodSeal, inout [PeriodSeal.Total]) -> PeriodSeal
    ) throws {
        try close()
        guard case .seal(let seal) = try request(.seal).record else { return }
        var totals = seal.totals
        let request = ApprovalRequest(
            origin: Self.origin, .seal(change(seal, &totals)))
        try forge([request.signed(by: ben).approvedRecord.body], by: "anna")
    }
}
