package import Hashing

/// What a log sends to its witness: the size that the witness saw last, a newer checkpoint, and
/// the proof that it extends the earlier one. The body of `add-checkpoint` in C2SP tlog-witness.
package struct WitnessRequest: Hashable, Sendable {
    /// 0 for a witness that has seen nothing yet; there is no proof then.
    package let oldSize: Int
    package let path: [SHA256Digest]
    package let signed: SignedCheckpoint

    /// - Returns: `nil` where the checkpoint is older than `oldSize`, or has more leaves.
    package init?(
        since oldSize: Int, in leafHashes: [SHA256Digest], to signed: SignedCheckpoint
    ) {
        let size = signed.checkpoint.size
        guard oldSize >= 0, oldSize <= size, size <= leafHashes.count else { return nil }
        if oldSize == 0 {
            path = []
        } else {
            guard let proof = ConsistencyProof(from: oldSize, in: Array(leafHashes.prefix(size)))
            else { return nil }
            path = proof.path
        }
        self.oldSize = oldSize
        self.signed = signed
    }

    package init(parsing bytes: [UInt8]) throws(NoteError) {
        let (lines, note) = try ProofLines.split(bytes)
        guard let line = lines.first, let value = ProofLines.value("old ", line),
            let oldSize = Checkpoint.number(value)
        else { throw .malformed("a request begins with 'old N'") }
        self.oldSize = oldSize
        path = try ProofLines.hashes(lines.dropFirst())
        signed = try SignedCheckpoint(parsing: note)
    }

    /// The request as its file has it.
    package var written: String { ProofLines.written(["old \(oldSize)"], path, signed.note) }
}

/// The side of the witness, who keeps the last checkpoint that he has seen.
package struct Witness: Sendable {
    /// Why a witness does not sign.
    package enum Fault: Error, Hashable, Sendable {
        /// A key of the other kind.
        case wrongKind
        case wrongSignature
        /// The log's key did not sign the checkpoint.
        case unsigned
        /// The checkpoint is of another log than the key, or than the last one.
        case otherOrigin
        /// The request starts elsewhere than where the witness stands.
        case otherStart(last: Int)
        /// The new tree does not extend the last one: an earlier record is another, or gone.
        case inconsistent(last: Int)
    }

    private let signer: NoteSigner
    private let log: NoteKey

    /// - Throws: `wrongKind` unless the signer is a witness's and the other key a log's.
    package init(_ signer: NoteSigner, of log: NoteKey) throws(Fault) {
        guard signer.key.kind == .witness, log.kind == .log else { throw .wrongKind }
        self.signer = signer
        self.log = log
    }

    /// Signs a checkpoint that extends the last one.
    ///
    /// - Parameters:
    ///   - last: The newest checkpoint that was cosigned; `nil` the first time.
    ///   - time: Seconds since 1970.
    package func cosignature(
        for request: WitnessRequest, after last: Checkpoint?, at time: Int64
    ) throws(Fault) -> SignedNote.Signature {
        let checkpoint = request.signed.checkpoint
        let verdict: SignedNote.Verdict?
        do { verdict = try request.signed.note.verdict(of: log) } catch { throw .wrongSignature }
        guard verdict != nil else { throw .unsigned }
        guard checkpoint.origin.utf8.elementsEqual(log.name.utf8) else { throw .otherOrigin }
        if let last {
            guard last.origin.utf8.elementsEqual(checkpoint.origin.utf8) else {
                throw .otherOrigin
            }
            guard request.oldSize == last.size else { throw .otherStart(last: last.size) }
            let proof = ConsistencyProof(
                oldSize: last.size, newSize: checkpoint.size, path: request.path)
            guard proof.holds(oldRoot: last.root, newRoot: checkpoint.root) else {
                throw .inconsistent(last: last.size)
            }
        } else {
            guard request.oldSize == 0, request.path.isEmpty else { throw .otherStart(last: 0) }
        }
        return signer.signature(of: request.signed.note.text, at: time)
    }
}
