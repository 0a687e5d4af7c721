internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// QualityMethod of records 300 and 400.
struct QualityTests {
    private static func count(_ read: ImportedDocument, _ quality: ReadingQuality) -> Int {
        read.series.flatMap(\.readings).count { $0.quality == quality }
    }

    @Test(arguments: [
        ("A", ReadingQuality.actual), ("E52", .estimated), ("E", .estimated),
        ("S14", .substituted), ("F51", .final),
    ])
    func `One letter says what the values are`(_ flag: String, _ quality: ReadingQuality) {
        let read = NEMText.read(
            NEMText.file(NEMText.block(), NEMText.day("20240101", quality: flag)))
        #expect(read.outcome == .accept && Self.count(read, quality) == 48)
    }

    @Test
    func `400 records set the quality of a range`() {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", quality: "V"),
                NEMText.quality(1, 20, "A"), NEMText.quality(21, 24, "S14"),
                NEMText.quality(25, 47, "F52"), NEMText.quality(48, 48, "E64")))
        #expect(read.outcome == .accept)
        #expect(Self.count(read, .actual) == 20 && Self.count(read, .substituted) == 4)
        #expect(Self.count(read, .final) == 23 && Self.count(read, .estimated) == 1)
        #expect(read.series.first?.readings[20].quality == .substituted)
        #expect(read.series.first?.readings[19].quality == .actual)
    }

    @Test
    func `Null is a missing value, whatever is written`() throws {
        let whole = NEMText.read(
            NEMText.file(NEMText.block(), NEMText.day("20240101", "0", quality: "N")))
        #expect(whole.series.first?.readings.isEmpty == true)
        #expect(whole.series.first?.missing == 48)
        #expect(whole.outcome == .acceptWithWarning)
        let part = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", "7", quality: "V"),
                NEMText.quality(1, 46, "A"), NEMText.quality(47, 48, "N")))
        let series = try #require(part.series.first)
        // 46 × 7; the two sevens under N are none.
        #expect(series.total == ExactDecimal(322) && series.missing == 2)
        #expect(series.end == Instant("2024-01-01T14:00:00Z"))
    }

    @Test
    func `A 400 record also corrects a day of one quality`() {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", quality: "A"),
                NEMText.quality(3, 4, "F14")))
        #expect(Self.count(read, .actual) == 46 && Self.count(read, .final) == 2)
    }

    @Test
    func `Variable quality that nothing explains is unstated, and said`() {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", quality: "V"),
                NEMText.quality(1, 40, "A")))
        #expect(read.outcome == .acceptWithWarning && read.codes == ["quality-unknown"])
        #expect(Self.count(read, .unstated) == 8)
        #expect(read.diagnostics[0].message.hasPrefix("8 values"))
    }

    @Test(arguments: [(0, 5), (40, 49), (5, 4), (-1, 5)])
    func `A range that is not of the day refuses the file`(_ first: Int, _ last: Int) {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", quality: "V"),
                NEMText.quality(first, last, "A")))
        #expect(read.outcome == .reject && read.codes == ["record-structure"])
        #expect(read.diagnostics[0].location?.line == 4)
    }

    @Test
    func `Ranges that overlap or go back refuse the file`() {
        for (first, last) in [(20, 30), (1, 10), (24, 24)] {
            let read = NEMText.read(
                NEMText.file(
                    NEMText.block(), NEMText.day("20240101", quality: "V"),
                    NEMText.quality(1, 24, "A"), NEMText.quality(first, last, "E52")))
            #expect(read.outcome == .reject, "\(first)…\(last)")
        }
    }

    @Test
    func `A quality of no standard sets its day aside, not the others`() throws {
        let read = NEMText.read(
            NEMText.file(
                NEMText.block(), NEMText.day("20240101", "1"),
                NEMText.day("20240102", "2", quality: "X"), NEMText.day("20240103", "4"),
                NEMText.day("20240104", "8", quality: "V"), NEMText.quality(1, 48, "T"),
                NEMText.quality(1, 48, "A")))
        #expect(read.outcome == .quarantineRows && read.quarantined == 2)
        let series = try #require(read.series.first)
        // 48 × (1 + 4)
        #expect(series.total == ExactDecimal(240))
        // Two of four records are more than one in twenty.
        #expect(read.codes.contains("quarantine-limit"))
    }
}
