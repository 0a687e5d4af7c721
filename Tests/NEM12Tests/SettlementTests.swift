internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// Records that claim the same time.
struct SettlementTests {
    private let older = "20240110000000"
    private let newer = "20240120000000"

    private func read(_ days: String...) -> ImportedDocument {
        NEMText.read(NEMText.file([NEMText.block()] + days))
    }

    @Test
    func `Equal days count once`() throws {
        let read = read(NEMText.day("20240101", "2"), NEMText.day("20240101", "2"))
        let series = try #require(read.series.first)
        #expect(read.outcome == .acceptWithWarning && read.codes == ["reading-duplicate"])
        #expect(series.readings.count == 48 && series.total == ExactDecimal(96))
    }

    @Test
    func `The later UpdateDateTime holds, wherever it stands`() throws {
        let days = [
            NEMText.day("20240101", "2", updated: newer),
            NEMText.day("20240101", "3", updated: older),
        ]
        for file in [days, days.reversed()] {
            let read = NEMText.read(NEMText.file([NEMText.block()] + file))
            let series = try #require(read.series.first)
            #expect(read.outcome == .acceptWithWarning && read.codes == ["reading-duplicate"])
            #expect(series.total == ExactDecimal(96))
        }
    }

    @Test
    func `A later record without values takes those of an earlier one back`() throws {
        let read = read(
            NEMText.day("20240101", "2", updated: older),
            NEMText.day("20240101", "0", quality: "N", updated: newer))
        let series = try #require(read.series.first)
        #expect(series.readings.isEmpty && series.missing == 48)
    }

    @Test(arguments: [("", ""), ("20240110000000", ""), ("20240110000000", "20240110000000")])
    func `Different days without a later one are a conflict and in no total`(
        _ first: String, _ second: String
    ) throws {
        let read = read(
            NEMText.day("20240101", "2", updated: first),
            NEMText.day("20240101", "3", updated: second), NEMText.day("20240102", "1"))
        let series = try #require(read.series.first)
        #expect(read.outcome == .conflict && read.codes == ["reading-conflict"])
        // The uncontested day alone.
        #expect(series.total == ExactDecimal(48) && series.readings.count == 48)
        #expect(series.start == Instant("2023-12-31T14:00:00Z"))
    }

    @Test
    func `Two meters on the day of an exchange fill each other's nulls`() throws {
        let morning = (0..<48).map { $0 < 20 ? "1" : "0" }
        let evening = (0..<48).map { $0 < 20 ? "0" : "2" }
        let text = NEMText.file(
            NEMText.block(serial: "OLD"), NEMText.day("20240101", morning, quality: "V"),
            NEMText.quality(1, 20, "A"), NEMText.quality(21, 48, "N"),
            NEMText.block(serial: "NEW"), NEMText.day("20240101", evening, quality: "V"),
            NEMText.quality(1, 20, "N"), NEMText.quality(21, 48, "A"))
        let read = NEMText.read(text)
        let series = try #require(read.series.first)
        #expect(read.outcome == .accept && series.missing == 0)
        // 20 × 1 + 28 × 2
        #expect(series.readings.count == 48 && series.total == ExactDecimal(76))
    }

    @Test
    func `An exchange may change the interval length and leave a hole`() throws {
        let text = NEMText.file(
            NEMText.block(serial: "OLD"), NEMText.day("20240101", "1", quality: "V"),
            NEMText.quality(1, 20, "A"), NEMText.quality(21, 48, "N"),
            NEMText.block(minutes: 15, serial: "NEW"),
            NEMText.day("20240101", "2", count: 96, quality: "V"), NEMText.quality(1, 42, "N"),
            NEMText.quality(43, 96, "A"))
        let read = NEMText.read(text)
        let series = try #require(read.series.first)
        // 20 half hours of 1 and 54 quarter hours of 2.
        #expect(series.readings.count == 74 && series.total == ExactDecimal(128))
        // Half hour 21 is null with the old meter, quarters 41 and 42 with the new one.
        #expect(series.missing == 3 && read.outcome == .acceptWithWarning)
    }

    @Test
    func `Of one day at two interval lengths the finer counts, if the sums agree`() throws {
        for (quarter, outcome) in [
            ("1", ImportedDocument.Outcome.acceptWithWarning), ("2", .conflict),
        ] {
            let text = NEMText.file(
                NEMText.block(), NEMText.day("20240101", "2"), NEMText.block(minutes: 15),
                NEMText.day("20240101", quarter, count: 96))
            let read = NEMText.read(text)
            let series = try #require(read.series.first)
            #expect(read.outcome == outcome)
            #expect(series.readings.count == (outcome == .conflict ? 0 : 96))
            #expect(series.total == ExactDecimal(outcome == .conflict ? 0 : 96))
        }
    }

    @Test
    func `Files glued together are read on`() throws {
        let first = NEMText.file(NEMText.block(), NEMText.day("20240101", "1"))
        let second = NEMText.file(NEMText.block(), NEMText.day("20240102", "2"))
        let glued = NEMText.read(first + second)
        #expect(glued.outcome == .accept && glued.series.first?.total == ExactDecimal(144))
        // The first file without a line break at its end.
        let joined = NEMText.read(String(first.dropLast(1)) + second)
        #expect(joined.outcome == .accept && joined.essence == glued.essence)
        // The second file without its header, as some portals glue them.
        let headless = NEMText.read(first + second.drop { $0 != "\r\n" }.dropFirst())
        #expect(headless.essence == glued.essence && headless.codes == ["record-structure"])
        let twice = NEMText.read(first + first)
        #expect(twice.series.first?.total == ExactDecimal(48))
        #expect(twice.codes == ["reading-duplicate"])
    }

    @Test
    func `A file without header and end is read with warnings`() {
        let text = NEMText.block() + "\n" + NEMText.day("20240101", "1") + "\n"
        #expect(NEMText.recognises("\n" + text))
        let read = NEMText.read("\n" + text)
        #expect(read.outcome == .acceptWithWarning)
        #expect(read.codes == ["record-structure", "record-structure"])
        #expect(read.series.first?.total == ExactDecimal(48))
    }
}
