package import Hashing

/// The audit path of RFC 6962 section 2.1.1: proof that a tree holds a leaf at a place.
package struct InclusionProof: Hashable, Sendable {
    /// The number of the leaf, from 0.
    package let index: Int
    /// The number of leaves of the tree.
    package let size: Int
    /// The siblings from the leaf to the root.
    package let path: [SHA256Digest]

    /// A proof as it was received; it says nothing before `holds` has answered.
    package init(index: Int, size: Int, path: [SHA256Digest]) {
        self.index = index
        self.size = size
        self.path = path
    }

    /// The proof for a leaf of the tree over these leaves.
    ///
    /// - Returns: `nil` where the tree has no leaf of this number.
    package init?(of index: Int, in leafHashes: [SHA256Digest]) {
        guard leafHashes.indices.contains(index) else { return nil }
        var hasher = MerkleHasher()
        self.init(
            index: index, size: leafHashes.count,
            path: Self.path(to: index, in: leafHashes[...], &hasher))
    }

    /// PATH(m, D[n]) of RFC 6962.
    private static func path(
        to index: Int, in leaves: ArraySlice<SHA256Digest>, _ hasher: inout MerkleHasher
    ) -> [SHA256Digest] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.startIndex + MerkleSplit.point(leaves.count)
        if index < middle {
            return path(to: index, in: leaves[..<middle], &hasher) + [
                hasher.root(leaves[middle...])
            ]
        }
        return path(to: index, in: leaves[middle...], &hasher) + [hasher.root(leaves[..<middle])]
    }

    /// True where the tree of this root and `size` holds the leaf at `index`.
    ///
    /// Algorithm: RFC 9162 section 2.1.3.2.
    package func holds(leafHash: SHA256Digest, root: SHA256Digest) -> Bool {
        guard index >= 0, index < size else { return false }
        var hasher = MerkleHasher()
        var position = index
        var last = size - 1
        var node = leafHash
        for sibling in path {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                node = hasher.node(sibling, node)
                let skipped = position.trailingZeroBitCount
                position >>= skipped
                last >>= skipped
            } else {
                node = hasher.node(node, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && node == root
    }
}

enum MerkleSplit {
    /// The largest power of two below the number of leaves, which is at least 2.
    static func point(_ count: Int) -> Int {
        1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
    }
}
