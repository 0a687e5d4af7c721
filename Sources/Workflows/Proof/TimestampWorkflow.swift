package import AuditTrail
internal import Diagnostics
internal import Documents
internal import Foundation
internal import Hashing
internal import LedgerCore
internal import LedgerStore

/// Time stamps (RFC 3161) of checkpoints: the word of an authority that the tree was there at a
/// time. The authority sees a hash, nothing else.
package struct TimestampWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// A token that the book keeps.
    package struct Added: Sendable {
        package let checkpoint: Checkpoint
        /// As OpenSSL prints it: `Nov 26 05:00:00 2026 GMT`.
        package let time: String
        /// False where the book kept it before.
        package let isNew: Bool
    }

    /// Writes the request for the newest checkpoint: the digest of its text, and the wish for the
    /// certificate of the authority. Without a nonce, so that the same checkpoint gives the same
    /// request; that the token is for it shows the digest.
    ///
    /// - Throws: `checkpoint-refused` without a checkpoint, `program-missing`, `output-refused`.
    package func request(to path: String) throws(Refusal) -> Checkpoint {
        guard let signed = try CheckpointHistory(book).confirmed().last else {
            throw refused(
                "the book has no signed checkpoint", "sign one with 'tonne checkpoint --key FILE'")
        }
        let part = path + ".part"
        let outcome = try OpenSSLProgram.run([
            "ts", "-query", "-digest", CheckpointStamp.digest(of: signed).hexadecimal, "-sha256",
            "-cert", "-no_nonce", "-out", OpenSSLProgram.argument(part),
        ])
        guard outcome.status == 0, rename(part, path) == 0 else {
            unlink(part)
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: path),
                    "the file cannot be written: \(Self.reason(outcome.output))",
                    hint: "check that the folder exists and has space; nothing was changed"))
        }
        return signed.checkpoint
    }

    /// Checks the answer of an authority and keeps it as a document of the book.
    ///
    /// - Parameters:
    ///   - authority: A file of the certificates (PEM) that are trusted.
    ///   - untrusted: A file of further certificates of the chain, where the token lacks them.
    /// - Throws: `checkpoint-refused` for a token that stamps no checkpoint of the book, or that
    ///   OpenSSL does not verify; `program-missing`, `file-missing`.
    package func add(
        _ path: String, authority: String, untrusted: String?, dryRun: Bool
    ) throws(Refusal) -> Added {
        let token = try ProofFiles.read(path)
        for file in [authority] + [untrusted].compactMap(\.self) {
            _ = try BookFiles.document(file)
        }
        let history = try CheckpointHistory(book)
        guard
            let signed = try history.confirmed().last(where: {
                CheckpointStamp.names($0, in: token)
            })
        else {
            throw refused(
                "the time stamp is of no checkpoint of the book",
                "ask for one with the file of 'tonne witness timestamp request'", at: path)
        }
        let time = try verified(path, signed, authority, untrusted)
        let name = "checkpoint-\(signed.checkpoint.size).tsr"
        let document = Document(name: name, bytes: token)
        let state = try book.state()
        let isNew = state.document(document.digest) == nil
        if isNew, !dryRun {
            let received = ReceivedDocument(
                digest: document.digest, name: name, size: token.count,
                mediaType: CheckpointStamp.mediaType, format: CheckpointStamp.format,
                profile: nil, profileHash: nil, outcome: "accept")
            try book.append([.document(received)], evidence: [document], onto: state.head.size)
        }
        return Added(checkpoint: signed.checkpoint, time: time, isNew: isNew)
    }

    /// - Returns: The time of the token.
    private func verified(
        _ path: String, _ signed: SignedCheckpoint, _ authority: String, _ untrusted: String?
    ) throws(Refusal) -> String {
        let file = OpenSSLProgram.argument(path)
        let outcome = try OpenSSLProgram.run(
            [
                "ts", "-verify", "-digest", CheckpointStamp.digest(of: signed).hexadecimal, "-in",
                file, "-CAfile", OpenSSLProgram.argument(authority),
            ] + (untrusted.map { ["-untrusted", OpenSSLProgram.argument($0)] } ?? []))
        guard outcome.status == 0 else {
            throw refused(
                "OpenSSL does not verify the time stamp: \(Self.reason(outcome.output))",
                "check the certificate of the authority, and that the file arrived byte for byte",
                at: path)
        }
        let text = try OpenSSLProgram.run(["ts", "-reply", "-in", file, "-text"]).output
        let label = "Time stamp: "
        let line = text.split(separator: "\n").first { $0.hasPrefix(label) }
        return line.map { String($0.dropFirst(label.count)) } ?? "a time that it does not print"
    }

    /// Why OpenSSL refused: of `thread:error:code:library:function:reason:file:line:` the reason.
    private static func reason(_ output: String) -> String {
        let lines = output.split(separator: "\n")
        let line = lines.first { $0.contains(":error:") } ?? lines.last ?? "no reason"
        let fields = line.split(separator: ":")
        return DiagnosticRenderer.quoted(String(fields.count > 5 ? fields[5] : line))
    }

    private func refused(_ message: String, _ hint: String, at path: String? = nil) -> Refusal {
        Refusal(
            Diagnostic(
                .checkpointRefused, at: SourceLocation(file: path ?? book.path), message,
                hint: hint))
    }
}
