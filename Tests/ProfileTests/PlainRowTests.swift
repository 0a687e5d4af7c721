internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// Rows without quotes, in known words, take a short way. What they say does not depend on it: a
/// file whose cells are all in quotes takes the long way and says the same.
@Suite("Plain rows")
struct PlainRowTests {
    private struct Layout: CustomTestStringConvertible {
        let testDescription: String
        let time: String
        var series = kilowattHours("v")
        var more = ""
        /// How a row writes the hours from a moment on, as the profile reads it.
        let times: @Sendable (Instant, LocalTimeZone) -> [String]
        var names = ["m", "from", "to", "v", "q"]

        var profile: String {
            layout(
                identify: "header = [\(names.map { "\"\($0)\"" }.joined(separator: ", "))]",
                read: "missing = [\"\", \"-\"]", time: time, series: series, more: more)
        }
    }

    private static let ends = "start = \"from\"\nend = \"to\"\n"
    private static let quality =
        "[quality]\ncolumn = \"q\"\nmap = { \"A\" = \"actual\", \"E\" = \"estimated\", "
        + "\"N\" = \"missing\" }\notherwise = \"reject\""

    private static func local(_ instant: Instant, _ zone: LocalTimeZone) -> String {
        String(instant.adding(seconds: Int64(zone.offset(at: instant))).description.dropLast())
    }

    private static func offset(_ instant: Instant, _ zone: LocalTimeZone) -> String {
        let hours = zone.offset(at: instant) / 3_600
        return "+\(hours.paddedToTwoDigits):00"
    }

    private static let layouts: [Layout] = [
        Layout(
            testDescription: "ends with offsets", time: ends + "format = \"iso-8601\"",
            times: { start, zone in
                [start, start.adding(seconds: 3_600)].map { local($0, zone) + offset($0, zone) }
            }),
        Layout(
            testDescription: "ends in UTC, qualities", time: ends + "format = \"iso-8601\"",
            more: quality,
            times: { start, _ in
                [start.description, start.adding(seconds: 3_600).description]
            }),
        Layout(
            testDescription: "local ends",
            time: ends + "format = \"iso-8601\"\n"
                + "zone = \"Europe/Amsterdam\"",
            times: { start, zone in
                [local(start, zone), local(start.adding(seconds: 3_600), zone)]
            }),
        Layout(
            testDescription: "labels of power",
            time: "at = \"from\"\nlabel = \"end\"\nstep = \"PT1H\"\n"
                + "format = \"yyyy-MM-dd HH:mm:ss\"\nzone = \"Europe/Amsterdam\"",
            series: kilowattHours("v", behaviour: "mean-power")
                .replacing("unit = \"kWh\"", with: "unit = \"kW\""),
            times: { start, zone in
                let end = local(start.adding(seconds: 3_600), zone)
                return [end.replacing("T", with: " "), ""]
            }),
        Layout(
            testDescription: "a register in local time",
            time: "at = \"from\"\nformat = \"dd-MM-yyyy HH:mm\"\nzone = \"Europe/Amsterdam\"",
            series: kilowattHours("v", behaviour: "cumulative"),
            times: { start, zone in
                let text = local(start, zone)
                let day = text.prefix(10).split(separator: "-").reversed().joined(separator: "-")
                return ["\(day) \(text.dropFirst(11).prefix(5))", ""]
            }),
    ]

    private static let values = [
        "1.5", "0", "0.000", "10", "1200", "007", ".5", "5.", "-1", "-", "", "1,5", "x", "1.2.3",
        "123456789012345678", "1234567890123456789", "0.100", " 2 ", "1e3", "+4",
    ]

    /// Rows around a change of the clock, most of them sound.
    private static func rows(_ layout: Layout, _ random: inout SplitMix64) throws -> [[String]] {
        let zone = try #require(LocalTimeZone(identifier: "Europe/Amsterdam"))
        let change = ["2024-03-30T12:00:00Z", "2024-10-26T12:00:00Z", "2023-12-31T12:00:00Z"]
            .randomElement(using: &random)
        let start = try #require(Instant(change ?? ""))
        let meters = ["M1", "M2", "a longer number of a meter", "M 3"].prefix(
            Int.random(in: 1...4, using: &random))
        var rows: [[String]] = []
        for hour in 0..<40 {
            for meter in meters {
                let isOdd = Int.random(in: 0..<25, using: &random) == 0
                var times = layout.times(start.adding(seconds: Int64(hour) * 3_600), zone)
                if isOdd, Bool.random(using: &random) { times[0] = String(times[0].dropLast()) }
                let value = isOdd ? values.randomElement(using: &random) ?? "" : "\(hour).25"
                let word = ["A", "A", "A", "A", "E", "N", "?"]
                    .prefix(isOdd ? 7 : 5).randomElement(using: &random)
                rows.append([isOdd ? meter + " " : meter, times[0], times[1], value, word ?? ""])
                if isOdd, Bool.random(using: &random) { rows.append(rows[rows.count - 1]) }
            }
        }
        return rows
    }

    private static func document(_ rows: [[String]], _ end: String, quoted: Bool) -> String {
        rows.map { row in
            row.map { quoted ? "\"\($0)\"" : $0 }.joined(separator: ",") + end
        }.joined()
    }

    @Test("say what the same rows in quotes say", arguments: layouts, 0..<40)
    private func likeQuoted(layout: Layout, seed: Int) throws {
        var random = SplitMix64(seed: seed)
        // A comma in a value makes another row of it; in quotes it does not.
        let rows = try [layout.names] + Self.rows(layout, &random).filter { !$0[3].contains(",") }
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let plain = try read(
            Self.document(rows, end, quoted: false), profiles: [layout.profile])
        let quoted = try read(
            Self.document(rows, end, quoted: true), profiles: [layout.profile])
        #expect(plain.series == quoted.series)
        #expect(plain.outcome == quoted.outcome)
        #expect(plain.quarantined == quoted.quarantined)
        #expect(plain.diagnostics.map(\.code) == quoted.diagnostics.map(\.code))
        #expect(plain.diagnostics.map(\.message) == quoted.diagnostics.map(\.message))
        #expect(
            plain.diagnostics.map { $0.location?.line }
                == quoted.diagnostics.map { $0.location?.line })
    }

    @Test("take the value that stands there", arguments: ["\n", "\r\n"])
    func values(end: String) throws {
        let layout = Self.layouts[0]
        let rows = [
            layout.names,
            ["M", "2024-01-01T00:00:00+01:00", "2024-01-01T01:00:00+01:00", "1.50", ""],
            ["M", "2024-01-01T01:00:00+01:00", "2024-01-01T02:00:00+01:00", "0.0", ""],
            ["M", "2024-01-01T02:00:00+01:00", "2024-01-01T03:00:00+01:00", "1200", ""],
            ["M", "2024-01-01T01:00:00-01:00", "2024-01-01T03:30:00Z", "999999999999999.9", ""],
        ]
        let read = try read(Self.document(rows, end, quoted: false), profiles: [layout.profile])
        let readings = try #require(read.series.first).readings
        #expect(
            readings.map { "\($0.start) \($0.end) \($0.value) \($0.line)" } == [
                "2023-12-31T23:00:00Z 2024-01-01T00:00:00Z 1.5 2",
                "2024-01-01T00:00:00Z 2024-01-01T01:00:00Z 0 3",
                "2024-01-01T01:00:00Z 2024-01-01T02:00:00Z 1200 4",
                "2024-01-01T02:00:00Z 2024-01-01T03:30:00Z 999999999999999.9 5",
            ])
        #expect(read.outcome == .accept)
    }
}
