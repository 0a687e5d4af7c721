package import Hashing

/// The proof of RFC 6962 section 2.1.2 that a tree begins with all leaves of an earlier one.
package struct ConsistencyProof: Hashable, Sendable {
    package let oldSize: Int
    package let newSize: Int
    package let path: [SHA256Digest]

    /// A proof as it was received; it says nothing before `holds` has answered.
    package init(oldSize: Int, newSize: Int, path: [SHA256Digest]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// The proof that the tree over these leaves extends the tree over the first `oldSize`.
    ///
    /// - Returns: `nil` for an empty earlier tree, of which there is nothing to prove, or one
    ///   larger than the tree.
    package init?(from oldSize: Int, in leafHashes: [SHA256Digest]) {
        guard oldSize > 0, oldSize <= leafHashes.count else { return nil }
        var hasher = MerkleHasher()
        self.init(
            oldSize: oldSize, newSize: leafHashes.count,
            path: Self.path(oldSize, in: leafHashes[...], isWhole: true, &hasher))
    }

    /// SUBPROOF(m, D[n], b) of RFC 6962.
    private static func path(
        _ end: Int, in leaves: ArraySlice<SHA256Digest>, isWhole: Bool,
        _ hasher: inout MerkleHasher
    ) -> [SHA256Digest] {
        if end == leaves.endIndex { return isWhole ? [] : [hasher.root(leaves)] }
        let middle = leaves.startIndex + MerkleSplit.point(leaves.count)
        if end <= middle {
            return path(end, in: leaves[..<middle], isWhole: isWhole, &hasher)
                + [hasher.root(leaves[middle...])]
        }
        return path(end, in: leaves[middle...], isWhole: false, &hasher)
            + [hasher.root(leaves[..<middle])]
    }

    /// True where the tree of `newRoot` begins with the whole tree of `oldRoot`.
    ///
    /// An `oldSize` of 0 is refused: any tree extends the empty one, and the text of the standard
    /// leaves open what its proof would be. Algorithm: RFC 9162 section 2.1.4.2.
    package func holds(oldRoot: SHA256Digest, newRoot: SHA256Digest) -> Bool {
        guard oldSize > 0, oldSize <= newSize else { return false }
        if oldSize == newSize { return path.isEmpty && oldRoot == newRoot }
        var rest = path[...]
        // The tree of a power of two is a subtree of the new one: its root begins the path.
        let isPowerOfTwo = oldSize.nonzeroBitCount == 1
        guard let first = isPowerOfTwo ? oldRoot : rest.popFirst() else { return false }
        var hasher = MerkleHasher()
        let skipped = oldSize.trailingZeroBitCount
        var position = (oldSize - 1) >> skipped
        var last = (newSize - 1) >> skipped
        var oldNode = first
        var newNode = first
        for sibling in rest {
            guard last > 0 else { return false }
            if position & 1 == 1 || position == last {
                oldNode = hasher.node(sibling, oldNode)
                newNode = hasher.node(sibling, newNode)
                let zeros = position.trailingZeroBitCount
                position >>= zeros
                last >>= zeros
            } else {
                newNode = hasher.node(newNode, sibling)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 && oldNode == oldRoot && newNode == newRoot
    }
}
