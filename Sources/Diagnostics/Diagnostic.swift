/// One thing that is wrong with data, and what to do about it.
package struct Diagnostic: Hashable, Sendable, Error {
    package enum Severity: String, Hashable, Sendable, Codable { case info, warning, error }

    package let code: DiagnosticCode
    package let severity: Severity
    package let location: SourceLocation?
    /// What is wrong, with the offending value in quotes. One sentence without a full stop.
    package let message: String
    /// What to write or do instead.
    package let hint: String?

    package init(
        _ code: DiagnosticCode, severity: Severity? = nil, at location: SourceLocation? = nil,
        _ message: String, hint: String? = nil
    ) {
        self.code = code
        self.severity = severity ?? code.severity
        self.location = location
        self.message = message
        self.hint = hint
    }
}
