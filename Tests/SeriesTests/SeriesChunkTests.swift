internal import Inventory
internal import Quantities
internal import Series
internal import TestSupport
internal import Testing

@Suite("A series chunk")
struct SeriesChunkTests {
    /// The example of `Schemas/series-chunk.md`, put together by hand.
    ///
    /// 1,735,689,600 seconds fold to 3,471,379,200 = 0x0_cee9_0b00; in groups of seven bits, the
    /// lowest first: 00, 16, 24, 77, 0c, all but the last with the high bit: 80 96 a4 f7 0c.
    static let example: [UInt8] = [
        0x74, 0x73, 0x63, 0x31, 0x01, 0x01, 0x80, 0x96, 0xa4, 0xf7, 0x0c, 0x90, 0x1c, 0x02, 0x1e,
        0x0a, 0x01, 0x02, 0x00, 0x04, 0x02, 0x02,
    ]

    @Test("has the bytes of the published example")
    func published() throws {
        let start = try #require(Instant("2025-01-01T00:00:00Z"))
        let readings = try [("1.5", 2), ("2", 3)].enumerated().map { hour, reading in
            SeriesReading(
                start: start.adding(seconds: Int64(hour) * 3_600),
                end: start.adding(seconds: Int64(hour + 1) * 3_600),
                value: try ExactDecimal(parsing: reading.0), quality: .actual, line: reading.1)
        }
        let chunk = try SeriesChunk(readings)
        #expect(chunk.bytes == Self.example)
        #expect(try SeriesChunk(decoding: Self.example) == chunk)
        #expect(try chunk.total() == ExactDecimal(parsing: "3.5"))
        #expect(chunk.readings == readings)
    }

    @Test("gives back the readings it was made of", arguments: 0..<300)
    func roundTrip(seed: Int) throws {
        var readings = RandomReadings(seed: seed)
        let list = readings.next()
        let chunk = try SeriesChunk(list)
        #expect(chunk.readings == list)
        let decoded = try SeriesChunk(decoding: chunk.bytes)
        #expect(decoded == chunk)
        #expect(decoded.bytes == chunk.bytes)
        #expect(try chunk.total() == ExactDecimal.sum(list.map(\.value)))
        #expect(chunk.start == list.first?.start && chunk.end == list.last?.end)
    }

    /// Whatever is accepted has that one form: two texts never mean the same readings.
    @Test("refuses bytes the encoder would not write", arguments: 0..<60)
    func mutated(seed: Int) throws {
        var readings = RandomReadings(seed: seed)
        let bytes = try SeriesChunk(readings.next()).bytes
        var random = SplitMix64(seed: seed)
        for _ in 0..<200 {
            var mutated = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<mutated.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: mutated[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
                case 1: mutated.remove(at: place)
                case 2: mutated.insert(UInt8.random(in: 0...255, using: &random), at: place)
                case _: mutated.removeSubrange(place...)
                }
                if mutated.isEmpty { break }
            }
            guard let chunk = try? SeriesChunk(decoding: mutated) else { continue }
            #expect(chunk.bytes == mutated)
            #expect(try SeriesChunk(chunk.readings) == chunk)
        }
    }

    @Test("survives any bytes after its signature", arguments: 0..<200)
    func noise(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let bytes = SeriesChunk.signature + random.bytes(Int.random(in: 0...80, using: &random))
        guard let chunk = try? SeriesChunk(decoding: bytes) else { return }
        #expect(chunk.bytes == bytes)
    }

    /// Each from the example: (offset of the byte, what replaces it and how many bytes go).
    @Test(
        "has one form",
        arguments: [
            ("a number with a needless group", 4, 1, [0x81, 0x00], SeriesChunkError.notCanonical),
            ("a scale too large by one", 14, 2, [0x28, 0x14], .notCanonical),
            (
                "a span that goes on with the same step", 5, 9,
                [0x02, 0x80, 0x96, 0xa4, 0xf7, 0x0c, 0x90, 0x1c, 0x01, 0x00, 0x90, 0x1c, 0x01],
                .notCanonical
            ),
            ("a quality twice in a row", 16, 2, [0x01, 0x01, 0x01, 0x01], .notCanonical),
            (
                "two places that are one run", 18, 4,
                [0x00, 0x04, 0x00, 0x01, 0x00, 0x02, 0x00, 0x01], .notCanonical
            ),
            ("a byte too many", 22, 0, [0x00], .malformed(offset: 22)),
            ("a byte too few", 21, 1, [], .malformed(offset: 21)),
            ("another signature", 3, 1, [0x32], .malformed(offset: 0)),
            ("a quality that is none", 16, 1, [0x06], .malformed(offset: 17)),
            ("no reading", 5, 1, [0x00], .malformed(offset: 6)),
            ("a step of nothing", 11, 2, [0x00], .malformed(offset: 12)),
            ("a line before the first", 19, 1, [0x01], .placeOutOfRange),
        ] as [(String, Int, Int, [UInt8], SeriesChunkError)])
    func oneForm(
        what: String, offset: Int, removed: Int, inserted: [UInt8], error: SeriesChunkError
    ) {
        var bytes = Self.example
        bytes.replaceSubrange(offset..<(offset + removed), with: inserted)
        #expect(throws: error, "\(what)") { try SeriesChunk(decoding: bytes) }
    }

    @Test("takes no readings out of order, nor values beyond its range")
    func limits() throws {
        let start = try #require(Instant("2025-01-01T00:00:00Z"))
        func reading(_ from: Int64, _ to: Int64, _ value: String = "1") throws -> SeriesReading {
            SeriesReading(
                start: start.adding(seconds: from), end: start.adding(seconds: to),
                value: try ExactDecimal(parsing: value), quality: .actual, line: 1)
        }
        #expect(throws: SeriesChunkError.empty) { try SeriesChunk([]) }
        #expect(throws: SeriesChunkError.notInOrder(start.adding(seconds: 10))) {
            try SeriesChunk([reading(0, 20), reading(10, 30)])
        }
        #expect(throws: SeriesChunkError.timeOutOfRange) { try SeriesChunk([reading(5, 5)]) }
        #expect(throws: SeriesChunkError.valueOutOfRange) {
            try SeriesChunk([reading(0, 1, "1" + String(repeating: "0", count: 36))])
        }
        // The two need 36 digits in front of the point and 3 behind it.
        #expect(throws: SeriesChunkError.valueOutOfRange) {
            try SeriesChunk([
                reading(0, 1, String(repeating: "9", count: 36)), reading(1, 2, "0.001"),
            ])
        }
    }

    @Test("is the same of runs as of readings one by one", arguments: 0..<300)
    func runs(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        var clock: Int64 = 1_700_000_000
        var line = 1
        let runs = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            let length: Int64 = Bool.random(using: &random) ? 900 : 3_600
            let step = length + (Bool.random(using: &random) ? 0 : 300)
            let run = SeriesRun(
                start: Instant(secondsSinceEpoch: clock), step: step, length: length,
                count: Int.random(in: 1...9, using: &random),
                quality: Bool.random(using: &random) ? .actual : .estimated,
                source: Int.random(in: 0...1, using: &random), line: line,
                lineStep: Int.random(in: 1...2, using: &random))
            clock += step * Int64(run.count) + (Bool.random(using: &random) ? 0 : 900)
            line += run.lineStep * run.count
            return run
        }
        var readings: [SeriesReading] = []
        for run in runs {
            for index in 0..<run.count {
                let start = run.start.adding(seconds: Int64(index) * run.step)
                let mantissa = Int64.random(in: -999...999_999_999_999, using: &random)
                readings.append(
                    SeriesReading(
                        start: start, end: start.adding(seconds: run.length),
                        value: ExactDecimal(
                            mantissa: Int128(mantissa),
                            exponent: Int.random(in: -5...12, using: &random)),
                        quality: run.quality, source: run.source,
                        line: run.line + index * run.lineStep))
            }
        }
        let chunk = try SeriesChunk(
            runs, mantissas: readings.map { Int64($0.value.mantissa) }[...],
            exponents: readings.map { Int8($0.value.exponent) }[...])
        #expect(try chunk == SeriesChunk(readings))
        #expect(chunk.readings == readings)
        #expect(try SeriesChunk(decoding: chunk.bytes) == chunk)
        let estimated = readings.filter { $0.quality == .estimated }.map(\.value)
        #expect(
            try chunk.total(of: .estimated)
                == (estimated.isEmpty ? nil : ExactDecimal.sum(estimated)))
    }

    @Test("keeps an hourly kWh with three decimals in less than three bytes", arguments: 0..<5)
    func compact(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let start = try #require(Instant("2025-01-01T00:00:00Z"))
        var wattHours = 5_000
        let readings = (0..<744).map { hour in
            wattHours = max(0, wattHours + Int.random(in: -2_000...2_000, using: &random))
            let start = start.adding(seconds: Int64(hour) * 3_600)
            return SeriesReading(
                start: start, end: start.adding(seconds: 3_600),
                value: ExactDecimal(mantissa: Int128(wattHours), exponent: -3), quality: .actual,
                line: 2 + hour)
        }
        // 744 differences below 8,192 take two bytes each, the rest of the chunk below 40.
        #expect(try SeriesChunk(readings).bytes.count < 744 * 2 + 40)
    }
}

/// Lists of readings with gaps, changes of step, quality, place and size.
private struct RandomReadings {
    private var random: SplitMix64

    init(seed: Int) { random = SplitMix64(seed: seed) }

    mutating func next() -> [SeriesReading] {
        var clock = Instant(secondsSinceEpoch: below(2_000_000_000) - 500_000_000)
        var step: Int64 = 3_600
        var quality = ReadingQuality.unstated
        var (source, line, stride) = (0, Int(below(1_000)), 1)
        let size = [10, 1_000, 1_000_000, 1 << 60][Int(below(4))]
        let digits = Int(below(10))
        return (0..<(1 + below(120))).map { _ in
            if below(10) == 0 { step = [1, 900, 1_800, 3_600, 86_400][Int(below(5))] }
            if below(10) == 0 { clock = clock.adding(seconds: below(100_000)) }
            if below(10) == 0 { quality = ReadingQuality.allCases[Int(below(6))] }
            if below(15) == 0 { source = Int(below(3)) }
            if below(15) == 0 { stride = Int(below(5)) - 1 }
            line = max(0, line + stride)
            let start = clock
            clock = clock.adding(seconds: step)
            return SeriesReading(
                start: start, end: clock,
                value: ExactDecimal(
                    mantissa: Int128(below(Int64(size)) - Int64(size / 4)),
                    exponent: 2 - digits),
                quality: quality, source: source, line: line)
        }
    }

    private mutating func below(_ limit: Int64) -> Int64 {
        Int64.random(in: 0..<limit, using: &random)
    }
}
