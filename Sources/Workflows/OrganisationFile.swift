internal import Diagnostics
package import Documents
internal import ImportKit
package import Inventory
internal import Quantities

/// Reads `organisation.toml` strictly.
package enum OrganisationFile {
    /// - Throws: every fault of the file as a `Refusal`.
    package static func read(_ document: Document) throws(Refusal) -> Organisation {
        let text = String(decoding: document.bytes, as: UTF8.self)
        let table: StrictTable
        do {
            table = try StrictTable(toml: text, file: document.name, code: .organisationInvalid)
        } catch {
            throw Refusal(error)
        }
        let organisation = organisation(table)
        guard table.diagnostics.isEmpty, let organisation else {
            throw Refusal(table.diagnostics)
        }
        let faults = OrganisationChecks.faults(in: organisation, file: document.name)
        guard faults.isEmpty else { throw Refusal(faults) }
        return organisation
    }

    private static func organisation(_ table: StrictTable) -> Organisation? {
        let approach = table.word(
            "consolidation_approach", of: Organisation.ConsolidationApproach.self)
        let gwp = table.word("gwp_value_set", of: GWPValueSet.self)
        let name = table.required("name")
        let identifier = table.string("legal_entity_identifier")
        let baseYear = table.requiredInteger("base_year")
        let facilities = table.tables("facility").compactMap(facility)
        let meters = table.tables("meter").compactMap(meter)
        let suppliers = table.tables("supplier").compactMap(supplier)
        let rules = table.tables("factor_rule").compactMap(factorRule)
        let exclusions = table.tables("exclusion").compactMap(exclusion)
        table.finish()
        guard let name, let approach, let gwp, let baseYear else { return nil }
        return Organisation(
            name: name, legalEntityIdentifier: identifier, consolidationApproach: approach,
            gwpValueSet: gwp, baseYear: baseYear, facilities: facilities, meters: meters,
            suppliers: suppliers, factorRules: rules, exclusions: exclusions)
    }

    private static func facility(_ table: StrictTable) -> Facility? {
        let id = table.parsed("id", expected: slugHint, FacilityID.init)
        let name = table.required("name")
        let country = table.parsed("country", expected: "write an ISO 3166-1 code such as NL") {
            $0.utf8.count == 2 && $0.utf8.allSatisfy { (65...90).contains($0) } ? $0 : nil
        }
        let region = table.string("grid_region")
        let zone = table.parsed(
            "time_zone", expected: "write an IANA name such as Europe/Amsterdam"
        ) { LocalTimeZone(identifier: $0) == nil ? nil : $0 }
        let area = quantity(table, "floor_area_m2", unit: "m2")
        let power = quantity(table, "it_power_kw", unit: "kW")
        let share =
            table.parsed(
                "ownership_share", required: false, expected: "write a share such as \"0.5\""
            ) { text in (try? ExactDecimal(parsing: text)).flatMap { $0 > .one ? nil : $0 } }
        table.finish()
        guard let id, let name, let country, let zone else { return nil }
        return Facility(
            id: id, name: name, country: country, gridRegion: region, timeZone: zone,
            floorArea: area, itPower: power, ownershipShare: share ?? .one)
    }

    private static func quantity(
        _ table: StrictTable, _ key: String, unit symbol: String
    ) -> Quantity? {
        guard let unit = UnitCatalog.unit(symbol: symbol) else { return nil }
        return table.parsed(key, required: false, expected: "write a decimal in quotes") {
            (try? ExactDecimal(parsing: $0)).map { Quantity($0, unit) }
        }
    }

    private static func meter(_ table: StrictTable) -> Meter? {
        let number = table.required("number")
        let facility = table.parsed("facility", expected: slugHint, FacilityID.init)
        let carrier = table.word("carrier", of: Carrier.self)
        if carrier == .unknown {
            table.fault("carrier", "what the meter measures must be known, such as electricity")
        }
        let role = table.word("role", of: Meter.Role.self)
        let from = table.day("valid_from")
        let until = table.day("valid_until", required: false)
        let supplier = table.parsed(
            "supplier", required: false, expected: slugHint, SupplierID.init)
        let direction = table.parsed(
            "direction", required: false, expected: "write import, export or generation",
            FlowDirection.init(rawValue:))
        table.finish()
        guard let number, let facility, let carrier, let role, let from else { return nil }
        return Meter(
            number: number, facility: facility, carrier: carrier, role: role, validFrom: from,
            validUntil: until, supplier: supplier, direction: direction)
    }

    private static func supplier(_ table: StrictTable) -> Supplier? {
        let id = table.parsed("id", expected: slugHint, SupplierID.init)
        let name = table.required("name")
        let aliases = table.strings("aliases") ?? []
        table.finish()
        guard let id, let name else { return nil }
        return Supplier(id: id, name: name, aliases: aliases)
    }

    private static func factorRule(_ table: StrictTable) -> FactorRule? {
        let activity = table.parsed("activity", expected: slugHint, ActivityCode.init)
        let role = table.word("role", of: FactorRole.self)
        let facility = table.parsed(
            "facility", required: false, expected: slugHint, FacilityID.init)
        let supplier = table.parsed(
            "supplier", required: false, expected: slugHint, SupplierID.init)
        let period = table.parsed(
            "period", required: false, expected: "write a year, a month or a span of days"
        ) { ReportingPeriod($0) }
        let key = table.required("factor")
        let reason = table.required("reason")
        table.finish()
        guard let activity, let role, let key, let reason else { return nil }
        return FactorRule(
            activity: activity, role: role, facility: facility, supplier: supplier,
            period: period, factorKey: key, reason: reason)
    }

    private static func exclusion(_ table: StrictTable) -> Organisation.Exclusion? {
        let category = table.parsed("category", expected: "write \"1\" to \"15\"") { text in
            Int(text).flatMap { (1...15).contains($0) ? String($0) : nil }
        }
        let reason = table.required("reason")
        table.finish()
        guard let category, let reason else { return nil }
        return Organisation.Exclusion(category: category, reason: reason)
    }

    private static let slugHint = "write lower-case letters, digits and hyphens"
}
