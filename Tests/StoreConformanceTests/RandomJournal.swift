internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import TestSupport
internal import Testing

/// Journal entries over two years, two facilities, all bases, emissions and energy.
struct RandomJournal {
    private var random: SplitMix64

    init(seed: Int) { random = SplitMix64(seed: seed) }

    mutating func entries(_ count: Int) throws -> [JournalEntry] {
        try (0..<count).map { index in try entry(index) }
    }

    /// A period that starts and ends on any day of the two years.
    mutating func period() throws -> ReportingPeriod {
        let start = Int.random(in: 0..<730, using: &random)
        let end = Int.random(in: start + 1...760, using: &random)
        let first = try #require(CivilDate("2024-01-01"))
        return try #require(
            ReportingPeriod(start: first.adding(days: start), end: first.adding(days: end)))
    }

    private mutating func entry(_ index: Int) throws -> JournalEntry {
        let first = try #require(CivilDate("2024-01-01"))
        let day = first.adding(days: Int.random(in: 0..<730, using: &random))
        let facility = try #require(FacilityID(Bool.random(using: &random) ? "ams1" : "fra2"))
        let basis: Basis = try pick([.common, .location, .market, .scenario("what-if")])
        let commodity = try commodity()
        let debit = Account(.object, ["ams1", "use", try pick(["B1", "B6"]), "it"])
        let credit = Account(.source, [try pick(["scope1", "scope2", "scope3"]), "energy"])
        var postings: [Posting] = []
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let amount = try amount(of: commodity)
            postings.append(.debit(debit, amount, commodity, basis: basis))
            postings.append(
                .credit(credit, amount, commodity, basis: basis, counterparty: "NL grid"))
        }
        return try JournalEntry(
            effective: day, facility: facility, description: "Entry \(index) – 'é'",
            postings: postings)
    }

    private mutating func commodity() throws -> Commodity {
        try #require(Commodity(try pick(["mg CO2", "mg CH4", "kWh", "kg|R-410A"])))
    }

    /// Never zero; of both signs, so that balances cancel.
    private mutating func amount(of commodity: Commodity) throws -> ExactDecimal {
        let digits = Int.random(in: 1...9, using: &random) * (Bool.random(using: &random) ? 1 : -1)
        switch commodity {
        case .emission: return ExactDecimal(digits)
        case .physical: return ExactDecimal(mantissa: Int128(digits), exponent: -3)
        }
    }

    private mutating func pick<Value>(_ values: [Value]) throws -> Value {
        try #require(values.randomElement(using: &random))
    }
}
