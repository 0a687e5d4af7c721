internal import Diagnostics

/// Why the controls of a book refuse a record.
struct ControlFault: Error, Hashable, Sendable {
    let code: DiagnosticCode
    let message: String
    let hint: String

    init(_ code: DiagnosticCode, _ message: String, hint: String) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// What the person at the terminal reads.
    func diagnostic(_ path: String) -> Diagnostic {
        Diagnostic(
            code, severity: .error, at: SourceLocation(file: path), message, hint: hint)
    }
}
