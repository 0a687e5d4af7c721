internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

/// The order of records and the cut into files carry no meaning.
struct NEM12PropertyTests {
    /// A day of one stream with what describes it, and what it adds up to in watt-hours.
    private struct Day {
        var text: [String]
        var stream: Int
        var wattHours: Int
        var values: Int
    }

    private static let streams = [
        ("6001234567", "E1", "kWh"), ("6001234567", "B1", "kWh"), ("6001234567", "Q1", "kVArh"),
        ("6107654321", "E1", "Wh"),
    ]

    private static func random(_ generator: inout SplitMix64) -> [Day] {
        var days: [Day] = []
        for stream in streams.indices {
            for day in 1...Int.random(in: 1...6, using: &generator) {
                var total = 0
                let values = (0..<48).map { _ in
                    let wattHours = Int.random(in: 0...999, using: &generator)
                    total += wattHours
                    // In Wh the digits themselves, in kWh three decimals.
                    return streams[stream].2 == "Wh"
                        ? String(wattHours) : "0." + String(String(1_000 + wattHours).dropFirst())
                }
                let isVariable = Bool.random(using: &generator)
                let cut = Int.random(in: 1...47, using: &generator)
                let marks = [NEMText.quality(1, cut, "A"), NEMText.quality(cut + 1, 48, "E52")]
                let record = NEMText.day("2024010\(day)", values, quality: isVariable ? "V" : "F14")
                days.append(
                    Day(
                        text: [record] + (isVariable ? marks : []), stream: stream,
                        wattHours: total, values: 48))
            }
        }
        return days
    }

    /// Writes the days, each run of one stream under a 200 record, cut into files at random.
    private static func text(
        _ days: [Day], cutting: Bool, _ generator: inout SplitMix64
    ) -> String {
        var files: [[String]] = [[]]
        var open: Int?
        for day in days {
            if cutting, Int.random(in: 0..<5, using: &generator) == 0 {
                files.append([])
                open = nil
            }
            if open != day.stream || (cutting && Bool.random(using: &generator)) {
                let (nmi, suffix, unit) = streams[day.stream]
                files[files.count - 1].append(NEMText.block(nmi, suffix, unit: unit))
                open = day.stream
            }
            files[files.count - 1] += day.text
        }
        return files.map { NEMText.file($0) }.joined()
    }

    @Test(arguments: 0..<100)
    func `Permuting, splitting and gluing give equal series`(_ seed: Int) {
        var generator = SplitMix64(seed: seed)
        let days = Self.random(&generator)
        let plain = NEMText.read(Self.text(days, cutting: false, &generator))
        #expect(plain.outcome == .accept, "seed \(seed)")
        let moved = NEMText.read(
            Self.text(days.shuffled(using: &generator), cutting: true, &generator))
        #expect(moved.outcome == .accept && moved.essence == plain.essence, "seed \(seed)")
        let some = days.shuffled(using: &generator).prefix(3)
        let repeated = NEMText.read(
            Self.text((days + some).shuffled(using: &generator), cutting: true, &generator))
        #expect(repeated.essence == plain.essence, "seed \(seed)")
        #expect(Set(repeated.codes) == ["reading-duplicate"], "seed \(seed)")
    }

    @Test(arguments: 0..<50)
    func `Totals are the sums of whole watt-hours`(_ seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let days = Self.random(&generator)
        let read = NEMText.read(Self.text(days, cutting: true, &generator))
        for (stream, (nmi, suffix, _)) in Self.streams.enumerated() {
            let own = days.filter { $0.stream == stream }
            let series = try #require(
                read.series.first { $0.meter == nmi && $0.channel == suffix })
            #expect(series.readings.count == own.reduce(0) { $0 + $1.values }, "seed \(seed)")
            let expected = ExactDecimal(
                mantissa: Int128(own.reduce(0) { $0 + $1.wattHours }), exponent: -3)
            #expect(series.total == expected, "seed \(seed)")
        }
    }

    /// A day that any number of corrections follow, in any order of the file.
    @Test(arguments: 0..<100)
    func `Of many versions of a day the latest holds, in any order`(_ seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let versions = Int.random(in: 1...9, using: &generator)
        let records = (1...versions).map { version in
            NEMText.day("20240101", String(version), updated: "2024020\(version)000000")
        }
        let read = NEMText.read(
            NEMText.file([NEMText.block()] + records.shuffled(using: &generator)))
        #expect(read.series.first?.total == ExactDecimal(48 * versions), "seed \(seed)")
    }
}
