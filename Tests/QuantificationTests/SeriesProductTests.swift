internal import Hashing
internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import Series
internal import TestSupport
internal import Testing

/// 2025-01-01T00:00:00Z.
private let newYear = Instant(secondsSinceEpoch: 1_735_689_600)

/// Readings, or values, one after the other.
private func chunk(
    _ values: [Int128], scale: Int = 3, step: Int64 = 3_600, from start: Instant = newYear
) throws -> SeriesChunk {
    try SeriesChunk(
        values.enumerated().map { index, value in
            let start = start.adding(seconds: Int64(index) * step)
            return SeriesReading(
                start: start, end: start.adding(seconds: step),
                value: ExactDecimal(mantissa: value, exponent: -scale), quality: .actual,
                line: index + 2)
        })
}

/// Hourly values of CO2 in g/kWh.
func factorSeries(
    _ values: SeriesChunk, key: String = "test.grid", version: String = "1",
    supersedes: [String] = [], role: FactorRole = .location
) throws -> FactorSeries {
    var sample = FactorSample()
    sample.key = key
    sample.version = version
    sample.supersedes = supersedes
    sample.role = role
    sample.components = []
    return FactorSeries(
        factor: try sample.factor(), boundary: .direct, substance: .gas(.carbonDioxide),
        massUnit: .gram,
        times: FactorSeries.Times(
            start: values.start, end: values.end, step: Int(values.spans[0].step),
            count: values.count),
        chunk: SHA256Digest(hashing: values.bytes), documents: [])
}

@Suite("The product of readings and a factor series")
struct SeriesProductTests {
    private func mass(
        _ readings: SeriesChunk, _ values: SeriesChunk, unit symbol: String = "kWh"
    ) throws -> Int64 {
        try SeriesProduct.mass(
            of: SeriesPair(readings: readings, values: values), in: unit(symbol),
            factorSeries(values)
        ).milligrams
    }

    /// 1.5 kWh × 100.25 g/kWh + 2 kWh × 50.001 g/kWh = 150.375 g + 100.002 g = 250.377 g.
    @Test("is the sum over the hours, rounded once")
    func byHand() throws {
        #expect(try mass(chunk([1_500, 2_000]), chunk([100_250, 50_001])) == 250_377)
        // 1 Wh × 0.5 g/kWh = 0.5 mg, twice: 1 mg in all, where each hour alone gives 0.
        #expect(try mass(chunk([1, 1]), chunk([500, 500])) == 1)
        // 1.5 mg lies between 1 and 2: to the even one. 2.5 mg too.
        #expect(try mass(chunk([1, 1, 1]), chunk([500, 500, 500])) == 2)
        #expect(try mass(chunk([1, 1, 1, 1, 1]), chunk([500, 500, 500, 500, 500])) == 2)
        // In MWh: a thousand times as much.
        #expect(
            try mass(chunk([1_500, 2_000]), chunk([100_250, 50_001]), unit: "MWh") == 250_377_000)
    }

    /// An independent calculation: whole numbers, one addition after the other, one rounding.
    @Test("equals the plain sum over the hours", arguments: 0..<200)
    func bruteForce(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let hours = Int.random(in: 1...800, using: &random)
        let lead = Int.random(in: 0...5, using: &random)
        let wattHours = (0..<hours).map { _ in Int128.random(in: 0...9_999_999, using: &random) }
        let values = (0..<(hours + lead + 3)).map { _ in
            Int128.random(in: 0...1_200_000, using: &random)
        }
        var micrograms: Int128 = 0
        for hour in 0..<hours { micrograms += wattHours[hour] * values[hour + lead] }
        let (whole, rest) = micrograms.quotientAndRemainder(dividingBy: 1_000)
        let expected = rest > 500 || (rest == 500 && whole % 2 == 1) ? whole + 1 : whole
        let series = try chunk(values, from: newYear.adding(seconds: -3_600 * Int64(lead)))
        #expect(try Int128(mass(chunk(wattHours), series)) == expected)
    }

    @Test("gives quarters of an hour the value of their hour", arguments: [900, 1_800] as [Int64])
    func shorter(step: Int64) throws {
        let perHour = Int(3_600 / step)
        var random = SplitMix64(seed: Int(step))
        let values = (0..<48).map { _ in Int128.random(in: 0...900_000, using: &random) }
        let parts = (0..<(48 * perHour)).map { _ in Int128.random(in: 0...9_999, using: &random) }
        let hours = (0..<48).map { hour in
            parts[(hour * perHour)..<((hour + 1) * perHour)].reduce(0, +)
        }
        #expect(
            try mass(chunk(parts, step: step), chunk(values))
                == mass(chunk(hours), chunk(values)))
    }

    @Test("asks for a value at the time of each reading, and names the first without")
    func missing() throws {
        let whole = try chunk([1, 2, 3, 4])
        func objection(_ readings: SeriesChunk, _ values: SeriesChunk) -> SeriesObjection? {
            do {
                _ = try mass(readings, values)
                return nil
            } catch PostingError.series(let objection) {
                return objection
            } catch {
                return nil
            }
        }
        let hour = { (index: Int64) in newYear.adding(seconds: index * 3_600) }
        #expect(try objection(whole, chunk([1, 1, 1])) == .valueMissing(hour(3)))
        #expect(
            try objection(whole, chunk([1, 1, 1], from: hour(1))) == .valueMissing(hour(0)))
        let gap = try SeriesChunk(chunk([1, 1]).readings + chunk([1], from: hour(3)).readings)
        #expect(objection(whole, gap) == .valueMissing(hour(2)))
        // A day, and readings from half past to half past.
        #expect(
            try objection(chunk([24], step: 86_400), chunk(Array(repeating: 1, count: 24)))
                == .readingTooLong(start: hour(0), end: hour(24)))
        let half = newYear.adding(seconds: 1_800)
        #expect(
            try objection(chunk([1], from: half), chunk([1, 1]))
                == .readingTooLong(start: half, end: half.adding(seconds: 3_600)))
    }

    @Test("refuses what overflows")
    func overflow() throws {
        let large = Int128(10).multipliedReportingOverflow(by: 1).partialValue
        var huge: Int128 = large
        for _ in 0..<34 { huge *= 10 }
        #expect(throws: PostingError.quantity(.overflow)) {
            try mass(chunk([huge], scale: 0), chunk([huge], scale: 0))
        }
    }
}

@Suite("A factor series")
struct FactorSeriesResolutionTests {
    private let rule = FactorRule(
        activity: .electricity, role: .location, factorKey: "test.grid", reason: "by the hour")

    private func resolve(
        _ series: [FactorSeries], rules: [FactorRule], hours: ClosedRange<Int64> = 0...24,
        role: FactorRole = .location
    ) throws -> FactorResolution {
        let booked = series.enumerated().map { index, series in
            BookedFactorSeries(
                number: RecordNumber(index), hash: SHA256Digest(hashing: []), series: series)
        }
        let facility = Facility(
            id: try #require(FacilityID("ams1")), name: "A", country: "NL",
            timeZone: "Europe/Amsterdam")
        return FactorResolver(catalog: FactorCatalog([], series: booked), rules: rules).resolve(
            FactorRequest(
                activity: .electricity, role: role, facility: facility, supplier: nil,
                period: try period("2025-01-01/2025-01-02"), unit: try unit("kWh"),
                slot: ClaimSlot(
                    subject: "", start: newYear.adding(seconds: hours.lowerBound * 3_600),
                    end: newYear.adding(seconds: hours.upperBound * 3_600))))
    }

    private func version(_ resolution: FactorResolution) -> String? {
        guard case .series(let booked, rule: _) = resolution else { return nil }
        return booked.series.factor.version
    }

    @Test("is taken by a rule, never by region")
    func byRule() throws {
        let series = try factorSeries(chunk(Array(repeating: 1, count: 24)))
        #expect(try version(resolve([series], rules: [rule])) == "1")
        guard case .missing = try resolve([series], rules: []) else {
            Issue.record("taken without a rule")
            return
        }
    }

    /// Certificates cover quantities; which hours they cover, no one states.
    @Test("never stands for the market", arguments: [FactorRole.location, .market])
    func notForTheMarket(role: FactorRole) throws {
        let series = try factorSeries(chunk(Array(repeating: 1, count: 24)), role: role)
        let market = FactorRule(
            activity: .electricity, role: .market, factorKey: "test.grid", reason: "by the hour")
        guard case .ruleUnusable = try resolve([series], rules: [market], role: .market) else {
            Issue.record("taken for the market")
            return
        }
    }

    @Test("is taken in the version that covers the readings and is not superseded")
    func versions() throws {
        let first = try factorSeries(chunk(Array(repeating: 1, count: 24)))
        let later = try factorSeries(
            chunk(Array(repeating: 1, count: 24), from: newYear.adding(seconds: 86_400)),
            version: "2")
        let corrected = try factorSeries(
            chunk(Array(repeating: 2, count: 24)), version: "1b", supersedes: ["test.grid@1"])
        #expect(try version(resolve([first, later], rules: [rule], hours: 24...48)) == "2")
        #expect(try version(resolve([first, later], rules: [rule], hours: 0...24)) == "1")
        // None covers: the first that overlaps tells which hour is missing.
        #expect(try version(resolve([first, later], rules: [rule], hours: 12...36)) == "1")
        #expect(try version(resolve([first, later, corrected], rules: [rule])) == "1b")
        // Two that say something different of one time, neither in place of the other.
        let rival = try factorSeries(chunk(Array(repeating: 3, count: 24)), version: "3")
        guard case .ruleUnusable = try resolve([first, rival], rules: [rule]) else {
            Issue.record("chosen between two")
            return
        }
    }
}
