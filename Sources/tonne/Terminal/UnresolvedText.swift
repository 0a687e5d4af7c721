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
            hint: hint(unresolved.role.resolution))
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
        case .missing, .ruleUnusable, .seriesUnusable, .resolved, .series: .factorMissing
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
        case .seriesUnusable(let rule, let objection):
            return "the series '\(rule.factorKey)' \(reason(objection))"
        case .resolved, .series: return "a factor was found"
        }
    }

    private static func reason(_ objection: SeriesObjection) -> String {
        switch objection {
        case .noReadings: "asks for readings by the hour, and this is one quantity"
        case .valueMissing(let hour): "has no value for \(hour)"
        case .readingTooLong(let start, let end):
            "has several values within the reading from \(start) to \(end)"
        }
    }

    private static func hint(_ resolution: FactorResolution) -> String {
        guard case .seriesUnusable(_, let objection) = resolution else {
            return "load a pack that has one, or add a [[factor_rule]] to organisation.toml"
        }
        return switch objection {
        case .valueMissing:
            "load a version of the series that covers the hour and supersedes this one; nothing "
                + "is filled in"
        case .noReadings, .readingTooLong:
            "import the readings by the hour, or give the rule a period or facility without this"
        }
    }
}
