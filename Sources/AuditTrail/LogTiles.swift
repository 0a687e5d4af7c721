package import Hashing

/// The records and hashes of a log as static files, by C2SP tlog-tiles: any client reads them.
package struct LogTiles: Sendable {
    package struct Tile: Sendable {
        /// `tile/0/x001/067`, `tile/entries/000.p/12`.
        package let path: String
        package let bytes: [UInt8]
    }

    /// Leaves or hashes of a whole tile.
    static let width = 256

    /// Entry bundles: each record as its length in 16 bits, big-endian, and its bytes.
    package let entries: [Tile]
    /// Hashes, level by level from the leaves: a hash of a level is the root of a whole tile below.
    package let hashes: [Tile]
    package let root: SHA256Digest

    /// - Parameter records: The bytes of all records, at most 65,535 each.
    package init(_ records: [[UInt8]]) {
        var hasher = MerkleHasher()
        var tree = MerkleTree()
        var nodes = records.map { tree.append($0, using: &hasher) }
        root = tree.root
        entries = Self.tiles("entries", records) { record in
            [UInt8(truncatingIfNeeded: record.count >> 8), UInt8(truncatingIfNeeded: record.count)]
                + record
        }
        var hashes: [Tile] = []
        var level = 0
        while !nodes.isEmpty {
            hashes += Self.tiles("\(level)", nodes, \.bytes)
            nodes = stride(from: 0, through: nodes.count - Self.width, by: Self.width).map {
                first in
                var subtree = MerkleTree()
                for node in nodes[first..<(first + Self.width)] {
                    subtree.append(leafHash: node, using: &hasher)
                }
                return subtree.root
            }
            level += 1
        }
        self.hashes = hashes
    }

    private static func tiles<Item>(
        _ level: String, _ items: [Item], _ bytes: (Item) -> [UInt8]
    ) -> [Tile] {
        stride(from: 0, to: items.count, by: width).map { first in
            let members = items[first..<min(first + width, items.count)]
            return Tile(
                path: path(level, first / width, members.count), bytes: members.flatMap(bytes))
        }
    }

    /// Groups of three digits, all but the last after an `x`; a tile that is not whole says how
    /// much of it there is.
    private static func path(_ level: String, _ index: Int, _ count: Int) -> String {
        var rest = index
        var parts = [digits(rest % 1_000)]
        while rest >= 1_000 {
            rest /= 1_000
            parts.insert("x" + digits(rest % 1_000), at: 0)
        }
        let path = "tile/\(level)/" + parts.joined(separator: "/")
        return count == width ? path : path + ".p/\(count)"
    }

    private static func digits(_ value: Int) -> String {
        let text = String(value)
        return String(repeating: "0", count: 3 - text.count) + text
    }
}
