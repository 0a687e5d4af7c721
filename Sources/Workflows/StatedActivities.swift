internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// Turns what logs and statements say into activities: one a service of equipment, one a serial
/// range of certificates, one a figure of a provider.
struct StatedActivities {
    let organisation: Organisation
    let evidence: (Int) -> EvidenceReference
    private(set) var activities: [ActivityRecord] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// - Parameter evidence: The place in the document of a line number.
    init(organisation: Organisation, evidence: @escaping (Int) -> EvidenceReference) {
        self.organisation = organisation
        self.evidence = evidence
    }

    mutating func add(_ record: StatedRecord) {
        switch record {
        case .refrigerant(let service): add(service)
        case .certificate(let lot): add(lot)
        case .footprint(let footprint): add(footprint)
        }
    }

    private mutating func facility(_ text: String, line: Int) -> FacilityID? {
        if let id = FacilityID(text), organisation.facility(id) != nil { return id }
        diagnostics.append(
            Diagnostic(
                .organisationInvalid, at: SourceLocation(file: evidence(line).name, line: line),
                "no facility of the organisation is called '\(DiagnosticRenderer.quoted(text))'",
                hint: "add it to organisation.toml, or name it in [words] of the profile"))
        return nil
    }

    // MARK: Refrigerant

    private mutating func add(_ service: RefrigerantService) {
        guard let facility = facility(service.facility, line: service.line),
            let equipment = AssetID(service.equipment)
        else { return }
        let (quantity, treatment) = Self.treatment(service, equipment)
        let identity = service.reference ?? service.date.description
        activities.append(
            ActivityRecord(
                activity: .refrigerant, facility: facility, period: service.date.asPeriod,
                quantity: Quantity(quantity, service.unit), treatment: treatment,
                supplier: service.technician.flatMap { organisation.supplier(named: $0)?.id },
                slot: ClaimSlot(
                    subject: "refrigerant/\(equipment)/\(identity)/\(service.reason.rawValue)"),
                evidence: evidence(service.line)))
    }

    private static func treatment(
        _ service: RefrigerantService, _ equipment: AssetID
    ) -> (ExactDecimal, ActivityRecord.Treatment) {
        let charge = ActivityRecord.RefrigerantCharge(
            equipment: equipment, refrigerant: service.refrigerant)
        switch service.reason {
        case .firstFill: return (service.added, .refrigerantCharge(charge))
        case .recovery: return (service.recovered, .refrigerantRecovery(charge))
        case .topUp, .leakRepair, .disposal:
            let leak = ActivityRecord.RefrigerantLeak(
                equipment: equipment, refrigerant: service.refrigerant, added: service.added,
                recovered: service.recovered)
            return (service.lost, .refrigerantLeak(leak))
        }
    }

    // MARK: Certificates

    private mutating func add(_ lot: CertificateLot) {
        guard let facility = facility(lot.facility, line: lot.line) else { return }
        let state = lot.cancelledOn == nil ? "held" : "cancelled"
        activities.append(
            ActivityRecord(
                activity: .certificate, facility: facility, period: lot.use ?? lot.production,
                quantity: lot.energy,
                treatment: .certificate(
                    ActivityRecord.Certificate(
                        registry: lot.registry, serialFrom: lot.serialFrom, serialTo: lot.serialTo,
                        technology: lot.technology, country: lot.country,
                        production: lot.production, beneficiary: lot.beneficiary,
                        cancelledOn: lot.cancelledOn)),
                slot: ClaimSlot(
                    subject: "certificate/\(lot.registry)/\(lot.serialFrom)/\(lot.serialTo)/"
                        + state),
                evidence: evidence(lot.line)))
    }

    // MARK: Statements of a provider

    private mutating func add(_ footprint: StatedFootprint) {
        guard let facility = facility(footprint.facility, line: footprint.line) else { return }
        let what = [
            footprint.provider, footprint.account ?? "", footprint.service, footprint.region ?? "",
            footprint.month.description,
        ].joined(separator: "/")
        for value in footprint.values {
            activities.append(
                ActivityRecord(
                    activity: .cloudServices, facility: facility, period: footprint.month.period,
                    quantity: value.mass,
                    treatment: .statedEmission(
                        ActivityRecord.StatedEmission(
                            provider: footprint.provider, figure: value.figure.rawValue,
                            substance: .carbonDioxideEquivalent(footprint.gwpValueSet),
                            method: value.figure.method, source: .purchasedGoods)),
                    supplier: organisation.supplier(named: footprint.provider)?.id,
                    slot: ClaimSlot(subject: "footprint/\(what)/\(value.figure.rawValue)"),
                    evidence: evidence(footprint.line)))
        }
    }
}

extension StatedFootprint.Figure {
    /// The provider's electricity is accounted for by two methods, which are never added.
    fileprivate var method: ActivityRecord.StatedEmission.Method {
        switch self {
        case .scope1, .scope3: .common
        case .scope2Location: .location
        case .scope2Market: .market
        }
    }
}
