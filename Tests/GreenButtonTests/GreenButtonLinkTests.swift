internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// Feeds tie their entries in every way but the standard's.
struct GreenButtonLinkTests {
    private static let block = FeedText.block([FeedText.reading(newYear, 3_600, 1_000)])
    private static let type = "<ReadingType>\(FeedText.wattHours)</ReadingType>"
    private static let gasType = "<ReadingType>\(FeedText.type(unit: 169))</ReadingType>"

    private static func point(_ kind: Int) -> String {
        "<UsagePoint><ServiceCategory><kind>\(kind)</kind></ServiceCategory></UsagePoint>"
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let entries: [String]
        let carrier: Carrier
        var meter: String? = "7"
    }

    static let host = "https://example.test/espi/1_1/resource"

    static let resolvable = [
        Case(
            testDescription: "items by absolute, relative and slashed links",
            entries: [
                FeedText.entry(
                    "\(host)/U/1/UsagePoint/7", related: ["/x/UsagePoint/7/MeterReading/1/"],
                    point(0)),
                FeedText.entry(
                    "UsagePoint/7/MeterReading/1",
                    related: [
                        "UsagePoint/7/MeterReading/1/IntervalBlock/3/", "\(host)/ReadingType/2",
                    ],
                    "<MeterReading/>"),
                FeedText.entry("/v1/ReadingType/2", type),
                FeedText.entry("/v1/ReadingType/3", gasType),
                FeedText.entry("\(host)/UsagePoint/7/MeterReading/1/IntervalBlock/3", block),
            ], carrier: .electricity),
        Case(
            testDescription: "only one reading type",
            entries: [
                FeedText.entry("ReadingType/2", type), FeedText.entry("x/9", block),
            ], carrier: .other, meter: nil),
        Case(
            testDescription: "a reading type within the meter reading",
            entries: [
                FeedText.entry("U/1/UsagePoint/7", point(0)),
                FeedText.entry(
                    "U/1/UsagePoint/7/MeterReading/1", "<MeterReading>\(type)</MeterReading>"),
                FeedText.entry("U/1/UsagePoint/7/MeterReading/1/IntervalBlock/1", block),
                FeedText.entry("ReadingType/9", gasType),
            ], carrier: .electricity),
        Case(
            testDescription: "several services of which one has data",
            entries: [
                FeedText.entry("U/1/UsagePoint/6", point(1)),
                FeedText.entry("U/1/UsagePoint/7", point(0)),
                FeedText.entry(
                    "U/1/UsagePoint/7/MeterReading/1", related: ["ReadingType/1"],
                    "<MeterReading/>"),
                FeedText.entry("ReadingType/1", type), FeedText.entry("ReadingType/2", gasType),
                FeedText.entry("U/1/UsagePoint/7/MeterReading/1/IntervalBlock/1", block),
            ], carrier: .electricity),
        Case(
            testDescription: "an entry twice",
            entries: [
                FeedText.entry("U/1/UsagePoint/7", point(0)),
                FeedText.entry("U/1/UsagePoint/7", point(0)),
                FeedText.entry("ReadingType/1", type), FeedText.entry("ReadingType/1", type),
                FeedText.entry("U/1/UsagePoint/7/MeterReading/1/IntervalBlock/1", block),
            ], carrier: .electricity),
        Case(
            testDescription: "a commodity where no usage point states the service",
            entries: [
                FeedText.entry(
                    "ReadingType/1",
                    "<ReadingType>\(FeedText.type(unit: 169, more: "<commodity>7</commodity>"))"
                        + "</ReadingType>"),
                FeedText.entry("U/1/UsagePoint/7/MeterReading/1/IntervalBlock/1", block),
            ], carrier: .gas),
    ]

    @Test(arguments: resolvable)
    func `Links are followed as they really are`(_ linked: Case) throws {
        let document = FeedText(entries: linked.entries).read()
        let series = try #require(document.series.first, "\(document.diagnostics)")
        #expect(document.series.count == 1)
        #expect(series.carrier == linked.carrier)
        #expect(series.meter == linked.meter)
        #expect(series.readings.count == 1)
    }

    static let ambiguous = [
        Case(
            testDescription: "two reading types and no link",
            entries: [
                FeedText.entry("ReadingType/1", type), FeedText.entry("ReadingType/2", gasType),
                FeedText.entry("x/9", block),
            ], carrier: .other),
        Case(
            testDescription: "no reading type", entries: [FeedText.entry("x/9", block)],
            carrier: .other),
        Case(
            testDescription: "two meter readings that claim one block",
            entries: [
                FeedText.entry("ReadingType/1", type),
                FeedText.entry("m/1", related: ["b/9", "ReadingType/1"], "<MeterReading/>"),
                FeedText.entry("m/2", related: ["b/9", "ReadingType/1"], "<MeterReading/>"),
                FeedText.entry("b/9", block),
            ], carrier: .other),
        Case(
            testDescription: "a type that the feed lacks, among several meter readings",
            entries: [
                FeedText.entry("ReadingType/1", type),
                FeedText.entry(
                    "U/1/UsagePoint/7/MeterReading/1", related: ["ReadingType/5"], "<MeterReading/>"
                ),
                FeedText.entry(
                    "U/1/UsagePoint/7/MeterReading/2", related: ["ReadingType/1"], "<MeterReading/>"
                ),
                FeedText.entry("U/1/UsagePoint/7/MeterReading/1/IntervalBlock/1", block),
            ], carrier: .other),
    ]

    @Test(arguments: ambiguous)
    func `What the links leave open is asked, not guessed`(_ linked: Case) {
        let document = FeedText(entries: linked.entries).read()
        #expect(document.outcome == .reject)
        #expect(document.series.isEmpty)
        #expect(document.diagnostics.map(\.code) == [.readingTypeUnresolved])
    }

    /// A meter reading of its own, with its type and one block.
    private static func meterReading(
        _ number: Int, _ type: String, _ readings: String...
    ) -> [String] {
        let place = "U/1/UsagePoint/7/MeterReading/\(number)"
        return [
            FeedText.entry(place, related: ["ReadingType/\(number)"], "<MeterReading/>"),
            FeedText.entry("ReadingType/\(number)", "<ReadingType>\(type)</ReadingType>"),
            FeedText.entry("\(place)/IntervalBlock/1", FeedText.block(readings)),
        ]
    }

    @Test func `Import, export and power of one meter are kept apart`() {
        let entries =
            [FeedText.entry("U/1/UsagePoint/7", Self.point(0))]
            + Self.meterReading(
                1, FeedText.type(unit: 72), FeedText.reading(newYear, 3_600, 1_000))
            + Self.meterReading(
                2, FeedText.type(unit: 72, direction: 19), FeedText.reading(newYear, 3_600, 2_000))
            + Self.meterReading(3, FeedText.type(unit: 38), FeedText.reading(newYear, 3_600, 3_000))
        let document = FeedText(entries: entries).read()
        #expect(document.outcome == .acceptWithWarning)
        #expect(document.series.map(\.direction) == [.export, .import])
        #expect(document.series.map(\.total.description) == ["2", "1"])
    }

    @Test func `A register beside the amounts of its periods is not shown again`() {
        let entries =
            [FeedText.entry("U/1/UsagePoint/7", Self.point(0))]
            + Self.meterReading(
                1, FeedText.type(unit: 72), FeedText.reading(newYear, 3_600, 1_000))
            + Self.meterReading(
                2, FeedText.type(unit: 72, accumulation: 1), FeedText.reading(newYear, 0, 70_000),
                FeedText.reading(newYear + 3_600, 0, 71_000))
        let document = FeedText(entries: entries).read()
        #expect(document.outcome == .acceptWithWarning)
        #expect(document.series.map(\.behaviour) == [.delta])
    }

    @Test func `One time in two units of energy is a conflict`() {
        let entries =
            [FeedText.entry("U/1/UsagePoint/7", Self.point(0))]
            + Self.meterReading(
                1, FeedText.type(unit: 72), FeedText.reading(newYear, 3_600, 1_000))
            + Self.meterReading(2, FeedText.type(unit: 31), FeedText.reading(newYear, 3_600, 36))
        let document = FeedText(entries: entries).read()
        #expect(document.outcome == .conflict)
        #expect(document.series.isEmpty)
    }
}
