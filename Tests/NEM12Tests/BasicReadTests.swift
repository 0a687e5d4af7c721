internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// What record 250 says.
struct BasicReadTests {
    private let start = "20240101093055"
    private let middle = "20240331100000"
    private let end = "20240701081500"

    @Test
    func `The quantity counts, the reads only check it`() throws {
        let read = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(from: start, to: middle, "10.5", reads: ("100.0", "110.5")),
                NEMText.basic(from: middle, to: end, "20", reads: ("110.5", "130.5"))))
        #expect(read.outcome == .accept && read.format == "nem13")
        let series = try #require(read.series.first)
        #expect(series.meter == "6001234567" && series.channel == "11")
        #expect(series.direction == .import && series.behaviour == .delta)
        #expect(series.readings.count == 2)
        #expect(series.total == (try ExactDecimal(parsing: "30.5")))
        // 09:30:55 at UTC+10 is 23:30:55Z of the day before.
        #expect(series.start == Instant("2023-12-31T23:30:55Z"))
        #expect(series.end == Instant("2024-06-30T22:15:00Z"))
    }

    /// Reads, quantity, and whether they agree: a turn of a five-digit register does.
    @Test(arguments: [
        ("100", "110", "10", true), ("99990", "00010", "20", true), ("100", "110", "400", false),
        ("00980.0", "00970.0", "-10", true), ("000950", "000940", "20", false),
    ])
    func `Reads that do not fit the quantity are said`(
        _ previous: String, _ current: String, _ quantity: String, _ agree: Bool
    ) throws {
        let read = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(
                    from: start, to: end, quantity, direction: "I", reads: (previous, current))))
        let series = try #require(read.series.first)
        #expect(series.direction == .export)
        #expect(series.total == (try ExactDecimal(parsing: quantity)))
        #expect(read.codes.contains("control-total-differs") == !agree)
    }

    @Test
    func `A null quantity is missing`() throws {
        for record in [
            NEMText.basic(from: start, to: end, ""),
            NEMText.basic(from: start, to: end, "0", qualities: ("A", "N")),
        ] {
            let read = NEMText.read(NEMText.basicFile(record))
            let series = try #require(read.series.first)
            #expect(series.readings.isEmpty && series.missing == 1)
            #expect(read.outcome == .acceptWithWarning && read.codes == ["reading-missing"])
        }
    }

    @Test(arguments: [
        ("A", "A", ReadingQuality.actual), ("A", "E62", .estimated), ("S61", "A", .substituted),
        ("F61", "S61", .substituted), ("", "A", .unstated),
    ])
    func `A quantity is as certain as the lesser of its reads`(
        _ previous: String, _ current: String, _ quality: ReadingQuality
    ) {
        let read = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(from: start, to: end, qualities: (previous, current))))
        #expect(read.series.first?.readings.first?.quality == quality)
    }

    @Test
    func `Registers and directions are series of their own`() {
        let read = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(from: start, to: end),
                NEMText.basic(from: start, to: end, suffix: "41"),
                NEMText.basic(from: start, to: end, suffix: "12", direction: "I"),
                NEMText.basic(from: start, to: end, suffix: "13", direction: "X")))
        #expect(read.series.map(\.channel) == ["11", "41", "12", "13"])
        #expect(read.series.map(\.direction) == [.import, .import, .export, .unknown])
    }

    @Test
    func `Reads of overlapping times are a conflict, equal ones count once`() throws {
        let overlap = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(from: start, to: end),
                NEMText.basic(from: middle, to: "20240901000000")))
        #expect(overlap.outcome == .conflict && overlap.codes == ["period-overlap"])
        #expect(overlap.series.first?.total == .zero)
        let equal = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(from: start, to: end), NEMText.basic(from: start, to: end)))
        #expect(equal.codes == ["reading-duplicate"])
        #expect(equal.series.first?.total == ExactDecimal(10))
    }

    @Test
    func `A later read of the same time replaces the earlier one`() {
        let read = NEMText.read(
            NEMText.basicFile(
                NEMText.basic(
                    from: start, to: end, "12", reads: ("100", "112"), updated: "20240801000000"),
                NEMText.basic(
                    from: start, to: end, "10", qualities: ("A", "E64"), updated: "20240702000000"))
        )
        #expect(read.outcome == .acceptWithWarning)
        #expect(read.series.first?.total == ExactDecimal(12))
    }

    @Test
    func `A record at fault is set aside with its place`() {
        let sound = (0..<40).map { day in
            let month = day % 12 + 1
            return NEMText.basic(
                from: "\(2000 + day / 12)\(month < 10 ? "0" : "")\(month)01000000",
                to: "\(2000 + day / 12)\(month < 10 ? "0" : "")\(month)28000000")
        }
        // "250," is 4 characters, the NMI 10, and so on: the previous time begins at 36.
        let faults: [(String, String, Int?)] = [
            (NEMText.basic(from: "20240132000000", to: end), "date-invalid", 36),
            (NEMText.basic(from: end, to: start), "period-reversed", 59),
            (NEMText.basic(from: start, to: end, "ten"), "number-invalid", 78),
            (NEMText.basic(from: start, to: end, qualities: ("A", "V")), "quality-unknown", 74),
            ("250,6001234567,11,01,11,,SN1,E,100,\(start)", "csv-row-ragged", nil),
        ]
        for (record, code, column) in faults {
            let text =
                ([NEMText.basicHeader] + sound + [record, NEMText.end]).joined(separator: "\n")
            let read = NEMText.read(text)
            #expect(read.outcome == .quarantineRows && read.quarantined == 1, "\(code)")
            let fault = read.diagnostics.first { $0.severity == .error }
            #expect(fault?.code.rawValue == code)
            #expect(fault?.location?.line == 42 && fault?.location?.column == column, "\(code)")
            #expect(read.series.first?.total == ExactDecimal(400))
        }
    }

    @Test
    func `A decimal comma moves the fields and is refused`() {
        let read = NEMText.read(NEMText.basicFile(NEMText.basic(from: start, to: end, "1,5")))
        #expect(read.outcome == .reject && read.codes == ["unit-unknown"])
    }
}
