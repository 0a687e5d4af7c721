internal import Diagnostics
internal import Inventory

/// Checks between the parts of an organisation that no single part can make.
enum OrganisationChecks {
    static func faults(in organisation: Organisation, file: String) -> [Diagnostic] {
        var faults: [String] = []
        faults += repeated("facility", organisation.facilities.map(\.id.rawValue))
        faults += repeated("supplier", organisation.suppliers.map(\.id.rawValue))
        let facilities = Set(organisation.facilities.map(\.id))
        let suppliers = Set(organisation.suppliers.map(\.id))
        for meter in organisation.meters {
            if !facilities.contains(meter.facility) {
                faults.append("meter '\(meter.number)' names no facility: '\(meter.facility)'")
            }
            if let supplier = meter.supplier, !suppliers.contains(supplier) {
                faults.append("meter '\(meter.number)' names no supplier: '\(supplier)'")
            }
            if let until = meter.validUntil, until <= meter.validFrom {
                faults.append("meter '\(meter.number)' is valid until before it is valid from")
            }
        }
        for rule in organisation.factorRules {
            if let facility = rule.facility, !facilities.contains(facility) {
                faults.append(
                    "a factor rule for '\(rule.activity)' names no facility: "
                        + "'\(facility)'")
            }
        }
        return (faults + overlappingMeters(organisation.meters)).map {
            Diagnostic(
                .organisationInvalid, at: SourceLocation(file: file), $0,
                hint: "correct organisation.toml; nothing was applied")
        }
    }

    private static func repeated(_ what: String, _ names: [String]) -> [String] {
        Dictionary(grouping: names, by: \.self).filter { $0.value.count > 1 }.keys.sorted()
            .map { "\(what) '\($0)' is listed twice" }
    }

    /// One number may be listed again with another validity, as after a move.
    private static func overlappingMeters(_ meters: [Meter]) -> [String] {
        Dictionary(grouping: meters, by: \.number).values.flatMap { same -> [String] in
            let ordered = same.sorted { $0.validFrom < $1.validFrom }
            return zip(ordered, ordered.dropFirst()).filter { earlier, later in
                earlier.validUntil.map { later.validFrom < $0 } ?? true
            }.map { earlier, _ in "meter '\(earlier.number)' is listed twice for one time" }
        }.sorted()
    }
}
