package import Hashing
package import Quantities

/// One activity as a document states it: what, where, when, how much, and which line says so.
///
/// It knows neither factors nor accounts. A reference to what it states: a book has many, and
/// several lists and indexes hold each.
package struct ActivityRecord: Sendable {
    private struct Facts: Hashable, Sendable, Codable {
        var activity: ActivityCode
        var facility: FacilityID
        var period: ReportingPeriod
        var quantity: Quantity
        var treatment: Treatment
        var supplier: SupplierID?
        var slot: ClaimSlot
        var series: SeriesReference?
        var quality: ReadingQuality?
        var estimated: ExactDecimal?
        var register: RegisterSpan?
        var revisions: [ReadingRevision]?
        var invoice: InvoiceReference?
        var evidence: EvidenceReference
    }

    private final class Held: Sendable {
        let facts: Facts

        init(_ facts: Facts) { self.facts = facts }
    }

    private let held: Held

    package var activity: ActivityCode { held.facts.activity }
    package var facility: FacilityID { held.facts.facility }
    /// Days in the local time of the facility.
    package var period: ReportingPeriod { held.facts.period }
    /// The exact quantity in the unit of the source.
    package var quantity: Quantity { held.facts.quantity }
    package var treatment: Treatment { held.facts.treatment }
    package var supplier: SupplierID? { held.facts.supplier }
    /// The identity under which it may be booked once: see `ClaimSlot`.
    package var slot: ClaimSlot { held.facts.slot }
    /// The readings whose sum is `quantity`; `nil` for a bill or an invoice line.
    package var series: SeriesReference? { held.facts.series }
    /// How a single figure came about; of readings, their chunk says it.
    package var quality: ReadingQuality? { held.facts.quality }
    /// The part of the quantity that the source estimated: an accrual until the actual arrives.
    package var estimated: ExactDecimal? { held.facts.estimated }
    package var register: RegisterSpan? { held.facts.register }
    package var revisions: [ReadingRevision]? { held.facts.revisions }
    package var invoice: InvoiceReference? { held.facts.invoice }
    package var evidence: EvidenceReference { held.facts.evidence }

    /// How the activity is accounted for.
    package enum Treatment: Hashable, Sendable, Codable {
        /// A carrier used by the facility; the meter's role says for what.
        case consumption(Consumption)
        /// A good that becomes part of an asset: embodied carbon in stock.
        case capitalGood(CapitalGood)
        /// A good or service used up in the period.
        case expense(Expense)
        /// Refrigerant filled into equipment: physical until it leaks.
        case refrigerantCharge(RefrigerantCharge)
        /// Refrigerant taken out of equipment and kept.
        case refrigerantRecovery(RefrigerantCharge)
        /// Refrigerant that equipment has lost, found at a service: a fugitive emission.
        case refrigerantLeak(RefrigerantLeak)
        /// Energy attribute certificates, held or cancelled.
        case certificate(Certificate)
        /// Emissions as a supplier states them.
        case statedEmission(StatedEmission)
    }

    package struct Consumption: Hashable, Sendable, Codable {
        package let direction: FlowDirection
        package let role: Meter.Role
        package let meter: String?

        package init(direction: FlowDirection, role: Meter.Role, meter: String?) {
            self.direction = direction
            self.role = role
            self.meter = meter
        }
    }

    package struct CapitalGood: Hashable, Sendable, Codable {
        package let asset: AssetID
        package let component: AssetID
        package let module: LifeCycleModule
        package let source: EmissionSource
        /// Whole months of straight-line amortisation, as text: records hold no numbers.
        package let serviceLifeMonths: String

        package init(
            asset: AssetID, component: AssetID, module: LifeCycleModule, source: EmissionSource,
            serviceLifeMonths: Int
        ) {
            self.asset = asset
            self.component = component
            self.module = module
            self.source = source
            self.serviceLifeMonths = String(serviceLifeMonths)
        }
    }

    package struct Expense: Hashable, Sendable, Codable {
        package let module: LifeCycleModule
        package let source: EmissionSource

        package init(module: LifeCycleModule, source: EmissionSource) {
            self.module = module
            self.source = source
        }
    }

    package struct RefrigerantCharge: Hashable, Sendable, Codable {
        package let equipment: AssetID
        /// ASHRAE designation or species, such as `R-410A` or `HFC-134a`.
        package let refrigerant: String

        package init(equipment: AssetID, refrigerant: String) {
            self.equipment = equipment
            self.refrigerant = refrigerant
        }
    }

    package init(
        activity: ActivityCode, facility: FacilityID, period: ReportingPeriod, quantity: Quantity,
        treatment: Treatment, supplier: SupplierID? = nil, slot: ClaimSlot,
        series: SeriesReference? = nil, quality: ReadingQuality? = nil,
        estimated: ExactDecimal? = nil, register: RegisterSpan? = nil,
        revisions: [ReadingRevision]? = nil, invoice: InvoiceReference? = nil,
        evidence: EvidenceReference
    ) {
        held = Held(
            Facts(
                activity: activity, facility: facility, period: period, quantity: quantity,
                treatment: treatment, supplier: supplier, slot: slot, series: series,
                quality: quality, estimated: estimated, register: register, revisions: revisions,
                invoice: invoice, evidence: evidence))
    }
}

extension ActivityRecord: Hashable {
    package static func == (left: ActivityRecord, right: ActivityRecord) -> Bool {
        left.held === right.held || left.held.facts == right.held.facts
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(held.facts) }
}

extension ActivityRecord: Codable {
    package init(from decoder: any Decoder) throws { held = Held(try Facts(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try held.facts.encode(to: encoder) }
}

/// What may be booked once. Two claims on one subject and series must not overlap in time; a
/// claim without a span (an invoice line) is unique by its subject alone.
package struct ClaimSlot: Hashable, Sendable, Codable {
    /// `meter/<number>/<carrier>/<direction>`, `facility/<id>/<carrier>/<direction>` for a bill
    /// that names no meter, `invoice/<supplier>/<number>/<line>`, or what names the row of a log
    /// or statement, such as `certificate/<registry>/<from>/<to>/cancelled`.
    package let subject: String
    /// The register, or the note of a delivery: series of one subject add up.
    package let series: String?
    package let start: Instant?
    package let end: Instant?

    package init(
        subject: String, series: String? = nil, start: Instant? = nil, end: Instant? = nil
    ) {
        self.subject = subject
        self.series = series
        self.start = start
        self.end = end
    }
}

/// Readings that a book keeps as a series chunk (see `Schemas/series-chunk.md`).
package struct SeriesReference: Hashable, Sendable, Codable {
    /// SHA-256 of the bytes of the chunk.
    package let chunk: SHA256Digest
    /// How many readings it holds.
    @DecimalText package private(set) var count: Int
    /// The documents the readings come from, in the order in which the chunk counts them.
    package let documents: [SHA256Digest]

    package init(chunk: SHA256Digest, count: Int, documents: [SHA256Digest]) {
        self.chunk = chunk
        self.count = count
        self.documents = documents
    }
}

/// The place in a document from which a figure was taken.
package struct EvidenceReference: Hashable, Sendable, Codable {
    /// SHA-256 of the bytes of the document.
    package let document: SHA256Digest
    /// The name under which the document came; data, never a path to open.
    package let name: String
    /// 1-based, as text.
    package let line: String?
    /// Element path, row and column, or line identifier.
    package let place: String?
    /// The commitment to the text of the line or element: see `ExcerptOpening`.
    package let excerpt: SHA256Digest?

    package init(
        document: SHA256Digest, name: String, line: Int? = nil, place: String? = nil,
        excerpt: SHA256Digest? = nil
    ) {
        self.document = document
        self.name = name
        self.line = line.map(String.init)
        self.place = place
        self.excerpt = excerpt
    }
}
