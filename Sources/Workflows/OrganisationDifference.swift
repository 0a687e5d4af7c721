internal import Inventory
internal import Quantities

/// The difference between two states of the organisation, as lines to read before it is applied.
enum OrganisationDifference {
    static func lines(from old: Organisation?, to new: Organisation) -> [String] {
        let headOld = old.map(head) ?? []
        var lines = headOld.filter { !head(new).contains($0) }.map { "- " + $0 }
        lines += head(new).filter { !headOld.contains($0) }.map { "+ " + $0 }
        lines += lists(
            "facility", old?.facilities ?? [], new.facilities, name: \.id.rawValue,
            describe: { facility in
                "\(facility.name), \(facility.gridRegion ?? facility.country), "
                    + "\(facility.timeZone), share \(facility.ownershipShare)"
                    + described(facility.floorArea) + described(facility.itPower)
            })
        lines += lists(
            "meter", old?.meters ?? [], new.meters,
            name: { "\($0.number) from \($0.validFrom)" },
            describe: { meter in
                "\(meter.facility), \(meter.carrier.rawValue), \(meter.role.rawValue)"
                    + (meter.validUntil.map { ", until \($0)" } ?? "")
                    + (meter.supplier.map { ", \($0)" } ?? "")
                    + (meter.direction.map { ", \($0.rawValue)" } ?? "")
            })
        lines += lists(
            "supplier", old?.suppliers ?? [], new.suppliers, name: \.id.rawValue,
            describe: { ([$0.name] + $0.aliases).joined(separator: ", ") })
        lines += lists(
            "factor rule", old?.factorRules ?? [], new.factorRules,
            name: { rule in
                [
                    rule.activity.rawValue, rule.role.rawValue, rule.facility?.rawValue,
                    rule.supplier?.rawValue, rule.period?.description,
                ].compactMap(\.self).joined(separator: " ")
            }, describe: { "\($0.factorKey): \($0.reason)" })
        lines += lists(
            "exclusion", old?.exclusions ?? [], new.exclusions, name: \.category,
            describe: \.reason)
        return lines
    }

    /// Lines for what came (`+`) and went (`-`) in a list of named things.
    static func lists<Element: Equatable>(
        _ what: String, _ old: [Element], _ new: [Element], name: (Element) -> String,
        describe: (Element) -> String
    ) -> [String] {
        let gone = old.filter { !new.contains($0) }
        let come = new.filter { !old.contains($0) }
        return gone.map { "- \(what) \(name($0)): \(describe($0))" }
            + come.map { "+ \(what) \(name($0)): \(describe($0))" }
    }

    private static func head(_ organisation: Organisation) -> [String] {
        [
            "organisation: \(organisation.name)",
            "consolidation approach: \(organisation.consolidationApproach.rawValue)",
            "GWP value set: \(organisation.gwpValueSet.rawValue)",
            "base year: \(organisation.baseYear)",
        ] + (organisation.legalEntityIdentifier.map { ["legal entity identifier: \($0)"] } ?? [])
    }

    private static func described(_ quantity: Quantity?) -> String {
        quantity.map { ", \($0)" } ?? ""
    }
}
