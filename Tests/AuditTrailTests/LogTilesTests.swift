internal import AuditTrail
internal import Hashing
internal import Testing

/// Sizes and names by hand from C2SP tlog-tiles.
@Suite("Tiles of a log")
struct LogTilesTests {
    private static func records(_ count: Int) -> [[UInt8]] {
        (0..<count).map { Array("record \($0)".utf8) }
    }

    @Test("hold length and bytes of each record")
    func entries() {
        let tiles = LogTiles([[0x61, 0x62], [], [UInt8](repeating: 7, count: 258)])
        #expect(tiles.entries.map(\.path) == ["tile/entries/000.p/3"])
        #expect(
            tiles.entries.map(\.bytes)
                == [[0, 2, 0x61, 0x62, 0, 0, 1, 2] + [UInt8](repeating: 7, count: 258)])
    }

    @Test("are named by level, number and width")
    func names() {
        #expect(LogTiles([]).hashes.isEmpty)
        #expect(LogTiles(Self.records(255)).hashes.map(\.path) == ["tile/0/000.p/255"])
        #expect(
            LogTiles(Self.records(256)).hashes.map(\.path) == ["tile/0/000", "tile/1/000.p/1"])
        let large = LogTiles([[UInt8]](repeating: [], count: 256 * 1_000 + 1))
        #expect(large.entries[999].path == "tile/entries/999")
        #expect(large.entries[1_000].path == "tile/entries/x001/000.p/1")
    }

    @Test("give the root of the tree, level by level", arguments: [0, 1, 2, 255, 256, 257, 700])
    func root(count: Int) {
        let tiles = LogTiles(Self.records(count))
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        let leaves = Self.records(count).map { tree.append($0, using: &hasher) }
        #expect(tiles.root == tree.root)
        #expect(
            tiles.hashes.filter { $0.path.hasPrefix("tile/0/") }.flatMap(\.bytes)
                == leaves.flatMap(\.bytes))
        for (index, first) in stride(from: 0, through: count - 256, by: 256).enumerated() {
            var subtree = MerkleTree()
            for leaf in leaves[first..<(first + 256)] {
                subtree.append(leafHash: leaf, using: &hasher)
            }
            let level = tiles.hashes.filter { $0.path.hasPrefix("tile/1/") }.flatMap(\.bytes)
            #expect(Array(level[(32 * index)..<(32 * index + 32)]) == subtree.root.bytes)
        }
    }
}
