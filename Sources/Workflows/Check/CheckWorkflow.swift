internal import AuditTrail
internal import Diagnostics
internal import ImportKit
package import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// What a check has looked at and found.
package struct CheckReport: Sendable {
    /// The days that were checked; `nil` for a book without data.
    package var period: ReportingPeriod?
    package var meters = 0
    package var suppliers = 0
    package var activities = 0
    package var findings: [CheckFinding] = []
}

/// Looks for what a book lacks: the documents that should be there, the decisions that are owed,
/// the postings that are open. It writes nothing.
package struct CheckWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Parameter period: The days to check; `nil` for all from the first to the last that any
    ///   document covers. Days after today are never owed.
    package func run(_ period: ReportingPeriod?) throws(Refusal) -> CheckReport {
        let state = try book.state()
        guard let organisation = state.organisation else {
            throw Refusal(
                Diagnostic(
                    .organisationInvalid, at: SourceLocation(file: book.path),
                    "the book has no organisation yet",
                    hint: "run 'tonne apply organisation.toml' first"))
        }
        var report = CheckReport()
        guard let checked = self.period(period, state) else {
            report.findings = waiting(state, nil)
            return report
        }
        let activities = state.activities.filter { $0.value.period.overlaps(checked) }
        report.period = checked
        report.activities = activities.count
        try checkMeters(organisation, state, checked, into: &report)
        checkSuppliers(state, checked, into: &report)
        report.findings += try values(state, activities)
        report.findings += waiting(state, checked)
        report.findings += try postings(state, activities, checked)
        return report
    }

    /// Days that are over, of the period or of the data.
    private func period(_ period: ReportingPeriod?, _ state: BookState) -> ReportingPeriod? {
        let today = book.clock().utcDate
        let spans = state.activities.map(\.value.period)
        guard let first = period?.start ?? spans.map(\.start).min(),
            let end = period?.end ?? spans.map(\.end).max()
        else { return nil }
        return ReportingPeriod(start: first, end: min(end, today))
    }

    // MARK: Documents

    private func checkMeters(
        _ organisation: Organisation, _ state: BookState, _ checked: ReportingPeriod,
        into report: inout CheckReport
    ) throws(Refusal) {
        var zones: [FacilityID: LocalTimeZone] = [:]
        let shelf = SeriesShelf(book)
        let records = state.activities.map(\.value).filter { $0.consumption != nil }
        let byMeter = Dictionary(grouping: records) { $0.consumption?.meter }
        for meter in organisation.meters {
            guard let activity = meter.carrier.activity,
                let facility = organisation.facility(meter.facility),
                let zone = zones[meter.facility] ?? LocalTimeZone(identifier: facility.timeZone),
                let expected = ReportingPeriod(
                    start: max(checked.start, meter.validFrom),
                    end: min(checked.end, meter.validUntil ?? checked.end))
            else { continue }
            zones[meter.facility] = zone
            report.meters += 1
            let general = (byMeter[nil] ?? []).filter { $0.facility == meter.facility }
            report.findings += try MeterCompleteness(
                meter: meter, zone: zone, expected: expected,
                activities: ((byMeter[meter.number] ?? []) + general).filter {
                    $0.activity == activity
                }, shelf: shelf
            ).findings()
        }
    }

    private func checkSuppliers(
        _ state: BookState, _ checked: ReportingPeriod, into report: inout CheckReport
    ) {
        for (party, invoices) in Dictionary(grouping: state.invoices, by: \.party).sorted(by: {
            $0.key < $1.key
        }) {
            report.suppliers += 1
            report.findings += SupplierCompleteness(
                party: party, invoices: invoices, period: checked
            ).findings()
        }
    }

    // MARK: Values

    private func values(
        _ state: BookState, _ activities: [BookState.Numbered<ActivityRecord>]
    ) throws(Refusal) -> [CheckFinding] {
        let accruals = activities.compactMap { activity -> CheckFinding? in
            let record = activity.value
            guard let estimated = record.estimated else { return nil }
            return finding(
                .openAccrual, record,
                "\(estimated) of \(record.quantity) are estimated in '\(record.evidence.name)'")
        }
        let numbers = Set(activities.map(\.number))
        let outliers = state.outliers.filter { !$0.isHeld && numbers.contains($0.number) }.map {
            finding(.outlier, $0.record, $0.message)
        }
        let index = ClaimIndex(
            state.activities.map { ClaimRegister.Claim(number: $0.number, record: $0.value) })
        let shelf = SeriesShelf(book)
        var controls: [CheckFinding] = []
        for link in state.links where numbers.contains(link.to) {
            guard let statement = link.statement else { continue }
            let comparison = try ControlComparison(
                statement, finer: index.finer(than: statement),
                with: index.counterflow(of: statement), on: shelf)
            guard comparison.differsVisibly else { continue }
            controls.append(
                finding(
                    .controlDifference, statement,
                    "'\(link.evidence.name)': \(comparison.message)"))
        }
        return accruals + outliers + controls
    }

    private func finding(
        _ kind: CheckFinding.Kind, _ record: ActivityRecord, _ message: String
    ) -> CheckFinding {
        CheckFinding(
            kind, record.consumption?.meter ?? record.activity.rawValue,
            facility: record.facility, period: record.period, message)
    }

    private func waiting(_ state: BookState, _ period: ReportingPeriod?) -> [CheckFinding] {
        struct Group: Hashable {
            let document: String
            let reason: ReviewItem.Reason
        }
        let items = state.reviewItems.filter { item in
            guard let period, let own = item.period else { return true }
            return own.overlaps(period)
        }
        return Dictionary(grouping: items) { Group(document: $0.evidence.name, reason: $0.reason) }
            .sorted {
                ($0.key.document, $0.key.reason.rawValue)
                    < ($1.key.document, $1.key.reason.rawValue)
            }
            .map { group, items in
                CheckFinding(
                    .waiting, group.document,
                    "\(items.count) \(items.count == 1 ? "line waits" : "lines wait"): "
                        + group.reason.rawValue)
            }
    }

    // MARK: Journal

    private func postings(
        _ state: BookState, _ activities: [BookState.Numbered<ActivityRecord>],
        _ period: ReportingPeriod
    ) throws(Refusal) -> [CheckFinding] {
        let posted = PostedEntries(try book.entries())
        let held = Set(state.outliers.filter(\.isHeld).map(\.number))
        let open = activities.filter {
            !$0.value.quantity.amount.isZero && !posted.activities.contains($0.number)
                && !held.contains($0.number)
        }
        let orphans = posted.orphans(standing: Set(state.activities.map(\.number)))
        let balance = try book.asking { () throws(LedgerStoreError) in
            try book.store.trialBalance(in: period)
        }
        let unresolved = balance.balances.filter {
            $0.key.account.isWithin("control:unresolved-factor") && !$0.value.isZero
        }.sorted { $0.key < $1.key }
        return
            (open.isEmpty
            ? [] : [notPosted("not posted yet", open.count, "activities", "activity")])
            + (orphans.isEmpty
                ? []
                : [
                    notPosted(
                        "of what was replaced still to reverse", orphans.count, "entries", "entry")
                ])
            + unresolved.map { key, amount in
                CheckFinding(
                    .unresolvedFactor, key.account.name, facility: key.facility,
                    "\(amount) \(key.commodity) wait for a factor")
            }
    }

    private func notPosted(
        _ what: String, _ count: Int, _ many: String, _ one: String
    ) -> CheckFinding {
        CheckFinding(.notPosted, "journal", "\(count) \(count == 1 ? one : many) \(what)")
    }
}
