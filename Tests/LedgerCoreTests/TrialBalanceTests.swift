internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Testing

@Suite("A trial balance")
struct TrialBalanceTests {
    @Test("does not depend on the order of entries", arguments: 0..<100)
    func order(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        let entries = try journal.entries(20)
        let balance = try TrialBalance(of: entries)
        #expect(try TrialBalance(of: journal.shuffled(entries)) == balance)
        #expect(try TrialBalance(of: entries.reversed()) == balance)
    }

    @Test("of two journals is the sum of their balances", arguments: 0..<100)
    func additive(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        let (first, second) = try (journal.entries(8), journal.entries(12))
        var sum = try TrialBalance(of: first)
        for (key, amount) in try TrialBalance(of: second).balances { try sum.add(amount, to: key) }
        #expect(try TrialBalance(of: first + second) == sum)
    }

    @Test(
        "closes at every prefix: per commodity and basis all accounts sum to zero",
        arguments: 0..<50)
    func closes(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        var balance = TrialBalance()
        for entry in try journal.entries(15) {
            try balance.add(entry)
            for basis in Set(balance.balances.keys.map(\.basis)) {
                let totals = try balance.totals { $0.basis == basis }
                #expect(totals.values.allSatisfy { $0.isZero })
            }
        }
    }

    @Test("holds no zero, and nothing for none")
    func zeros() throws {
        #expect(try TrialBalance(of: []).balances.isEmpty)
        var journal = RandomJournal(seed: 7)
        let balance = try TrialBalance(of: journal.entries(50))
        #expect(balance.balances.values.allSatisfy { !$0.isZero })
    }

    // Architecture, section 1: consequences 1 to 4.

    @Test("reads the same from credits and debits, basis by basis", arguments: 0..<50)
    func twoSides(seed: Int) throws {
        var journal = RandomJournal(seed: seed)
        let balance = try TrialBalance(of: journal.entries(30))
        for basis in [Basis.common, .location, .market] {
            let credits = try balance.totals { $0.basis == basis && $0.account.root == .source }
            let rest = try balance.totals { $0.basis == basis && $0.account.root != .source }
            for commodity in Set(credits.keys).union(rest.keys) {
                #expect((credits[commodity] ?? .zero) == (rest[commodity] ?? .zero).negated)
            }
        }
    }

    @Test("bridges embodied stock while the source side stands still", arguments: 0..<50)
    func bridge(seed: Int) throws {
        let acquired = ExactDecimal(1_000_000_000 + seed * 7_919)
        let stock = Account(.object, ["ams1", "stock", "A1-A3", "hall-a", "steel"])
        let use = Account(.object, ["ams1", "use", "A1-A3", "amortisation"])
        let gas = Commodity.emission(.gas(.carbonDioxide))
        let source = Account.source(.capitalGoods)
        func entry(_ debit: Account, _ credit: Account, _ amount: ExactDecimal) throws
            -> JournalEntry
        {
            try JournalEntry(
                effective: #require(CivilDate("2025-01-01")),
                facility: #require(FacilityID("ams1")),
                description: "bridge",
                postings: [.debit(debit, amount, gas), .credit(credit, amount, gas)])
        }
        let months = try Allocation.largestRemainder(
            acquired, weights: Array(repeating: 1, count: 48), decimals: 0)
        var balance = try TrialBalance(of: [entry(stock, source, acquired)])
        var amortised = ExactDecimal.zero
        for month in months {
            try balance.add(entry(use, stock, month))
            amortised = try amortised.adding(month)
            let closing = try balance.totals { $0.account == stock }[gas] ?? .zero
            #expect(try acquired.subtracting(amortised) == closing)
            #expect(try balance.totals(where: { $0.account == source })[gas] == acquired.negated)
        }
        #expect(try balance.totals(where: { $0.account.isWithin("object:ams1:stock") }).isEmpty)
        #expect(try balance.totals(where: { $0.account == use })[gas] == acquired)
    }
}
