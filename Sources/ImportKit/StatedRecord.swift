package import Inventory
package import Quantities

/// What one row of a log or statement states that is neither a reading nor an invoice line.
package enum StatedRecord: Hashable, Sendable {
    case refrigerant(RefrigerantService)
    case certificate(CertificateLot)
    case footprint(StatedFootprint)

    /// 1-based line in the document.
    package var line: Int {
        switch self {
        case .refrigerant(let service): service.line
        case .certificate(let lot): lot.line
        case .footprint(let footprint): footprint.line
        }
    }
}

/// One service of equipment that holds refrigerant.
package struct RefrigerantService: Hashable, Sendable {
    /// Why refrigerant was moved; it decides what was lost.
    package enum Reason: String, CaseIterable, Hashable, Sendable {
        /// New equipment is charged; nothing is lost.
        case firstFill = "first-fill"
        /// What was missing is filled up: it was lost before.
        case topUp = "top-up"
        /// What remained was taken out and the full charge put in: the difference was lost.
        case leakRepair = "leak-repair"
        /// Refrigerant is taken out and kept; nothing is lost.
        case recovery
        /// Equipment is taken out of use: of its charge, what was not recovered was lost.
        case disposal
    }

    package let date: CivilDate
    package let facility: String
    package let equipment: String
    /// ASHRAE designation or species.
    package let refrigerant: String
    package let reason: Reason
    package let added: ExactDecimal
    package let recovered: ExactDecimal
    /// What the service found lost, by its reason; never below zero.
    package let lost: ExactDecimal
    package let unit: Unit
    package let technician: String?
    package let certificate: String?
    /// The number of the service report.
    package let reference: String?
    package let line: Int
}

/// Energy attribute certificates of one serial range.
package struct CertificateLot: Hashable, Sendable {
    package let registry: String
    package let serialFrom: String
    package let serialTo: String
    package let energy: Quantity
    package let technology: CertificateTechnology
    /// ISO 3166-1 alpha-2.
    package let country: String
    package let production: ReportingPeriod
    package let facility: String
    package let beneficiary: String?
    /// `nil` for certificates that are held.
    package let cancelledOn: CivilDate?
    /// The consumption they are cancelled for.
    package let use: ReportingPeriod?
    package let line: Int
}

/// The emissions a provider states for one service in one month.
package struct StatedFootprint: Hashable, Sendable {
    /// Which of the provider's scopes a figure is of. They are never added here.
    package enum Figure: String, CaseIterable, Hashable, Sendable {
        case scope1
        case scope2Location = "scope2_location"
        case scope2Market = "scope2_market"
        case scope3
    }

    package struct Value: Hashable, Sendable {
        package let figure: Figure
        package let mass: Quantity
    }

    package let month: CalendarMonth
    package let provider: String
    package let facility: String
    package let service: String
    package let region: String?
    package let account: String?
    /// The set by which the provider valued its gases.
    package let gwpValueSet: GWPValueSet
    /// The figures that are stated, in the order of `Figure`.
    package let values: [Value]
    package let line: Int
}
