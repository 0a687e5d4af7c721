internal import Diagnostics
internal import Inventory

/// Reads one `[[rule]]`.
struct MatchingRuleReader {
    private enum Treatment: String, CaseIterable {
        case capitalGood = "capital-good"
        case expense
        case refrigerantCharge = "refrigerant-charge"
        case consumption
    }

    private static let slug = "write lower-case letters, digits and hyphens, such as ams1"

    private let table: StrictTable

    init(_ table: StrictTable) { self.table = table }

    /// - Returns: `nil` where a fault was reported.
    func read() -> MatchingRule? {
        defer { table.finish() }
        let name = table.required("name")
        let conditions = table.section("when").flatMap(conditions)
        let outcome = table.section("then").flatMap(outcome)
        guard let name, let conditions, let outcome else { return nil }
        return MatchingRule(name: name, when: conditions, outcome: outcome)
    }

    private func conditions(_ when: StrictTable) -> MatchingRule.Conditions? {
        let supplier = when.parsed(
            "supplier", required: false, expected: Self.slug, { SupplierID($0) })
        let conditions = MatchingRule.Conditions(
            itemName: text("item_name", in: when), classification: text("classification", in: when),
            supplier: supplier, unitCode: text("unit_code", in: when))
        if when.keys.isEmpty {
            when.fault(
                nil, "a rule without conditions would hold for every line",
                hint: "state item_name, classification, supplier or unit_code")
        }
        when.finish()
        return when.keys.isEmpty ? nil : conditions
    }

    /// An empty text would hold for every line.
    private func text(_ key: String, in table: StrictTable) -> String? {
        let text = table.string(key)
        if text?.isEmpty == true { table.fault(key, "'\(key)' is empty") }
        return text
    }

    private func outcome(_ then: StrictTable) -> MatchingRule.Outcome? {
        if then.has("ignore") {
            defer { then.finish() }
            return text("ignore", in: then).map { .ignore(reason: $0) }
        }
        let activity = then.parsed("activity", expected: Self.slug, { ActivityCode($0) })
        let facility = then.parsed("facility", expected: Self.slug, { FacilityID($0) })
        // Which other keys belong here is not known before the treatment is.
        guard let treatment = then.word("treatment", of: Treatment.self) else { return nil }
        let accounted = accounted(treatment, then)
        then.finish()
        guard let activity, let facility, let accounted else { return nil }
        return .activity(
            MatchingRule.Target(activity: activity, facility: facility, treatment: accounted))
    }

    private func accounted(
        _ treatment: Treatment, _ then: StrictTable
    ) -> ActivityRecord.Treatment? {
        switch treatment {
        case .capitalGood: capitalGood(then).map { .capitalGood($0) }
        case .expense: expense(then).map { .expense($0) }
        case .refrigerantCharge: refrigerantCharge(then).map { .refrigerantCharge($0) }
        case .consumption: consumption(then).map { .consumption($0) }
        }
    }

    private func capitalGood(_ then: StrictTable) -> ActivityRecord.CapitalGood? {
        let asset = identifier("asset", then)
        let component = identifier("component", then)
        let module = then.word("module", of: LifeCycleModule.self)
        let source = then.word("source", of: EmissionSource.self)
        let years = serviceLife(then)
        guard let asset, let component, let module, let source, let years else { return nil }
        return ActivityRecord.CapitalGood(
            asset: asset, component: component, module: module, source: source,
            serviceLifeMonths: years * 12)
    }

    private func expense(_ then: StrictTable) -> ActivityRecord.Expense? {
        let module = then.word("module", of: LifeCycleModule.self)
        let source = then.word("source", of: EmissionSource.self)
        guard let module, let source else { return nil }
        return ActivityRecord.Expense(module: module, source: source)
    }

    private func refrigerantCharge(_ then: StrictTable) -> ActivityRecord.RefrigerantCharge? {
        let equipment = identifier("asset", then)
        let refrigerant = then.required("refrigerant")
        guard let equipment, let refrigerant else { return nil }
        return ActivityRecord.RefrigerantCharge(equipment: equipment, refrigerant: refrigerant)
    }

    /// A purchase is an import; the role says what the carrier is used for.
    private func consumption(_ then: StrictTable) -> ActivityRecord.Consumption? {
        let role = then.word("role", of: Meter.Role.self)
        let meter = text("meter", in: then)
        return role.map { .init(direction: .import, role: $0, meter: meter) }
    }

    private func identifier(_ key: String, _ then: StrictTable) -> AssetID? {
        then.parsed(key, expected: Self.slug, { AssetID($0) })
    }

    private func serviceLife(_ then: StrictTable) -> Int? {
        let key = "service_life_years"
        guard let years = then.requiredInteger(key) else { return nil }
        guard (1...200).contains(years) else {
            then.fault(key, "'\(years)' is no \(key)", hint: "write whole years, 1 to 200")
            return nil
        }
        return years
    }
}
