package import AuditTrail
internal import Diagnostics
package import Inventory
package import LedgerCore
package import LedgerStore
package import Quantification

/// Everything behind one journal entry: activity, factor version, document, history.
package struct EntryTrace: Sendable {
    package let booked: BookedEntry
    package let activity: BookState.Numbered<ActivityRecord>?
    package let factor: BookedFactor?
    package let factorSeries: BookedFactorSeries?
    package let document: ReceivedDocument?
    /// The entry that reverses this one.
    package let reversedBy: BookedEntry?
    /// Other entries of the same activity.
    package let siblings: [BookedEntry]
    /// Other statements of what the activity accounts for, and activities it replaced.
    package let links: [StatementLink]
    /// What stands in the place of the activity, where it stands no longer.
    package let replacement: StatementLink?
    package let recordedAt: Instant
    package let actor: String
}

package struct TraceWorkflow: Sendable {
    private let book: Book

    package init(book: Book) { self.book = book }

    /// - Throws: `entry-unknown` as a `Refusal`.
    package func trace(_ number: RecordNumber) throws(Refusal) -> EntryTrace {
        let state = try book.state()
        let entries = try book.entries()
        guard let booked = entries.first(where: { $0.number == number }) else {
            throw Refusal(
                Diagnostic(
                    .entryUnknown, at: SourceLocation(file: book.path),
                    "no journal entry has the number '\(number)'",
                    hint: "'tonne entries' lists them"))
        }
        let origin = booked.entry.reversal.flatMap { reversal in
            entries.first { $0.number == reversal.entry }
        }
        let calculation = booked.entry.calculation ?? origin?.entry.calculation
        let activity = calculation.flatMap { calculation in
            state.activity(calculation.activity).map {
                BookState.Numbered(number: calculation.activity, value: $0)
            }
        }
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(
                RecordSelection(numbers: number.value..<(number.value + 1)))
        }
        return EntryTrace(
            booked: booked, activity: activity,
            factor: state.factors.first { $0.number == calculation?.factor },
            factorSeries: state.factorSeries.first { $0.number == calculation?.factor },
            document: activity.flatMap { activity in
                state.documents.first { $0.digest == activity.value.evidence.document }
            },
            reversedBy: entries.first { $0.entry.reversal?.entry == number },
            siblings: entries.filter {
                $0.number != number && $0.entry.calculation?.activity == activity?.number
                    && activity != nil
            },
            links: state.links.filter { $0.to == activity?.number },
            replacement: state.links.first { $0.isReplaced && $0.subject == activity?.number },
            recordedAt: records.first?.record.recordedAt ?? Instant(secondsSinceEpoch: 0),
            actor: records.first?.record.actor ?? "")
    }
}
