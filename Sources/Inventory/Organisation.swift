package import Quantities

/// The organisational boundary and everything that belongs to it, from `organisation.toml`.
package struct Organisation: Hashable, Sendable, Codable {
    package enum ConsolidationApproach: String, CaseIterable, Hashable, Sendable, Codable {
        case operationalControl = "operational-control"
        case financialControl = "financial-control"
        case equityShare = "equity-share"
    }

    package var name: String
    /// ISO 17442 identifier of the legal entity.
    package var legalEntityIdentifier: String?
    package var consolidationApproach: ConsolidationApproach
    package var gwpValueSet: GWPValueSet
    @DecimalText package var baseYear: Int
    package var facilities: [Facility]
    package var meters: [Meter]
    package var suppliers: [Supplier]
    package var factorRules: [FactorRule]
    /// Scope 3 categories left out, each with its reason (GHG Protocol; requirement GP-5).
    package var exclusions: [Exclusion]
    /// How many records right after this one hold the rest of its lists; `nil` where it is whole.
    package var parts: DecimalText?

    package init(
        name: String, legalEntityIdentifier: String? = nil,
        consolidationApproach: ConsolidationApproach, gwpValueSet: GWPValueSet, baseYear: Int,
        facilities: [Facility] = [], meters: [Meter] = [], suppliers: [Supplier] = [],
        factorRules: [FactorRule] = [], exclusions: [Exclusion] = []
    ) {
        self.name = name
        self.legalEntityIdentifier = legalEntityIdentifier
        self.consolidationApproach = consolidationApproach
        self.gwpValueSet = gwpValueSet
        self.baseYear = baseYear
        self.facilities = facilities
        self.meters = meters
        self.suppliers = suppliers
        self.factorRules = factorRules
        self.exclusions = exclusions
    }

    package struct Exclusion: Hashable, Sendable, Codable {
        /// A scope 3 category, 1…15, as text: records hold no numbers.
        package let category: String
        package let reason: String

        package init(category: String, reason: String) {
            self.category = category
            self.reason = reason
        }
    }

    package func facility(_ id: FacilityID) -> Facility? { facilities.first { $0.id == id } }

    package func supplier(_ id: SupplierID) -> Supplier? { suppliers.first { $0.id == id } }

    /// The meter registered under a number on a day; numbers compare exactly.
    package func meter(number: String, on day: CivilDate) -> Meter? {
        meters.first { $0.number == number && $0.isValid(on: day) }
    }

    /// The supplier that an invoice names, by identifier, VAT number or one of its names.
    package func supplier(named text: String) -> Supplier? {
        suppliers.first { $0.id.rawValue == text || $0.name == text || $0.aliases.contains(text) }
    }
}

/// A site inside the boundary.
package struct Facility: Hashable, Sendable, Codable {
    package let id: FacilityID
    package let name: String
    /// ISO 3166-1 alpha-2.
    package let country: String
    /// The region in which grid factors are published, such as `US-EGRID-NWPP`; else the country.
    package let gridRegion: String?
    /// IANA name, such as `Europe/Amsterdam`.
    package let timeZone: String
    /// Square metres.
    package let floorArea: Quantity?
    /// Installed IT power in kW.
    package let itPower: Quantity?
    /// Share of ownership, 0…1; used by the equity share approach.
    package let ownershipShare: ExactDecimal

    package init(
        id: FacilityID, name: String, country: String, gridRegion: String? = nil,
        timeZone: String, floorArea: Quantity? = nil, itPower: Quantity? = nil,
        ownershipShare: ExactDecimal = .one
    ) {
        self.id = id
        self.name = name
        self.country = country
        self.gridRegion = gridRegion
        self.timeZone = timeZone
        self.floorArea = floorArea
        self.itPower = itPower
        self.ownershipShare = ownershipShare
    }
}

/// A connection point or sub-meter.
package struct Meter: Hashable, Sendable, Codable {
    package enum Role: String, CaseIterable, Hashable, Sendable, Codable {
        case whole = "whole-site"
        case informationTechnology = "it"
        case cooling, losses, office, generator
        case heating
    }

    /// The number as bills and feeds print it: EAN, MPAN, NMI, usage point …
    package let number: String
    package let facility: FacilityID
    package let carrier: Carrier
    package let role: Role
    package let validFrom: CivilDate
    /// The first day on which the meter no longer counts.
    package let validUntil: CivilDate?
    package let supplier: SupplierID?
    /// Which way the carrier flows, where its documents do not say.
    package let direction: FlowDirection?

    package init(
        number: String, facility: FacilityID, carrier: Carrier, role: Role, validFrom: CivilDate,
        validUntil: CivilDate? = nil, supplier: SupplierID? = nil, direction: FlowDirection? = nil
    ) {
        self.number = number
        self.facility = facility
        self.carrier = carrier
        self.role = role
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.supplier = supplier
        self.direction = direction
    }

    package func isValid(on day: CivilDate) -> Bool {
        validFrom <= day && (validUntil.map { day < $0 } ?? true)
    }
}

/// A party that sends bills or invoices.
package struct Supplier: Hashable, Sendable, Codable {
    package let id: SupplierID
    package let name: String
    /// Other names and VAT numbers under which documents name the supplier.
    package let aliases: [String]

    package init(id: SupplierID, name: String, aliases: [String] = []) {
        self.id = id
        self.name = name
        self.aliases = aliases
    }
}
