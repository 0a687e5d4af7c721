internal import AuditTrail
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

/// Vectors that lie outside the repository, made by an independent program.
enum SharedVectors {
    static let folder = Repository.shared("guide/vectors")
}

@Suite(
    "The tree and the shared vectors of RFC 6962 agree",
    .enabled(if: SharedVectors.folder != nil, "the folder of shared vectors is not there"))
struct SharedVectorTests {
    struct Vectors: Decodable {
        struct Inclusion: Decodable {
            let index: Int
            let size: Int
            let leaf_hash: SHA256Digest
            let root: SHA256Digest
            let proof: [SHA256Digest]

            var holds: Bool {
                InclusionProof(index: index, size: size, path: proof)
                    .holds(leafHash: leaf_hash, root: root)
            }
        }

        struct Consistency: Decodable {
            let size1: Int
            let size2: Int
            let root1: SHA256Digest
            let root2: SHA256Digest
            let proof: [SHA256Digest]
        }

        let leaf_hashes: [SHA256Digest]
        let roots: [SHA256Digest]
        let inclusion: [Inclusion]
        let consistency: [Consistency]
        let inclusion_must_fail: [Inclusion]
        let ascii_decimal_leaves_roots: [String: SHA256Digest]
    }

    struct Ledger: Decodable {
        let canonical: [String]
        let leaf_hashes: [SHA256Digest]
        let root2: SHA256Digest
        let root4: SHA256Digest
        /// In base64, as in a C2SP `.tlog-proof`.
        let consistency_2_4: [Data]
        let inclusion_1_4: [Data]
    }

    @Test("on proofs of inclusion")
    func inclusion() throws {
        let vectors: Vectors = try read("rfc6962.json")
        #expect(vectors.inclusion.count == 36)
        for vector in vectors.inclusion {
            #expect(vector.holds)
            let leaves = Array(vectors.leaf_hashes.prefix(vector.size))
            #expect(InclusionProof(of: vector.index, in: leaves)?.path == vector.proof)
        }
    }

    @Test("on proofs of inclusion that must fail")
    func badInclusion() throws {
        let vectors: Vectors = try read("rfc6962.json")
        #expect(vectors.inclusion_must_fail.count == 7)
        for vector in vectors.inclusion_must_fail { #expect(!vector.holds) }
    }

    @Test("on proofs of consistency")
    func consistency() throws {
        let vectors: Vectors = try read("rfc6962.json")
        #expect(vectors.consistency.count == 36)
        for vector in vectors.consistency {
            let proof = ConsistencyProof(
                oldSize: vector.size1, newSize: vector.size2, path: vector.proof)
            #expect(proof.holds(oldRoot: vector.root1, newRoot: vector.root2))
            let leaves = Array(vectors.leaf_hashes.prefix(vector.size2))
            #expect(ConsistencyProof(from: vector.size1, in: leaves) == proof)
        }
    }

    @Test("on roots, small and large")
    func roots() throws {
        let vectors: Vectors = try read("rfc6962.json")
        for (size, root) in vectors.roots.enumerated() {
            #expect(MerkleTreeTests.standardRoots[size] == root.hexadecimal)
        }
        let largest = vectors.ascii_decimal_leaves_roots.keys.compactMap { Int($0) }.max() ?? 0
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        for size in 1...max(1, largest) {
            tree.append(Array(String(size - 1).utf8), using: &hasher)
            guard let root = vectors.ascii_decimal_leaves_roots[String(size)] else { continue }
            #expect(tree.root == root, "\(size) leaves")
        }
    }

    @Test("on the bytes of records that another program wrote")
    func records() throws {
        let ledger: Ledger = try read("ledger4.json")
        var tree = MerkleTree()
        var hasher = MerkleHasher()
        var roots: [SHA256Digest] = []
        for (text, leafHash) in zip(ledger.canonical, ledger.leaf_hashes) {
            let bytes = Array(text.utf8)
            #expect(try CanonicalJSON.bytes(of: CanonicalJSON.value(of: bytes)) == bytes)
            let hash = tree.append(bytes, using: &hasher)
            #expect(hash == leafHash)
            roots.append(tree.root)
        }
        try #require(roots.count == 4)
        #expect(roots[1] == ledger.root2)
        #expect(roots[3] == ledger.root4)
        let leaves = ledger.leaf_hashes
        #expect(
            ConsistencyProof(from: 2, in: leaves)?.path.map { Data($0.bytes) }
                == ledger.consistency_2_4)
        #expect(
            InclusionProof(of: 1, in: leaves)?.path.map { Data($0.bytes) } == ledger.inclusion_1_4)
    }

    private func read<Value: Decodable>(_ name: String) throws -> Value {
        let folder = try #require(SharedVectors.folder)
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        return try JSONDecoder().decode(Value.self, from: data)
    }
}
