internal import Quantities
internal import TestSupport
internal import Testing

@Suite("An allocation")
struct AllocationTests {
    @Test(
        "gives the largest remainders the missing units, ties to the earlier weight",
        arguments: [
            (100, [1, 1, 1], [34, 33, 33]), (-100, [1, 1, 1], [-34, -33, -33]),
            (10, [0, 5, 5], [0, 5, 5]), (1, [1, 2, 1], [0, 1, 0]), (0, [3, 4], [0, 0]),
            // 7 × 5/12 = 2.916…, 7 × 4/12 = 2.333…, 7 × 3/12 = 1.75
            (7, [5, 4, 3], [3, 2, 2]), (2, [1, 1, 1, 1], [1, 1, 0, 0]),
        ] as [(Int128, [Int128], [Int128])])
    func shares(total: Int128, weights: [Int128], expected: [Int128]) throws {
        #expect(try Allocation.largestRemainder(total, weights: weights) == expected)
    }

    @Test("sums to the whole, no share a unit or more off, none for no weight", arguments: 0..<200)
    func conserves(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let total = Int128.random(in: -1_000_000_000...1_000_000_000, using: &random)
        var weights = (0..<Int.random(in: 1...40, using: &random)).map { _ in
            Int128.random(in: 0...1_000, using: &random)
        }
        weights[0] += 1
        let sum = weights.reduce(0, +)
        let shares = try Allocation.largestRemainder(total, weights: weights)
        #expect(shares.reduce(0, +) == total)
        for (share, weight) in zip(shares, weights) {
            #expect((share * sum - total * weight).magnitude < sum.magnitude)
            #expect(weight > 0 || share == 0)
        }
        let mirrored = try Allocation.largestRemainder(-total, weights: weights)
        #expect(mirrored == shares.map { -$0 })
    }

    @Test("of a decimal keeps every digit", arguments: 0..<100)
    func decimals(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let total = ExactDecimal(
            mantissa: Int128.random(in: -9_999_999...9_999_999, using: &random), exponent: -3)
        let weights: [Int128] = [31, 28, 31, 30]
        let shares = try Allocation.largestRemainder(total, weights: weights, decimals: 2)
        #expect(try ExactDecimal.sum(shares) == total)
    }

    @Test("without a positive weight, or beyond the range, is refused")
    func refused() {
        #expect(throws: QuantityError.divisionByZero) {
            try Allocation.largestRemainder(1, weights: [])
        }
        #expect(throws: QuantityError.divisionByZero) {
            try Allocation.largestRemainder(1, weights: [0, 0])
        }
        #expect(throws: QuantityError.overflow) {
            try Allocation.largestRemainder(.max, weights: [2, 1])
        }
        #expect(throws: QuantityError.overflow) {
            try Allocation.largestRemainder(.min, weights: [1])
        }
        #expect(throws: QuantityError.overflow) {
            try Allocation.largestRemainder(1, weights: [.max, 1])
        }
    }
}
