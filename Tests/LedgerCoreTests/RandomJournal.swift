internal import Inventory
internal import LedgerCore
internal import Quantities
internal import TestSupport
internal import Testing

/// Balanced entries from a seed: several gases, physical units and bases in one entry.
struct RandomJournal {
    private var random: SplitMix64
    private static let accounts = [
        "source:scope2:electricity", "source:scope3:2-capital-goods",
        "object:ams1:use:B6:electricity",
        "object:ams1:stock:A1-A3:hall-a:steel", "object:ams1:use:A1-A3:amortisation",
        "physical:supply:utility", "physical:use:it", "control:suspense-import",
    ]
    private static let commodities: [Commodity] = [
        .emission(.gas(.carbonDioxide)), .emission(.gas(.methane)),
        .emission(.carbonDioxideEquivalent(.ar5)), .physical(.kilowattHour, of: nil),
        .physical(.kilogram, of: "R-410A"),
    ]
    private static let bases: [Basis] = [.common, .location, .market, .scenario("what-if")]

    init(seed: Int) { random = SplitMix64(seed: seed) }

    mutating func entries(_ count: Int) throws -> [JournalEntry] {
        try (0..<count).map { _ in try entry() }
    }

    mutating func entry() throws -> JournalEntry {
        let day = CivilDate(daysSinceEpoch: Int.random(in: 19_000...21_000, using: &random))
        return try JournalEntry(
            effective: day,
            facility: #require(FacilityID(Bool.random(using: &random) ? "ams1" : "dub1")),
            description: "seeded", postings: try postings())
    }

    mutating func shuffled(_ entries: [JournalEntry]) -> [JournalEntry] {
        entries.shuffled(using: &random)
    }

    /// For each of some commodities and bases a few amounts and what balances them.
    mutating func postings() throws -> [Posting] {
        var postings: [Posting] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let commodity = try #require(Self.commodities.randomElement(using: &random))
            let basis = try #require(Self.bases.randomElement(using: &random))
            let exponent = if case .physical = commodity { -3 } else { 0 }
            var sum = ExactDecimal.zero
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let amount = ExactDecimal(
                    mantissa: Int128.random(in: 1...9_999_999_999, using: &random),
                    exponent: exponent)
                sum = try sum.adding(amount)
                postings.append(.debit(try account(), amount, commodity, basis: basis))
            }
            postings.append(.credit(try account(), sum, commodity, basis: basis))
        }
        return postings
    }

    private mutating func account() throws -> Account {
        let name = try #require(Self.accounts.randomElement(using: &random))
        return try #require(Account(name))
    }
}
