internal import AuditTrail
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Turns the lines of an invoice into activities by the organisation's matching rules. A line no
/// rule holds for waits in the review, and so do energy lines that contradict each other.
struct InvoiceActivities {
    let organisation: Organisation
    let rules: [MatchingRule]
    let evidence: (Int, ElementPlace?) -> EvidenceReference
    private(set) var activities: [ActivityRecord] = []
    private(set) var waiting: [WaitingLine] = []
    private(set) var ignored = 0
    /// Charge lines that state the same quantity of energy once more.
    private(set) var repeated = 0
    private(set) var diagnostics: [Diagnostic] = []
    private(set) var warnings: [Diagnostic] = []
    private var unknownSuppliers: Set<String> = []

    /// - Parameter evidence: Cites an element, or a line of the document where there is none.
    init(
        organisation: Organisation, rules: [MatchingRule],
        evidence: @escaping (Int, ElementPlace?) -> EvidenceReference
    ) {
        self.organisation = organisation
        self.rules = rules
        self.evidence = evidence
    }

    mutating func add(_ invoice: InvoiceLines) {
        for line in invoice.setAside {
            waiting.append(
                WaitingLine(
                    reason: .quarantined, message: DiagnosticRenderer.visible(line.reason.message),
                    evidence: evidence(line.reason.location?.line ?? 1, line.element)))
        }
        var matched: [MatchedLine] = []
        for located in invoice.lines {
            let rule = MatchingRules.match(
                located.facts, rules: rules, organisation: organisation)
            switch rule?.outcome {
            case nil:
                let line = evidence(located.line, located.element)
                wait(located.facts, .unmatched, "no matching rule holds", line)
            case .ignore: ignored += 1
            case .activity(let target):
                if let why = Self.obstacle(located.facts, target) {
                    wait(
                        located.facts, .quarantined, why, evidence(located.line, located.element))
                } else {
                    matched.append(
                        MatchedLine(
                            facts: located.facts, target: target, line: located.line,
                            element: located.element))
                }
            }
        }
        nameSupplier(of: matched)
        let claims = ConsumptionClaims(of: matched)
        repeated += claims.duplicates.count
        for line in claims.kept { book(line) }
        for line in claims.conflicts.flatMap(\.self) {
            wait(
                line.facts, .conflict, "other lines state another quantity of the same energy",
                evidence(line.line, line.element))
        }
    }

    /// Warns, once a document, of a supplier that the organisation does not know.
    private mutating func nameSupplier(of lines: [MatchedLine]) {
        guard let line = lines.first, organisation.supplier(of: line.facts) == nil,
            unknownSuppliers.insert(line.facts.supplierName).inserted
        else { return }
        let name = DiagnosticRenderer.quoted(line.facts.supplierName)
        warnings.append(
            Diagnostic(
                .supplierUnknown,
                at: SourceLocation(file: evidence(line.line, nil).name, line: line.line),
                "'\(name)' is no supplier of the organisation; entries name it as the invoice does",
                hint: "describe it in organisation.toml, with its VAT number among the aliases"))
    }

    /// Why the quantity of a line cannot become an activity, if so.
    private static func obstacle(
        _ line: InvoiceLineFacts, _ target: MatchingRule.Target
    ) -> String? {
        guard let unit = UnitCatalog.unit(rec20: line.unitCode) else {
            return "the unit code '\(DiagnosticRenderer.quoted(line.unitCode))' is not known; "
                + InvoiceChecks.unitHint(line.unitCode)
        }
        guard case .consumption = target.treatment else { return nil }
        switch unit.dimension {
        case .energy, .reactiveEnergy, .mass, .volume: return nil
        case .power, .area, .length, .freightWork, .count, .duration, .currency:
            return "\(unit.dimension.name) in '\(unit)' is no quantity of what was consumed; "
                + "a rule can ignore the line"
        }
    }

    private mutating func wait(
        _ facts: InvoiceLineFacts, _ reason: WaitingLine.Reason, _ why: String,
        _ evidence: EvidenceReference
    ) {
        waiting.append(
            WaitingLine(
                reason: reason, line: facts,
                message: "\(why): '\(DiagnosticRenderer.quoted(facts.itemName))'",
                evidence: evidence))
    }

    private mutating func book(_ line: MatchedLine) {
        do {
            try activities.append(
                Self.activity(
                    line.facts, line.target, organisation: organisation,
                    evidence(line.line, line.element)))
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
        let slot = slot(of: line, target, organisation, party)
        return ActivityRecord(
            activity: target.activity, facility: target.facility, period: line.period,
            quantity: Quantity(line.quantity, unit), treatment: target.treatment,
            supplier: supplier, slot: slot,
            invoice: InvoiceReference(
                party: party, number: line.invoiceNumber, line: line.lineIdentifier,
                corrects: line.corrects, isReplacement: line.isReplacement,
                isUndated: slot.start == nil ? nil : line.isUndated),
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
