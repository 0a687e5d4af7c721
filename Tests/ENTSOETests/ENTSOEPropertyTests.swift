internal import Documents
internal import ENTSOE
internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

struct ENTSOEPropertyTests {
    /// Quarter-hours from midnight of 2024-03-01 on; a value may repeat the one before.
    private static func quantities(_ generator: inout SplitMix64) -> [Int] {
        var quantities: [Int] = []
        for _ in 0..<Int.random(in: 1...96, using: &generator) {
            let isRepeated = !quantities.isEmpty && Bool.random(using: &generator)
            quantities.append(
                isRepeated
                    ? quantities[quantities.count - 1]
                    : Int.random(in: -50...900, using: &generator))
        }
        return quantities
    }

    private static func time(_ quarter: Int) -> String {
        Instant(secondsSinceEpoch: 1_709_251_200 + Int64(quarter) * 900).description
    }

    private static func period(_ quarters: Range<Int>, _ points: [(Int, String)]) -> String {
        MarketText.period(time(quarters.lowerBound), time(quarters.upperBound), "PT15M", points)
    }

    /// A03 leaves out what repeats, A01 writes everything: they mean the same.
    @Test(arguments: 0..<200)
    func `The compressed curve equals the expanded one`(_ seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let quantities = Self.quantities(&generator)
        let all = quantities.enumerated().map { ($0.offset + 1, String($0.element)) }
        let changes = all.filter { position, quantity in
            position == 1 || quantity != String(quantities[position - 2])
        }
        let expanded = MarketText(
            series: [MarketText.series([Self.period(0..<quantities.count, all)])]
        ).read()
        let compressed = MarketText(
            series: [
                MarketText.series(
                    [Self.period(0..<quantities.count, changes.shuffled(using: &generator))],
                    curve: "A03")
            ]
        ).read()
        #expect(expanded.outcome == .accept && compressed.outcome == .accept, "seed \(seed)")
        #expect(expanded.essence == compressed.essence, "seed \(seed)")
        // A quarter-hour of 1 MW is 250 kWh.
        let total = ExactDecimal(quantities.reduce(0, +) * 250)
        #expect(try #require(expanded.series.first).total == total, "seed \(seed)")
    }

    /// Periods may be cut anywhere and stand in any order, in one series or in several.
    @Test(arguments: 0..<200)
    func `Cutting and permuting periods gives equal series`(_ seed: Int) {
        var generator = SplitMix64(seed: seed)
        let quantities = Self.quantities(&generator)
        let whole = MarketText(
            series: [
                MarketText.series([
                    Self.period(
                        0..<quantities.count,
                        quantities.enumerated().map { ($0.offset + 1, String($0.element)) })
                ])
            ]
        ).read()
        var periods: [String] = []
        var first = 0
        while first < quantities.count {
            let last = Int.random(in: first + 1...quantities.count, using: &generator)
            let points = (first..<last).map { ($0 - first + 1, String(quantities[$0])) }
            periods.append(Self.period(first..<last, points))
            first = last
        }
        var series: [[String]] = [[]]
        for period in periods.shuffled(using: &generator) {
            if Bool.random(using: &generator) { series.append([]) }
            series[series.count - 1].append(period)
        }
        let cut = MarketText(series: series.map { MarketText.series($0) }).read()
        #expect(cut.outcome == .accept && cut.essence == whole.essence, "seed \(seed)")
    }

    @Test
    func `A document cut at any byte is refused or empty`() {
        let bytes = Array(
            MarketText(
                series: [MarketText.series([Self.period(0..<2, [(1, "5"), (2, "6")])])]
            ).text.utf8)
        for length in 0..<bytes.count - 1 {
            let read = MarketText.read(Array(bytes[..<length]))
            #expect(read.outcome == .reject && read.series.isEmpty, "\(length)")
        }
    }

    @Test(arguments: 0..<300)
    func `Bytes changed at random never crash`(_ seed: Int) {
        var generator = SplitMix64(seed: seed)
        var bytes = Array(
            MarketText(
                series: [
                    MarketText.series([Self.period(0..<8, [(1, "5"), (4, "6.5")])], curve: "A03")
                ]
            ).text.utf8)
        for _ in 0..<Int.random(in: 1...5, using: &generator) {
            let place = Int.random(in: 40..<bytes.count, using: &generator)
            let isDigit = (48...57).contains(bytes[place])
            bytes[place] = UInt8.random(in: isDigit ? 48...57 : 32...126, using: &generator)
        }
        let read = MarketText.read(bytes)
        #expect(read.outcome != .reject || read.series.isEmpty, "seed \(seed)")
    }

    @Test
    func `More points or positions than the limit are refused`() {
        let text = { (points: [(Int, String)]) in
            let period = Self.period(0..<8, points)
            return Array(MarketText(series: [MarketText.series([period])]).text.utf8)
        }
        let document = Document(name: "grid.xml", bytes: text([(1, "5"), (2, "6"), (3, "7")]))
        #expect(ENTSOEImporter(pointLimit: 8).read(document).outcome == .acceptWithWarning)
        #expect(ENTSOEImporter(pointLimit: 7).read(document).codes == ["xml-structure"])
        #expect(ENTSOEImporter(pointLimit: 2).read(document).codes == ["xml-limit-exceeded"])
    }
}
