internal import ImportKit
internal import Inventory
internal import TestSupport
internal import Testing

/// The order of entries and the cut into blocks carry no meaning.
struct GreenButtonPropertyTests {
    /// Everything of a document but the lines, which do move.
    private static func essence(_ document: ImportedDocument) -> [ReadingSeries] {
        document.series.map { series in
            var bare = series
            let readings = series.readings.map { reading in
                var moved = reading
                moved.line = 0
                return moved
            }
            bare.readings = Readings(readings)
            return bare
        }
    }

    /// Hours, some repeated, some contested, some missing, some empty, some in two tariffs.
    private static func readings(_ generator: inout SplitMix64) -> [String] {
        var texts: [String] = []
        for hour in 0..<Int.random(in: 1...40, using: &generator) {
            let start = newYear + hour * 3_600
            let value = Int.random(in: -5...5_000, using: &generator)
            let quality = [nil, 7, 8, 17].randomElement(using: &generator) ?? nil
            let reading = FeedText.reading(start, 3_600, value, quality: quality)
            switch Int.random(in: 0..<12, using: &generator) {
            case 0: texts += [reading, reading]
            case 1: texts += [reading, FeedText.reading(start, 3_600, value + 1)]
            case 2: break
            case 3: texts.append(FeedText.reading(start, 3_600, ""))
            case 4: texts.append(FeedText.reading(start, 3_600, value, more: "<tou>2</tou>"))
            case 5: texts += [reading, FeedText.reading(start + 60, 3_600, 9)]
            case 6:
                texts.append(reading)
                texts += (0..<4).map { FeedText.reading(start + $0 * 900, 900, value) }
            case _: texts.append(reading)
            }
        }
        return texts
    }

    private static func blocks(_ readings: [String], _ generator: inout SplitMix64) -> [String] {
        var blocks: [[String]] = [[]]
        for reading in readings {
            if Int.random(in: 0..<4, using: &generator) == 0 { blocks.append([]) }
            blocks[blocks.count - 1].append(reading)
        }
        return blocks.map(FeedText.block)
    }

    @Test(arguments: 0..<200)
    func `Cutting and permuting a feed gives equal series`(_ seed: Int) {
        var generator = SplitMix64(seed: seed)
        let readings = Self.readings(&generator)
        let whole = FeedText(blocks: [FeedText.block(readings)]).read()
        var other = FeedText(blocks: Self.blocks(readings.shuffled(using: &generator), &generator))
        other.entries.shuffle(using: &generator)
        let permuted = other.read()
        #expect(Self.essence(whole) == Self.essence(permuted))
        #expect(whole.outcome == permuted.outcome)
        #expect(whole.quarantined == permuted.quarantined)
    }
}
