internal import AuditTrail
internal import Diagnostics
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

    /// Asks whether records may come next, as the controls of the book are.
    ///
    /// - Parameter size: The number of records in front of them.
    func admit(_ bodies: [RecordBody], onto size: Int) throws(Refusal) {
        guard !bodies.isEmpty else { return }
        var ledger = try controls()
        let now = clock()
        for (index, body) in bodies.enumerated() {
            let record = LedgerRecord(
                number: RecordNumber(size + index), recordedAt: now, actor: actor, body: body)
            do {
                try ledger.admit(record)
            } catch {
                throw Refusal(error.diagnostic(path))
            }
        }
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
