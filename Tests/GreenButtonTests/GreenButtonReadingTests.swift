internal import Diagnostics
internal import Documents
internal import GreenButton
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// 2024-01-01T00:00:00Z
let newYear = 1_704_067_200

struct GreenButtonReadingTests {
    @Test func `A minimal feed gives one series with place, time and line`() throws {
        let feed = FeedText(blocks: [
            FeedText.block([
                FeedText.reading(newYear, 3_600, 1_500, quality: 17),
                FeedText.reading(newYear + 3_600, 3_600, 250, quality: 8),
            ])
        ])
        let document = feed.read()
        #expect(document.outcome == .accept)
        #expect(document.format == "green-button")
        let series = try #require(document.series.first)
        #expect(document.series.count == 1)
        #expect(series.meter == "7")
        #expect(series.channel == nil)
        #expect(series.carrier == .electricity)
        #expect(series.direction == .import)
        #expect(series.behaviour == .delta)
        #expect(series.unit.symbol == "kWh")
        #expect(series.total.description == "1.75")
        #expect(series.start?.description == "2024-01-01T00:00:00Z")
        #expect(series.end?.description == "2024-01-01T02:00:00Z")
        #expect(series.readings.map(\.value.description) == ["1.5", "0.25"])
        #expect(series.readings.map(\.quality) == [.actual, .estimated])
        #expect(series.readings.map(\.line) == [6, 7])
    }

    struct UnitCase: CustomTestStringConvertible {
        let kind: String
        let code: Int
        let power: String
        let value: Int
        let total: String
        let unit: String
        let carrier: Carrier
        var testDescription: String { "service \(kind), uom \(code), 10^\(power)" }
    }

    /// 1 Btu = 1055.05585262 J; 3582 mJ = 3.582 J = 9.95e-7 kWh.
    static let units = [
        UnitCase(
            kind: "0", code: 72, power: "3", value: 2, total: "2", unit: "kWh",
            carrier: .electricity),
        UnitCase(
            kind: "0", code: 73, power: "0", value: 2_500, total: "2.5", unit: "kvarh",
            carrier: .reactive),
        UnitCase(
            kind: "1", code: 31, power: "-3", value: 3_582, total: "0.000000995", unit: "kWh",
            carrier: .gas),
        UnitCase(
            kind: "1", code: 31, power: "0", value: 1_000_000, total: "0.277777778", unit: "kWh",
            carrier: .gas),
        UnitCase(
            kind: "1", code: 132, power: "6", value: 1, total: "293.071070172", unit: "kWh",
            carrier: .gas),
        UnitCase(
            kind: "1", code: 169, power: "-3", value: 37_000, total: "37", unit: "therm",
            carrier: .gas),
        UnitCase(
            kind: "1", code: 119, power: "2", value: 5, total: "500", unit: "ft3", carrier: .gas),
        UnitCase(
            kind: "2", code: 42, power: "-1", value: 125, total: "12.5", unit: "m3",
            carrier: .water),
        UnitCase(
            kind: "2", code: 128, power: "0", value: 9, total: "9", unit: "gal (US)",
            carrier: .water),
        UnitCase(
            kind: "4", code: 72, power: "3", value: 1, total: "1", unit: "kWh", carrier: .heat),
    ]

    @Test(arguments: units)
    func `Quantities are converted exactly`(_ expected: UnitCase) throws {
        let feed = FeedText(
            kind: expected.kind, type: FeedText.type(unit: expected.code, power: expected.power),
            blocks: [FeedText.block([FeedText.reading(newYear, 3_600, expected.value)])])
        let series = try #require(feed.read().series.first)
        #expect(series.total.description == expected.total)
        #expect(series.unit.symbol == expected.unit)
        #expect(series.carrier == expected.carrier)
    }

    @Test func `A quotient that does not end is rounded once, on the total`() throws {
        // Nine readings of 100 000 J are 0.25 kWh; rounded each, they would make 0.250000002.
        let readings = (0..<9).map { FeedText.reading(newYear + $0 * 900, 900, 100_000) }
        let feed = FeedText(
            kind: "1", type: FeedText.type(unit: 31), blocks: [FeedText.block(readings)])
        #expect(try #require(feed.read().series.first).total.description == "0.25")
    }

    @Test(arguments: [
        (1, FlowDirection.import), (19, .export), (4, .net), (0, .unknown), (2, .unknown),
    ])
    func `The direction is the one stated`(_ code: Int, _ direction: FlowDirection) throws {
        let feed = FeedText(
            type: FeedText.type(unit: 72, direction: code),
            blocks: [FeedText.block([FeedText.reading(newYear, 3_600, 1)])])
        let document = feed.read()
        #expect(document.series.first?.direction == direction)
        #expect(document.outcome == (direction == .unknown ? .acceptWithWarning : .accept))
    }

    @Test func `A direction that is not stated is asked for`() {
        let feed = FeedText(
            type: FeedText.type(unit: 72, direction: nil),
            blocks: [FeedText.block([FeedText.reading(newYear, 3_600, 1)])])
        let document = feed.read()
        #expect(document.series.first?.direction == .unknown)
        #expect(document.diagnostics.map(\.code) == [.valueMissing])
    }

    @Test(arguments: [
        (7, ReadingQuality.edited), (8, .estimated), (9, .estimated), (12, .estimated),
        (17, .actual), (19, .actual), (0, .actual), (14, .unstated),
    ])
    func `Quality codes survive`(_ code: Int, _ quality: ReadingQuality) {
        let one = FeedText.block([FeedText.reading(newYear, 3_600, 1, quality: code)])
        #expect(FeedText(blocks: [one]).read().series.first?.readings.first?.quality == quality)
        let byDefault = FeedText(
            type: FeedText.type(unit: 72, more: "<defaultQuality>\(code)</defaultQuality>"),
            blocks: [FeedText.block([FeedText.reading(newYear, 3_600, 1)])])
        #expect(byDefault.read().series.first?.readings.first?.quality == quality)
    }

    @Test func `Codes without a word of ours are counted by their number`() {
        let readings = [14, 17, 19, 8].enumerated().map { index, code in
            FeedText.reading(newYear + index * 3_600, 3_600, 1, quality: code)
        }
        let series = FeedText(blocks: [FeedText.block(readings)]).read().series.first
        #expect(series?.qualityWords == ["14": 1, "actual": 1, "19": 1, "estimated": 1])
    }

    @Test func `The spring day of a quarter-hour feed has 92 readings`() throws {
        // US Eastern, 2024-03-10: from 05:00Z to 04:00Z of the next day.
        let start = 1_710_046_800
        let readings = (0..<92).map { FeedText.reading(start + $0 * 900, 900, 250) }
        let document = FeedText(blocks: [FeedText.block(readings)]).read()
        #expect(document.outcome == .accept)
        #expect(document.series.first?.readings.count == 92)
        #expect(document.series.first?.total.description == "23")
    }

    @Test func `Costs are no amounts`() {
        let reading = FeedText.reading(newYear, 3_600, 10, more: "<cost>500000</cost>")
        let document = FeedText(blocks: [FeedText.block([reading])]).read()
        #expect(document.series.first?.total.description == "0.01")
    }

    @Test func `Readings without a time follow each other at the stated length`() {
        let block =
            "<IntervalBlock><interval><duration>7200</duration><start>\(newYear)</start>"
            + "</interval><IntervalReading><value>1</value></IntervalReading>"
            + "<IntervalReading><value>2</value></IntervalReading></IntervalBlock>"
        let feed = FeedText(type: FeedText.type(unit: 72, length: 3_600), blocks: [block])
        let series = feed.read().series.first
        #expect(series?.end?.description == "2024-01-01T02:00:00Z")
        #expect(series?.total.description == "0.003")
    }

    @Test func `Tariff buckets of one period are registers, not contradictions`() {
        let readings = [
            FeedText.reading(newYear, 86_400, 5, more: "<tou>1</tou>"),
            FeedText.reading(newYear, 86_400, 7, more: "<tou>2</tou>"),
        ]
        let document = FeedText(blocks: [FeedText.block(readings)]).read()
        #expect(document.outcome == .accept)
        #expect(document.series.map(\.channel) == ["tou-1", "tou-2"])
    }

    @Test func `A register gives its last reading less its first`() throws {
        let feed = FeedText(
            type: FeedText.type(unit: 72, power: "3", accumulation: 1),
            blocks: [
                FeedText.block([
                    FeedText.reading(newYear + 86_400, 0, 1_040),
                    FeedText.reading(newYear, 0, 1_000),
                    FeedText.reading(newYear + 172_800, 0, 1_041),
                ])
            ])
        let document = feed.read()
        let series = try #require(document.series.first)
        #expect(document.outcome == .accept)
        #expect(series.behaviour == .cumulative)
        #expect(series.total.description == "41")
        #expect(series.start?.description == "2024-01-01T00:00:00Z")
        #expect(series.end?.description == "2024-01-03T00:00:00Z")
    }

    @Test(arguments: ["feed", "entry"])
    func `A feed without readings is sound and empty`(_ root: String) {
        let text = "<\(root) xmlns=\"http://www.w3.org/2005/Atom\"><id>1</id></\(root)>"
        #expect(FeedText.read(text).outcome == .acceptEmpty)
        let document = Document(name: "feed.xml", bytes: Array(text.utf8))
        #expect(GreenButtonImporter().recognises(document))
    }

    @Test(arguments: ["<feed xmlns=\"urn:x\"/>", "<feed/>", "<rss/>", "", "feed"])
    func `Anything else is not recognised`(_ text: String) {
        let document = Document(name: "feed.xml", bytes: Array(text.utf8))
        #expect(!GreenButtonImporter().recognises(document))
    }
}
