internal import AuditTrail
internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Turns the lines of an invoice into activities by the organisation's matching rules. A line no
/// rule holds for waits in the review, and so do energy lines that contradict each other.
struct InvoiceActivities {
    let organisation: Organisation
    let rules: [MatchingRule]
    let evidence: (Int) -> EvidenceReference
    private(set) var activities: [ActivityRecord] = []
    private(set) var waiting: [WaitingLine] = []
    private(set) var ignored = 0
    /// Charge lines that state the same quantity of energy once more.
    private(set) var repeated = 0
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter evidence: The place in the document of a line number.
    init(
        organisation: Organisation, rules: [MatchingRule],
        evidence: @escaping (Int) -> EvidenceReference
    ) {
        self.organisation = organisation
        self.rules = rules
        self.evidence = evidence
    }

    mutating func add(_ invoice: InvoiceLines) {
        for reason in invoice.setAside {
            waiting.append(
                WaitingLine(
                    reason: .quarantined, message: DiagnosticRenderer.visible(reason.message),
                    evidence: evidence(reason.location?.line ?? 1)))
        }
        var matched: [MatchedLine] = []
        for located in invoice.lines {
            let rule = MatchingRules.match(
                located.facts, rules: rules, organisation: organisation)
            switch rule?.outcome {
            case nil: wait(located.facts, .unmatched, "no matching rule holds", located.line)
            case .ignore: ignored += 1
            case .activity(let target):
                matched.append(
                    MatchedLine(facts: located.facts, target: target, line: located.line))
            }
        }
        let claims = ConsumptionClaims(of: matched)
        repeated += claims.duplicates.count
        for line in claims.kept { book(line) }
        for line in claims.conflicts.flatMap(\.self) {
            wait(
                line.facts, .conflict, "other lines state another quantity of the same energy",
                line.line)
        }
    }

    private mutating func wait(
        _ facts: InvoiceLineFacts, _ reason: WaitingLine.Reason, _ why: String, _ line: Int
    ) {
        waiting.append(
            WaitingLine(
                reason: reason, line: facts,
                message: "\(why): '\(DiagnosticRenderer.quoted(facts.itemName))'",
                evidence: evidence(line)))
    }

    private mutating func book(_ line: MatchedLine) {
        do {
            try activities.append(
                Self.activity(
                    line.facts, line.target, organisation: organisation, evidence(line.line)))
        } catch {
            diagnostics.append(error)
        }
    }

    /// The activity a line becomes under a rule.
    ///
    /// - Throws: `unit-unknown` for a unit code that is not in the catalogue.
    static func activity(
        _ line: InvoiceLineFacts, _ target: MatchingRule.Target, organisation: Organisation,
        _ evidence: EvidenceReference
    ) throws(Diagnostic) -> ActivityRecord {
        guard let unit = UnitCatalog.unit(rec20: line.unitCode) else {
            throw Diagnostic(
                .unitUnknown,
                at: SourceLocation(file: evidence.name, line: evidence.line.flatMap { Int($0) }),
                "no unit has the UN/CEFACT code '\(DiagnosticRenderer.quoted(line.unitCode))'",
                hint: "ask the supplier for a code of Recommendation 20, such as KGM, TNE or H87")
        }
        let supplier = organisation.supplier(of: line)?.id
        let party = supplier?.rawValue ?? line.supplierName
        return ActivityRecord(
            activity: target.activity, facility: target.facility, period: line.period,
            quantity: Quantity(line.quantity, unit), treatment: target.treatment,
            supplier: supplier, slot: slot(of: line, target, organisation, party),
            invoice: InvoiceReference(
                party: party, number: line.invoiceNumber, line: line.lineIdentifier,
                corrects: line.corrects, isReplacement: line.isReplacement),
            evidence: evidence)
    }

    /// What comes through a meter is claimed for a time, so that a bill and the data of the meter
    /// are not both booked; goods, services and deliveries are claimed line by line.
    private static func slot(
        of line: InvoiceLineFacts, _ target: MatchingRule.Target, _ organisation: Organisation,
        _ party: String
    ) -> ClaimSlot {
        guard case .consumption(let consumption) = target.treatment,
            let carrier = Carrier(activity: target.activity), !carrier.isDelivered,
            let facility = organisation.facility(target.facility),
            let zone = LocalTimeZone(identifier: facility.timeZone)
        else {
            return ClaimSlot(
                subject: "invoice/\(party)/\(line.invoiceNumber)/\(line.lineIdentifier)")
        }
        let place = consumption.meter.map { "meter/\($0)" } ?? "facility/\(facility.id)"
        return ClaimSlot(
            subject: "\(place)/\(carrier.rawValue)/\(consumption.direction.rawValue)",
            start: zone.startOfDay(line.period.start), end: zone.startOfDay(line.period.end))
    }
}
