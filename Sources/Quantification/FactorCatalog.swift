package import Hashing
package import Inventory
package import LedgerCore

/// A factor version as the book holds it.
package struct BookedFactor: Hashable, Sendable {
    package let number: RecordNumber
    /// SHA-256 of the canonical body.
    package let hash: SHA256Digest
    package let factor: EmissionFactor

    package init(number: RecordNumber, hash: SHA256Digest, factor: EmissionFactor) {
        self.number = number
        self.hash = hash
        self.factor = factor
    }
}

/// A version of a factor series as the book holds it.
package struct BookedFactorSeries: Hashable, Sendable {
    package let number: RecordNumber
    /// SHA-256 of the canonical body, which names the chunk of values by its hash.
    package let hash: SHA256Digest
    package let series: FactorSeries

    package init(number: RecordNumber, hash: SHA256Digest, series: FactorSeries) {
        self.number = number
        self.hash = hash
        self.series = series
    }
}

extension BookedFactor {
    /// The composition of a blend as a factor: kg of each species per kg of the blend. It cites the
    /// record of the blend.
    package init(_ blend: RefrigerantBlend, number: RecordNumber, hash: SHA256Digest) {
        self.init(number: number, hash: hash, factor: blend.composition)
    }
}

/// The factor versions of a book, arranged for resolution.
package struct FactorCatalog: Sendable {
    private struct Meaning: Hashable {
        let activity: ActivityCode
        let role: FactorRole
    }

    private let byMeaning: [Meaning: [BookedFactor]]
    private let byKey: [String: [BookedFactor]]
    private let seriesByKey: [String: [BookedFactorSeries]]
    private let compositions: [String: BookedFactor]

    /// - Parameters:
    ///   - factors: In record order; a superseded, deprecated or withdrawn version is kept for old
    ///     entries and never offered for new ones.
    ///   - series: The same of factors that change with time.
    ///   - compositions: Of blends, by their designation.
    package init(
        _ factors: [BookedFactor], series: [BookedFactorSeries] = [],
        compositions: [String: BookedFactor] = [:]
    ) {
        self.compositions = compositions
        // A draft, or a version withdrawn again, supersedes nothing.
        let active = factors.filter { $0.factor.status == .active }
        let superseded = Set(active.flatMap(\.factor.supersedes))
        let live = active.filter { !superseded.contains($0.factor.identity) }
        byMeaning = Dictionary(grouping: live) {
            Meaning(activity: $0.factor.activity, role: $0.factor.role)
        }
        byKey = Dictionary(grouping: live, by: \.factor.key)
        let activeSeries = series.filter { $0.series.factor.status == .active }
        let replaced = Set(activeSeries.flatMap(\.series.factor.supersedes))
        seriesByKey = Dictionary(
            grouping: activeSeries.filter { !replaced.contains($0.series.factor.identity) },
            by: \.series.factor.key)
    }

    func candidates(_ activity: ActivityCode, _ role: FactorRole) -> [BookedFactor] {
        byMeaning[Meaning(activity: activity, role: role)] ?? []
    }

    /// What one kilogram of a blend consists of.
    func composition(of refrigerant: String) -> BookedFactor? { compositions[refrigerant] }

    /// The live versions of a key: one in a sound book.
    func live(key: String) -> [BookedFactor] { byKey[key] ?? [] }

    /// The live versions of a series: several in a sound book, each for a time of its own.
    func liveSeries(key: String) -> [BookedFactorSeries] { seriesByKey[key] ?? [] }
}
