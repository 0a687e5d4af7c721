internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// The decisions of a book, found by what they are about.
struct DecisionIndex {
    private let bySubject: [RecordNumber: Decision]

    init(_ book: Book) throws(Refusal) {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: [.decision]))
        }
        var bySubject: [RecordNumber: Decision] = [:]
        for stored in records {
            guard case .decision(let decision) = stored.record.body else { continue }
            bySubject[decision.subject] = decision
        }
        self.bySubject = bySubject
    }

    /// What an activity accounts for beside itself: statements that are linked to it first, then
    /// activities that it replaces.
    func links(to activity: RecordNumber, _ book: Book) throws(Refusal) -> [StatementLink] {
        let subjects = bySubject.filter { $0.value.by == activity }.keys
        let records = try book.records(Set(subjects))
        let links = records.values.sorted { $0.number < $1.number }.compactMap(link)
        return links.filter { !$0.isReplaced } + links.filter(\.isReplaced)
    }

    /// What stands in the place of an activity.
    func replacement(of activity: LedgerRecord) -> StatementLink? {
        link(activity).flatMap { $0.isReplaced ? $0 : nil }
    }

    private func link(_ record: LedgerRecord) -> StatementLink? {
        guard let decision = bySubject[record.number], let other = decision.by else { return nil }
        if case .waitingLine(let line) = record.body, decision.outcome == .linked {
            return StatementLink(
                subject: record.number, to: other, isReplaced: false, statement: line.activity,
                evidence: line.evidence, message: decision.reason)
        }
        guard case .activity(let activity) = record.body, BookState.isTakenBack(decision) else {
            return nil
        }
        return StatementLink(
            subject: record.number, to: other, isReplaced: true, statement: activity,
            evidence: activity.evidence, message: decision.reason)
    }
}
