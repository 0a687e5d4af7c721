internal import AuditTrail
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import Testing

@Suite("The journal of a store")
struct EntryConformanceTests {
    @Test("is selected like the filter over all entries", arguments: StoreUnderTest.allCases, 0..<5)
    func entrySelection(store: StoreUnderTest, seed: Int) throws {
        try store.withEmptyBook { book in
            try book.append(batch([genesis] + journal(seed, 50)))
            let reversals = try book.entries(.all).prefix(3 + seed).map {
                RecordBody.journal($0.entry.reversed($0.number, reason: "wrong"))
            }
            try book.append(batch(reversals))
            let all = try book.entries(.all)
            #expect(all.count == 53 + seed)
            let march = try #require(ReportingPeriod("2024-03-02/2024-09-17"))
            for selection in [
                EntrySelection(period: march), EntrySelection(facility: FacilityID("ams1")),
                EntrySelection(accountPrefix: "object:ams1:use:B6"),
                EntrySelection(accountPrefix: "object"),
                EntrySelection(accountPrefix: "object:ams1:use:B"),
                EntrySelection(accountPrefix: "source:scope2:energy"),
                EntrySelection(activity: RecordNumber(0)),
                EntrySelection(activities: 0..<20), EntrySelection(activities: 3..<3),
                EntrySelection(isLive: true),
                EntrySelection(facility: FacilityID("ams1"), isLive: true),
                EntrySelection(
                    period: march, facility: FacilityID("fra2"), accountPrefix: "source:scope1"),
            ] {
                let reversed = Set(all.compactMap { $0.entry.reversal?.entry })
                let expected = all.filter {
                    selection.selects($0.entry)
                        && !(selection.isLive && reversed.contains($0.number))
                }
                #expect(try book.entries(selection) == expected, "\(selection)")
            }
        }
    }

    @Test("finds the entries that an activity gave", arguments: StoreUnderTest.allCases)
    func activity(store: StoreUnderTest) throws {
        try store.withEmptyBook { book in
            var random = RandomJournal(seed: 7)
            let plain = try random.entries(1)[0]
            let unit = try #require(UnitCatalog.unit(symbol: "kWh"))
            func entry(from activity: Int) throws -> JournalEntry {
                try JournalEntry(
                    effective: plain.effective, facility: plain.facility, description: "priced",
                    postings: plain.postings,
                    calculation: JournalEntry.Calculation(
                        rule: "energy-use/1", activity: RecordNumber(activity),
                        period: plain.effective.calendarMonth.period,
                        quantity: Quantity(.one, unit), rounding: "half-even"))
            }
            try book.append(batch([genesis, .journal(plain), .journal(entry(from: 0))]))
            let found = try book.entries(EntrySelection(activity: RecordNumber(0)))
            #expect(found.map(\.number.value) == [2])
            for (activities, numbers) in [(0..<1, [2]), (0..<3, [2]), (1..<3, []), (0..<0, [])] {
                let found = try book.entries(EntrySelection(activities: activities))
                #expect(found.map(\.number.value) == numbers)
            }
            #expect(throws: LedgerStoreError.self) {
                try book.append(batch([.journal(entry(from: 3))]))
            }
            #expect(try book.firstProjectionDifference() == nil)
        }
    }
}
