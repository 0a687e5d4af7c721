internal import Inventory
internal import TestSupport
internal import Testing

@Suite("Serial ranges of certificates")
struct SerialRangeTests {
    @Test(
        "count both ends",
        arguments: [
            ("871-001", "871-400", 400), ("X9", "X10", 2), ("7", "7", 1),
            ("ACR-US-102-2003-274-120158095", "120158156", 62),
            ("643002406801000000000012345670", "643002406801000000000012345679", 10),
        ] as [(String, String, Int)])
    func counts(from: String, to: String, count: Int) throws {
        #expect(try #require(SerialRange(from: from, to: to)).count == Int128(count))
    }

    @Test(
        "are refused where they say nothing",
        arguments: [
            ("A-1", "B-2"), ("A-5", "A-4"), ("A-", "A-4"), ("", ""), ("A-1", "A-x"), ("1", "A-4"),
            (String(repeating: "9", count: 31), String(repeating: "9", count: 31)),
        ])
    func refused(from: String, to: String) {
        #expect(SerialRange(from: from, to: to) == nil)
    }

    @Test("overlap and contain as sets of numbers do", arguments: 0..<200)
    func sets(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        func range() throws -> (SerialRange, Set<Int>) {
            let first = Int(random.next() % 20)
            let last = first + Int(random.next() % 8)
            return (try #require(SerialRange(from: "S\(first)", to: "S\(last)")), Set(first...last))
        }
        let (left, leftSet) = try range()
        let (right, rightSet) = try range()
        #expect(left.overlaps(right) == !leftSet.isDisjoint(with: rightSet), "seed \(seed)")
        #expect(left.contains(right) == leftSet.isSuperset(of: rightSet), "seed \(seed)")
        let other = try #require(SerialRange(from: "T\(left.first)", to: "T\(left.last)"))
        #expect(!left.overlaps(other) && !left.contains(other), "seed \(seed)")
    }
}
