internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("The CSV importer")
struct CSVImporterTests {
    private static let header = "meter,start,end,kwh\n"

    private static func row(_ hour: Int, _ value: String, meter: String = "M1") -> String {
        let end = hour == 23 ? "2024-01-02T00" : "2024-01-01T\(hour + 1 < 10 ? "0" : "")\(hour + 1)"
        return "\(meter),2024-01-01T\(hour < 10 ? "0" : "")\(hour):00Z,\(end):00Z,\(value)\n"
    }

    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let outcome: ImportedDocument.Outcome
        let code: DiagnosticCode?
        var total: String? = nil
        var quarantined = 0

        init(
            _ description: String, _ text: String, _ outcome: ImportedDocument.Outcome,
            _ code: DiagnosticCode?, total: String? = nil, quarantined: Int = 0
        ) {
            testDescription = description
            self.text = text
            self.outcome = outcome
            self.code = code
            self.total = total
            self.quarantined = quarantined
        }
    }

    static let cases: [Case] = [
        Case("sound", header + row(0, "1.5") + row(1, "2"), .accept, nil, total: "3.5"),
        Case("no bytes", "", .acceptEmpty, nil),
        Case("only a mark", "\u{FEFF}", .acceptEmpty, nil),
        Case("only line ends", "\n\r\n", .acceptEmpty, nil),
        Case("only a header", header, .acceptEmpty, nil),
        Case("blank rows", header + "\n,,,\n" + row(0, "1") + "\n", .accept, nil, total: "1"),
        Case(
            "columns in any order",
            "kwh,end,start,meter\n1,2024-01-02T00:00Z,2024-01-01T00:00Z,M\n",
            .accept, nil, total: "1"),
        Case("negative zero", header + row(0, "-0.0"), .accept, nil, total: "0"),
        Case(
            "equal rows", header + row(0, "1") + row(0, "1.0"), .acceptWithWarning,
            .readingDuplicate, total: "1"),
        Case(
            "an empty value", header + row(0, "1") + row(1, ""), .acceptWithWarning,
            .readingMissing, total: "1"),
        Case(
            "a bidi control", header + row(0, "1", meter: "M\u{202E}1"), .acceptWithWarning,
            .textSuspicious, total: "1"),
        Case(
            "a homoglyph", header + row(0, "1") + row(0, "2", meter: "\u{41C}1"),
            .acceptWithWarning, .textSuspicious),
        Case(
            "mixed scripts", header + row(0, "1", meter: "A\u{430}"), .acceptWithWarning,
            .textSuspicious),
        Case(
            "not a number", header + row(0, "NaN") + row(1, "1"), .quarantineRows, .numberInvalid,
            total: "1", quarantined: 1),
        Case(
            "thousands", header + row(0, "\"1,000\""), .quarantineRows, .numberInvalid,
            quarantined: 1),
        Case(
            "too many digits", header + row(0, String(repeating: "9", count: 39)),
            .quarantineRows, .numberOutOfRange, quarantined: 1),
        Case(
            "below zero", header + row(0, "-1"), .quarantineRows, .consumptionNegative,
            quarantined: 1),
        Case(
            "no such day", header + "M,2023-02-29T00:00Z,2023-03-01T00:00Z,1\n", .quarantineRows,
            .dateInvalid, quarantined: 1),
        Case(
            "no offset", header + "M,2024-01-01T00:00,2024-01-01T01:00,1\n", .quarantineRows,
            .timeAmbiguous, quarantined: 1),
        Case(
            "reversed", header + "M,2024-01-02T00:00Z,2024-01-01T00:00Z,1\n", .quarantineRows,
            .periodReversed, quarantined: 1),
        Case(
            "no length", header + "M,2024-01-01T00:00Z,2024-01-01T00:00Z,1\n", .quarantineRows,
            .periodReversed, quarantined: 1),
        Case(
            "ragged", header + "M,2024-01-01T00:00Z\n" + row(1, "1"), .quarantineRows,
            .csvRowRagged, total: "1", quarantined: 1),
        Case(
            "a stray quote", header + row(0, "1", meter: "M\"1"), .quarantineRows, .csvQuoteStray,
            quarantined: 1),
        Case(
            "no meter", header + row(0, "1", meter: ""), .quarantineRows, .valueMissing,
            quarantined: 1),
        Case(
            "a meter number that a spreadsheet rounded", header + row(0, "1", meter: "1.71E+12"),
            .quarantineRows, .valueMissing, quarantined: 1),
        Case(
            "too many set aside", header + row(0, "x") + row(1, "1"), .quarantineRows,
            .quarantineLimit, total: "1", quarantined: 1),
        Case(
            "two values", header + row(0, "1") + row(0, "2") + row(1, "4"), .conflict,
            .readingConflict, total: "4"),
        Case(
            "overlap",
            header
                + "M,2024-01-01T00:00Z,2024-01-01T02:00Z,1\n"
                + "M,2024-01-01T01:00Z,2024-01-01T03:00Z,1\n",
            .conflict, .periodOverlap, total: "0"),
        Case(
            "sizes that do not add", header + row(0, "1e30") + row(1, "1e-30"), .reject,
            .numberOutOfRange),
        Case(
            "an open quote", header + "\"M,2024-01-01T00:00Z,2024-01-01T01:00Z,1\n" + row(1, "1"),
            .reject, .csvQuoteUnclosed),
        Case(
            "an open quote on the last line",
            header + "\"M,2024-01-01T00:00Z,2024-01-01T01:00Z,1\n", .quarantineRows,
            .csvQuoteUnclosed, quarantined: 1),
        Case(
            "a huge cell", header + String(repeating: "a", count: 1 << 20 + 1), .reject,
            .csvLimitExceeded),
        Case(
            "a column twice", "meter,start,end,kwh,kwh\n" + row(0, "1,2"), .reject,
            .csvHeaderInvalid),
        Case("an unknown layout", "date,kwh\n2024-01-01,1\n", .reject, .profileUnknown),
        Case(
            "one column more", "meter,start,end,kwh,cost\n" + row(0, "1,2"), .reject,
            .profileUnknown),
        Case("a NUL", header + row(0, "1\0"), .reject, .encodingRefused),
        Case("a web page", "<!doctype html>\n<p>,</p>", .reject, .formatUnknown),
        Case(
            "an unknown unit",
            "meter,first_day,last_day,carrier,quantity,unit\nE,2024-01-01,2024-01-31,gas,1,kWhr\n",
            .quarantineRows, .unitUnknown, quarantined: 1),
        Case(
            "a unit of something else",
            "meter,first_day,last_day,carrier,quantity,unit\n"
                + "E,2024-01-01,2024-01-31,electricity,1,L\n",
            .quarantineRows, .unitUnknown, quarantined: 1),
        Case(
            "an unknown carrier",
            "meter,first_day,last_day,carrier,quantity,unit\nE,2024-01-01,2024-01-31,ether,1,kWh\n",
            .quarantineRows, .readingTypeUnresolved, quarantined: 1),
        Case(
            "an unknown quality",
            "meter,first_day,last_day,carrier,quantity,unit,quality\n"
                + "E,2024-01-01,2024-01-31,gas,1,kWh,perhaps\n",
            .quarantineRows, .readingTypeUnresolved, quarantined: 1),
        Case(
            "a better quality",
            "meter,first_day,last_day,carrier,quantity,unit,quality\n"
                + "E,2024-01-01,2024-01-31,gas,1,kWh,estimated\n"
                + "E,2024-01-01,2024-01-31,gas,2,kWh,actual\n",
            .acceptWithWarning, .readingDuplicate, total: "2"),
    ]

    @Test("gives each fault its outcome and code", arguments: cases)
    func outcomes(example: Case) throws {
        let document = try read(example.text)
        #expect(document.outcome == example.outcome)
        #expect(document.quarantined == example.quarantined)
        #expect(example.code.map(document.diagnostics.map(\.code).contains) ?? true)
        #expect((example.code == nil) == document.diagnostics.isEmpty)
        if let total = example.total {
            #expect(document.series.map(\.total.description) == [total])
        }
        if document.outcome == .reject { #expect(document.series.isEmpty) }
    }

    @Test("points at the cell")
    func places() throws {
        let fault = try #require(
            read(Self.header + "\"M\n1\",2024-01-01T00:00Z,2024-01-01T01:00Z,x\n").diagnostics.first
        )
        #expect(fault.location == SourceLocation(file: "t.csv", line: 3, column: 40))
        #expect(fault.message == "'x' is no number with the decimal mark of the profile")
    }

    @Test("asks which profile it is where two fit")
    func ambiguous() throws {
        let second = profile().replacing("test.layout", with: "test.other")
        let document = try read("meter;time;value\n", profiles: [profile(), second])
        #expect(document.diagnostics.map(\.code) == [.profileAmbiguous])
        #expect(document.outcome == .reject)
    }

    @Test("tells profiles apart by the name of the file")
    func filenames() throws {
        let named = { (id: String, pattern: String) in
            profile(header: "header = [\"meter\", \"time\", \"value\"]\nfilename = \"\(pattern)\"")
                .replacing("test.layout", with: id)
        }
        let profiles = [named("one", "usage_*.csv"), named("two", "bill*_*.csv")]
        let text = "meter;time;value\nM;2024-01-01 00:00;1,5\n"
        #expect(try read(text, profiles: profiles, name: "a/usage_1.csv").profile == "one")
        #expect(try read(text, profiles: profiles, name: "bills_x_2.csv").profile == "two")
        #expect(try read(text, profiles: profiles, name: "other.csv").profile == nil)
    }

    @Test("reads equal series from permuted rows", arguments: 0..<200)
    func permutation(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let rows = (0..<Int.random(in: 1...30, using: &random)).map { _ in
            Self.row(
                Int.random(in: 0...23, using: &random),
                ["1", "2", "", "0.25", "x"].randomElement(using: &random) ?? "1",
                meter: ["A", "B"].randomElement(using: &random) ?? "A")
        }
        let expected = try read(Self.header + rows.joined())
        let permuted = try read(Self.header + rows.shuffled(using: &random).joined())
        #expect(permuted.outcome == expected.outcome)
        #expect(permuted.quarantined == expected.quarantined)
        #expect(Self.withoutLines(permuted.series) == Self.withoutLines(expected.series))
    }

    private static func withoutLines(_ series: [ReadingSeries]) -> [ReadingSeries] {
        series.map { one in
            var copy = one
            let readings = one.readings.map { reading in
                var copy = reading
                copy.line = 0
                return copy
            }
            copy.readings = Readings(readings)
            return copy
        }.sorted { ($0.meter ?? "") < ($1.meter ?? "") }
    }

    @Test("never traps on broken rows", arguments: 0..<300)
    func fuzz(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        var bytes = Array((Self.header + (0..<6).map { Self.row($0, "\($0).5") }.joined()).utf8)
        let alphabet = Array("0159,;:\"\r\n-+TZeE.".utf8) + [0, 0xFF, 0xC3]
        for _ in 0..<Int.random(in: 1...12, using: &random) {
            let index = Int.random(in: Self.header.utf8.count..<bytes.count, using: &random)
            bytes[index] = alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        let document = try read(String(decoding: bytes, as: UTF8.self))
        let needsReason = document.outcome != .accept && document.outcome != .acceptEmpty
        #expect(!needsReason || !document.diagnostics.isEmpty)
    }
}
