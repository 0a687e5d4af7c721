package import Quantities

// What documents state that measure nothing by meter and charge nothing by invoice: how each is
// accounted for.

extension ActivityRecord {
    /// What a service found missing in equipment. The activity's quantity is the loss, the other
    /// amounts are in its unit.
    package struct RefrigerantLeak: Hashable, Sendable, Codable {
        package let equipment: AssetID
        /// ASHRAE designation or species, such as `R-410A` or `HFC-134a`.
        package let refrigerant: String
        /// Filled in at the service.
        package let added: ExactDecimal
        /// Taken out at the service.
        package let recovered: ExactDecimal

        package init(
            equipment: AssetID, refrigerant: String, added: ExactDecimal, recovered: ExactDecimal
        ) {
            self.equipment = equipment
            self.refrigerant = refrigerant
            self.added = added
            self.recovered = recovered
        }
    }

    /// Energy attribute certificates of one serial range: held, or cancelled for a use.
    ///
    /// The activity's period is the use they are cancelled for; of certificates that are held, the
    /// time in which the energy was produced. Its quantity is the energy they stand for.
    package struct Certificate: Hashable, Sendable, Codable {
        package let registry: String
        /// First and last serial number, as written.
        package let serialFrom: String
        package let serialTo: String
        package let technology: CertificateTechnology
        /// Where the energy was produced, ISO 3166-1 alpha-2.
        package let country: String
        package let production: ReportingPeriod
        package let beneficiary: String?
        /// `nil` for certificates that are held.
        package let cancelledOn: CivilDate?
        /// Whether the book held them before they were cancelled; else the cancellation is the
        /// first that it hears of them.
        package let wasHeld: Bool

        package init(
            registry: String, serialFrom: String, serialTo: String,
            technology: CertificateTechnology,
            country: String, production: ReportingPeriod, beneficiary: String? = nil,
            cancelledOn: CivilDate? = nil, wasHeld: Bool = false
        ) {
            self.registry = registry
            self.serialFrom = serialFrom
            self.serialTo = serialTo
            self.technology = technology
            self.country = country
            self.production = production
            self.beneficiary = beneficiary
            self.cancelledOn = cancelledOn
            self.wasHeld = wasHeld
        }

        package var serials: SerialRange? { SerialRange(from: serialFrom, to: serialTo) }
    }

    /// Emissions as a supplier states them for what it delivered: its statement is the factor.
    /// The activity's quantity is the mass.
    package struct StatedEmission: Hashable, Sendable, Codable {
        /// How the supplier accounts for the electricity in it.
        package enum Method: String, CaseIterable, Hashable, Sendable, Codable {
            /// Without electricity, or alike under both methods.
            case common
            case location, market
        }

        /// As the document names it.
        package let provider: String
        /// What of the provider's figures it is, such as `scope2_market`.
        package let figure: String
        package let substance: Substance
        package let method: Method
        package let source: EmissionSource

        package init(
            provider: String, figure: String, substance: Substance, method: Method,
            source: EmissionSource
        ) {
            self.provider = provider
            self.figure = figure
            self.substance = substance
            self.method = method
            self.source = source
        }
    }
}

extension ActivityCode {
    package static let refrigerant = ActivityCode(unchecked: "refrigerant")
    package static let certificate = ActivityCode(unchecked: "energy-attribute-certificate")
    package static let cloudServices = ActivityCode(unchecked: "cloud-services")
}
