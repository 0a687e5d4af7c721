package import Diagnostics

/// Collects what is wrong with a document, and what that means for its outcome.
package struct Findings: Sendable {
    /// Further findings of one code are counted, not listed.
    package static let listedPerCode = 20

    package let file: String
    package private(set) var quarantined = 0
    package private(set) var hasConflict = false
    package private(set) var hasWarning = false
    package private(set) var unlisted = UnlistedFaults()
    private var listed: [Diagnostic] = []
    private var counts: [DiagnosticCode: Int] = [:]

    package init(file: String) { self.file = file }

    /// All findings in the order found; the last one of a code says how many more there are.
    package var diagnostics: [Diagnostic] {
        listed
            + counts.filter { $0.value > Self.listedPerCode }
            .sorted { $0.key.rawValue < $1.key.rawValue }
            .map { code, count in
                Diagnostic(
                    code, severity: .info, at: SourceLocation(file: file),
                    "'\(count - Self.listedPerCode)' more findings of this kind are not listed")
            }
    }

    package mutating func warn(
        _ code: DiagnosticCode, line: Int?, column: Int? = nil, _ message: String,
        hint: String? = nil
    ) {
        hasWarning = true
        add(diagnostic(code, .warning, line, column, message, hint))
    }

    /// Says how something was read; it does not change the outcome.
    package mutating func note(_ code: DiagnosticCode, line: Int?, _ message: String) {
        add(diagnostic(code, .info, line, nil, message, nil))
    }

    /// Sets one reading aside.
    package mutating func quarantine(
        _ code: DiagnosticCode, line: Int, column: Int? = nil, _ message: String,
        hint: String? = nil
    ) {
        quarantined += 1
        add(diagnostic(code, .error, line, column, message, hint))
    }

    package mutating func conflict(
        _ code: DiagnosticCode, line: Int, _ message: String, hint: String? = nil
    ) {
        hasConflict = true
        add(diagnostic(code, .error, line, nil, message, hint))
    }

    /// A reason not to read the document at all; the caller throws it.
    package func refusal(
        _ code: DiagnosticCode, line: Int?, column: Int? = nil, _ message: String,
        hint: String? = nil
    ) -> Diagnostic {
        diagnostic(code, .error, line, column, message, hint)
    }

    private mutating func add(_ diagnostic: Diagnostic) {
        counts[diagnostic.code, default: 0] += 1
        if counts[diagnostic.code, default: 0] <= Self.listedPerCode {
            listed.append(diagnostic)
        } else {
            unlisted.add(diagnostic)
        }
    }

    private func diagnostic(
        _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ line: Int?, _ column: Int?,
        _ message: String, _ hint: String?
    ) -> Diagnostic {
        Diagnostic(
            code, severity: severity,
            at: SourceLocation(file: file, line: line, column: column), message, hint: hint)
    }
}
