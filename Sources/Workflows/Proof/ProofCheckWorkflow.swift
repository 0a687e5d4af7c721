package import AuditTrail
internal import Diagnostics

/// Checks the proof of one record, without a book.
package enum ProofCheckWorkflow {
    /// - Parameters:
    ///   - proofPath: A `.tlog-proof` file.
    ///   - recordPath: The bytes of the record, as `tonne prove --record` writes them.
    ///   - keys: What must have signed the checkpoint of the proof.
    /// - Returns: The proof, which holds.
    /// - Throws: `file-missing`; `checkpoint-refused` for what is no proof, or where a key did not
    ///   sign; `integrity-failure` where the record is not in the tree, or a signature is wrong.
    package static func check(
        _ proofPath: String, record recordPath: String, keys: [NoteKey]
    ) throws(Refusal) -> RecordProof {
        let proof = try ProofFiles.proof(proofPath)
        let record = try ProofFiles.read(recordPath)
        let place = SourceLocation(file: proofPath)
        let checkpoint = proof.signed.checkpoint
        guard proof.holds(record: record) else {
            throw Refusal(
                Diagnostic(
                    .integrityFailure, at: place,
                    "these bytes are not record \(proof.index) of the \(checkpoint.size) records "
                        + "of the checkpoint",
                    hint: "ask for record and proof again; each must arrive byte for byte"))
        }
        for key in keys {
            let verdict: SignedNote.Verdict?
            do {
                verdict = try proof.signed.note.verdict(of: key)
            } catch {
                throw Refusal(
                    Diagnostic(
                        .integrityFailure, at: place, "\(error)",
                        hint: "keep the file as it is: somebody changed it"))
            }
            guard verdict != nil else {
                throw Refusal(
                    Diagnostic(
                        .checkpointRefused, at: place,
                        "'\(DiagnosticRenderer.quoted(key.name))' did not sign the checkpoint",
                        hint: "name the key that did, as 'tonne key show' prints it"))
            }
            guard key.kind == .witness || key.name.utf8.elementsEqual(checkpoint.origin.utf8) else {
                throw Refusal(
                    Diagnostic(
                        .checkpointRefused, at: place,
                        "the checkpoint is not of '\(DiagnosticRenderer.quoted(key.name))'",
                        hint: "name the key of the book that the proof is for"))
            }
        }
        return proof
    }
}
