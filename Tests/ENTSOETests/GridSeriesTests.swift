internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// What time series, periods and points say.
struct GridSeriesTests {
    private static let start = "2024-01-01T23:00Z"

    private static func document(_ series: String...) -> MarketText {
        MarketText(series: series)
    }

    /// 120 MW in each of two positions, as energy: power times length.
    @Test(arguments: [
        ("PT15M", "2024-01-01T23:30Z", "60000"), ("PT30M", "2024-01-02T00:00Z", "120000"),
        ("PT60M", "2024-01-02T01:00Z", "240000"), ("PT1H", "2024-01-02T01:00Z", "240000"),
        ("PT1M", "2024-01-01T23:02Z", "4000"), ("P1D", "2024-01-03T23:00Z", "5760000"),
        ("P7D", "2024-01-15T23:00Z", "40320000"),
    ])
    func `Mean power times duration is energy`(
        _ resolution: String, _ end: String, _ total: String
    ) throws {
        let period = MarketText.period(
            Self.start, end, resolution, [(1, "120"), (2, "120")])
        let read = Self.document(MarketText.series([period])).read()
        #expect(read.outcome == .accept && read.format == "entsoe")
        #expect(read.subject == .grid(.generationByType))
        let series = try #require(read.series.first)
        #expect(series.meter == "10YXX-INVENTED-1" && series.channel == "B16")
        #expect(series.carrier == .electricity && series.behaviour == .meanPower)
        #expect(series.direction == .generation && series.unit == .kilowattHour)
        #expect(series.readings.count == 2 && series.missing == 0)
        #expect(series.total == (try ExactDecimal(parsing: total)))
        #expect(series.start == Instant("2024-01-01T23:00:00Z"))
        #expect(series.readings.allSatisfy { $0.quality == .unstated })
    }

    @Test
    func `A quotient that does not end is rounded once, in the total`() throws {
        let period = MarketText.period(
            Self.start, "2024-01-01T23:03Z", "PT1M", [(1, "1"), (2, "1"), (3, "1")])
        let series = try #require(Self.document(MarketText.series([period])).read().series.first)
        // Three minutes of 1 MW are 50 kWh; one is 16.666 666 … kWh.
        #expect(series.total == ExactDecimal(50))
        #expect(series.readings[0].value.description == "16.666666666666667")
    }

    /// Brussels changes its clocks on 31 March and 27 October 2024, Helsinki at the same moment.
    @Test(arguments: [
        ("2024-03-30T23:00Z", "2024-04-01T22:00Z", 23),
        ("2024-10-26T22:00Z", "2024-10-28T23:00Z", 25),
        ("2024-03-30T22:00Z", "2024-04-01T21:00Z", 23),
        ("2024-03-31T00:00Z", "2024-04-01T23:00Z", 23),
    ])
    func `A day of the market has 23 or 25 hours`(
        _ start: String, _ end: String, _ hours: Int
    ) throws {
        let period = MarketText.period(start, end, "P1D", [(1, "1"), (2, "1")])
        let read = Self.document(MarketText.series([period])).read()
        let series = try #require(read.series.first, "\(read.diagnostics)")
        #expect(
            series.readings.map(\.value) == [ExactDecimal(hours * 1_000), ExactDecimal(24_000)])
    }

    @Test
    func `Months and years are those of the market`() throws {
        let months = MarketText.period(
            "2023-12-31T23:00Z", "2024-03-31T22:00Z", "P1M", [(1, "1"), (2, "1"), (3, "1")])
        let series = try #require(Self.document(MarketText.series([months])).read().series.first)
        // January 31 × 24, leap February 29 × 24, March 31 × 24 − 1 hours.
        #expect(
            series.readings.map(\.value) == [744_000, 696_000, 743_000].map { ExactDecimal($0) })
        let year = MarketText.period("2023-12-31T23:00Z", "2024-12-31T23:00Z", "P1Y", [(1, "1")])
        let whole = try #require(Self.document(MarketText.series([year])).read().series.first)
        // 366 × 24
        #expect(whole.total == ExactDecimal(8_784_000))
    }

    @Test
    func `Curve A01: what is absent is missing`() throws {
        let period = MarketText.period(
            Self.start, "2024-01-02T05:00Z", "PT60M", [(2, "10"), (5, "20")])
        for curve in ["A01", nil] {
            let read = Self.document(MarketText.series([period], curve: curve)).read()
            let series = try #require(read.series.first)
            #expect(series.readings.count == 2 && series.missing == 4)
            #expect(series.total == ExactDecimal(30_000) && read.codes == ["reading-missing"])
            #expect(series.end == Instant("2024-01-02T05:00:00Z"))
        }
    }

    @Test
    func `Curve A03: what is absent repeats, within its period`() throws {
        let first = MarketText.period(
            Self.start, "2024-01-02T05:00Z", "PT60M", [(1, "10"), (4, "20")])
        let second = MarketText.period(
            "2024-01-02T06:00Z", "2024-01-02T09:00Z", "PT60M", [(2, "1")])
        let read = Self.document(MarketText.series([first, second], curve: "A03")).read()
        let series = try #require(read.series.first)
        // 3 × 10 + 3 × 20, then nothing to repeat at position 1, then 2 × 1.
        #expect(series.total == ExactDecimal(92_000))
        #expect(series.readings.count == 8 && series.missing == 1)
        #expect(series.readings[2].value == ExactDecimal(10_000))
        // The hour between the periods is named by none.
        #expect(series.readings[6].start == Instant("2024-01-02T07:00:00Z"))
    }

    @Test
    func `A point without quantity is missing, and ends the repetition`() throws {
        let period = MarketText.period(
            Self.start, "2024-01-02T03:00Z", "PT60M", [(1, "10"), (3, "")])
        let series = try #require(
            Self.document(MarketText.series([period], curve: "A03")).read().series.first)
        #expect(series.readings.count == 2 && series.missing == 2)
    }

    @Test
    func `Generation and the filling of storage are kept apart`() throws {
        let period = MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, "7")])
        let own = MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, "-0.5")])
        let read = Self.document(
            MarketText.series([period], type: "B10"),
            MarketText.series([period], out: true, type: "B10"),
            MarketText.series([own], type: "B16")
        ).read()
        #expect(read.outcome == .accept)
        #expect(read.series.map(\.direction) == [.generation, .import, .generation])
        // Own use may exceed generation.
        #expect(read.series[2].total == ExactDecimal(-500))
    }

    @Test
    func `Load has the document type for a channel`() {
        let period = MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, "6288")])
        var document = MarketText(series: [MarketText.series([period], out: true, type: nil)])
        document.type = "A65"
        let read = document.read()
        #expect(read.series.first?.channel == "A65" && read.series.first?.direction == .import)
    }

    @Test
    func `Generating units of one type are series of their own`() {
        let period = MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, "5")])
        let units = ["U-1", "U-2"].map {
            MarketText.series(
                [period],
                more: "<PowerSystemResources><mRID>\($0)</mRID></PowerSystemResources>")
        }
        let read = MarketText(type: "A73", series: units).read()
        #expect(read.outcome == .accept && read.series.count == 2)
    }

    @Test
    func `Energy is taken as it is`() {
        let period = MarketText.period(
            Self.start, "2024-01-01T23:30Z", "PT15M", [(1, "3"), (2, "4")])
        let read = Self.document(MarketText.series([period], unit: "MWH")).read()
        #expect(read.series.first?.total == ExactDecimal(7_000))
        #expect(read.series.first?.behaviour == .delta)
    }

    @Test(arguments: [("A65", "A01"), ("A71", "A01"), ("A69", "A16"), ("A75", "A18")])
    func `A forecast is estimated, and said`(_ type: String, _ process: String) {
        let period = MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, "5")])
        let read = MarketText(type: type, process: process, series: [MarketText.series([period])])
            .read()
        #expect(read.outcome == .acceptWithWarning && read.codes == ["quality-unknown"])
        #expect(read.series.first?.readings.first?.quality == .estimated)
    }

    @Test
    func `Extremes of a time are left out`() {
        let period = MarketText.period(Self.start, "2024-01-02T23:00Z", "P1D", [(1, "5")])
        let least = MarketText.series([period], business: "A60")
        let mean = MarketText.series([period])
        #expect(MarketText(series: [least]).read().outcome == .reject)
        let read = MarketText(series: [least, mean]).read()
        #expect(read.series.count == 1 && read.codes == ["reading-type-unresolved"])
    }

    @Test
    func `Periods that repeat or contradict each other`() {
        let period = { (quantity: String) in
            MarketText.period(Self.start, "2024-01-02T00:00Z", "PT60M", [(1, quantity)])
        }
        let halves = MarketText.period(
            Self.start, "2024-01-02T00:00Z", "PT30M", [(1, "5"), (2, "5")])
        let equal = Self.document(MarketText.series([period("5"), period("5")])).read()
        #expect(equal.codes == ["reading-duplicate"])
        #expect(equal.series.first?.total == ExactDecimal(5_000))
        let other = Self.document(
            MarketText.series([period("5")]), MarketText.series([period("6")])
        ).read()
        #expect(other.outcome == .conflict && other.series.first?.total == .zero)
        let overlap = Self.document(MarketText.series([period("5"), halves])).read()
        #expect(overlap.outcome == .conflict && overlap.codes == ["period-overlap"])
    }

    @Test
    func `Positions that stand twice`() {
        let equal = MarketText.period(
            Self.start, "2024-01-02T01:00Z", "PT60M", [(1, "5"), (1, "5"), (2, "6")])
        let read = Self.document(MarketText.series([equal])).read()
        #expect(read.codes == ["reading-duplicate"])
        #expect(read.series.first?.total == ExactDecimal(11_000))
        let other = MarketText.period(
            Self.start, "2024-01-02T02:00Z", "PT60M", [(1, "5"), (2, "6"), (2, "7"), (3, "8")])
        let contested = Self.document(MarketText.series([other], curve: "A03")).read()
        #expect(contested.outcome == .conflict)
        // Nothing of the contested position, nor the value before it repeated over it.
        #expect(contested.series.first?.total == ExactDecimal(13_000))
    }
}
