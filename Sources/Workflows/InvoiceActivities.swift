internal import AuditTrail
internal import Diagnostics
internal import Documents
package import ImportKit
package import Inventory
internal import Quantities

/// Turns the lines of an invoice into activities by the organisation's matching rules; a line no
/// rule holds for waits in the review.
struct InvoiceActivities {
    let organisation: Organisation
    let rules: [MatchingRule]
    private(set) var activities: [ActivityRecord] = []
    private(set) var waiting: [WaitingLine] = []
    private(set) var ignored = 0
    private(set) var diagnostics: [Diagnostic] = []

    init(organisation: Organisation, rules: [MatchingRule]) {
        self.organisation = organisation
        self.rules = rules
    }

    mutating func add(_ line: InvoiceLineFacts, _ evidence: EvidenceReference) {
        guard let rule = MatchingRules.match(line, rules: rules, organisation: organisation) else {
            waiting.append(
                WaitingLine(
                    reason: .unmatched, line: line,
                    message: "no matching rule holds for '\(line.itemName)'", evidence: evidence))
            return
        }
        switch rule.outcome {
        case .ignore: ignored += 1
        case .activity(let target):
            do {
                try activities.append(
                    Self.activity(line, target, organisation: organisation, evidence))
            } catch {
                diagnostics.append(error)
            }
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
        let supplier = organisation.supplier(named: line.supplierName)?.id
        let party = supplier?.rawValue ?? line.supplierName
        return ActivityRecord(
            activity: target.activity, facility: target.facility, period: line.period,
            quantity: Quantity(line.quantity, unit), treatment: target.treatment,
            supplier: supplier,
            slot: ClaimSlot(
                subject: "invoice/\(party)/\(line.invoiceNumber)/\(line.lineIdentifier)"),
            evidence: evidence)
    }
}
