package import Hashing

/// The proof that a log holds a record, with the checkpoint that it leads to: a C2SP
/// `.tlog-proof` file.
package struct RecordProof: Hashable, Sendable {
    /// The number of the record.
    package let index: Int
    package let path: [SHA256Digest]
    /// Bytes of the application; we write none.
    package let extra: [UInt8]?
    package let signed: SignedCheckpoint

    private static let heading = "c2sp.org/tlog-proof@v1"

    /// - Returns: `nil` where the checkpoint or the leaves end before the record.
    package init?(of index: Int, in leafHashes: [SHA256Digest], to signed: SignedCheckpoint) {
        let size = signed.checkpoint.size
        guard size <= leafHashes.count,
            let proof = InclusionProof(of: index, in: Array(leafHashes.prefix(size)))
        else { return nil }
        self.index = index
        self.path = proof.path
        self.extra = nil
        self.signed = signed
    }

    package init(parsing bytes: [UInt8]) throws(NoteError) {
        let (all, note) = try ProofLines.split(bytes)
        var lines = all[...]
        guard lines.first == Self.heading else {
            throw .malformed("a proof begins with '\(Self.heading)'")
        }
        lines.removeFirst()
        if let line = lines.first, let value = ProofLines.value("extra ", line) {
            guard let extra = Base64.bytes(value) else {
                throw .malformed("the extra bytes are no canonical base64")
            }
            self.extra = extra
            lines.removeFirst()
        } else {
            extra = nil
        }
        guard let line = lines.first, let value = ProofLines.value("index ", line),
            let index = Checkpoint.number(value)
        else { throw .malformed("a proof has a line 'index N'") }
        self.index = index
        path = try ProofLines.hashes(lines.dropFirst())
        signed = try SignedCheckpoint(parsing: note)
    }

    /// The proof as its file has it.
    package var written: String {
        var lines = [Self.heading]
        if let extra { lines.append("extra \(Base64.text(extra))") }
        lines.append("index \(index)")
        return ProofLines.written(lines, path, signed.note)
    }

    /// True where the tree of the checkpoint holds these bytes as its leaf. Who signed the
    /// checkpoint is another question.
    package func holds(record: [UInt8]) -> Bool {
        var hasher = MerkleHasher()
        return InclusionProof(index: index, size: signed.checkpoint.size, path: path)
            .holds(leafHash: hasher.leaf(record), root: signed.checkpoint.root)
    }
}

/// What the files of C2SP proofs have in common: lines, hashes, an empty line, a checkpoint.
enum ProofLines {
    /// RFC 9162 needs at most one hash for each bit of the size.
    private static let maximumHashes = 63

    static func split(_ bytes: [UInt8]) throws(NoteError) -> (lines: [String], note: [UInt8]) {
        try SignedNote.checkText(bytes)
        let ends = bytes.indices.dropLast()
        guard let end = ends.first(where: { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a }) else {
            throw .malformed("an empty line in front of the checkpoint is missing")
        }
        let lines = bytes[..<end].split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(decoding: $0, as: UTF8.self) }
        return (lines, Array(bytes[(end + 2)...]))
    }

    static func value(_ name: String, _ line: String) -> Substring? {
        line.utf8.starts(with: name.utf8) ? line.dropFirst(name.count) : nil
    }

    static func hashes(_ lines: ArraySlice<String>) throws(NoteError) -> [SHA256Digest] {
        guard lines.count <= maximumHashes else { throw .malformed("more than 63 hashes") }
        var hashes: [SHA256Digest] = []
        for line in lines {
            guard let hash = Checkpoint.hash(line) else {
                throw .malformed("a hash is 32 bytes in canonical base64")
            }
            hashes.append(hash)
        }
        return hashes
    }

    static func written(_ lines: [String], _ hashes: [SHA256Digest], _ note: SignedNote) -> String {
        let all = lines + hashes.map { Base64.text($0.bytes) }
        return all.map { $0 + "\n" }.joined() + "\n" + note.written
    }
}
