internal import AuditTrail
internal import Diagnostics
internal import ImportKit
internal import Inventory
package import LedgerCore
internal import LedgerStore

/// Decides on what waits: by the matching rules, or one line at a time with a reason.
package struct ReviewWorkflow: Sendable {
    package struct Report: Sendable {
        package var matched: [(number: RecordNumber, rule: String)] = []
        package var ignored: [(number: RecordNumber, rule: String)] = []
        package var stillWaiting = 0
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    /// Matches every waiting invoice line against the rules of today.
    ///
    /// - Throws: a `Refusal` if a matched line cannot become an activity; then nothing is booked.
    package func applyRules(dryRun: Bool) throws(Refusal) -> Report {
        let (state, organisation) = try context()
        var register = ClaimRegister(state.activities.map(\.value))
        var report = Report()
        var bodies: [RecordBody] = []
        for waiting in state.waiting {
            guard waiting.value.reason == .unmatched, let line = waiting.value.line,
                let rule = MatchingRules.match(
                    line, rules: state.matchingRules, organisation: organisation)
            else {
                report.stillWaiting += 1
                continue
            }
            switch rule.outcome {
            case .ignore(let reason):
                report.ignored.append((waiting.number, rule.name))
                bodies.append(decision(waiting.number, .ignored, "\(rule.name): \(reason)"))
            case .activity(let target):
                let record = try activity(line, target, organisation, waiting.value.evidence)
                try claim(record, in: &register, waiting.number)
                report.matched.append((waiting.number, rule.name))
                bodies.append(.activity(record))
                bodies.append(decision(waiting.number, .matched, rule.name))
            }
        }
        if !dryRun, !bodies.isEmpty { try book.append(bodies, onto: state.head.size) }
        return report
    }

    /// Decides on one waiting line.
    ///
    /// - Parameter accept: Book the claim that was in conflict; what contradicts it must have been
    ///   withdrawn before. Otherwise the line is ignored.
    package func decide(
        _ number: RecordNumber, accept: Bool, reason: String
    ) throws(Refusal) {
        let (state, _) = try context()
        guard let waiting = state.waiting.first(where: { $0.number == number }) else {
            throw refusal("no waiting line has the number '\(number)'", "see 'tonne review'")
        }
        guard accept else {
            try book.append([decision(number, .ignored, reason)], onto: state.head.size)
            return
        }
        guard let record = waiting.value.activity else {
            throw refusal(
                "line \(number) states no activity to accept",
                "write a rule for it in rules.toml, apply it, and run 'tonne review apply'")
        }
        var register = ClaimRegister(state.activities.map(\.value))
        try claim(record, in: &register, number)
        try book.append(
            [.activity(record), decision(number, .accepted, reason)], onto: state.head.size)
    }

    private func context() throws(Refusal) -> (BookState, Organisation) {
        let state = try book.state()
        guard let organisation = state.organisation else {
            throw refusal(
                "the book has no organisation yet", "run 'tonne apply organisation.toml' first")
        }
        return (state, organisation)
    }

    private func activity(
        _ line: InvoiceLineFacts, _ target: MatchingRule.Target, _ organisation: Organisation,
        _ evidence: EvidenceReference
    ) throws(Refusal) -> ActivityRecord {
        do {
            return try InvoiceActivities.activity(
                line, target, organisation: organisation, evidence)
        } catch {
            throw Refusal(error)
        }
    }

    private func claim(
        _ record: ActivityRecord, in register: inout ClaimRegister, _ number: RecordNumber
    ) throws(Refusal) {
        let verdict: ClaimRegister.Verdict
        do {
            verdict = try register.claim(record)
        } catch {
            throw refusal("the readings of line \(number) are out of range", "correct the file")
        }
        if case .conflict(let rival) = verdict {
            throw refusal(
                "line \(number) contradicts what is booked from '\(rival)'",
                "withdraw that with 'tonne correct ENTRY --reason …' first")
        }
        if case .duplicate = verdict {
            throw refusal("line \(number) is booked already", "decide to ignore it")
        }
    }

    private func decision(
        _ number: RecordNumber, _ outcome: Decision.Outcome, _ reason: String
    ) -> RecordBody {
        .decision(Decision(subject: number, outcome: outcome, reason: reason))
    }

    private func refusal(_ message: String, _ hint: String) -> Refusal {
        Refusal(
            Diagnostic(
                .lineUnmatched, severity: .error, at: SourceLocation(file: book.path), message,
                hint: hint))
    }
}
