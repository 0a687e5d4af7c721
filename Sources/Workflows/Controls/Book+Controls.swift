internal import AuditTrail
internal import Diagnostics
internal import Inventory
internal import LedgerCore
internal import LedgerStore

extension Book {
    /// The keys, roles and periods of the book, as of now.
    ///
    /// - Throws: `integrity-failure` where a record broke the rules when it came.
    func controls() throws(Refusal) -> ControlLedger {
        let records = try asking { () throws(LedgerStoreError) in
            try store.records(RecordSelection(kinds: ControlLedger.kinds))
        }
        var ledger = ControlLedger()
        for stored in records {
            do {
                try ledger.admit(stored.record)
            } catch {
                throw Refusal(
                    .corrupt("record \(stored.record.number): \(error.message)"), book: path)
            }
        }
        return ledger
    }

    /// Asks whether records may come next.
    ///
    /// - Parameter size: The number of records in front of them.
    func admit(_ bodies: [RecordBody], onto size: Int) throws(Refusal) {
        var rest = bodies[...]
        try admit(onto: size) { () throws(Refusal) in rest.popFirst() }
    }

    /// Asks whether records may come next, as they are made.
    func admit(onto size: Int, _ next: () throws(Refusal) -> RecordBody?) throws(Refusal) {
        var admission = try Admission(to: self, onto: size, at: clock())
        while let body = try next() { try admission.admit(body) }
    }
}

/// Asks of records one after the other whether they may come next.
struct Admission {
    private let book: Book
    private let now: Instant
    /// The keys, roles and periods of the book with the records that were admitted.
    private(set) var controls: ControlLedger
    private var number: Int

    /// - Parameters:
    ///   - size: The number of records in front of the first.
    ///   - now: When they are recorded.
    ///   - controls: Those of the book in front of the first; `nil` reads them.
    init(
        to book: Book, onto size: Int, at now: Instant, controls: ControlLedger? = nil
    ) throws(Refusal) {
        self.book = book
        self.now = now
        if let controls { self.controls = controls } else { self.controls = try book.controls() }
        number = size
    }

    @discardableResult
    mutating func admit(_ body: RecordBody) throws(Refusal) -> LedgerRecord {
        let record = LedgerRecord(
            number: RecordNumber(number), recordedAt: now, actor: book.actor, body: body)
        do throws(ControlFault) {
            try controls.admit(record)
        } catch {
            throw Refusal(error.diagnostic(book.path))
        }
        number += 1
        return record
    }
}

/// Puts entries of closed periods behind an adjustment that says why they come late.
enum LateEntries {
    /// - Parameter reason: `nil` leaves all as it is; a late entry is then refused.
    static func arranged(
        _ bodies: [RecordBody], reason: String?, _ periods: PeriodLedger
    ) -> [RecordBody] {
        guard let reason else { return bodies }
        let late = bodies.filter { isLate($0, periods) }
        guard !late.isEmpty else { return bodies }
        let adjustment = PeriodAdjustment(reason: reason, entries: late.count)
        return bodies.filter { !isLate($0, periods) } + [.periodAdjustment(adjustment)] + late
    }

    private static func isLate(_ body: RecordBody, _ periods: PeriodLedger) -> Bool {
        guard case .journal(let entry) = body else { return false }
        return periods.state(of: entry.effective) > .open
    }
}
