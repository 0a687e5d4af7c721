internal import Inventory
package import LedgerCore
package import LedgerStore
internal import Quantification

/// The live entries of the journal (booked and not reversed), found by what they were made for.
package struct PostedEntries: Sendable {
    /// What an entry accounts for: one activity has one live entry a purpose.
    struct Purpose: Hashable {
        enum Kind: Hashable { case quantity, emission, amortisation, coverage }

        let activity: RecordNumber
        let kind: Kind
        let role: FactorRole?
        let period: ReportingPeriod
    }

    private var byPurpose: [Purpose: BookedEntry] = [:]
    package private(set) var reversed: Set<RecordNumber> = []
    /// The activities that live entries account for.
    private(set) var activities: Set<RecordNumber> = []

    package init(_ entries: [BookedEntry]) {
        reversed = Set(entries.compactMap { $0.entry.reversal?.entry })
        for booked in entries where !reversed.contains(booked.number) {
            guard let purpose = Self.purpose(of: booked.entry) else { continue }
            byPurpose[purpose] = booked
            activities.insert(purpose.activity)
        }
    }

    func live(_ purpose: Purpose) -> BookedEntry? { byPurpose[purpose] }

    /// Live entries of activities that stand no longer, in the order of their numbers.
    func orphans(standing: Set<RecordNumber>) -> [(activity: RecordNumber, entry: BookedEntry)] {
        byPurpose.filter { !standing.contains($0.key.activity) }
            .map { (activity: $0.key.activity, entry: $0.value) }
            .sorted { $0.entry.number < $1.entry.number }
    }

    /// `nil` for a reversal, which accounts for nothing of its own.
    static func purpose(of entry: JournalEntry) -> Purpose? {
        entry.calculation.flatMap(purpose)
    }

    static func purpose(of calculation: JournalEntry.Calculation) -> Purpose? {
        guard let rule = PostingRule(rawValue: calculation.rule) else { return nil }
        return Purpose(
            activity: calculation.activity, kind: kind(of: rule), role: calculation.role,
            period: calculation.period)
    }

    private static func kind(of rule: PostingRule) -> Purpose.Kind {
        switch rule {
        case .physicalFlow: .quantity
        case .factorProduct, .factorSeriesProduct, .unresolvedFactor, .refrigerantLoss,
            .statedEmission:
            .emission
        case .straightLineMonthly: .amortisation
        case .certificateCoverage: .coverage
        }
    }
}
