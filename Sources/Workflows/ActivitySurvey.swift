internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification

/// What a posting must know of all activities before it makes the first entry.
struct ActivitySurvey {
    /// Outliers that wait for a decision.
    let held: Set<RecordNumber>
    /// Certificates that may cover electricity, in order.
    let certificates: [CertificateCoverage.Certificate]
    /// Activities that stand no longer, in order.
    let replaced: [RecordNumber]

    /// - Parameter block: Records whose activities are read together.
    init(
        _ book: Book, _ state: BookState, _ organisation: Organisation, block: Int
    ) throws(Refusal) {
        var search = OutlierSearch()
        var certificates: [CertificateCoverage.Certificate] = []
        for first in stride(from: 0, to: state.head.size, by: block) {
            let numbers = first..<min(first + block, state.head.size)
            for activity in try book.activities(numbers, standingIn: state) {
                search.add(activity.value, activity.number)
                guard CertificateCriteria.mayCover(activity.value, organisation) else { continue }
                certificates.append(
                    CertificateCoverage.Certificate(
                        number: activity.number, record: activity.value))
            }
        }
        let findings = search.findings.filter {
            $0.isHeld && state.decision(on: $0.number) == nil
        }
        held = Set(findings.map(\.number))
        self.certificates = certificates
        replaced = Set(state.decisions.map(\.subject))
            .filter { BookState.isTakenBack(state.decision(on: $0)) }.sorted()
    }
}

extension Book {
    /// The activities among some records that no decision has taken back.
    func activities(
        _ numbers: Range<Int>, standingIn state: BookState
    ) throws(Refusal) -> [BookState.Numbered<ActivityRecord>] {
        var activities: [BookState.Numbered<ActivityRecord>] = []
        try asking { () throws(LedgerStoreError) in
            try store.readRecords(
                RecordSelection(kinds: [.activity], numbers: numbers)
            ) { record in
                guard case .activity(let activity) = record.body,
                    !BookState.isTakenBack(state.decision(on: record.number))
                else { return }
                activities.append(BookState.Numbered(number: record.number, value: activity))
            }
        }
        return activities
    }
}
