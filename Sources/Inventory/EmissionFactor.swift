package import Quantities

/// One immutable version of an emission factor, with everything an auditor asks about it.
///
/// Schema: the superset of the factor guide (identity, meaning, place, time, denominator,
/// numerator, basis, uncertainty, quality, source, licence).
package struct EmissionFactor: Hashable, Sendable, Codable {
    package enum Status: String, CaseIterable, Hashable, Sendable, Codable {
        case draft, active, deprecated, withdrawn
    }

    package enum HeatingValueBasis: String, CaseIterable, Hashable, Sendable, Codable {
        case higher = "HHV", lower = "LHV"
    }

    /// Stable meaning, publisher and edition first: `epa.egrid2023.nwpp.total`.
    package let key: String
    /// The version below the key, such as `1` or `r2`.
    package let version: String
    package let status: Status
    /// Keys with version (`key@version`) that this one replaces.
    package let supersedes: [String]
    package let name: String
    package let activity: ActivityCode
    package let role: FactorRole
    /// ISO 3166-1 alpha-2, a grid region such as `US-EGRID-NWPP`, `GLO`, or a custom code.
    package let region: String
    /// First day on which an activity may take it.
    package let validFrom: CivilDate
    /// The first day on which no more; `nil` without an end.
    package let validUntil: CivilDate?
    /// The year or years the data are from, as the publisher states it.
    package let dataPeriod: String?
    /// The denominator: one of this unit of the activity.
    package let activityUnit: Unit
    package let heatingValueBasis: HeatingValueBasis?
    package let components: [Component]
    /// Modules covered, such as `A1-A3`, as EN 15804 codes.
    package let modules: [LifeCycleModule]
    /// Half the 95 % interval in percent, as text of the source.
    package let uncertaintyPercent: ExactDecimal?
    package let biogenicSeparated: Bool
    /// Marks such as `secondary-transcription`, `derived`, `anomaly`, `unverified`.
    package let qualityFlags: [String]
    package let source: Source
    package let licence: Licence
    package let notes: String?
    /// The product declaration it was read from, which the book holds as evidence. Such a factor
    /// is about one product: only a rule of the organisation takes it.
    package let declaration: EvidenceReference?

    /// The mass of one gas, or of CO2e under one GWP set, per activity unit.
    package struct Component: Hashable, Sendable, Codable {
        package let substance: Substance
        /// As published, in `unit`.
        package let amount: ExactDecimal
        /// A unit of mass.
        package let unit: Unit

        package init(substance: Substance, amount: ExactDecimal, unit: Unit) {
            self.substance = substance
            self.amount = amount
            self.unit = unit
        }
    }

    package struct Source: Hashable, Sendable, Codable {
        package let title: String
        package let publisher: String
        package let edition: String
        /// Table or page.
        package let place: String
        /// Repository and commit, package and version, or address; never a path of a machine.
        package let retrievedFrom: String

        package init(
            title: String, publisher: String, edition: String, place: String,
            retrievedFrom: String
        ) {
            self.title = title
            self.publisher = publisher
            self.edition = edition
            self.place = place
            self.retrievedFrom = retrievedFrom
        }
    }

    package struct Licence: Hashable, Sendable, Codable {
        package enum Redistribution: String, CaseIterable, Hashable, Sendable, Codable {
            case yes, no, shareAlike = "share-alike"
        }

        package let name: String
        /// The sentence to show wherever the factor is shown or exported; empty if none is asked.
        package let attribution: String
        package let redistribution: Redistribution

        package init(name: String, attribution: String, redistribution: Redistribution) {
            self.name = name
            self.attribution = attribution
            self.redistribution = redistribution
        }
    }

    package init(
        key: String, version: String, status: Status = .active, supersedes: [String] = [],
        name: String, activity: ActivityCode, role: FactorRole, region: String,
        validFrom: CivilDate, validUntil: CivilDate? = nil, dataPeriod: String? = nil,
        activityUnit: Unit, heatingValueBasis: HeatingValueBasis? = nil, components: [Component],
        modules: [LifeCycleModule] = [], uncertaintyPercent: ExactDecimal? = nil,
        biogenicSeparated: Bool = false, qualityFlags: [String] = [], source: Source,
        licence: Licence, notes: String? = nil, declaration: EvidenceReference? = nil
    ) {
        self.key = key
        self.version = version
        self.status = status
        self.supersedes = supersedes
        self.name = name
        self.activity = activity
        self.role = role
        self.region = region
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.dataPeriod = dataPeriod
        self.activityUnit = activityUnit
        self.heatingValueBasis = heatingValueBasis
        self.components = components
        self.modules = modules
        self.uncertaintyPercent = uncertaintyPercent
        self.biogenicSeparated = biogenicSeparated
        self.qualityFlags = qualityFlags
        self.source = source
        self.licence = licence
        self.notes = notes
        self.declaration = declaration
    }

    /// `key@version`, unique in a book.
    package var identity: String { "\(key)@\(version)" }

    package func isValid(on day: CivilDate) -> Bool {
        validFrom <= day && (validUntil.map { day < $0 } ?? true)
    }
}

/// What a factor or a posting gives a mass of.
package enum Substance: Hashable, Sendable {
    case gas(Gas)
    /// A source that gives nothing finer: a commodity of its own, not revaluable.
    case carbonDioxideEquivalent(GWPValueSet)
}

extension Substance: TextCodable {
    /// Reads `CO2`, `HFC-134a` … or `CO2e@AR5`.
    package init?(_ text: String) {
        if text.hasPrefix("CO2e@") {
            guard let set = GWPValueSet(rawValue: String(text.dropFirst(5))) else { return nil }
            self = .carbonDioxideEquivalent(set)
        } else {
            guard let gas = Gas(text) else { return nil }
            self = .gas(gas)
        }
    }

    package var description: String {
        switch self {
        case .gas(let gas): gas.name
        case .carbonDioxideEquivalent(let set): "CO2e@\(set.rawValue)"
        }
    }
}
