internal import AuditTrail
internal import Documents
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification
internal import Quantities
internal import Reporting
internal import Series
internal import TestSupport
internal import Testing
internal import Workflows

/// Readings of M-1 by the hour of 2025 in UTC, and values of the grid by the hour.
private struct HourlySample {
    /// Hours from 2025-01-01T00:00:00Z, in watt-hours and mg/kWh.
    var wattHours: [Int: Int] = [:]
    var values: [Int: Int] = [:]

    init(seed: Int, hours: Range<Int>, lead: Int = 0) {
        var random = SplitMix64(seed: seed)
        for hour in hours { wattHours[hour] = Int.random(in: 0...90_000, using: &random) }
        for hour in (hours.lowerBound - lead)..<(hours.upperBound + 3) {
            values[hour] = Int.random(in: 1_000...900_000, using: &random)
        }
    }

    static func time(_ hour: Int) -> Instant {
        Instant(secondsSinceEpoch: 1_735_689_600).adding(seconds: Int64(hour) * 3_600)
    }

    /// A whole number of thousandths as a decimal.
    private static func thousandths(_ value: Int) -> String {
        ExactDecimal(mantissa: Int128(value), exponent: -3).description
    }

    func feed(_ name: String, _ hours: some Sequence<Int>) -> Document {
        let rows = hours.map { hour in
            let value = Self.thousandths(wattHours[hour] ?? 0)
            return "M-1,\(Self.time(hour)),\(Self.time(hour + 1)),\(value)\n"
        }
        return SampleBook.document(name, "meter,start,end,kwh\n" + rows.joined())
    }

    func grid(_ name: String, without missing: Set<Int> = []) -> Document {
        let rows = values.keys.sorted().filter { !missing.contains($0) }.map { hour in
            "GB,\(Self.time(hour)),\(Self.thousandths(values[hour] ?? 0))\n"
        }
        return SampleBook.document(name, "zone,start,g\n" + rows.joined())
    }

    /// Milligrams of the hours, by an independent calculation: µg in whole numbers, one rounding.
    func milligrams(_ hours: some Sequence<Int>) -> Int {
        let micrograms = hours.reduce(0) { $0 + (wattHours[$1] ?? 0) * (values[$1] ?? 0) }
        let (whole, rest) = micrograms.quotientAndRemainder(dividingBy: 1_000)
        return rest > 500 || (rest == 500 && !whole.isMultiple(of: 2)) ? whole + 1 : whole
    }

    static func declaration(version: String = "1", supersedes: String? = nil) -> Document {
        SampleBook.document(
            "grid-\(version).toml",
            """
            kind = "factor-series"
            key = "grid"
            version = "\(version)"
            \(supersedes.map { "supersedes = \"\($0)\"" } ?? "")
            name = "Grid"
            activity = "electricity"
            role = "location"
            boundary = "direct"
            substance = "CO2"
            mass_unit = "g"
            activity_unit = "kWh"
            [read]
            delimiter = ","
            decimal = "."
            [time]
            column = "start"
            format = "iso-8601"
            label = "start"
            step_seconds = 3600
            [zone]
            column = "zone"
            [value]
            column = "g"
            [source]
            title = "T"
            publisher = "P"
            edition = "1"
            place = "1"
            retrieved_from = "test"
            [licence]
            name = "CC0"
            redistribution = "yes"
            """)
    }

    static func book() throws -> Book {
        let book = try SampleBook.make(factors: false)
        let rule = """
            [[factor_rule]]
            activity = "electricity"
            role = "location"
            factor = "grid.gb"
            reason = "by the hour"

            """
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("organisation.toml", SampleBook.organisation + rule),
            dryRun: false)
        return book
    }

    static func load(_ grid: Document, _ declaration: Document, into book: Book) throws {
        _ = try FactorWorkflow(book: book).loadSeries(
            grid, declaredBy: declaration, dryRun: false)
    }
}

@Suite("Postings by the hour")
struct HourlyPostingLawTests {
    /// Milligrams of the location basis by month of effect.
    private func location(_ book: Book) throws -> [CalendarMonth: Int128] {
        var sums: [CalendarMonth: Int128] = [:]
        for booked in try book.entries() {
            for posting in booked.entry.postings
            where posting.basis == .location && posting.account.root == .object {
                sums[booked.entry.effective.calendarMonth, default: 0] +=
                    try #require(posting.amount.integer)
            }
        }
        return sums.filter { $0.value != 0 }
    }

    /// London keeps UTC in January and February.
    @Test("are the exact sum over the hours of each month", arguments: 0..<10)
    func sums(seed: Int) throws {
        let sample = HourlySample(seed: seed, hours: 0..<(59 * 24), lead: seed)
        let book = try HourlySample.book()
        try HourlySample.load(sample.grid("g.csv"), HourlySample.declaration(), into: book)
        try SampleBook.importing(sample.feed("a.csv", 0..<(59 * 24)), into: book)
        let report = try SampleBook.post(book)
        #expect(report.unresolved.allSatisfy { $0.role.role == .market })
        let january = try #require(CalendarMonth("2025-01"))
        #expect(
            try location(book) == [
                january: Int128(sample.milligrams(0..<744)),
                january.next: Int128(sample.milligrams(744..<1_416)),
            ])
        let verified = try VerifyWorkflow(book: book).run()
        #expect(verified.recomputed == verified.entries && verified.chunks == 3)
        #expect(try SampleBook.post(book).entries == 0)
    }

    /// 30 March 2025: the last Sunday of March, 23 hours in London; 26 October has 25. The month
    /// of March lasts from 2025-03-01T00:00Z to 2025-03-31T23:00Z: hours 1416 to 2159.
    @Test("keep the hours of the months in which clocks change")
    func clockChange() throws {
        let hours = 1_400..<2_200
        let sample = HourlySample(seed: 7, hours: hours)
        let book = try HourlySample.book()
        try HourlySample.load(sample.grid("g.csv"), HourlySample.declaration(), into: book)
        try SampleBook.importing(sample.feed("a.csv", hours), into: book)
        try SampleBook.post(book)
        let march = try #require(CalendarMonth("2025-03"))
        #expect(
            try location(book) == [
                march.adding(months: -1): Int128(sample.milligrams(1_400..<1_416)),
                march: Int128(sample.milligrams(1_416..<2_159)),
                march.next: Int128(sample.milligrams(2_159..<2_200)),
            ])
    }

    @Test("do not depend on the order of series and feeds")
    func order() throws {
        let sample = HourlySample(seed: 3, hours: 0..<48)
        func balances(seriesFirst: Bool) throws -> TrialBalance {
            let book = try HourlySample.book()
            let grid = sample.grid("g.csv")
            if seriesFirst { try HourlySample.load(grid, HourlySample.declaration(), into: book) }
            try SampleBook.importing(sample.feed("a.csv", 0..<48), into: book)
            try SampleBook.post(book)
            if !seriesFirst {
                try HourlySample.load(grid, HourlySample.declaration(), into: book)
                let report = try SampleBook.post(book)
                #expect(report.resolved == 1)
            }
            _ = try VerifyWorkflow(book: book).run()
            return try SampleBook.balances(book)
        }
        #expect(try balances(seriesFirst: true) == balances(seriesFirst: false))
    }

    @Test("wait for an hour that the series lacks, and are resolved by a version that has it")
    func missingHour() throws {
        let sample = HourlySample(seed: 4, hours: 0..<48)
        let book = try HourlySample.book()
        try HourlySample.load(
            sample.grid("g.csv", without: [30]), HourlySample.declaration(), into: book)
        try SampleBook.importing(sample.feed("a.csv", 0..<48), into: book)
        let first = try SampleBook.post(book)
        let waiting = try #require(first.unresolved.first { $0.role.role == .location })
        guard case .seriesUnusable(_, let objection) = waiting.role.resolution else {
            Issue.record("\(waiting.role.resolution)")
            return
        }
        #expect(objection == .valueMissing(HourlySample.time(30)))
        #expect(try location(book).isEmpty)
        // The whole month waits; nothing of it is priced.
        let control = try SampleBook.balances(book).balances.filter {
            $0.key.account.name == "control:unresolved-factor:location:electricity"
        }
        let total = sample.wattHours.values.reduce(0, +)
        #expect(control.map(\.value) == [ExactDecimal(mantissa: Int128(total), exponent: -3)])
        #expect(try VerifyWorkflow(book: book).run().records > 0)
        try HourlySample.load(
            sample.grid("g2.csv"), HourlySample.declaration(version: "2", supersedes: "1"),
            into: book)
        #expect(try SampleBook.post(book).resolved == 1)
        let january = try #require(CalendarMonth("2025-01"))
        #expect(try location(book) == [january: Int128(sample.milligrams(0..<48))])
        _ = try VerifyWorkflow(book: book).run()
    }

    @Test("never price a bill or a daily reading")
    func noHours() throws {
        let sample = HourlySample(seed: 5, hours: 0..<1_416)
        let book = try HourlySample.book()
        try HourlySample.load(sample.grid("g.csv"), HourlySample.declaration(), into: book)
        try SampleBook.importing(
            SampleBook.bill("b.csv", "2025-02-01", "2025-02-28", "1000"), into: book)
        try SampleBook.importing(
            SampleBook.document(
                "d.csv",
                "meter,start,end,kwh\nM-1,\(HourlySample.time(0)),\(HourlySample.time(24)),12\n"),
            into: book)
        let objections = try SampleBook.post(book).unresolved.compactMap { waiting in
            guard case .seriesUnusable(_, let objection) = waiting.role.resolution else {
                return SeriesObjection?.none
            }
            return objection
        }
        #expect(
            Set(objections) == [
                .noReadings,
                .readingTooLong(start: HourlySample.time(0), end: HourlySample.time(24)),
            ])
        #expect(try location(book).isEmpty)
    }

    @Test("are found out if the values are changed, or the sum")
    func tampered() throws {
        let sample = HourlySample(seed: 6, hours: 0..<24)
        let book = try HourlySample.book()
        try HourlySample.load(sample.grid("g.csv"), HourlySample.declaration(), into: book)
        try SampleBook.importing(sample.feed("a.csv", 0..<24), into: book)
        try SampleBook.post(book)
        let series = try #require(try book.state().factorSeries.first)
        let honest = try #require(try book.store.chunk(series.series.chunk))
        for bit in 0..<(honest.count * 8) {
            let store = TamperedStore(honest: book.store) { bytes in
                guard bytes == honest else { return bytes }
                var changed = bytes
                changed[bit / 8] ^= 1 << UInt8(bit % 8)
                return changed
            }
            let other = Book(path: "memory", store: store, actor: "test", clock: book.clock)
            #expect(throws: Refusal.self) { try VerifyWorkflow(book: other).run() }
        }
        let booked = try #require(
            try book.entries().first {
                $0.entry.calculation?.rule == PostingRule.factorSeriesProduct.rawValue
            })
        #expect(booked.entry.calculation?.factor == series.number)
        #expect(booked.entry.calculation?.factorHash == series.hash)
        // One milligram more on both sides balances, and does not follow from the readings.
        let postings = booked.entry.postings.map { posting in
            let more = ExactDecimal(posting.amount.isNegative ? -1 : 1)
            let amount = (try? posting.amount.adding(more)) ?? posting.amount
            return Posting(
                account: posting.account, commodity: posting.commodity, basis: posting.basis,
                amount: amount, counterparty: posting.counterparty)
        }
        let forged = try JournalEntry(
            effective: booked.entry.effective, facility: booked.entry.facility,
            description: booked.entry.description, postings: postings,
            calculation: booked.entry.calculation)
        try book.store.append(
            RecordBatch(actor: "test", recordedAt: book.clock(), bodies: [.journal(forged)]))
        let refusal = #expect(throws: Refusal.self) { try VerifyWorkflow(book: book).run() }
        #expect(refusal?.exitCode == 5)
    }

    @Test("are disclosed: the statement names the series, its version and the reason")
    func disclosed() throws {
        let sample = HourlySample(seed: 8, hours: 0..<48)
        let book = try HourlySample.book()
        _ = try FactorWorkflow(book: book).loadShipped(dryRun: false)
        try HourlySample.load(sample.grid("g.csv"), HourlySample.declaration(), into: book)
        try SampleBook.importing(sample.feed("a.csv", 0..<48), into: book)
        try SampleBook.post(book)
        let state = try book.state()
        let uses = try FactorUses.uses(
            in: #require(ReportingPeriod("2020-01-01/2030-01-01")),
            of: book, #require(state.organisation))
        let use = try #require(uses.first { $0.factor.identity == "grid.gb@1" })
        #expect(use.ruleReason == "by the hour" && use.entries == 1)
        #expect(use.factor.qualityFlags == ["series", "direct"])
        #expect(
            use.carried == [.gas(.carbonDioxide): ExactDecimal(sample.milligrams(0..<48))])
    }
}
