internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing

/// A book of entries that cite factors, some of them reversed on another day.
private struct CitedJournal {
    let store: any LedgerStore
    let entries: [BookedEntry]

    static let rules = ["factor-product/1", "refrigerant-loss/1", "physical-flow/1"]
    /// Records before the first entry; each may pass for a factor or an activity.
    private static let cited = 3

    init(_ store: any LedgerStore, seed: Int) throws {
        let origin = RecordBody.genesis(Genesis(origin: "o", program: "p", rounding: "r"))
        var bodies = Array(repeating: origin, count: Self.cited)
        var random = SplitMix64(seed: seed)
        var journal = RandomJournal(seed: seed)
        for (index, plain) in try journal.entries(30).enumerated() {
            let entry = try Self.citing(plain, &random)
            let number = RecordNumber(Self.cited + 2 * index)
            bodies.append(.journal(entry))
            // Every entry is followed by a reversal or by a record that is none.
            let later = entry.effective.adding(days: Int.random(in: 0..<90, using: &random))
            bodies.append(
                Bool.random(using: &random)
                    ? .journal(entry.reversed(number, effective: later, reason: "test")) : origin)
        }
        try store.append(
            RecordBatch(
                actor: "ana", recordedAt: Instant(secondsSinceEpoch: 1_735_732_800),
                bodies: bodies))
        self.store = store
        entries = try store.entries(.all)
    }

    private static func citing(
        _ entry: JournalEntry, _ random: inout SplitMix64
    ) throws -> JournalEntry {
        let factor = Int.random(in: 0...Self.cited, using: &random)
        return try JournalEntry(
            effective: entry.effective, facility: entry.facility, description: entry.description,
            postings: entry.postings,
            calculation: JournalEntry.Calculation(
                rule: #require(rules.randomElement(using: &random)),
                activity: RecordNumber(Int.random(in: 0..<Self.cited, using: &random)),
                period: #require(ReportingPeriod("2024")),
                quantity: Quantity(.one, .kilowattHour),
                factor: factor < Self.cited ? RecordNumber(factor) : nil, rounding: "none"))
    }
}

@Suite("A store that is asked")
struct QuestionConformanceTests {
    @Test("hands out the bytes of records as they are stored", arguments: StoreUnderTest.allCases)
    func bytes(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            let journal = try CitedJournal(book, seed: 1)
            let all = try journal.store.records(.all).map(\.bytes)
            #expect(try book.recordBytes(0..<all.count) == all)
            #expect(try book.recordBytes(5..<9) == Array(all[5..<9]))
            #expect(try book.recordBytes(all.count - 1..<all.count + 9) == [all[all.count - 1]])
            #expect(try book.recordBytes(all.count + 3..<all.count + 9) == [])
        }
    }

    @Test("finds the entry that reverses another", arguments: StoreUnderTest.allCases)
    func reversing(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            for booked in try CitedJournal(book, seed: 2).entries {
                guard let reversed = booked.entry.reversal?.entry else {
                    continue
                }
                #expect(try book.entries(EntrySelection(reversing: reversed)) == [booked])
                #expect(try book.entries(EntrySelection(reversing: booked.number)) == [])
            }
        }
    }

    /// The expected sums are made here, posting by posting.
    @Test(
        "sums what live entries credit by the factor they cite",
        arguments: StoreUnderTest.allCases, 0..<12)
    func turnovers(store: StoreUnderTest, seed: Int) throws {
        try store.withEmptyBook { book in
            let entries = try CitedJournal(book, seed: seed).entries
            var random = RandomJournal(seed: seed + 1_000)
            let period = try random.period()
            let inPeriod = entries.filter { period.contains($0.entry.effective) }
            var counts: [RecordNumber: Int] = [:]
            var sums: [String: ExactDecimal] = [:]
            for booked in inPeriod {
                let isReversed = inPeriod.contains { $0.entry.reversal?.entry == booked.number }
                guard !isReversed, let calculation = booked.entry.calculation,
                    calculation.rule != "physical-flow/1", let factor = calculation.factor
                else { continue }
                counts[factor, default: 0] += 1
                for posting in booked.entry.postings
                where posting.account.name.hasPrefix("source:") {
                    let key = "\(factor) \(posting.commodity)"
                    sums[key] = try (sums[key] ?? .zero).adding(posting.amount.negated)
                }
            }
            let found = try book.factorTurnovers(
                ["factor-product/1", "refrigerant-loss/1"], in: period)
            #expect(found.map(\.factor) == counts.keys.sorted())
            #expect(found.map(\.entries) == counts.sorted { $0.key < $1.key }.map(\.value))
            let amounts = found.flatMap { turnover in
                turnover.credited.map { ("\(turnover.factor) \($0.key)", $0.value) }
            }
            #expect(Dictionary(uniqueKeysWithValues: amounts) == sums)
        }
    }

    /// The expected counts are made here, from what each actor appended.
    @Test(
        "counts the entries of a period by who recorded them",
        arguments: StoreUnderTest.allCases, 0..<6)
    func recorders(store: StoreUnderTest, seed: Int) throws {
        try store.withEmptyBook { book in
            var random = SplitMix64(seed: seed)
            var journal = RandomJournal(seed: seed)
            let period = try journal.period()
            var recorded: [(number: Int, actor: String, isInside: Bool)] = []
            for _ in 0..<8 {
                let actor = try #require(["ana", "ben", "cleo"].randomElement(using: &random))
                let entries = try journal.entries(Int.random(in: 0...5, using: &random))
                for entry in entries {
                    recorded.append((recorded.count, actor, period.contains(entry.effective)))
                }
                try book.append(
                    RecordBatch(
                        actor: actor, recordedAt: Instant(secondsSinceEpoch: 1_735_732_800),
                        bodies: entries.map(RecordBody.journal)))
            }
            for first in [0, recorded.count / 2, recorded.count] {
                let expected = recorded.filter { $0.number >= first && $0.isInside }
                let found = try book.entryCounts(in: period, from: RecordNumber(first))
                #expect(found == Dictionary(grouping: expected, by: \.actor).mapValues(\.count))
            }
        }
    }
}
