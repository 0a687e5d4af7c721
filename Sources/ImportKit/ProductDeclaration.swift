package import Inventory
package import Quantities

/// An environmental product declaration (EN 15804, ISO 14025) or product footprint, as its
/// document states it. It is no factor yet: nothing is chosen, summed or converted here.
package struct ProductDeclaration: Hashable, Sendable {
    /// What the figures stand for; words of the ILCD+EPD format.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case generic, representative, average, specific, template
    }

    /// The product system to which the amounts refer: an internal reference to a flow.
    package struct ReferenceFlow: Hashable, Sendable {
        package var uuid: String?
        /// As written.
        package var amount: String?

        package init(uuid: String?, amount: String?) {
            self.uuid = uuid
            self.amount = amount
        }
    }

    package var uuid: String?
    /// As written, such as `01.00.001`.
    package var version: String?
    /// Identifiers of declarations that this one takes the place of.
    package var replaces: [String]
    /// The publisher says that it is not to be used any more.
    package var isWithdrawn: Bool
    package var name: String?
    /// `nil` where the document does not say; products of one plant and averages are not alike.
    package var kind: Kind?
    package var publisher: String?
    package var registrationNumber: String?
    /// Where the product is made or sold, in the codes of the format.
    package var location: String?
    /// As written.
    package var referenceYear: String?
    /// As written: a year, or a day.
    package var validUntil: String?
    /// The first day on which it holds, where the document states one.
    package var validFrom: CivilDate?
    /// The first day on which it holds no more.
    package var endOfValidity: CivilDate?
    package var referenceFlow: ReferenceFlow
    /// The quantity of product all amounts refer to; `nil` where the document leaves it open.
    package var declaredUnit: Quantity?
    /// The mass of that quantity, where the document states it.
    package var declaredMass: Quantity?
    package var indicators: [EnvironmentalIndicator]
    /// The member of the archive that states it; `nil` where the document itself does.
    package var member: String?
    /// 1-based line of the data set.
    package var line: Int

    package init(
        uuid: String?, version: String? = nil, replaces: [String] = [],
        isWithdrawn: Bool = false, name: String?, kind: Kind? = nil,
        publisher: String? = nil, registrationNumber: String? = nil, location: String? = nil,
        referenceYear: String?, validUntil: String?, validFrom: CivilDate? = nil,
        endOfValidity: CivilDate? = nil, referenceFlow: ReferenceFlow,
        declaredUnit: Quantity? = nil, declaredMass: Quantity? = nil,
        indicators: [EnvironmentalIndicator], member: String? = nil, line: Int
    ) {
        self.member = member
        self.uuid = uuid
        self.version = version
        self.replaces = replaces
        self.isWithdrawn = isWithdrawn
        self.name = name
        self.kind = kind
        self.publisher = publisher
        self.registrationNumber = registrationNumber
        self.location = location
        self.referenceYear = referenceYear
        self.validUntil = validUntil
        self.validFrom = validFrom
        self.endOfValidity = endOfValidity
        self.referenceFlow = referenceFlow
        self.declaredUnit = declaredUnit
        self.declaredMass = declaredMass
        self.indicators = indicators
        self.line = line
    }

    /// The indicators of global warming of one part, each by its own set of potentials.
    package func climate(_ part: ClimateIndicator.Part) -> [EnvironmentalIndicator] {
        indicators.filter { $0.climate?.part == part }
    }
}

/// One indicator of a declaration: an amount a module and scenario.
package struct EnvironmentalIndicator: Hashable, Sendable {
    /// The module of EN 15804, as written (`A1-A3`, `C3`), and one amount.
    package struct ModuleAmount: Hashable, Sendable {
        package var module: String
        /// Scenarios of one module are alternatives: they are never added.
        package var scenario: String?
        package var value: ExactDecimal
        /// 1-based.
        package var line: Int

        package init(module: String, scenario: String? = nil, value: ExactDecimal, line: Int) {
            self.module = module
            self.scenario = scenario
            self.value = value
            self.line = line
        }
    }

    /// The identifier by which indicators are told apart; names and languages do not count.
    package var uuid: String?
    package var name: String?
    /// As written.
    package var unit: String?
    /// What it says about the climate; `nil` for every other indicator and for one nobody knows.
    package var climate: ClimateIndicator?
    package var amounts: [ModuleAmount]
    /// Modules named without an amount: not declared, which is not zero.
    package var notDeclared: [String]
    /// 1-based.
    package var line: Int

    package init(
        uuid: String?, name: String? = nil, unit: String?, climate: ClimateIndicator? = nil,
        amounts: [ModuleAmount], notDeclared: [String] = [], line: Int
    ) {
        self.uuid = uuid
        self.name = name
        self.unit = unit
        self.climate = climate
        self.amounts = amounts
        self.notDeclared = notDeclared
        self.line = line
    }

    /// The product stage: the declared A1-A3, else the sum of A1, A2 and A3.
    ///
    /// - Returns: `nil` where one of them is not declared, has several scenarios, or the sum is
    ///   out of range.
    package var productStage: ExactDecimal? {
        let whole = amounts.filter { $0.module == LifeCycleModule.a1ToA3.rawValue }
        if !whole.isEmpty { return Self.single(whole) }
        return sumOfParts
    }

    /// The sum of A1, A2 and A3, each declared once.
    package var sumOfParts: ExactDecimal? {
        var parts: [ExactDecimal] = []
        for module in [LifeCycleModule.a1, .a2, .a3] {
            guard let part = Self.single(amounts.filter { $0.module == module.rawValue }) else {
                return nil
            }
            parts.append(part)
        }
        do { return try ExactDecimal.sum(parts) } catch { return nil }
    }

    private static func single(_ amounts: [ModuleAmount]) -> ExactDecimal? {
        guard let first = amounts.first,
            amounts.allSatisfy({ $0.value == first.value && $0.scenario == first.scenario })
        else { return nil }
        return first.value
    }
}

/// What an indicator of global warming counts, and by which potentials.
///
/// Indicators of different methods are never compared or added.
package struct ClimateIndicator: Hashable, Sendable {
    /// The parts of EN 15804+A2 and of the formats that follow it.
    package enum Part: String, CaseIterable, Hashable, Sendable {
        /// Fossil, biogenic and land use together.
        case total
        case fossil
        /// Uptake into biomass and what comes back of it, net.
        case biogenic
        /// Land use and land use change.
        case landUse = "land use"
        /// All but the uptake and emission of biogenic CO2 (GWP-GHG, GWP-IOBC).
        case withoutBiogenicCarbonDioxide = "without biogenic CO2"
        /// Biogenic CH4 and N2O, where a format parts them from biogenic CO2.
        case biogenicOtherGases = "other biogenic gases"
        /// Removals that the other parts have already taken off; zero or negative.
        case removals
    }

    package let part: Part
    /// `nil` where the method does not settle it.
    package let potentials: GWPValueSet?
    /// The set of rules or the method, such as `EN 15804+A2 (EF 3.1)`.
    package let method: String

    package init(part: Part, potentials: GWPValueSet?, method: String) {
        self.part = part
        self.potentials = potentials
        self.method = method
    }
}
