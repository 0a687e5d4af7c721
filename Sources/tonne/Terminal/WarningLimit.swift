internal import Diagnostics

/// Shows the first warnings of each code and counts the others, so that the messages of an import
/// of thousands of files can be read. Errors are always shown.
struct WarningLimit {
    /// Warnings of one code that are shown.
    static let shown = 20

    private let showsAll: Bool
    private var counts: [DiagnosticCode: Int] = [:]

    init(showsAll: Bool) { self.showsAll = showsAll }

    /// What is to be shown of more diagnostics.
    mutating func admit(_ diagnostics: [Diagnostic]) -> [Diagnostic] {
        guard !showsAll else { return diagnostics }
        return diagnostics.filter { diagnostic in
            guard diagnostic.severity == .warning else { return true }
            counts[diagnostic.code, default: 0] += 1
            return counts[diagnostic.code, default: 0] <= Self.shown
        }
    }

    /// One line a code of which not all were shown; `nil` if all were.
    var remainder: String? {
        let lines = counts.filter { $0.value > Self.shown }
            .sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { "and \($0.value - Self.shown) more warnings [\($0.key.rawValue)]" }
        guard !lines.isEmpty else { return nil }
        return (lines + ["show them with --all-warnings"]).joined(separator: "\n")
    }
}
