internal import ImportKit
internal import Inventory
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("Compact intervals")
struct CompactIntervalsTests {
    /// Hours with breaks, bills, repeats, values of every size: what a file may hold.
    private static func readings(_ generator: inout SplitMix64) -> [Reading] {
        var start = Int64.random(in: -4_000_000_000...4_000_000_000, using: &generator)
        var line = 1
        let values: [ExactDecimal] = [
            .zero, .one, ExactDecimal(-7), ExactDecimal(mantissa: 1_234_567, exponent: -3),
            ExactDecimal(mantissa: 1 << 100, exponent: -20),
            ExactDecimal(mantissa: 1, exponent: 30),
            ExactDecimal(Int64.max), ExactDecimal(Int64.min), ExactDecimal(120),
            ExactDecimal(mantissa: -45, exponent: -1),
        ]
        // Some with values of one size alone, as most files have; some longer than a block.
        let few = Bool.random(using: &generator) ? Array(values.prefix(4)) : values
        let longest = Int.random(in: 0..<4, using: &generator) == 0 ? 900 : 60
        return (0..<Int.random(in: 0...longest, using: &generator)).map { _ in
            let isRegular = Int.random(in: 0..<8, using: &generator) > 0
            let length = isRegular ? 3_600 : Int64.random(in: -5...90_000, using: &generator)
            if !isRegular { start += Int64.random(in: -9_000...9_000, using: &generator) }
            line += isRegular ? 6 : Int.random(in: -3...9, using: &generator)
            defer { start += length }
            return Reading(
                start: Instant(secondsSinceEpoch: start),
                end: Instant(secondsSinceEpoch: start + length),
                value: few.randomElement(using: &generator) ?? .zero,
                quality: isRegular ? .actual : .estimated, line: line,
                identifier: isRegular ? nil : "note \(line)",
                supplier: Bool.random(using: &generator) ? "Energie AG" : nil)
        }
    }

    @Test("give back what was put in, in order and at each place", arguments: 0..<200)
    func roundTrip(seed: Int) {
        var generator = SplitMix64(seed: seed)
        let readings = Self.readings(&generator)
        let compact = Readings(readings)
        #expect(compact.count == readings.count)
        #expect(Array(compact) == readings)
        #expect(compact.indices.map { compact[$0] } == readings)
        #expect(Array(compact.reversed()) == readings.reversed())
        let lower = Int.random(in: 0...readings.count, using: &generator)
        let upper = Int.random(in: lower...readings.count, using: &generator)
        #expect(Array(compact[lower..<upper]) == Array(readings[lower..<upper]))
        #expect((lower..<upper).map { compact[$0] } == Array(readings[lower..<upper]))
        #expect(Readings(compact) == compact)
    }

    @Test("are equal exactly where their elements are", arguments: 0..<50)
    func equality(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        var readings = Self.readings(&generator)
        let compact = Readings(readings)
        guard let place = readings.indices.randomElement(using: &generator) else { return }
        readings[place].line += 1
        #expect(Readings(readings) != compact)
    }

    @Test("know their sum and how far they reach", arguments: 0..<200)
    func whole(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let readings = Self.readings(&generator)
        let compact = Readings(readings)
        #expect(compact.earliestStart == readings.map(\.start.secondsSinceEpoch).min())
        #expect(compact.latestEnd == readings.map(\.end.secondsSinceEpoch).max())
        let short = readings.filter { $0.value.exponent > -9 && $0.value.exponent < 9 }
        #expect(try Readings(short).total() == ExactDecimal.sum(short.map(\.value)))
        let upper = Int.random(in: 0...readings.count, using: &generator)
        let lower = Int.random(in: 0...upper, using: &generator)
        #expect(
            compact.firstNegative(in: lower..<upper)
                == (lower..<upper).first { readings[$0].value.isNegative })
        let pairs = zip(readings, readings.dropFirst())
        #expect(
            compact.isOrderedAndDisjoint
                == pairs.allSatisfy { $0.end <= $1.start && $0.start < $1.start })
    }

    @Test("know whether they are in order and apart")
    func order() {
        func readings(_ spans: [(Int64, Int64)]) -> Readings {
            Readings(
                spans.map {
                    Reading(
                        start: Instant(secondsSinceEpoch: $0.0),
                        end: Instant(secondsSinceEpoch: $0.1), value: .one, quality: .actual,
                        line: 1)
                })
        }
        #expect(readings([]).isOrderedAndDisjoint)
        #expect(readings([(0, 10), (10, 20), (30, 40)]).isOrderedAndDisjoint)
        #expect(!readings([(10, 20), (0, 10)]).isOrderedAndDisjoint)
        #expect(!readings([(0, 10), (9, 20)]).isOrderedAndDisjoint)
        // Two readings of a register at one moment claim the same.
        #expect(!readings([(5, 5), (5, 5)]).isOrderedAndDisjoint)
    }
}
