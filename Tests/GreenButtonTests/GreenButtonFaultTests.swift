internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// What is wrong with a feed, and what that means for the document.
struct GreenButtonFaultTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let feed: FeedText
        let outcome: ImportedDocument.Outcome
        let code: DiagnosticCode
        /// Of the first series; `nil` for no series.
        var total: String?
    }

    private static func readings(_ readings: String...) -> FeedText {
        FeedText(blocks: [FeedText.block(readings)])
    }

    private static func type(_ type: String, kind: String = "0") -> FeedText {
        FeedText(
            kind: kind, type: type,
            blocks: [FeedText.block([FeedText.reading(newYear, 3_600, 1_000)])])
    }

    private static let good = FeedText.reading(newYear, 3_600, 1_000)
    private static func next(_ value: some CustomStringConvertible) -> String {
        FeedText.reading(newYear + 3_600, 3_600, value)
    }

    static let types = [
        Case(
            testDescription: "a unit that no one knows", feed: type(FeedText.type(unit: 999)),
            outcome: .reject, code: .unitUnknown),
        Case(
            testDescription: "power", feed: type(FeedText.type(unit: 38)), outcome: .reject,
            code: .unitUnknown),
        Case(
            testDescription: "no unit", feed: type("<flowDirection>1</flowDirection>"),
            outcome: .reject, code: .unitUnknown),
        Case(
            testDescription: "electricity in cubic feet", feed: type(FeedText.type(unit: 119)),
            outcome: .reject, code: .unitUnknown),
        Case(
            testDescription: "the internet in Wh", feed: type(FeedText.type(unit: 72), kind: "9"),
            outcome: .reject, code: .unitUnknown),
        Case(
            testDescription: "an unknown service", feed: type(FeedText.type(unit: 72), kind: "77"),
            outcome: .reject, code: .numberOutOfRange),
        Case(
            testDescription: "an empty multiplier", feed: type(FeedText.type(unit: 72, power: "")),
            outcome: .reject, code: .numberInvalid),
        Case(
            testDescription: "a multiplier of 300",
            feed: type(FeedText.type(unit: 72, power: "300")), outcome: .reject,
            code: .numberOutOfRange),
        Case(
            testDescription: "an unstated accumulation and another length",
            feed: type(FeedText.type(unit: 72, accumulation: nil, length: 900)), outcome: .reject,
            code: .readingTypeUnresolved),
        Case(
            testDescription: "momentary values",
            feed: type(FeedText.type(unit: 72, accumulation: 12)),
            outcome: .reject, code: .unitUnknown),
        Case(
            testDescription: "no service", feed: type(FeedText.type(unit: 72), kind: ""),
            outcome: .acceptWithWarning, code: .valueMissing, total: "1"),
    ]

    static let values = [
        Case(
            testDescription: "a value of 26 digits",
            feed: readings(FeedText.reading(newYear, 3_600, "99999999999999999999999999")),
            outcome: .reject, code: .numberOutOfRange),
        Case(
            testDescription: "a decimal comma", feed: readings(good, next("12,5")),
            outcome: .quarantineRows, code: .numberInvalid, total: "1"),
        Case(
            testDescription: "an exponent", feed: readings(good, next("1e3")),
            outcome: .quarantineRows, code: .numberInvalid, total: "1"),
        Case(
            testDescription: "a decimal fraction", feed: readings(good, next("12.5")),
            outcome: .acceptWithWarning, code: .numberInvalid, total: "1.0125"),
        Case(
            testDescription: "an empty value", feed: readings(good, next("")),
            outcome: .acceptWithWarning, code: .readingMissing, total: "1"),
        Case(
            testDescription: "a negative import", feed: readings(good, next(-400)),
            outcome: .acceptWithWarning, code: .consumptionNegative, total: "0.6"),
    ]

    static let times = [
        Case(
            testDescription: "a fractional start",
            feed: readings(good, FeedText.reading("1704070800.5", 3_600, 1)),
            outcome: .quarantineRows, code: .dateInvalid, total: "1"),
        Case(
            testDescription: "a start in the year -1200",
            feed: readings(FeedText.reading("-99999999999", 3_600, 1)), outcome: .quarantineRows,
            code: .dateInvalid),
        Case(
            testDescription: "a start in the year 5138",
            feed: readings(FeedText.reading("99999999999", 3_600, 1)), outcome: .quarantineRows,
            code: .dateInvalid),
        Case(
            testDescription: "a start that overflows",
            feed: readings(FeedText.reading("99999999999999999999", 3_600, 1)),
            outcome: .quarantineRows, code: .dateInvalid),
        Case(
            testDescription: "no time at all",
            feed: FeedText(blocks: [
                "<IntervalBlock><IntervalReading><value>1</value>"
                    + "</IntervalReading></IntervalBlock>"
            ]),
            outcome: .quarantineRows, code: .dateInvalid),
        Case(
            testDescription: "no length", feed: readings(FeedText.reading(newYear, 0, 1)),
            outcome: .quarantineRows, code: .periodReversed),
        Case(
            testDescription: "a length of 136 years",
            feed: readings(FeedText.reading(newYear, 4_294_967_295, 1)), outcome: .quarantineRows,
            code: .periodReversed),
        Case(
            testDescription: "a gap",
            feed: readings(good, FeedText.reading(newYear + 7_200, 3_600, 1_000)),
            outcome: .acceptWithWarning, code: .readingMissing, total: "2"),
    ]

    static let claims = [
        Case(
            testDescription: "the same reading twice", feed: readings(good, good, next(500)),
            outcome: .acceptWithWarning, code: .readingDuplicate, total: "1.5"),
        Case(
            testDescription: "two values for one period",
            feed: readings(good, FeedText.reading(newYear, 3_600, 999), next(500)),
            outcome: .conflict, code: .readingConflict, total: "0.5"),
        Case(
            testDescription: "periods that overlap",
            feed: readings(
                good, FeedText.reading(newYear + 1_800, 3_600, 7),
                FeedText.reading(newYear + 7_200, 3_600, 500)),
            outcome: .conflict, code: .periodOverlap, total: "0.5"),
        Case(
            testDescription: "a day with one of its hours",
            feed: readings(good, FeedText.reading(newYear, 86_400, 24_000)),
            outcome: .conflict, code: .periodOverlap),
        Case(
            testDescription: "two hours and their quarter-hours, which differ",
            feed: FeedText(blocks: [
                FeedText.block([good]),
                FeedText.block((0..<4).map { FeedText.reading(newYear + $0 * 900, 900, 251) }),
            ]),
            outcome: .acceptWithWarning, code: .controlTotalDiffers, total: "1.004"),
        Case(
            testDescription: "a register that falls",
            feed: FeedText(
                type: FeedText.type(unit: 72, accumulation: 1),
                blocks: [
                    FeedText.block([
                        FeedText.reading(newYear, 0, 99_990), FeedText.reading(newYear + 60, 0, 9),
                    ])
                ]),
            outcome: .conflict, code: .registerFalls),
        Case(
            testDescription: "a register read once",
            feed: FeedText(
                type: FeedText.type(unit: 72, accumulation: 1),
                blocks: [FeedText.block([FeedText.reading(newYear, 0, 99_990)])]),
            outcome: .acceptWithWarning, code: .valueMissing, total: "0"),
    ]

    @Test(arguments: types + values + times + claims)
    func `A fault has an outcome, a code and no wrong total`(_ fault: Case) {
        let document = fault.feed.read()
        #expect(document.outcome == fault.outcome, "\(document.diagnostics)")
        #expect(document.diagnostics.contains { $0.code == fault.code }, "\(document.diagnostics)")
        #expect(document.series.first?.total.description == fault.total)
        #expect(document.diagnostics.allSatisfy { $0.location?.file == "feed.xml" })
    }

    @Test func `Hours and their quarter-hours are shown once, as quarter-hours`() {
        let hour = FeedText.block([FeedText.reading(newYear, 3_600, 1_000)])
        let quarters = FeedText.block(
            (0..<4).map { FeedText.reading(newYear + $0 * 900, 900, 250) })
        let document = FeedText(blocks: [hour, quarters]).read()
        #expect(document.outcome == .accept)
        #expect(document.series.first?.readings.count == 4)
        #expect(document.series.first?.total.description == "1")
    }

    @Test func `Bills may part or overlap by an hour where clocks change`() {
        let month = 30 * 86_400
        let readings = [
            FeedText.reading(newYear, month, 10),
            FeedText.reading(newYear + month + 3_600, month, 10),
            FeedText.reading(newYear + 2 * month, month, 10),
        ]
        let document = FeedText(blocks: [FeedText.block(readings)]).read()
        #expect(document.outcome == .accept)
        #expect(document.series.first?.total.description == "0.03")
    }

    @Test func `A reading outside the namespace is not passed over in silence`() {
        let text =
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><content><IntervalBlock>"
            + "<IntervalReading/></IntervalBlock></content></entry></feed>"
        let document = FeedText.read(text)
        #expect(document.outcome == .reject)
        #expect(document.diagnostics.map(\.code) == [.xmlStructure])
    }

    @Test func `A broken document is rejected with its place`() {
        let document = FeedText.read("<feed xmlns=\"http://www.w3.org/2005/Atom\">\n<a>\n</feed>")
        #expect(document.outcome == .reject)
        #expect(document.diagnostics.first?.code == .xmlMalformed)
        #expect(document.diagnostics.first?.location?.line == 3)
    }

    @Test func `Many faults of one kind are counted, not all listed`() {
        let readings = (0..<1_000).map { FeedText.reading(newYear + $0, 0, 1) }
        let document = FeedText(blocks: [FeedText.block(readings)]).read()
        #expect(document.quarantined == 1_000)
        #expect(document.diagnostics.count == 21)
    }

    @Test func `Overlapping periods by the thousand are settled in bounded time`() {
        let readings = (0..<20_000).map { FeedText.reading(newYear + $0, 90_000_000 - $0 * 2, 1) }
        let time = ContinuousClock().measure {
            let document = FeedText(blocks: [FeedText.block(readings)]).read()
            #expect(document.outcome == .conflict)
        }
        #expect(time < Allowance.time(.seconds(10)))
    }

    private static func summary(_ value: Int, duration: Int = 7_200) -> FeedText {
        let summary = """
            <UsageSummary><billingPeriod><duration>\(duration)</duration><start>\(newYear)</start>
            </billingPeriod><overallConsumptionLastPeriod>
            <powerOfTenMultiplier>3</powerOfTenMultiplier><uom>72</uom><value>\(value)</value>
            </overallConsumptionLastPeriod></UsageSummary>
            """
        return FeedText(
            blocks: [FeedText.block([good, next(1_300)])],
            more: [FeedText.entry("U/1/UsagePoint/7/UsageSummary/1", summary)])
    }

    @Test func `A summary is a control total and never an addend`() {
        #expect(Self.summary(2).read().outcome == .accept)
        #expect(Self.summary(2).read().series.first?.total.description == "2.3")
        let differing = Self.summary(4).read()
        #expect(differing.outcome == .acceptWithWarning)
        #expect(differing.diagnostics.map(\.code) == [.controlTotalDiffers])
        #expect(differing.series.first?.total.description == "2.3")
        #expect(Self.summary(4, duration: 86_400).read().outcome == .accept)
    }
}
