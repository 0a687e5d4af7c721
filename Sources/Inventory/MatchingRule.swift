/// How invoice lines become activities, from a reviewable `rules.toml`.
///
/// All conditions of a rule must hold; the first rule in file order whose conditions hold decides.
package struct MatchingRule: Hashable, Sendable, Codable {
    package struct Conditions: Hashable, Sendable, Codable {
        /// Part of the item name, compared without case.
        package let itemName: String?
        /// Exact classification code, such as a UNSPSC or CPV number.
        package let classification: String?
        package let supplier: SupplierID?
        /// Exact UN/CEFACT unit code.
        package let unitCode: String?

        package init(
            itemName: String? = nil, classification: String? = nil, supplier: SupplierID? = nil,
            unitCode: String? = nil
        ) {
            self.itemName = itemName
            self.classification = classification
            self.supplier = supplier
            self.unitCode = unitCode
        }
    }

    package enum Outcome: Hashable, Sendable, Codable {
        case activity(Target)
        /// Reviewed and known to carry nothing to account for, with the reason.
        case ignore(reason: String)
    }

    package struct Target: Hashable, Sendable, Codable {
        package let activity: ActivityCode
        package let facility: FacilityID
        package let treatment: ActivityRecord.Treatment

        package init(
            activity: ActivityCode, facility: FacilityID, treatment: ActivityRecord.Treatment
        ) {
            self.activity = activity
            self.facility = facility
            self.treatment = treatment
        }
    }

    /// Named in messages and records.
    package let name: String
    package let when: Conditions
    package let outcome: Outcome

    package init(name: String, when conditions: Conditions, outcome: Outcome) {
        self.name = name
        self.when = conditions
        self.outcome = outcome
    }
}
