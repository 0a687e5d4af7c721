internal import Diagnostics
internal import Documents

/// Collects what is wrong with a document, and what that means for its outcome.
struct Findings {
    /// Further findings of one code are counted, not listed.
    static let listedPerCode = 20

    let file: String
    private(set) var quarantined = 0
    private(set) var hasConflict = false
    private(set) var hasWarning = false
    private var listed: [Diagnostic] = []
    private var counts: [DiagnosticCode: Int] = [:]

    init(file: String) { self.file = file }

    /// All findings in the order found; the last one of a code says how many more there are.
    var diagnostics: [Diagnostic] {
        listed
            + counts.filter { $0.value > Self.listedPerCode }
            .sorted { $0.key.rawValue < $1.key.rawValue }
            .map { code, count in
                Diagnostic(
                    code, severity: .info, at: SourceLocation(file: file),
                    "'\(count - Self.listedPerCode)' more findings of this kind are not listed")
            }
    }

    mutating func warn(
        _ code: DiagnosticCode, line: Int?, _ message: String, hint: String? = nil
    ) {
        hasWarning = true
        add(diagnostic(code, .warning, line, message, hint))
    }

    /// Says how something was read; it does not change the outcome.
    mutating func note(_ code: DiagnosticCode, line: Int?, _ message: String) {
        add(diagnostic(code, .info, line, message, nil))
    }

    /// Sets one reading aside.
    mutating func quarantine(
        _ code: DiagnosticCode, line: Int, _ message: String, hint: String? = nil
    ) {
        quarantined += 1
        add(diagnostic(code, .error, line, message, hint))
    }

    mutating func conflict(
        _ code: DiagnosticCode, line: Int, _ message: String, hint: String? = nil
    ) {
        hasConflict = true
        add(diagnostic(code, .error, line, message, hint))
    }

    /// A reason not to read the document at all; the caller throws it.
    func refusal(
        _ code: DiagnosticCode, line: Int?, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        diagnostic(code, .error, line, message, hint)
    }

    func foreignReading(_ line: Int) -> Diagnostic {
        refusal(
            .xmlStructure, line: line,
            "'IntervalReading' stands outside the namespace '\(FeedElement.energyNamespace)'",
            hint: "ask the sender for a feed as the ESPI schema has it")
    }

    private mutating func add(_ diagnostic: Diagnostic) {
        counts[diagnostic.code, default: 0] += 1
        if counts[diagnostic.code, default: 0] <= Self.listedPerCode { listed.append(diagnostic) }
    }

    private func diagnostic(
        _ code: DiagnosticCode, _ severity: Diagnostic.Severity, _ line: Int?, _ message: String,
        _ hint: String?
    ) -> Diagnostic {
        Diagnostic(
            code, severity: severity, at: SourceLocation(file: file, line: line), message,
            hint: hint)
    }
}
