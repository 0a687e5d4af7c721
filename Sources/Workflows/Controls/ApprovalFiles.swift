package import AuditTrail
internal import Diagnostics

/// Reads and writes requests for approvals.
package enum ApprovalFiles {
    /// - Throws: `file-missing`, `approval-refused` for no request.
    package static func read(_ path: String) throws(Refusal) -> ApprovalRequest {
        let bytes = try ProofFiles.read(path)
        do {
            return try ApprovalRequest(parsing: bytes)
        } catch {
            throw Refusal(
                Diagnostic(
                    .approvalRefused, at: SourceLocation(file: path), "\(error)",
                    hint: "ask for the file again; it must arrive byte for byte"))
        }
    }

    /// - Throws: `output-refused`.
    package static func write(_ request: ApprovalRequest, to path: String) throws(Refusal) {
        try ProofFiles.replace(path, with: request.written)
    }
}
