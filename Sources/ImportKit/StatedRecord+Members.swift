package import Inventory
package import Quantities

extension StatedRecord {
    package var kind: String {
        switch self {
        case .refrigerant: "refrigerant"
        case .certificate: "certificate"
        case .footprint: "footprint"
        }
    }

    /// What it states, by name; `nil` where the row does not state it. All records of a kind have
    /// the same names in the same order.
    var members: [(name: String, value: String?)] {
        switch self {
        case .refrigerant(let service): service.members
        case .certificate(let lot): lot.members
        case .footprint(let footprint): footprint.members
        }
    }

    /// The days it states: the first, and the one after the last.
    package var days: ReportingPeriod {
        switch self {
        case .refrigerant(let service): service.date.asPeriod
        case .certificate(let lot): lot.use ?? lot.production
        case .footprint(let footprint): footprint.month.period
        }
    }

    /// The quantities that the totals of a test add up: of a service what was lost, of a statement
    /// every figure apart.
    package var quantities: [(what: String, quantity: Quantity)] {
        switch self {
        case .refrigerant(let service):
            [("lost \(service.refrigerant)", Quantity(service.lost, service.unit))]
        case .certificate(let lot):
            [(lot.cancelledOn == nil ? "held" : "cancelled", lot.energy)]
        case .footprint(let footprint):
            footprint.values.map { ($0.figure.rawValue, $0.mass) }
        }
    }
}

extension RefrigerantService {
    fileprivate var members: [(name: String, value: String?)] {
        [
            ("date", date.description), ("facility", facility), ("equipment", equipment),
            ("refrigerant", refrigerant), ("reason", reason.rawValue),
            ("added", added.description), ("recovered", recovered.description),
            ("lost", lost.description), ("unit", unit.symbol), ("reference", reference),
            ("technician", technician), ("certificate", certificate),
        ]
    }
}

extension CertificateLot {
    fileprivate var members: [(name: String, value: String?)] {
        [
            ("registry", registry), ("from", serialFrom), ("to", serialTo),
            ("quantity", energy.amount.description), ("unit", energy.unit.symbol),
            ("technology", technology.rawValue), ("country", country),
            ("produced", production.description), ("facility", facility),
            ("beneficiary", beneficiary), ("cancelled", cancelledOn?.description),
            ("use", use?.description),
        ]
    }
}

extension StatedFootprint {
    fileprivate var members: [(name: String, value: String?)] {
        let stated: [(name: String, value: String?)] = [
            ("month", month.description), ("provider", provider), ("facility", facility),
            ("service", service), ("region", region), ("account", account),
        ]
        let figures: [(name: String, value: String?)] = Figure.allCases.map { figure in
            (figure.rawValue, values.first { $0.figure == figure }?.mass.amount.description)
        }
        return stated + figures
            + [("unit", values.first?.mass.unit.symbol), ("gwp", gwpValueSet.rawValue)]
    }
}
