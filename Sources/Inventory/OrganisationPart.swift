/// A part of the lists of an organisation that is too large for one record.
package struct OrganisationPart: Hashable, Sendable, Codable {
    package var facilities: [Facility] = []
    package var meters: [Meter] = []
    package var suppliers: [Supplier] = []
    package var factorRules: [FactorRule] = []
    package var exclusions: [Organisation.Exclusion] = []

    package init() {}

    /// The lists of an organisation, all of them.
    package init(listsOf organisation: Organisation) {
        facilities = organisation.facilities
        meters = organisation.meters
        suppliers = organisation.suppliers
        factorRules = organisation.factorRules
        exclusions = organisation.exclusions
    }
}

extension Organisation {
    /// The organisation without its lists, which follow in parts.
    package func head(ofParts count: Int) -> Organisation {
        var head = self
        head.facilities = []
        head.meters = []
        head.suppliers = []
        head.factorRules = []
        head.exclusions = []
        head.parts = DecimalText(wrappedValue: count)
        return head
    }

    package mutating func append(_ part: OrganisationPart) {
        facilities += part.facilities
        meters += part.meters
        suppliers += part.suppliers
        factorRules += part.factorRules
        exclusions += part.exclusions
    }
}
