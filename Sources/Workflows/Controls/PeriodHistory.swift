internal import AuditTrail
package import Inventory
internal import LedgerCore
internal import LedgerStore

/// What was closed, sealed and reopened in a book, in order.
package struct PeriodHistory: Sendable {
    package struct Event: Sendable {
        package let number: Int
        package let recordedAt: Instant
        package let period: ReportingPeriod
        /// `closed`, `sealed, version 2`.
        package let words: String
        package let version: Int?
        package let preparers: [String]
        package let approvers: [String]
        /// The state that all days of the period have today.
        package let state: PeriodLedger.State
        package let reason: String
    }

    package let events: [Event]
    package let periods: PeriodLedger
    package let hasRoles: Bool

    package init(book: Book) throws(Refusal) {
        let ledger = try book.controls()
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(
                RecordSelection(kinds: [.periodClosing, .periodSeal, .periodReopening])
            ).map(\.record)
        }
        periods = ledger.periods
        hasRoles = ledger.hasRoles
        events = records.compactMap { Self.event($0, ledger) }
    }

    private static func event(_ record: LedgerRecord, _ ledger: ControlLedger) -> Event? {
        guard let body = record.body.periodRecord else { return nil }
        let approvers = body.approvals.compactMap { approval in
            ledger.keys.first { $0.key.reference == approval.key }?.actor
        }
        let (words, version, reason) = Self.words(body)
        return Event(
            number: record.number.value, recordedAt: record.recordedAt, period: body.period,
            words: words, version: version, preparers: body.preparers ?? [], approvers: approvers,
            state: ledger.periods.lowest(in: body.period), reason: reason)
    }

    private static func words(
        _ record: PeriodRecord
    ) -> (words: String, version: Int?, reason: String) {
        let waived = record.waivers.map { "\($0.finding): \($0.reason)" }.joined(separator: "; ")
        switch record {
        case .closing(let closing):
            return (closing.stage == .soft ? "soft-closed" : "closed", nil, waived)
        case .seal(let seal): return ("sealed, version \(seal.version)", seal.version, waived)
        case .reopening(let reopening): return ("reopened", nil, reopening.reason)
        }
    }
}
