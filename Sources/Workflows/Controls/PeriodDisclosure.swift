internal import AuditTrail
internal import Diagnostics
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Reporting

/// What a statement says about the state of its period.
struct PeriodDisclosure {
    let control: PeriodControl

    init(_ book: Book, _ period: ReportingPeriod) throws(Refusal) {
        let history = try PeriodHistory(book: book)
        let events = history.events.filter { $0.period.overlaps(period) }
        let seals = events.filter { $0.version != nil && $0.period == period }
        let late = try seals.last.map { seal throws(Refusal) in
            try Self.entryCounts(book, period, from: seal.number + 1).values.reduce(0, +)
        }
        let actors = try Self.entryCounts(book, period, from: 0).keys.sorted()
        var facts = [
            StatementFact("State of the period", history.periods.lowest(in: period).words),
            StatementFact(
                "Entries recorded by", actors.isEmpty ? "nobody" : actors.joined(separator: ", ")),
        ]
        facts += events.map { event in
            let names =
                event.approvers.isEmpty
                ? "" : ", approved by \(event.approvers.joined(separator: " and "))"
            return StatementFact(
                "Record \(event.number)",
                "\(event.period) \(event.words) on \(event.recordedAt.utcDate)\(names)"
                    + (event.reason.isEmpty ? "" : "; \(event.reason)"))
        }
        if !history.hasRoles {
            facts.append(
                StatementFact(
                    "Roles",
                    "none: one person may have recorded and closed everything; the period cannot "
                        + "be sealed"))
        }
        control = PeriodControl(facts: facts, warnings: Self.warnings(seals, late: late ?? 0))
    }

    private static func entryCounts(
        _ book: Book, _ period: ReportingPeriod, from first: Int
    ) throws(Refusal) -> [String: Int] {
        try book.asking { () throws(LedgerStoreError) in
            try book.store.entryCounts(in: period, from: RecordNumber(first))
        }
    }

    private static func warnings(_ seals: [PeriodHistory.Event], late: Int) -> [String] {
        guard let last = seals.last, let version = last.version else { return [] }
        var warnings: [String] = []
        if version > 1 {
            warnings.append(
                "Version \(version): the period was sealed before on "
                    + seals.dropLast().map(\.recordedAt.utcDate.description)
                    .joined(separator: ", ") + ".")
        }
        if late > 0 {
            let entries = late == 1 ? "entry was" : "entries were"
            warnings.append(
                "\(late) \(entries) recorded after version \(version) was sealed; the statement "
                    + "as of that version is as it was reported.")
        }
        return warnings
    }
}

extension Book {
    /// The book as it was when a period was sealed: what was reported then, for ever.
    ///
    /// - Parameter version: Of the seal of exactly this period.
    /// - Throws: `period-not-closed` for a version that there is not.
    package func asReported(_ period: ReportingPeriod, version: Int) throws(Refusal) -> Book {
        let seal = try PeriodHistory(book: self).events.first {
            $0.version == version && $0.period == period
        }
        guard let seal else {
            throw Refusal(
                Diagnostic(
                    .periodNotClosed, at: SourceLocation(file: path),
                    "the period \(period) has no seal of version \(version)",
                    hint: "'tonne periods' lists the seals"))
        }
        let store = self.store
        let copy = try asking { () throws(LedgerStoreError) in
            try InMemoryLedgerStore(copyOf: store, first: seal.number + 1)
        }
        return Book(path: path, store: copy, actor: actor) { seal.recordedAt }
    }
}
