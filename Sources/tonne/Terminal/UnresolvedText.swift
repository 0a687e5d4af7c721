internal import Diagnostics
internal import Inventory
internal import Quantification
internal import Quantities
internal import Workflows

/// Why an activity has no factor, in words.
enum UnresolvedText {
    static func line(_ unresolved: PostReport.Unresolved) -> String {
        let record = unresolved.record
        let what =
            "\(record.activity) at \(record.facility), \(unresolved.role.role.rawValue), "
            + "\(unresolved.role.period)"
        let diagnostic = Diagnostic(
            code(unresolved.role.resolution),
            at: SourceLocation(
                file: record.evidence.name, line: record.evidence.line.flatMap { Int($0) }),
            "no factor for \(what): \(reason(unresolved.role.resolution))",
            hint: "load a pack that has one, or add a [[factor_rule]] to organisation.toml")
        return DiagnosticRenderer().render(diagnostic)
    }

    /// Certificates that are more than the electricity they were cancelled for.
    static func idle(_ record: ActivityRecord, covered: ExactDecimal) -> String {
        let diagnostic = Diagnostic(
            .certificateCriteria,
            at: SourceLocation(
                file: record.evidence.name, line: record.evidence.line.flatMap { Int($0) }),
            "certificates for \(record.quantity) cover \(covered) MWh: the book has no more "
                + "electricity of '\(record.facility)' in \(record.period)",
            hint: "what exceeds the consumption covers nothing; are all bills imported?")
        return DiagnosticRenderer().render(diagnostic)
    }

    private static func code(_ resolution: FactorResolution) -> DiagnosticCode {
        switch resolution {
        case .ambiguous: .factorAmbiguous
        case .missing, .ruleUnusable, .resolved: .factorMissing
        }
    }

    private static func reason(_ resolution: FactorResolution) -> String {
        switch resolution {
        case .missing(let rejected):
            guard !rejected.isEmpty else { return "the book has none for this activity" }
            let reasons = Dictionary(grouping: rejected, by: \.reason).map {
                "\($0.value.count) \($0.key.rawValue)"
            }
            return "\(rejected.count) considered: " + reasons.sorted().joined(separator: ", ")
        case .ambiguous(let candidates):
            return candidates.map(\.identity).joined(separator: " and ") + " fit equally"
        case .ruleUnusable(let rule):
            return "the rule names '\(rule.factorKey)', which the book lacks or which does not fit"
        case .resolved: return "a factor was found"
        }
    }
}
