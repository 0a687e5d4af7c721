internal import Foundation
internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Testing

@Suite("A journal entry")
struct JournalEntryTests {
    private static let gas = Commodity.emission(.gas(.carbonDioxide))
    private static let source = Account.source(.purchasedElectricity)
    private static let object = Account(.object, ["ams1", "use", "B6", "electricity"])

    @Test("balances gas by gas, never across gases")
    func perCommodity() {
        let methane = Commodity.emission(.gas(.methane))
        let postings: [Posting] = [
            .debit(Self.object, ExactDecimal(5), Self.gas),
            .credit(Self.source, ExactDecimal(5), methane),
        ]
        #expect(
            throws: JournalEntryError.unbalanced(
                commodity: Self.gas, basis: .common, residual: ExactDecimal(5))
        ) { try Self.entry(postings) }
    }

    @Test("balances basis by basis, never across bases")
    func perBasis() {
        let postings: [Posting] = [
            .debit(Self.object, ExactDecimal(5), Self.gas, basis: .location),
            .credit(Self.source, ExactDecimal(5), Self.gas, basis: .market),
        ]
        #expect(
            throws: JournalEntryError.unbalanced(
                commodity: Self.gas, basis: .location, residual: ExactDecimal(5))
        ) { try Self.entry(postings) }
    }

    @Test("needs two postings; a factor of zero leaves an entry that cites it")
    func postings() {
        #expect(throws: JournalEntryError.tooFewPostings(count: 0)) { try Self.entry([]) }
        #expect(throws: JournalEntryError.tooFewPostings(count: 1)) {
            try Self.entry([.debit(Self.object, ExactDecimal(1), Self.gas)])
        }
        #expect(throws: Never.self) {
            try Self.entry([
                .debit(Self.object, .zero, Self.gas), .credit(Self.source, .zero, Self.gas),
            ])
        }
    }

    @Test(
        "takes whole milligrams that can be reversed",
        arguments: [
            ("1", true), ("9223372036854775807", true), ("9223372036854775808", false),
            ("0.5", false), ("1e30", false),
        ])
    func milligrams(text: String, isTaken: Bool) throws {
        let amount = try ExactDecimal(parsing: text)
        let postings: [Posting] = [
            .credit(Self.source, amount, Self.gas), .debit(Self.object, amount, Self.gas),
        ]
        if isTaken {
            let reversal = try Self.entry(postings).reversed(RecordNumber(0), reason: "test")
            #expect(try Self.entry(reversal.postings).postings == reversal.postings)
        } else {
            #expect(throws: JournalEntryError.notWholeMilligrams(amount.negated)) {
                try Self.entry(postings)
            }
        }
    }

    @Test(
        "holds only what can be read again",
        arguments: [
            (.physical(.kilogram, of: ""), .common), (.physical(.kilogram, of: "a|b"), .common),
            (.physical(.kilogram, of: "R-410A"), .scenario("")),
            (.physical(.kilogram, of: nil), .scenario("No Slug")),
        ] as [(Commodity, Basis)])
    func readable(commodity: Commodity, basis: Basis) {
        let text = commodity.isReadable ? basis.description : commodity.description
        #expect(throws: JournalEntryError.unreadable(text)) {
            try Self.entry([
                .debit(Self.object, .one, commodity, basis: basis),
                .credit(Self.source, .one, commodity, basis: basis),
            ])
        }
    }

    @Test("cannot be decoded unbalanced")
    func decoding() throws {
        let entry = try Self.entry([
            .debit(Self.object, ExactDecimal(1_234), Self.gas),
            .credit(Self.source, ExactDecimal(1_234), Self.gas),
        ])
        let json = String(decoding: try JSONEncoder().encode(entry), as: UTF8.self)
        #expect(try JSONDecoder().decode(JournalEntry.self, from: Data(json.utf8)) == entry)
        let mutations = [
            ("\"1234\"", "\"1235\""), ("\"-1234\"", "\"-1234.5\""), ("\"-1234\"", "-1234"),
            ("mg CO2", "mg CO2e"), ("common", "Common"), ("source:scope2", "nowhere:scope2"),
            ("2025-06-30", "2025-06-31"),
        ]
        for (good, bad) in mutations {
            let mutated = json.replacing(good, with: bad, maxReplacements: 1)
            #expect(mutated != json)
            #expect(throws: (any Error).self, "\(good) became \(bad)") {
                try JSONDecoder().decode(JournalEntry.self, from: Data(mutated.utf8))
            }
        }
    }

    @Test("with its reversal leaves nothing", arguments: 0..<200)
    func reversal(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        let entry = try journal.entry()
        let reversal = entry.reversed(RecordNumber(seed), reason: "wrong meter")
        #expect(try TrialBalance(of: [entry, reversal]).balances.isEmpty)
        #expect(reversal.reversal?.entry == RecordNumber(seed))
        #expect(
            reversal.reversed(RecordNumber(0), reason: "twice").postings == entry.postings)
        let json = try JSONEncoder().encode([entry, reversal])
        #expect(try JSONDecoder().decode([JournalEntry].self, from: json) == [entry, reversal])
    }

    @Test("with one amount changed is refused", arguments: 0..<200)
    func mutation(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        var postings = try journal.postings()
        let index = seed % postings.count
        let old = postings[index]
        postings[index] = Posting(
            account: old.account, commodity: old.commodity, basis: old.basis,
            amount: try old.amount.adding(ExactDecimal(10_000_000_000)))
        #expect(
            throws: JournalEntryError.unbalanced(
                commodity: old.commodity, basis: old.basis,
                residual: ExactDecimal(10_000_000_000))
        ) { try Self.entry(postings) }
    }

    private static func entry(_ postings: [Posting]) throws -> JournalEntry {
        try JournalEntry(
            effective: #require(CivilDate("2025-06-30")), facility: #require(FacilityID("ams1")),
            description: "test", postings: postings)
    }
}
