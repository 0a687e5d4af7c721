package import AuditTrail
internal import Diagnostics
internal import Hashing
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// Closes, seals and reopens periods: a request, signatures over it, a record.
package struct PeriodWorkflow: Sendable {
    package enum Act: Hashable, Sendable {
        case softClose, close, seal
        case reopen(reason: String)
    }

    /// A finding that no check of meters or documents makes: entries that came late.
    package static let lateEntries = "late-entries"

    private let book: Book

    package init(book: Book) { self.book = book }

    // MARK: Request

    /// What there is to sign: the record without approvals, made from the book as it is.
    ///
    /// - Parameter waivers: Why findings of some kinds do not stand in the way; those of kinds
    ///   that nothing was found of are left out.
    /// - Throws: `period-closed`, `period-not-closed` in the wrong state; `checklist-open` where
    ///   something is found and not waived; `factor-missing` to seal what waits for a factor.
    package func request(
        _ act: Act, _ period: ReportingPeriod, waivers: [Waiver] = []
    ) throws(Refusal) -> ApprovalRequest {
        let records = try records()
        let ledger = try book.controls()
        let head = try book.asking { () throws(LedgerStoreError) in try book.store.head() }
        guard head.size == records.count else {
            throw Refusal(.outdated(expected: records.count, actual: head.size), book: book.path)
        }
        let state = TreeState(size: head.size, root: head.root)
        let facts: PeriodFacts
        do { facts = try PeriodFacts(records, of: period) } catch {
            throw refusal(
                .numberOutOfRange, "a total of the period is out of range", "look for the amount")
        }
        let checklist: [ChecklistItem]
        if case .reopen = act { checklist = [] } else { checklist = try self.checklist(period) }
        let found = Set(checklist.map(\.finding))
        let record = Self.record(
            act, period, state, facts, checklist, waivers.filter { found.contains($0.finding) },
            version: ledger.periods.seals(of: period) + 1)
        try admitting { () throws(ControlFault) in
            try ledger.checkState(record)
            try ledger.checkOver(record, on: book.clock().utcDate)
        }
        try check(checklist, of: record)
        let fault = PeriodFacts.fault(
            of: record, at: RecordNumber(head.size), after: records, root: { _ in head.root })
        if let fault { throw Refusal(fault.diagnostic(book.path)) }
        return ApprovalRequest(origin: ledger.origin, record)
    }

    private static func record(
        _ act: Act, _ period: ReportingPeriod, _ state: TreeState, _ facts: PeriodFacts,
        _ checklist: [ChecklistItem], _ waivers: [Waiver], version: Int
    ) -> PeriodRecord {
        switch act {
        case .softClose, .close:
            .closing(
                PeriodClosing(
                    period: period, stage: act == .close ? .closed : .soft, state: state,
                    preparers: facts.preparers, checklist: checklist, waivers: waivers))
        case .seal:
            .seal(
                PeriodSeal(
                    period: period, version: version, state: state, entries: facts.entries,
                    totals: facts.totals, balances: facts.balances, factors: facts.factors,
                    preparers: facts.preparers, checklist: checklist, waivers: waivers))
        case .reopen(let reason):
            .reopening(PeriodReopening(period: period, state: state, reason: reason))
        }
    }

    // MARK: Record

    /// Records a request with what was signed.
    ///
    /// - Throws: `approval-refused` where a signature or a figure does not fit, or a signer may
    ///   not sign; `role-missing`, `role-conflict`; what `request` throws.
    package func record(_ request: ApprovalRequest, dryRun: Bool) throws(Refusal) {
        let records = try records()
        let hashes = try book.asking { () throws(LedgerStoreError) in
            try book.store.leafHashes()
        }
        let origin = try book.controls().origin
        guard request.origin.utf8.elementsEqual(origin.utf8) else {
            let other = DiagnosticRenderer.quoted(request.origin)
            throw refusal(
                .approvalRefused, "the request is of the book '\(other)', this is '\(origin)'",
                "name the file that was written for this book")
        }
        let record = request.approvedRecord
        let number = RecordNumber(records.count)
        let fault = PeriodFacts.fault(of: record, at: number, after: records) { size in
            (0...hashes.count).contains(size) ? MerkleTree.root(of: hashes.prefix(size)) : nil
        }
        if let fault { throw Refusal(fault.diagnostic(book.path)) }
        if record.isFirm { try check(checklist(record.period), of: record) }
        if dryRun {
            try book.admit([record.body], onto: records.count)
        } else {
            try book.append([record.body], onto: records.count)
        }
    }

    /// Records a request that came back, if it is the one that was asked for.
    package func record(
        _ request: ApprovalRequest, as act: Act, _ period: ReportingPeriod, dryRun: Bool
    ) throws(Refusal) {
        guard request.record.period == period, Self.isRequest(request.record, of: act) else {
            throw refusal(
                .approvalRefused,
                "the request is a \(request.record.body.kind.rawValue) of "
                    + "\(request.record.period)", "name the command and the period it is for")
        }
        try record(request, dryRun: dryRun)
    }

    private static func isRequest(_ record: PeriodRecord, of act: Act) -> Bool {
        switch (record, act) {
        case (.closing(let closing), .softClose): closing.stage == .soft
        case (.closing(let closing), .close): closing.stage == .closed
        case (.seal, .seal), (.reopening, .reopen): true
        case (.closing, .seal), (.closing, .reopen), (.seal, .softClose), (.seal, .close),
            (.seal, .reopen), (.reopening, .softClose), (.reopening, .close), (.reopening, .seal):
            false
        }
    }

    private func records() throws(Refusal) -> [LedgerRecord] {
        try book.asking { () throws(LedgerStoreError) in
            try book.store.records(.all).map(\.record)
        }
    }

    // MARK: Checklist

    private func checklist(_ period: ReportingPeriod) throws(Refusal) -> [ChecklistItem] {
        let findings = try CheckWorkflow(book: book).run(period).findings
        var counts: [String: Int] = [:]
        for finding in findings { counts[finding.kind.rawValue, default: 0] += 1 }
        let late = try lateEntries()
        if late > 0 { counts[Self.lateEntries] = late }
        return counts.sorted { $0.key < $1.key }.map {
            ChecklistItem(finding: $0.key, count: $0.value)
        }
    }

    /// Entries that came late and that no firm closing or seal has looked at since.
    private func lateEntries() throws(Refusal) -> Int {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: ControlLedger.kinds)).map(\.record)
        }
        return records.reduce(0) { count, record in
            if record.body.periodRecord?.isFirm == true { return 0 }
            guard case .periodAdjustment(let adjustment) = record.body else { return count }
            return count + adjustment.entries
        }
    }

    /// - Throws: `checklist-open` with each kind that is not waived.
    private func check(
        _ checklist: [ChecklistItem], of record: PeriodRecord
    ) throws(Refusal) {
        guard record.isFirm else { return }
        let waived = Set(record.waivers.map(\.finding))
        let open = checklist.filter { !waived.contains($0.finding) }
        guard let first = open.first else { return }
        let words = open.map { "\($0.finding) (\($0.count))" }.joined(separator: ", ")
        throw refusal(
            .checklistOpen, "the checklist has open findings: \(words)",
            "'tonne check' tells what to do; else waive with a reason: "
                + "--waive '\(first.finding)=REASON'")
    }

    private func admitting(_ work: () throws(ControlFault) -> Void) throws(Refusal) {
        do { try work() } catch { throw Refusal(error.diagnostic(book.path)) }
    }

    private func refusal(
        _ code: DiagnosticCode, _ message: String, _ hint: String
    ) -> Refusal {
        Refusal(
            Diagnostic(
                code, severity: .error, at: SourceLocation(file: book.path), message, hint: hint))
    }
}
