internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Reads one process data set as a declaration and collects what is wrong with its amounts.
struct DeclarationReader {
    let file: String
    let dependencies: Dependencies
    private(set) var faults: [Diagnostic] = []
    /// Amounts that were set aside.
    private(set) var quarantined = 0

    init(file: String, dependencies: Dependencies) {
        self.file = file
        self.dependencies = dependencies
    }

    /// - Throws: `xml-structure` for a process data set that is no declaration.
    mutating func read(_ root: XMLElement) throws(Diagnostic) -> ProductDeclaration {
        let results = root.first("LCIAResults")?.children("LCIAResult") ?? []
        try refuseOtherKinds(root, results)
        let information = root.first("processInformation")
        let identity = information?.first("dataSetInformation")
        let time = information?.first("time")
        let modelling = root.first(at: "modellingAndValidation", "LCIMethodAndAllocation")
        let ownership = root.first(at: "administrativeInformation", "publicationAndOwnership")
        let validUntil = time?.value("dataSetValidUntil")
        let product = ReferenceProduct(root, dependencies)
        faults += product.faults(file: file)
        return ProductDeclaration(
            uuid: identity?.value("UUID"), version: ownership?.value("dataSetVersion"),
            name: XMLElement.preferred(identity?.first("name")?.children("baseName") ?? []),
            kind: kind(modelling?.first(at: "other", "subType")), publisher: publisher(ownership),
            registrationNumber: ownership?.value("registrationNumber"),
            location: information?.first(
                at: "geography", "locationOfOperationSupplyOrProduction")?.attributes["location"]?
                .nonEmpty,
            referenceYear: time?.value("referenceYear"), validUntil: validUntil,
            validFrom: validFrom(time), endOfValidity: endOfValidity(validUntil, time),
            referenceFlow: product.flow, declaredUnit: product.declaredUnit,
            declaredMass: product.declaredMass, indicators: results.map { indicator($0) },
            line: root.line)
    }

    /// The format serves every process; only a declaration states results by module.
    private func refuseOtherKinds(
        _ root: XMLElement, _ results: [XMLElement]
    ) throws(Diagnostic) {
        let method = root.first(at: "modellingAndValidation", "LCIMethodAndAllocation")
        guard let type = method?.first("typeOfDataSet"), !type.text.isEmpty, type.text != "EPD",
            results.allSatisfy({ Self.amounts(of: $0).isEmpty })
        else { return }
        throw Diagnostic(
            .xmlStructure, at: SourceLocation(file: file, line: type.line),
            "the data set is a '\(DiagnosticRenderer.quoted(type.text))', not an environmental "
                + "product declaration",
            hint: "export the declaration (type of data set: EPD) with its results by module")
    }

    private mutating func kind(_ element: XMLElement?) -> ProductDeclaration.Kind? {
        guard let element, !element.text.isEmpty else { return nil }
        let words = element.text.split(separator: " ")
        if words.count == 2, words[1] == "dataset",
            let kind = ProductDeclaration.Kind(rawValue: String(words[0]))
        {
            return kind
        }
        report(
            .valueMissing, element,
            "the kind '\(DiagnosticRenderer.quoted(element.text))' is none of the format",
            "ask the publisher whether the declaration is generic, average or specific")
        return nil
    }

    /// The publisher of the extensions of 2019, else the registration authority, else the owner.
    private func publisher(_ ownership: XMLElement?) -> String? {
        let stated = [
            ownership?.first(at: "other", "referenceToPublisher"),
            ownership?.first("referenceToRegistrationAuthority"),
            ownership?.first("referenceToOwnershipOfDataSet"),
        ]
        return stated.compactMap { $0?.shortDescription }.first
    }

    private func validFrom(_ time: XMLElement?) -> CivilDate? {
        if let published = time?.value("other", "publicationDateOfEPD"),
            let day = CivilDate(String(published.prefix(10)))
        {
            return day
        }
        return time?.value("referenceYear").flatMap { Self.firstDay(ofYear: $0) }
    }

    /// The format states a year, which is included; some publishers write the day.
    private mutating func endOfValidity(_ text: String?, _ time: XMLElement?) -> CivilDate? {
        guard let text else { return nil }
        if let day = CivilDate(String(text.prefix(10))) { return day.adding(days: 1) }
        if let january = Self.firstDay(ofYear: text) {
            return CivilDate(year: january.year + 1, month: 1, day: 1)
        }
        report(
            .dateInvalid, time?.first("dataSetValidUntil"),
            "the end of validity '\(DiagnosticRenderer.quoted(text))' is no year",
            "ask the publisher until when the declaration holds")
        return nil
    }

    private static func firstDay(ofYear text: String) -> CivilDate? {
        guard text.utf8.count == 4, text.utf8.allSatisfy({ $0 &- 48 < 10 }), let year = Int(text)
        else { return nil }
        return CivilDate(year: year, month: 1, day: 1)
    }

    private mutating func report(
        _ code: DiagnosticCode, _ element: XMLElement?, _ message: String, _ hint: String,
        severity: Diagnostic.Severity = .warning
    ) {
        faults.append(
            Diagnostic(
                code, severity: severity, at: SourceLocation(file: file, line: element?.line),
                message, hint: hint))
    }
}

extension DeclarationReader {
    private static func amounts(of result: XMLElement) -> [XMLElement] {
        result.children("other").flatMap { $0.children("amount") }
    }

    private mutating func indicator(_ result: XMLElement) -> EnvironmentalIndicator {
        let method = result.first("referenceToLCIAMethodDataSet")
        let uuid = method?.referenced
        let unitGroup = result.children("other").compactMap {
            $0.first("referenceToUnitGroupDataSet")
        }.first
        let name = method?.shortDescription
        var amounts: [EnvironmentalIndicator.ModuleAmount] = []
        var notDeclared: [String] = []
        for element in Self.amounts(of: result) {
            guard let module = element.attributes["module"]?.nonEmpty else {
                setAside(
                    .valueMissing, element,
                    "an amount '\(DiagnosticRenderer.quoted(element.text))' names no module",
                    "ask the publisher for the module of EN 15804")
                continue
            }
            guard !element.text.isEmpty else {
                notDeclared.append(module)
                continue
            }
            guard let value = decimal(element, module) else { continue }
            amounts.append(
                .init(
                    module: module, scenario: element.attributes["scenario"]?.nonEmpty,
                    value: value, line: element.line))
        }
        return EnvironmentalIndicator(
            uuid: uuid, name: name, unit: unitGroup?.shortDescription,
            climate: uuid.flatMap(IndicatorRegister.climate), amounts: amounts,
            notDeclared: notDeclared, line: result.line)
    }

    private mutating func decimal(_ element: XMLElement, _ module: String) -> ExactDecimal? {
        do throws(QuantityError) {
            return try ExactDecimal(parsing: element.text)
        } catch {
            let isTooLong = error == .tooManyDigits || error == .exponentOutOfRange
            setAside(
                isTooLong ? .numberOutOfRange : .numberInvalid, element,
                "the amount '\(DiagnosticRenderer.quoted(element.text))' of module "
                    + "'\(DiagnosticRenderer.quoted(module))' is not a decimal number",
                "leave the amount of a module that is not declared empty; write others as 1.25 "
                    + "or 1.25E-3")
            return nil
        }
    }

    private mutating func setAside(
        _ code: DiagnosticCode, _ element: XMLElement, _ message: String, _ hint: String
    ) {
        quarantined += 1
        report(code, element, message, hint, severity: .error)
    }
}
