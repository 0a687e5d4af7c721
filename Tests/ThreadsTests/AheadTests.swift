internal import Foundation
internal import TestSupport
internal import Testing
internal import Threads

@Suite("Work ahead")
struct AheadTests {
    @Test("gives the results of all inputs in their order", arguments: 0..<20)
    func order(seed: Int) {
        var random = SplitMix64(seed: seed)
        let weights = (0..<Int.random(in: 0...300, using: &random)).map { _ in
            Int.random(in: 0...40, using: &random)
        }
        let limit = Int.random(in: 1...100, using: &random)
        let count = Int.random(in: 1...9, using: &random)
        let ahead = Ahead(weights: weights, limit: limit, count: count) { "\($0): \(weights[$0])" }
        for (index, weight) in weights.enumerated() {
            #expect(ahead.next() == "\(index): \(weight)", "seed \(seed)")
        }
        #expect(ahead.next() == nil)
        #expect(ahead.next() == nil)
    }

    /// What is begun and not taken, counted where it is done: at most the inputs in front of it
    /// that are not taken yet, and itself.
    @Test("holds no more than it may", arguments: 0..<20)
    func bounded(seed: Int) {
        var random = SplitMix64(seed: seed)
        let weights = (0..<200).map { _ in Int.random(in: 1...30, using: &random) }
        let (limit, count) = (60, 5)
        let taken = Guarded(0)
        let ahead = Ahead(weights: weights, limit: limit, count: count) { index in
            // `next` may be about to give one that is not counted as taken yet.
            let first = min(index, taken.withLock { $0 } + 1)
            return (count: index - first + 1, weight: weights[first...index].reduce(0, +))
        }
        for _ in weights {
            let held = ahead.next()
            taken.withLock { $0 += 1 }
            #expect(held.map { $0.count <= count && $0.weight <= limit } == true, "seed \(seed)")
        }
    }

    @Test("begins an input that is too heavy when nothing is ahead")
    func heavy() {
        let ahead = Ahead(weights: [5, 500, 5, 700], limit: 10, count: 4) { $0 }
        #expect((0..<4).map { _ in ahead.next() } == [0, 1, 2, 3])
    }

    @Test("begins nothing more once it is cancelled")
    func cancelled() {
        let begun = Guarded(0)
        let weights = Array(repeating: 1, count: 10_000)
        // There is room for all of them, so that only the cancellation stops the work.
        let ahead = Ahead(weights: weights, limit: weights.count, count: weights.count) {
            begun.withLock { $0 += 1 }
            Thread.sleep(forTimeInterval: 0.001)
            return $0
        }
        #expect(ahead.next() == 0)
        ahead.cancel()
        let before = begun.withLock { $0 }
        Thread.sleep(forTimeInterval: 0.2)
        // One may have been about to begin.
        #expect(begun.withLock { $0 } <= before + 1)
        // What was done is still given, then nothing.
        var results = 0
        while ahead.next() != nil { results += 1 }
        #expect(results <= before)
    }
}
