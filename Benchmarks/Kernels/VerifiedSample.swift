internal import AuditTrail
internal import Benchmark
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities

/// What a verification does with each plain record: from bytes to values and back to compare, the
/// hash of the leaf, the entries computed again from what they cite. Tables, indexes and documents
/// are not in it.
struct VerifiedSample {
    private static let moment = Instant(secondsSinceEpoch: 1_767_225_600)

    private let activity: ActivityRecord
    private let factor: BookedFactor
    private let records: [[UInt8]]
    private let memo = RecordMemo()

    /// A line of a purchase ledger, its physical flow and its emission.
    init() throws {
        guard let code = ActivityCode("reinforcing-steel"), let facility = FacilityID("site1"),
            let period = ReportingPeriod("2025-03-07/2025-03-08"),
            let year = CivilDate("2025-01-01"), let kilogram = UnitCatalog.unit(symbol: "kg"),
            let supplier = SupplierID("steel-works")
        else { throw KernelError.sample }
        let document = SHA256Digest(hashing: [1])
        let number = RecordNumber(4_711)
        let activity = ActivityRecord(
            activity: code, facility: facility, period: period,
            quantity: Quantity(try ExactDecimal(parsing: "512.4"), kilogram),
            treatment: .expense(.init(module: .a1ToA3, source: .purchasedGoods)),
            supplier: supplier,
            slot: ClaimSlot(subject: "invoice/steel-works/P-000123/7"),
            invoice: InvoiceReference(party: "steel-works", number: "P-000123", line: "7"),
            evidence: EvidenceReference(
                document: document, name: "in/00.csv", line: 1_240,
                excerpt: SHA256Digest(hashing: [2])))
        let factor = BookedFactor(
            number: RecordNumber(12), hash: SHA256Digest(hashing: [3]),
            factor: EmissionFactor(
                key: "kernel.steel", version: "1", status: .active, supersedes: [], name: "Steel",
                activity: code, role: .cradleToGate, region: "NL", validFrom: year,
                validUntil: nil, activityUnit: kilogram, heatingValueBasis: nil,
                components: [
                    .init(
                        substance: .carbonDioxideEquivalent(.ar5), amount: ExactDecimal(1_990),
                        unit: .gram)
                ],
                source: EmissionFactor.Source(
                    title: "Kernel", publisher: "Kernel", edition: "1", place: "1",
                    retrievedFrom: "kernel"),
                licence: EmissionFactor.Licence(
                    name: "CC0", attribution: "", redistribution: .yes)))
        func entry(_ rule: String, _ booked: BookedFactor?) throws -> JournalEntry {
            try Recalculation.entry(
                JournalEntry.Calculation(
                    rule: rule, activity: number, period: period, quantity: activity.quantity,
                    factor: booked?.number, factorHash: booked?.hash,
                    role: booked?.factor.role,
                    rounding: booked == nil ? "none" : "half-even at the milligram"),
                activity: activity, factor: booked)
        }
        let bodies: [RecordBody] = [
            .activity(activity), .journal(try entry("physical-flow/1", nil)),
            .journal(try entry("factor-product/1", factor)),
        ]
        self.activity = activity
        self.factor = factor
        records = try bodies.enumerated().map { index, body in
            try RecordCoding.encode(
                LedgerRecord(
                    number: RecordNumber(number.value + index), recordedAt: Self.moment,
                    actor: "bench", body: body))
        }
    }

    func verify() throws {
        var hasher = MerkleHasher()
        for bytes in records {
            let record = try RecordCoding.decode(bytes, memo)
            blackHole(hasher.leaf(bytes))
            guard case .journal(let entry) = record.body, let calculation = entry.calculation
            else { continue }
            let expected = try Recalculation.entry(
                calculation, activity: activity,
                factor: calculation.factor == nil ? nil : factor)
            guard expected == entry else { throw KernelError.sample }
        }
    }
}
