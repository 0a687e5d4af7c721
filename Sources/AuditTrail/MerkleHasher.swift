package import Hashing

/// The hashes of RFC 6962 section 2.1: a leaf begins with 0x00 and a node with 0x01, so that
/// neither can pass for the other. One hasher serves a whole run.
package struct MerkleHasher: ~Copyable {
    private var hasher = SHA256Hasher()

    private static let leafPrefix: [UInt8] = [0x00]
    private static let nodePrefix: [UInt8] = [0x01]

    package init() {}

    /// SHA-256(0x00 ‖ record).
    package mutating func leaf(_ record: [UInt8]) -> SHA256Digest {
        hasher.update(Self.leafPrefix)
        hasher.update(record)
        return hasher.finalize()
    }

    /// SHA-256(0x01 ‖ left ‖ right).
    package mutating func node(_ left: SHA256Digest, _ right: SHA256Digest) -> SHA256Digest {
        hasher.update(Self.nodePrefix)
        left.withUnsafeBytes { hasher.update($0) }
        right.withUnsafeBytes { hasher.update($0) }
        return hasher.finalize()
    }

    /// The root of the tree over some leaf hashes, MTH(D) of RFC 6962 section 2.1.
    mutating func root(_ leafHashes: ArraySlice<SHA256Digest>) -> SHA256Digest {
        var tree = MerkleTree()
        for hash in leafHashes { tree.append(leafHash: hash, using: &self) }
        return tree.root(using: &self)
    }
}
