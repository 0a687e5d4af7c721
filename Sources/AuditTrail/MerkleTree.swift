package import Hashing

/// The Merkle tree of RFC 6962 over the records of a book, as its right edge: what is needed to
/// append and to state the root, at most 63 hashes.
package struct MerkleTree: Hashable, Sendable {
    /// The number of leaves.
    package private(set) var size: Int
    /// The roots of the perfect subtrees from left to right, one for each bit set in `size`.
    package private(set) var rightEdge: [SHA256Digest]

    /// The tree without leaves.
    package init() {
        size = 0
        rightEdge = []
    }

    /// A tree that was stored.
    ///
    /// - Returns: `nil` unless the right edge has one hash for each bit set in `size`.
    package init?(size: Int, rightEdge: [SHA256Digest]) {
        guard size >= 0, rightEdge.count == size.nonzeroBitCount else { return nil }
        self.size = size
        self.rightEdge = rightEdge
    }

    /// Appends a record.
    ///
    /// - Returns: The hash of its leaf, which the proofs need.
    @discardableResult
    package mutating func append(
        _ record: [UInt8], using hasher: inout MerkleHasher
    ) -> SHA256Digest {
        let leafHash = hasher.leaf(record)
        append(leafHash: leafHash, using: &hasher)
        return leafHash
    }

    package mutating func append(leafHash: SHA256Digest, using hasher: inout MerkleHasher) {
        var node = leafHash
        size += 1
        // The new size ends in as many zero bits as subtrees are complete with the new leaf.
        for _ in 0..<size.trailingZeroBitCount {
            node = hasher.node(rightEdge.removeLast(), node)
        }
        rightEdge.append(node)
    }

    /// The root; SHA-256 of nothing for the empty tree.
    package var root: SHA256Digest {
        var hasher = MerkleHasher()
        return root(using: &hasher)
    }

    /// The root of the tree over some leaf hashes.
    package static func root(of leafHashes: ArraySlice<SHA256Digest>) -> SHA256Digest {
        var hasher = MerkleHasher()
        return hasher.root(leafHashes)
    }

    /// The roots over the first leaf hashes, for several sizes in one pass. Sizes beyond the
    /// leaves have none.
    package static func roots(
        of leafHashes: [SHA256Digest], atSizes sizes: Set<Int>
    ) -> [Int: SHA256Digest] {
        var hasher = MerkleHasher()
        var tree = MerkleTree()
        var roots: [Int: SHA256Digest] = [:]
        if sizes.contains(0) { roots[0] = tree.root(using: &hasher) }
        for hash in leafHashes.prefix(sizes.max() ?? 0) {
            tree.append(leafHash: hash, using: &hasher)
            if sizes.contains(tree.size) { roots[tree.size] = tree.root(using: &hasher) }
        }
        return roots
    }

    func root(using hasher: inout MerkleHasher) -> SHA256Digest {
        guard var root = rightEdge.last else { return SHA256Digest(hashing: []) }
        for left in rightEdge.dropLast().reversed() { root = hasher.node(left, root) }
        return root
    }
}
