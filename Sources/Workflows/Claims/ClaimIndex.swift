internal import Inventory
internal import LedgerCore
internal import Quantities

/// The claims that stand, found by what they may compete with.
struct ClaimIndex {
    typealias Claim = ClaimRegister.Claim

    private var byMeter: [String: [Claim]] = [:]
    /// Consumption at a facility, with and without a meter.
    private var byFacility: [String: [Claim]] = [:]
    private var byLine: [String: [Claim]] = [:]
    private var byInvoice: [String: [Claim]] = [:]
    /// Invoices in whose place a corrected one stands.
    private var replacements: [String: RecordNumber] = [:]

    init(_ claims: [Claim]) { for claim in claims { add(claim) } }

    mutating func add(_ claim: Claim) { place(claim) { $0.append(claim) } }

    mutating func remove(_ claim: Claim) {
        place(claim) { claims in claims.removeAll { $0.number == claim.number } }
    }

    private mutating func place(_ claim: Claim, _ change: (inout [Claim]) -> Void) {
        let record = claim.record
        change(&byLine[Self.line(record), default: []])
        if let invoice = record.invoice {
            change(&byInvoice[Self.key(invoice.party, invoice.number), default: []])
            if invoice.isReplacement {
                for number in invoice.corrects where number != invoice.number {
                    replacements[Self.key(invoice.party, number)] = claim.number
                }
            }
        }
        guard let consumption = record.consumption, record.span != nil else { return }
        if let meter = consumption.meter {
            change(&byMeter[Self.key(meter, record.activity.rawValue), default: []])
        } else {
            change(&byMeter[Self.facility(record) + "/", default: []])
        }
        change(&byFacility[Self.facility(record), default: []])
    }

    // MARK: Invoices

    /// The claim on the same line of the same invoice, or on the same subject and time.
    func sameLine(as record: ActivityRecord) -> Claim? {
        byLine[Self.line(record)]?.first { claim in
            guard record.invoice == nil, let span = record.span, let other = claim.record.span
            else { return true }
            return span.overlap(other) > 0
        }
    }

    /// The corrected invoice that stands in the place of another one.
    func replacement(of invoice: InvoiceReference) -> RecordNumber? {
        replacements[Self.key(invoice.party, invoice.number)]
    }

    /// The claims in whose place a line of a corrected invoice stands.
    func replaced(by record: ActivityRecord) -> [Claim] {
        guard let invoice = record.invoice, invoice.isReplacement else { return [] }
        return invoice.corrects.filter { $0 != invoice.number }.flatMap {
            byInvoice[Self.key(invoice.party, $0)] ?? []
        }
    }

    /// What accounts for the energy of a credit note whose invoices are not booked: the data of
    /// the meter, of which a credit note takes nothing back.
    func otherSource(of credit: ActivityRecord) -> RecordNumber? {
        guard let invoice = credit.invoice, let span = credit.span,
            invoice.corrects.allSatisfy({
                byInvoice[Self.key(invoice.party, $0)]?.isEmpty ?? true
            })
        else { return nil }
        return family(of: credit).first { claim in
            guard let other = claim.record.span, claim.record.invoice == nil else { return false }
            return span.overlap(other) > ClaimRegister.tolerance
        }?.number
    }

    // MARK: Consumption

    /// The claims on the energy of one time, in the order of their records.
    ///
    /// An invoice that credit notes take back in full is none, and has none.
    func rivals(of record: ActivityRecord) -> [Claim] {
        guard let span = record.span, record.consumption != nil else { return [] }
        let family = family(of: record)
        guard !isCredited(record, family) else { return [] }
        return family.filter { claim in
            guard let other = claim.record.span, !claim.record.isCredit else { return false }
            let isExact = record.isInterval && claim.record.isInterval
            guard span.overlap(other) > (isExact ? 0 : ClaimRegister.tolerance) else {
                return false
            }
            return ClaimRelation(record, claim.record) != .apart
                && !isCredited(claim.record, family)
        }.sorted { $0.number < $1.number }
    }

    /// The claims that state the energy of a claim more finely.
    func finer(than record: ActivityRecord) -> [ActivityRecord] {
        rivals(of: record).map(\.record).filter {
            guard case .alternative(firstIsFiner: true, _) = ClaimRelation($0, record) else {
                return false
            }
            return true
        }
    }

    /// What flows the other way in the time of a net value.
    func counterflow(of record: ActivityRecord) -> [ActivityRecord] {
        guard record.consumption?.direction == .net, let span = record.span else { return [] }
        return family(of: record).map(\.record).filter { other in
            other.consumption?.direction == .export
                && (other.span.map { $0.overlap(span) > 0 } ?? false)
        }
    }

    /// Interval claims of one month that form one activity with the record.
    func mates(of record: ActivityRecord) -> [Claim] {
        family(of: record).filter { claim in
            let other = claim.record
            return other.isInterval && other.slot.subject == record.slot.subject
                && other.slot.series == record.slot.series && other.activity == record.activity
                && other.facility == record.facility && other.treatment == record.treatment
                && other.supplier == record.supplier
                && other.quantity.unit.dimension == record.quantity.unit.dimension
                && other.period.start.calendarMonth == record.period.start.calendarMonth
        }.sorted { $0.number < $1.number }
    }

    private func family(of record: ActivityRecord) -> [Claim] {
        guard let meter = record.consumption?.meter else {
            return byFacility[Self.facility(record)] ?? []
        }
        return (byMeter[Self.key(meter, record.activity.rawValue)] ?? [])
            + (byMeter[Self.facility(record) + "/"] ?? [])
    }

    private func isCredited(_ record: ActivityRecord, _ family: [Claim]) -> Bool {
        guard let invoice = record.invoice else { return false }
        let credits = family.map(\.record).filter { credit in
            credit.isCredit && credit.invoice?.party == invoice.party
                && credit.invoice?.corrects.contains(invoice.number) ?? false
                && credit.quantity.unit == record.quantity.unit
        }
        guard !credits.isEmpty,
            let total = try? ExactDecimal.sum(credits.map(\.quantity.amount))
        else { return false }
        return total == record.quantity.amount.negated
    }

    private static func facility(_ record: ActivityRecord) -> String {
        key(record.facility.rawValue, record.activity.rawValue)
    }

    private static func line(_ record: ActivityRecord) -> String {
        guard let invoice = record.invoice else {
            return key(record.slot.subject, record.slot.series ?? "")
        }
        return key(key(invoice.party, invoice.number), invoice.line)
    }

    /// The length keeps parts with slashes apart.
    private static func key(_ first: String, _ second: String) -> String {
        "\(first.utf8.count)/\(first)/\(second)"
    }
}
