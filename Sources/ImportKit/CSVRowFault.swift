internal import Diagnostics

/// Why one row is set aside.
struct CSVRowFault: Error, Hashable {
    let code: DiagnosticCode
    /// The cell at fault; `nil` for the row as a whole.
    let column: Int?
    let message: String
    let hint: String?
    /// Whether the document waits for an answer instead: the profile says `otherwise = "ask"`.
    let asks: Bool

    init(
        _ code: DiagnosticCode, column: Int?, _ message: String, hint: String? = nil,
        asks: Bool = false
    ) {
        self.asks = asks
        self.code = code
        self.column = column
        self.message = message
        self.hint = hint
    }
}

extension CSVRowFault {
    func diagnostic(at row: CSVRow) -> Diagnostic {
        Diagnostic(code, severity: .error, at: row.location(column), message, hint: hint)
    }
}

/// Collects diagnostics and keeps a hostile file from filling memory with them.
struct CSVDiagnosticLog {
    /// Further diagnostics of one code are counted, not kept.
    static let limitForEachCode = 1_000

    private(set) var diagnostics: [Diagnostic] = []
    private(set) var unlisted = UnlistedFaults()
    private var counts: [DiagnosticCode: Int] = [:]

    mutating func add(_ diagnostic: @autoclosure () -> Diagnostic, code: DiagnosticCode) {
        counts[code, default: 0] += 1
        if counts[code, default: 0] <= Self.limitForEachCode {
            diagnostics.append(diagnostic())
        } else {
            unlisted.add(diagnostic())
        }
    }

    func count(of code: DiagnosticCode) -> Int { counts[code, default: 0] }

    /// All that were kept, and one line for each code that was cut short.
    func finished(file: String) -> [Diagnostic] {
        let cut = counts.filter { $0.value > Self.limitForEachCode }
            .sorted { $0.key.rawValue < $1.key.rawValue }
        return diagnostics
            + cut.map { code, count in
                Diagnostic(
                    code, severity: .info, at: SourceLocation(file: file),
                    "\(count - Self.limitForEachCode) more of this kind are not listed")
            }
    }
}
