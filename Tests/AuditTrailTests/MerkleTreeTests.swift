internal import AuditTrail
internal import Hashing
internal import TestSupport
internal import Testing

@Suite("A Merkle tree")
struct MerkleTreeTests {
    /// The leaves and roots that implementations of RFC 6962 test with: Certificate Transparency,
    /// `merkletree/merkle_tree_test.cc`, reference inputs and roots for 1 to 8 leaves.
    static let standardLeaves: [[UInt8]] = [
        [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], Array(0x40...0x43), Array(0x50...0x57),
        Array(0x60...0x6F),
    ]

    static let standardRoots = [
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test("has the well-known roots of RFC 6962", arguments: 0...8)
    func standard(size: Int) {
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        for leaf in Self.standardLeaves.prefix(size) { tree.append(leaf, using: &hasher) }
        #expect(tree.size == size)
        #expect(tree.root.hexadecimal == Self.standardRoots[size])
    }

    @Test("has the root of the recursive definition at every size")
    func recursion() {
        let leaves = randomLeaves(seed: 1, count: 300)
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        for (index, leaf) in leaves.enumerated() {
            #expect(tree.root == recursiveRoot(leaves[..<index]))
            tree.append(leafHash: leaf, using: &hasher)
        }
        #expect(tree.root == recursiveRoot(leaves[...]))
    }

    @Test("goes on from its stored right edge", arguments: 0..<40)
    func storedEdge(size: Int) throws {
        let leaves = randomLeaves(seed: size, count: size + 7)
        var hasher = MerkleHasher()
        var whole = MerkleTree()
        for leaf in leaves.prefix(size) { whole.append(leafHash: leaf, using: &hasher) }
        var stored = try #require(MerkleTree(size: whole.size, rightEdge: whole.rightEdge))
        for leaf in leaves.suffix(7) {
            whole.append(leafHash: leaf, using: &hasher)
            stored.append(leafHash: leaf, using: &hasher)
        }
        #expect(stored == whole)
        #expect(stored.root == recursiveRoot(leaves[...]))
    }

    @Test(
        "is refused where its right edge does not fit its size",
        arguments: [(-1, 0), (0, 1), (1, 0), (1, 2), (3, 1), (4, 2), (7, 4)])
    func badEdge(size: Int, count: Int) {
        let edge = randomLeaves(seed: 5, count: count)
        #expect(MerkleTree(size: size, rightEdge: edge) == nil)
    }

    @Test("returns the hash of a leaf that is not the hash of its bytes")
    func leafHash() {
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        let hash = tree.append(Array("abc".utf8), using: &hasher)
        #expect(hash == SHA256Digest(hashing: [0x00], Array("abc".utf8)))
    }
}

@Suite("A proof over a Merkle tree")
struct MerkleProofTests {
    @Test("of inclusion holds for each leaf of each size", arguments: 1...40)
    func inclusion(size: Int) throws {
        let leaves = randomLeaves(seed: size, count: size)
        let root = recursiveRoot(leaves[...])
        for (index, leaf) in leaves.enumerated() {
            let proof = try #require(InclusionProof(of: index, in: leaves))
            #expect(proof.holds(leafHash: leaf, root: root))
        }
    }

    @Test("of consistency holds for each pair of sizes", arguments: 1...40)
    func consistency(size: Int) throws {
        let leaves = randomLeaves(seed: size, count: size)
        let root = recursiveRoot(leaves[...])
        for oldSize in 1...size {
            let proof = try #require(ConsistencyProof(from: oldSize, in: leaves))
            #expect(proof.holds(oldRoot: recursiveRoot(leaves[..<oldSize]), newRoot: root))
        }
    }

    @Test("fails when anything in it changes", arguments: 0..<200)
    func mutatedInclusion(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 1...200, using: &random)
        let index = Int.random(in: 0..<size, using: &random)
        let leaves = randomLeaves(seed: seed, count: size)
        let root = recursiveRoot(leaves[...])
        let leaf = leaves[index]
        let proof = try #require(InclusionProof(of: index, in: leaves))
        try #require(proof.holds(leafHash: leaf, root: root))
        let path = proof.path
        #expect(!proof.holds(leafHash: flipped(leaf, &random), root: root))
        #expect(!proof.holds(leafHash: leaf, root: flipped(root, &random)))
        #expect(!proof.holds(leafHash: root, root: leaf) || leaf == root)
        for (place, hash) in path.enumerated() {
            var mutated = path
            mutated[place] = flipped(hash, &random)
            let other = InclusionProof(index: index, size: size, path: mutated)
            #expect(!other.holds(leafHash: leaf, root: root))
        }
        let mutations = [
            InclusionProof(index: index, size: size, path: path + [root]),
            InclusionProof(index: index, size: size, path: [leaf] + path),
            InclusionProof(index: index + size, size: size, path: path),
            InclusionProof(index: -1, size: size, path: path),
            InclusionProof(index: index, size: 0, path: path),
            InclusionProof(index: index, size: -size, path: path),
        ]
        for other in mutations { #expect(!other.holds(leafHash: leaf, root: root)) }
        if !path.isEmpty {
            let short = InclusionProof(index: index, size: size, path: path.dropLast())
            #expect(!short.holds(leafHash: leaf, root: root))
            let moved = InclusionProof(index: index ^ 1, size: size, path: path)
            #expect(!moved.holds(leafHash: leaf, root: root))
        }
    }

    @Test("of consistency fails when anything in it changes", arguments: 0..<200)
    func mutatedConsistency(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let newSize = Int.random(in: 1...200, using: &random)
        let oldSize = Int.random(in: 1...newSize, using: &random)
        let leaves = randomLeaves(seed: seed, count: newSize)
        let oldRoot = recursiveRoot(leaves[..<oldSize])
        let newRoot = recursiveRoot(leaves[...])
        let proof = try #require(ConsistencyProof(from: oldSize, in: leaves))
        let path = proof.path
        try #require(proof.holds(oldRoot: oldRoot, newRoot: newRoot))
        #expect(!proof.holds(oldRoot: flipped(oldRoot, &random), newRoot: newRoot))
        #expect(!proof.holds(oldRoot: oldRoot, newRoot: flipped(newRoot, &random)))
        for (place, hash) in path.enumerated() {
            var mutated = path
            mutated[place] = flipped(hash, &random)
            let other = ConsistencyProof(oldSize: oldSize, newSize: newSize, path: mutated)
            #expect(!other.holds(oldRoot: oldRoot, newRoot: newRoot))
        }
        let mutations = [
            ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path + [newRoot]),
            ConsistencyProof(oldSize: 0, newSize: newSize, path: path),
            ConsistencyProof(oldSize: 0, newSize: newSize, path: []),
            ConsistencyProof(oldSize: -oldSize, newSize: newSize, path: path),
            ConsistencyProof(oldSize: newSize + 1, newSize: newSize, path: path),
        ]
        for other in mutations { #expect(!other.holds(oldRoot: oldRoot, newRoot: newRoot)) }
        if !path.isEmpty {
            let short = ConsistencyProof(
                oldSize: oldSize, newSize: newSize, path: path.dropLast())
            #expect(!short.holds(oldRoot: oldRoot, newRoot: newRoot))
        }
    }

    @Test("exists only for leaves and sizes of the tree", arguments: [0, 1, 5])
    func outside(size: Int) {
        let leaves = randomLeaves(seed: size, count: size)
        #expect(InclusionProof(of: -1, in: leaves) == nil)
        #expect(InclusionProof(of: size, in: leaves) == nil)
        #expect(ConsistencyProof(from: 0, in: leaves) == nil)
        #expect(ConsistencyProof(from: size + 1, in: leaves) == nil)
    }
}

/// MTH of RFC 6962 section 2.1, written as the standard writes it.
func recursiveRoot(_ leaves: ArraySlice<SHA256Digest>) -> SHA256Digest {
    guard let first = leaves.first else { return SHA256Digest(hashing: []) }
    guard leaves.count > 1 else { return first }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let middle = leaves.startIndex + split
    return SHA256Digest(
        hashing: [0x01], recursiveRoot(leaves[..<middle]).bytes,
        recursiveRoot(leaves[middle...]).bytes)
}

func randomLeaves(seed: Int, count: Int) -> [SHA256Digest] {
    var random = SplitMix64(seed: seed)
    return (0..<count).map { _ in SHA256Digest(hashing: random.bytes(16)) }
}

/// The digest with one bit turned.
func flipped(_ digest: SHA256Digest, _ random: inout SplitMix64) -> SHA256Digest {
    var bytes = digest.bytes
    bytes[Int.random(in: 0..<32, using: &random)] ^=
        UInt8(1) << UInt8.random(in: 0..<8, using: &random)
    return SHA256Digest(bytes: bytes) ?? digest
}
