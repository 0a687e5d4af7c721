internal import AuditTrail
package import Documents
internal import ImportKit
internal import Inventory
internal import LedgerStore

/// Brings the organisation file or the matching rules into the book, as records.
package struct ApplyWorkflow: Sendable {
    /// What would change, line by line; empty if nothing does.
    package struct Change: Sendable {
        package let lines: [String]
    }

    private let book: Book

    package init(book: Book) { self.book = book }

    /// Applies a file by what it holds: `[[rule]]` tables are matching rules, else it is the
    /// organisation.
    package func apply(_ document: Document, dryRun: Bool) throws(Refusal) -> Change {
        let text = String(decoding: document.bytes, as: UTF8.self)
        let holdsRules = text.split(separator: "\n").contains { line in
            line.drop { $0 == " " || $0 == "\t" }.hasPrefix("[[rule]]")
        }
        return holdsRules
            ? try matchingRules(document, dryRun: dryRun)
            : try organisation(document, dryRun: dryRun)
    }

    /// - Returns: The difference to what the book holds.
    /// - Throws: every fault of the file; then nothing is applied.
    package func organisation(_ document: Document, dryRun: Bool) throws(Refusal) -> Change {
        let state = try book.state()
        let next = try OrganisationFile.read(document)
        let lines = OrganisationDifference.lines(from: state.organisation, to: next)
        if !lines.isEmpty, !dryRun {
            let bodies = try encoding("the organisation") { () throws(CanonicalJSONError) in
                try OrganisationRecords.bodies(of: next)
            }
            try book.append(bodies, onto: state.head.size)
        }
        return Change(lines: lines)
    }

    /// - Returns: The names of rules that came, went or changed.
    package func matchingRules(_ document: Document, dryRun: Bool) throws(Refusal) -> Change {
        let state = try book.state()
        let (rules, faults) = MatchingRules.load(document)
        guard faults.isEmpty else { throw Refusal(faults) }
        let lines = OrganisationDifference.lists(
            "rule", state.matchingRules, rules, name: \.name, describe: MatchingRuleText.describe)
        if state.matchingRules != rules, !dryRun {
            let bodies = try encoding("a rule") { () throws(CanonicalJSONError) in
                try MatchingRuleRecords.bodies(of: rules)
            }
            try book.append(bodies, onto: state.head.size)
        }
        return Change(lines: lines)
    }

    private func encoding(
        _ what: String, _ bodies: () throws(CanonicalJSONError) -> [RecordBody]
    ) throws(Refusal) -> [RecordBody] {
        do {
            return try bodies()
        } catch {
            throw Refusal(.invalid("\(what) has no encoding: \(error)"), book: book.path)
        }
    }
}
