package import AuditTrail
internal import Diagnostics
package import Inventory

/// The auditor's side, which needs no book: it cosigns what extends the last checkpoint seen.
package struct WitnessWorkflow: Sendable {
    private let signer: NoteSigner
    private let log: NoteKey

    /// - Parameter log: The key of the book, as the auditor got it when the engagement began.
    package init(signer: NoteSigner, log: NoteKey) {
        self.signer = signer
        self.log = log
    }

    /// Checks a request against the last state and answers it. The new state is on the disk
    /// before the answer exists.
    ///
    /// - Returns: The cosignature; `isFirst` where there was no state to compare with.
    /// - Throws: `key-refused`, `checkpoint-refused`; `integrity-failure` where the book has not
    ///   grown from the last state alone.
    package func answer(
        _ requestPath: String, statePath: String, at time: Instant
    ) throws(Refusal) -> (signature: SignedNote.Signature, isFirst: Bool) {
        let request = try ProofFiles.request(requestPath)
        let last = try ProofFiles.state(statePath)
        if let last { try check(last, statePath) }
        let signature: SignedNote.Signature
        do throws(Witness.Fault) {
            signature = try Witness(signer, of: log).cosignature(
                for: request, after: last?.checkpoint, at: time.secondsSinceEpoch)
        } catch {
            throw Refusal(diagnostic(error, at: SourceLocation(file: requestPath)))
        }
        let seen = request.signed.adding(signature)
        try ProofFiles.replace(statePath, with: seen.note.written)
        return (signature, last == nil)
    }

    /// The state is ours only if we cosigned it.
    private func check(_ last: SignedCheckpoint, _ path: String) throws(Refusal) {
        if case .cosigned? = try? last.note.verdict(of: signer.key) { return }
        throw Refusal(
            Diagnostic(
                .checkpointRefused, at: SourceLocation(file: path),
                "the last state is not cosigned by '\(DiagnosticRenderer.quoted(signer.key.name))'",
                hint: "name the file that this key wrote the last time"))
    }

    private func diagnostic(
        _ fault: Witness.Fault, at place: SourceLocation
    ) -> Diagnostic {
        let name = DiagnosticRenderer.quoted(log.name)
        switch fault {
        case .wrongKind:
            return Diagnostic(
                .keyRefused, "a witness signs with a key of its own kind, a book with another",
                hint: "'tonne key new FILE --witness --name NAME' makes a key for a witness")
        case .wrongSignature:
            return Diagnostic(
                .checkpointRefused, at: place, "the signature of '\(name)' does not fit the text",
                hint: "do not sign; ask for the request again")
        case .unsigned:
            return Diagnostic(
                .checkpointRefused, at: place, "the key of '\(name)' did not sign the checkpoint",
                hint: "ask why another key signed, or name the key of this book")
        case .otherOrigin:
            return Diagnostic(
                .checkpointRefused, at: place, "the checkpoint is not of the book '\(name)'",
                hint: "keep a state file of its own for each book")
        case .otherStart(let last):
            return Diagnostic(
                .checkpointRefused, at: place, "the request does not start at size \(last)",
                hint: "ask for 'tonne witness request --since \(last)'")
        case .inconsistent(let last):
            return Diagnostic(
                .integrityFailure, at: place,
                "the book does not begin with the \(last) records that were cosigned before",
                hint: "keep the request and the last state: together they prove the change")
        }
    }
}
