internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Maps the properties of a ProductFootprint (PACT Technical Specifications 3.0, data model).
struct FootprintReader {
    private var fields: JSONFieldReader

    init(file: String) { fields = JSONFieldReader(file: file) }

    var diagnostics: [Diagnostic] { fields.diagnostics }
    var quarantined: Int { fields.quarantined }

    /// - Throws: `json-structure` for a document without footprints, or of another major
    ///   version, whose properties mean other things.
    mutating func read(_ root: JSONNode) throws(Diagnostic) -> [ProductDeclaration] {
        let footprints = Self.footprints(root)
        guard !footprints.isEmpty else {
            throw Diagnostic(
                .jsonStructure, at: fields.place(root), "the document holds no product footprint",
                hint: "ask the supplier for a ProductFootprint of PACT 3")
        }
        var declarations: [ProductDeclaration] = []
        for footprint in footprints { declarations.append(try declaration(footprint)) }
        return declarations
    }

    /// One footprint; `data` of an answer, one or many; `data.pfs` of an event.
    private static func footprints(_ root: JSONNode) -> [JSONNode] {
        if root["pcf"] != nil { return [root] }
        let items = root.items.isEmpty ? [root["data"]].compactMap(\.self) : root.items
        return items.flatMap { item in
            if item["pcf"] != nil { return [item] }
            return (item["pfs"]?.items ?? item.items).filter { $0["pcf"] != nil }
        }
    }

    private mutating func declaration(_ node: JSONNode) throws(Diagnostic) -> ProductDeclaration {
        guard let pcf = node["pcf"] else { preconditionFailure("A footprint has a pcf.") }
        let version = node["specVersion"]?.text ?? ""
        guard version.hasPrefix("3.") else {
            throw Diagnostic(
                .jsonStructure, at: fields.place(node["specVersion"] ?? node),
                "the specification version '\(DiagnosticRenderer.quoted(version))' is not read",
                hint: "ask the supplier for the footprint by PACT 3")
        }
        let reference = fields.day(pcf["referencePeriodEnd"], "referencePeriodEnd")
        let start = fields.day(node["validityPeriodStart"], "validityPeriodStart") ?? reference
        let end = fields.day(node["validityPeriodEnd"], "validityPeriodEnd")
        let product = declaredUnit(pcf)
        let indicators = indicators(pcf)
        return ProductDeclaration(
            uuid: node["id"]?.text, version: "1",
            replaces: (node["precedingPfIds"]?.items ?? []).compactMap(\.text),
            isWithdrawn: node["status"]?.text == "Deprecated",
            name: node["productNameCompany"]?.text, kind: .specific,
            publisher: node["companyName"]?.text,
            registrationNumber: node["productIds"]?.items.first?.text,
            location: pcf["geographyCountrySubdivision"]?.text ?? pcf["geographyCountry"]?.text
                ?? pcf["geographyRegionOrSubregion"]?.text,
            referenceYear: Self.period(pcf), validUntil: node["validityPeriodEnd"]?.text,
            validFrom: start, endOfValidity: end ?? reference.flatMap(Self.threeYearsLater),
            referenceFlow: .init(uuid: nil, amount: pcf["declaredUnitAmount"]?.digits),
            declaredUnit: product.unit, declaredMass: product.mass, indicators: indicators,
            line: node.line)
    }

    private static func period(_ pcf: JSONNode) -> String? {
        let ends = [pcf["referencePeriodStart"], pcf["referencePeriodEnd"]].compactMap {
            $0?.text.map { String($0.prefix(10)) }
        }
        return ends.isEmpty ? nil : ends.joined(separator: "/")
    }

    /// Without a stated end a footprint holds for three years from the end of its reference period.
    private static func threeYearsLater(_ day: CivilDate) -> CivilDate? {
        CivilDate(year: day.year + 3, month: day.month, day: day.day)
            ?? CivilDate(year: day.year + 3, month: 3, day: 1)
    }
}

extension FootprintReader {
    private static let units: [String: Unit] = {
        let symbols = [
            "liter": "L", "kilogram": "kg", "cubic meter": "m3", "kilowatt hour": "kWh",
            "megajoule": "MJ", "ton kilometer": "t.km", "square meter": "m2", "piece": "piece",
            "hour": "h",
        ]
        return symbols.compactMapValues { UnitCatalog.unit(symbol: $0) }
    }()

    private mutating func declaredUnit(_ pcf: JSONNode) -> (unit: Quantity?, mass: Quantity?) {
        let amount = fields.decimal(pcf["declaredUnitAmount"], "declaredUnitAmount")
        let mass = fields.decimal(
            pcf["productMassPerDeclaredUnit"], "productMassPerDeclaredUnit")
        let name = pcf["declaredUnitOfMeasurement"]?.text ?? ""
        guard let unit = Self.units[name], let amount, !amount.isZero, !amount.isNegative else {
            fields.warnOfDeclaredUnit(
                pcf["declaredUnitOfMeasurement"] ?? pcf, stated: [amount?.description, name])
            return (nil, nil)
        }
        let isMassStated =
            unit.dimension != .mass && mass.map { !$0.isZero && !$0.isNegative } ?? false
        return (
            Quantity(amount, unit),
            isMassStated ? mass.map { Quantity($0, .kilogram) } : nil
        )
    }

    /// Properties in kg CO2e per declared unit, and what they say about the climate.
    private static let properties: [(name: String, part: ClimateIndicator.Part?)] = [
        ("pcfExcludingBiogenicUptake", .withoutBiogenicCarbonDioxide),
        ("pcfIncludingBiogenicUptake", .total), ("biogenicCO2Uptake", nil),
        ("fossilGhgEmissions", nil), ("landUseChangeGhgEmissions", nil),
        ("landManagementBiogenicCO2Emissions", nil), ("biogenicNonCO2Emissions", nil),
        ("landManagementBiogenicCO2Removals", .removals), ("technologicalCO2Removals", .removals),
        ("packagingGhgEmissions", nil), ("aircraftGhgEmissions", nil),
    ]

    private mutating func indicators(_ pcf: JSONNode) -> [EnvironmentalIndicator] {
        let reports = (pcf["ipccCharacterizationFactors"]?.items ?? []).compactMap(\.text)
        let potentials: GWPValueSet? = reports.count == 1 ? Self.sets[reports[0]] : nil
        var values: [String: ExactDecimal] = [:]
        var found: [EnvironmentalIndicator] = []
        for (name, part) in Self.properties {
            guard let node = pcf[name], let value = fields.decimal(node, name) else { continue }
            values[name] = value
            let climate = part.map {
                ClimateIndicator(part: $0, potentials: potentials, method: "PACT 3")
            }
            found.append(
                EnvironmentalIndicator(
                    uuid: nil, name: name, unit: "kg CO2e", climate: climate,
                    amounts: [.init(module: "A1-A3", value: value, line: node.line)],
                    line: node.line))
        }
        checkUptake(values, pcf)
        return found
    }

    private static let sets: [String: GWPValueSet] = ["AR5": .ar5, "AR6": .ar6]

    /// Including uptake = excluding uptake + uptake, which is zero or negative.
    private mutating func checkUptake(_ values: [String: ExactDecimal], _ pcf: JSONNode) {
        guard let including = values["pcfIncludingBiogenicUptake"],
            let excluding = values["pcfExcludingBiogenicUptake"],
            let uptake = values["biogenicCO2Uptake"],
            let node = pcf["pcfIncludingBiogenicUptake"]
        else { return }
        let sum: ExactDecimal?
        do { sum = try excluding.adding(uptake) } catch { sum = nil }
        if let sum,
            DeclarationChecks.agree(including, sum, among: [including, excluding, uptake])
        {
            return
        }
        fields.warn(
            .controlTotalDiffers, node,
            "pcfIncludingBiogenicUptake is '\(including)', excluding uptake '\(excluding)' and "
                + "uptake '\(uptake)' sum to '\(sum?.description ?? "nothing")'",
            hint: "ask the supplier which of them is right before the figure is used")
    }
}
