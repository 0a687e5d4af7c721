internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities

/// The bought electricity of the market basis and what covers it, as a posting passes over the
/// entries: what certificates are held against.
struct MarketElectricity {
    private struct Use {
        let activity: RecordNumber
        let facility: FacilityID
        let period: ReportingPeriod
        let quantity: Quantity
        let factor: RecordNumber?
    }

    private var booked: [(number: RecordNumber, use: Use)] = []
    private var new: [Use] = []
    private var coverage: [BookedEntry] = []
    /// Entries that the posting takes back.
    private var gone: Set<RecordNumber> = []

    /// - Parameters:
    ///   - live: Entries of the book.
    ///   - bodies: What is about to be booked beside them.
    ///   - activities: Those that stand; entries of others are no electricity.
    mutating func add(
        _ live: [BookedEntry], _ bodies: [RecordBody],
        _ activities: [BookState.Numbered<ActivityRecord>]
    ) {
        let standing = Set(activities.map(\.number))
        let bought = Set(activities.filter(\.value.isPurchasedElectricity).map(\.number))
        for one in live {
            guard let activity = one.entry.calculation?.activity, standing.contains(activity)
            else { continue }
            if one.entry.isCoverage {
                coverage.append(one)
            } else if let use = Self.use(one.entry, bought) {
                booked.append((one.number, use))
            }
        }
        for case .journal(let entry) in bodies {
            if let reversal = entry.reversal { gone.insert(reversal.entry) }
            if let use = Self.use(entry, bought) { new.append(use) }
        }
    }

    private static func use(_ entry: JournalEntry, _ bought: Set<RecordNumber>) -> Use? {
        guard let calculation = entry.calculation, calculation.role == .market,
            bought.contains(calculation.activity)
        else { return nil }
        return Use(
            activity: calculation.activity, facility: entry.facility, period: calculation.period,
            quantity: calculation.quantity, factor: calculation.factor)
    }

    /// Coverage that stands.
    var standingCoverage: [BookedEntry] {
        coverage.filter { !gone.contains($0.number) }.sorted { $0.number < $1.number }
    }

    /// What there is to cover: what is booked, in the order of its records, then what is new.
    func consumption(_ factors: [BookedFactor]) -> [CertificateCoverage.Consumption] {
        let factors = Dictionary(
            factors.map { ($0.number, $0) }, uniquingKeysWith: { first, _ in first })
        let standing = booked.filter { !gone.contains($0.number) }
            .sorted { $0.number < $1.number }.map(\.use)
        return (standing + new).map { use in
            CertificateCoverage.Consumption(
                activity: use.activity, facility: use.facility, period: use.period,
                quantity: use.quantity, factor: use.factor.flatMap { factors[$0] })
        }
    }
}
