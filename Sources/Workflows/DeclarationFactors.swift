internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// The factor versions that a product declaration gives: its product stage, and its transport to
/// the site where it states one. What else it declares stays in its document.
///
/// Such a factor is about one product. It cites its document and is taken by a rule only, so its
/// activity code and region answer no question.
struct DeclarationFactors {
    /// Per one of this, where the document does not say; the user's answer.
    let statedUnit: Quantity?
    let format: String
    let file: String
    /// The place in the document of a line number.
    let evidence: (Int) -> EvidenceReference

    /// Quotients that do not end are rounded here, before any quantity is multiplied.
    static let quotientDecimals = 18
    static let quotientRounding = "half-even at the eighteenth decimal"

    /// The user said what the figures are per.
    static let statedUnitFlag = "declared-unit-stated-at-import"

    private static let activity = ActivityCode(unchecked: "declared-product")

    /// - Throws: `declaration-unusable`, `declared-unit-unresolved` as an error: what to ask.
    func factors(of declaration: ProductDeclaration) throws(Diagnostic) -> [EmissionFactor] {
        let identity = try Identity(declaration, format, place(declaration))
        let unit = try declaredUnit(declaration)
        guard let product = try climate(declaration, .a1ToA3) else {
            throw Self.unusable(place(declaration), "A1-A3 is not declared")
        }
        var climates: [(LifeCycleModule, FactorRole, DeclaredClimate)] = [
            (.a1ToA3, .cradleToGate, product)
        ]
        if let transport = try climate(declaration, .a4), transport.method == product.method {
            climates.append((.a4, .transport, transport))
        }
        var factors: [EmissionFactor] = []
        for (module, role, climate) in climates {
            factors.append(
                try factor(declaration, identity, module, role, climate, per: unit, of: unit))
            if let mass = declaration.declaredMass, unit.unit.dimension != .mass {
                factors.append(
                    try factor(declaration, identity, module, role, climate, per: mass, of: unit))
            }
        }
        return factors
    }

    /// - Returns: `nil` where the module is not declared, or in several scenarios.
    private func climate(
        _ declaration: ProductDeclaration, _ module: LifeCycleModule
    ) throws(Diagnostic) -> DeclaredClimate? {
        do {
            return try DeclaredClimate.of(declaration, module)
        } catch DeclaredClimate.Failure.notDeclared {
            return nil
        } catch {
            throw Self.unusable(place(declaration), Self.reason(error, module))
        }
    }

    /// What every factor of a declaration has in common.
    private struct Identity {
        let key: String
        let version: String
        let validFrom: CivilDate

        init(
            _ declaration: ProductDeclaration, _ format: String, _ place: SourceLocation
        ) throws(Diagnostic) {
            guard let uuid = declaration.uuid else {
                throw DeclarationFactors.unusable(place, "it has no identifier")
            }
            guard let validFrom = declaration.validFrom else {
                throw DeclarationFactors.unusable(place, "it does not say from when it holds")
            }
            if let end = declaration.endOfValidity, end <= validFrom {
                throw DeclarationFactors.unusable(
                    place, "its validity ends on '\(end.adding(days: -1))', before it begins")
            }
            key = "\(format).\(DeclarationFactors.plain(uuid))"
            version = DeclarationFactors.plain(declaration.version ?? "1")
            self.validFrom = validFrom
        }
    }

    private func factor(
        _ declaration: ProductDeclaration, _ identity: Identity, _ module: LifeCycleModule,
        _ role: FactorRole, _ climate: DeclaredClimate, per denominator: Quantity, of unit: Quantity
    ) throws(Diagnostic) -> EmissionFactor {
        let isConverted = denominator != unit
        let (amount, isRounded) = try quotient(climate, denominator, declaration)
        let component = EmissionFactor.Component(
            substance: .carbonDioxideEquivalent(climate.potentials), amount: amount,
            unit: .kilogram)
        return EmissionFactor(
            key: "\(identity.key).\(module.rawValue.lowercased())"
                + (isConverted ? ".per-\(denominator.unit.symbol)" : ""),
            version: identity.version, status: declaration.isWithdrawn ? .deprecated : .active,
            name: text(declaration.name ?? "a product without name"), activity: Self.activity,
            role: role, region: Self.region(declaration.location), validFrom: identity.validFrom,
            validUntil: declaration.endOfValidity, dataPeriod: declaration.referenceYear.map(text),
            activityUnit: denominator.unit, components: [component], modules: [module],
            biogenicSeparated: climate.isBiogenicSeparated,
            qualityFlags: flags(declaration, climate, isConverted),
            source: source(declaration),
            licence: .init(
                name: "not stated in the declaration", attribution: "", redistribution: .no),
            notes: note(climate, unit, denominator, isRounded), declaration: evidence(climate.line))
    }

    private func quotient(
        _ climate: DeclaredClimate, _ denominator: Quantity, _ declaration: ProductDeclaration
    ) throws(Diagnostic) -> (amount: ExactDecimal, isRounded: Bool) {
        do {
            let quotient = try Ratio(climate.amount).divided(by: Ratio(denominator.amount))
            if let exact = quotient.exactDecimal { return (exact, false) }
            return (try quotient.rounded(toDecimals: Self.quotientDecimals, .halfEven), true)
        } catch {
            throw Self.unusable(place(declaration), "its figures are out of range")
        }
    }

    private func source(_ declaration: ProductDeclaration) -> EmissionFactor.Source {
        EmissionFactor.Source(
            title: text(declaration.name ?? "a product without name"),
            publisher: text(declaration.publisher ?? "not stated"),
            edition: text("version \(declaration.version ?? "not stated")"),
            place: text(
                declaration.registrationNumber.map { "registered as \($0)" } ?? "no registration"),
            retrievedFrom: "\(format) \(declaration.uuid.map(text) ?? "")")
    }

    private func flags(
        _ declaration: ProductDeclaration, _ climate: DeclaredClimate, _ isConverted: Bool
    ) -> [String] {
        var flags = [declaration.kind?.rawValue ?? "kind-unstated", "not-revaluable"]
        if !climate.isBiogenicSeparated { flags.append("biogenic-not-separated") }
        if declaration.declaredUnit == nil { flags.append(Self.statedUnitFlag) }
        if isConverted { flags.append("derived") }
        return flags
    }

    private func note(
        _ climate: DeclaredClimate, _ unit: Quantity, _ denominator: Quantity, _ isRounded: Bool
    ) -> String {
        let parts = climate.parts.map { "\($0.part.rawValue) \($0.value)" }
        var note = "\(climate.method), per \(unit): \(parts.joined(separator: ", ")) kg CO2e"
        if denominator != unit { note += "; \(unit) weighs \(denominator)" }
        if denominator.amount != .one {
            note += "; divided by \(denominator.amount)"
        }
        if isRounded {
            note += ", rounded \(Self.quotientRounding)"
        }
        return text(note)
    }

    // MARK: Declared unit

    private func declaredUnit(
        _ declaration: ProductDeclaration
    ) throws(Diagnostic) -> Quantity {
        switch (declaration.declaredUnit, statedUnit) {
        case (let declared?, nil): return declared
        case (nil, let stated?): return stated
        case (let declared?, let stated?):
            guard declared != stated else { return declared }
            throw Diagnostic(
                .declaredUnitUnresolved, severity: .error, at: place(declaration),
                "the document declares '\(declared)', '\(stated)' was stated",
                hint: "leave out --declared-unit")
        case (nil, nil):
            throw Diagnostic(
                .declaredUnitUnresolved, severity: .error, at: place(declaration),
                "the document leaves open what quantity of the product its figures stand for",
                hint: "read the declared unit in the printed declaration, and state it: tonne "
                    + "import FILE --declared-unit '1 kg'")
        }
    }

    // MARK: Failures

    private func place(_ declaration: ProductDeclaration) -> SourceLocation {
        SourceLocation(file: file, line: declaration.line)
    }

    private static func unusable(
        _ place: SourceLocation, _ why: String,
        hint: String = "ask the publisher for the data set as EN 15804 wants it, or bring the "
            + "figure in a factor pack of your own"
    ) -> Diagnostic {
        Diagnostic(
            .declarationUnusable, at: place, "the declaration gives no factor: \(why)", hint: hint)
    }

    /// Why a module gives no figure; continues "the declaration gives no factor: …".
    private static func reason(
        _ failure: DeclaredClimate.Failure, _ module: LifeCycleModule
    ) -> String {
        switch failure {
        case .noIndicator: "no indicator of global warming is known by its identifier"
        case .potentialsUnknown(let method):
            "the potentials of '\(DiagnosticRenderer.quoted(method))' are not settled"
        case .notDeclared: "\(module.rawValue) is not declared"
        case .storageNotSeparated(let total):
            "the total of \(module.rawValue) is '\(total)', and the carbon stored is not stated"
        case .negative(let amount):
            "\(module.rawValue) without stored carbon is '\(amount)'"
        case .contradictory(let one, let other):
            "'\(DiagnosticRenderer.quoted(one))' and '\(DiagnosticRenderer.quoted(other))' state "
                + "different figures"
        case .unit(let unit): "'\(DiagnosticRenderer.quoted(unit))' is no kilogram of CO2e"
        case .outOfRange: "its figures are out of range"
        }
    }

    // MARK: Texts

    private func text(_ text: String) -> String { RecordText.sanitised(text) }

    /// The alphabet of keys: anything else becomes a hyphen.
    private static func plain(_ text: String) -> String {
        String(
            text.lowercased().prefix(64).map { character in
                character.isASCII && (character.isLetter || character.isNumber || character == ".")
                    ? character : "-"
            })
    }

    /// A code of the format where it is one; a description is no region.
    private static func region(_ location: String?) -> String {
        guard let location, (2...16).contains(location.utf8.count),
            location.utf8.allSatisfy({
                (65...90).contains($0) || (48...57).contains($0) || $0 == 45
            })
        else { return "unstated" }
        return location
    }
}
