internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Maps the properties of an openEPD document (EPD, industry-wide EPD, generic estimate).
struct DocumentReader {
    private var fields: JSONFieldReader

    init(file: String) { fields = JSONFieldReader(file: file) }

    var diagnostics: [Diagnostic] { fields.diagnostics }
    var quarantined: Int { fields.quarantined }

    private static let kinds: [String: ProductDeclaration.Kind] = [
        "openepd": .specific, "openindustryepd": .average, "opengenericestimate": .generic,
    ]

    /// - Throws: `json-structure` for another type of document.
    mutating func read(_ root: JSONNode) throws(Diagnostic) -> ProductDeclaration {
        let type = root["doctype"]?.text ?? ""
        guard let kind = Self.kinds[type.lowercased()] else {
            throw Diagnostic(
                .jsonStructure, at: fields.place(root["doctype"] ?? root),
                "the document type '\(DiagnosticRenderer.quoted(type))' is no declaration of "
                    + "openEPD",
                hint: "export an openEPD, openIndustryEpd or openGenericEstimate")
        }
        let product = declaredUnit(root)
        let lastDay = fields.day(root["valid_until"], "valid_until")
        return ProductDeclaration(
            uuid: root["id"]?.text, version: root["version"]?.digits,
            name: root["product_name"]?.text ?? root["name"]?.text, kind: kind,
            publisher: root["program_operator"]?["name"]?.text
                ?? root["publisher"]?["name"]?.text ?? root["manufacturer"]?["name"]?.text,
            registrationNumber: root["program_operator_doc_id"]?.text, location: nil,
            referenceYear: nil, validUntil: root["valid_until"]?.text,
            validFrom: fields.day(root["date_of_issue"], "date_of_issue"),
            endOfValidity: lastDay?.adding(days: 1),
            referenceFlow: .init(uuid: nil, amount: root["declared_unit"]?["qty"]?.digits),
            declaredUnit: product.unit, declaredMass: product.mass,
            indicators: indicators(root["impacts"]), line: root.line)
    }

    // MARK: Declared unit

    /// Spellings of openEPD that differ from our symbols.
    private static let spellings = [
        "m^3": "m3", "m^2": "m2", "item": "piece", "each": "piece", "metric ton": "t",
        "m³": "m3", "m²": "m2",
    ]

    private mutating func declaredUnit(_ root: JSONNode) -> (unit: Quantity?, mass: Quantity?) {
        guard let unit = quantity(root["declared_unit"], "declared_unit") else {
            let stated = root["declared_unit"]
            fields.warnOfDeclaredUnit(
                stated ?? root, stated: [stated?["qty"]?.digits, stated?["unit"]?.text])
            return (nil, nil)
        }
        guard unit.unit.dimension != .mass,
            let mass = quantity(root["kg_per_declared_unit"], "kg_per_declared_unit"),
            mass.unit.dimension == .mass
        else { return (unit, nil) }
        return (unit, mass)
    }

    /// An amount with its unit, greater than zero.
    private mutating func quantity(_ node: JSONNode?, _ name: String) -> Quantity? {
        guard let node, let amount = fields.decimal(node["qty"], "\(name).qty"), !amount.isZero,
            !amount.isNegative, let symbol = node["unit"]?.text,
            let unit = UnitCatalog.unit(symbol: Self.spellings[symbol] ?? symbol)
        else { return nil }
        return Quantity(amount, unit)
    }
}

extension DocumentReader {
    // MARK: Impacts

    private static let climateParts: [String: ClimateIndicator.Part] = [
        "gwp": .total, "gwp-fossil": .fossil, "gwp-biogenic": .biogenic, "gwp-luluc": .landUse,
        "gwp-nonCO2": .biogenicOtherGases,
    ]

    /// The potentials of the methods that settle them. EF 3.0: AR5 with feedbacks; EF 3.1: AR6;
    /// CML 2012 (as in EN 15804+A1) and TRACI 2.1: AR4.
    private static let potentials: [String: GWPValueSet] = [
        "EF 3.0": .ar5WithFeedbacks, "EF 3.1": .ar6, "IPCC AR5": .ar5, "CML 2012": .ar4,
        "TRACI 2.1": .ar4,
    ]

    private mutating func indicators(_ impacts: JSONNode?) -> [EnvironmentalIndicator] {
        var found: [EnvironmentalIndicator] = []
        for (method, set) in impacts?.members ?? [] {
            for (name, scopes) in set.members where name != "ext" {
                guard !scopes.members.isEmpty else { continue }
                let climate = Self.climateParts[name].map {
                    ClimateIndicator(part: $0, potentials: Self.potentials[method], method: method)
                }
                found.append(indicator("\(name), \(method)", scopes, climate))
            }
        }
        return found
    }

    private mutating func indicator(
        _ name: String, _ scopes: JSONNode, _ climate: ClimateIndicator?
    ) -> EnvironmentalIndicator {
        var result = EnvironmentalIndicator(
            uuid: nil, name: name, unit: nil, climate: climate, amounts: [], line: scopes.line)
        for (scope, node) in scopes.members {
            switch scope {
            case "ext": continue
            case "C_scenarios":
                for (index, scenario) in node.items.enumerated() {
                    let named = scenario["name"]?.text ?? "\(index + 1)"
                    for (module, amount) in scenario.members {
                        guard module != "name", module != "likelihood", module != "ext" else {
                            continue
                        }
                        add(module, named, amount, to: &result)
                    }
                }
            case _ where scope.hasSuffix("_years"): continue
            case _: add(scope == "A1A2A3" ? "A1-A3" : scope, nil, node, to: &result)
            }
        }
        return result
    }

    /// A measurement: mean and unit. Null means not declared.
    private mutating func add(
        _ module: String, _ scenario: String?, _ node: JSONNode,
        to indicator: inout EnvironmentalIndicator
    ) {
        guard let mean = node["mean"] else {
            if scenario == nil { indicator.notDeclared.append(module) }
            return
        }
        let name = "\(module) of \(indicator.name ?? "an indicator")"
        guard let value = fields.decimal(mean, name) else { return }
        let unit = node["unit"]?.text
        if let first = indicator.unit, first != unit {
            fields.setAside(
                .unitUnknown, node,
                "\(name) is in '\(DiagnosticRenderer.quoted(unit ?? ""))', other modules in "
                    + "'\(DiagnosticRenderer.quoted(first))'",
                hint: "ask the publisher for one unit an indicator")
            return
        }
        indicator.unit = unit
        indicator.amounts.append(
            .init(module: module, scenario: scenario, value: value, line: node.line))
    }
}
