internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities

/// The periods that invoices state for what came through a meter, whether they are booked or not:
/// what a credit note without a period of its own takes back lies in them.
struct InvoicePeriods {
    private struct Invoice: Hashable {
        let party: String
        let number: String
    }

    private struct Statement: Hashable {
        let activity: ActivityCode
        let facility: FacilityID
        let period: ReportingPeriod
        let start: Instant
        let end: Instant
    }

    private var statements: [Invoice: Set<Statement>] = [:]

    init(_ state: BookState) {
        for record in state.activities + state.withdrawn { add(record.value) }
        for record in state.links.compactMap(\.statement) { add(record) }
        for record in state.waiting.compactMap(\.value.activity) { add(record) }
    }

    mutating func add(_ record: ActivityRecord) {
        guard let invoice = record.invoice, invoice.isUndated != true, let span = record.span
        else { return }
        statements[Invoice(party: invoice.party, number: invoice.number), default: []].insert(
            Statement(
                activity: record.activity, facility: record.facility, period: record.period,
                start: span.start, end: span.end))
    }

    /// A credit in the one period of the invoices it names; `nil` where they are not known, or
    /// state several.
    func dating(_ credit: ActivityRecord) -> ActivityRecord? {
        guard let invoice = credit.invoice else { return nil }
        let stated = invoice.corrects.flatMap {
            statements[Invoice(party: invoice.party, number: $0)] ?? []
        }.filter { $0.activity == credit.activity && $0.facility == credit.facility }
        guard let first = stated.first, Set(stated).count == 1 else { return nil }
        return credit.dated(
            first.period,
            ClaimSlot(
                subject: credit.slot.subject, series: credit.slot.series, start: first.start,
                end: first.end))
    }
}

extension ActivityRecord {
    /// The same claim in a period that is settled.
    func dated(_ period: ReportingPeriod, _ slot: ClaimSlot) -> ActivityRecord {
        ActivityRecord(
            activity: activity, facility: facility, period: period, quantity: quantity,
            treatment: treatment, supplier: supplier, slot: slot, series: series,
            quality: quality, estimated: estimated, register: register, revisions: revisions,
            invoice: invoice.map {
                InvoiceReference(
                    party: $0.party, number: $0.number, line: $0.line, corrects: $0.corrects,
                    isReplacement: $0.isReplacement)
            }, evidence: evidence)
    }
}
