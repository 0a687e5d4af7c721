package import AuditTrail
internal import Diagnostics
internal import Hashing
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
    /// The text of the cited line; `nil` where there is none or the document was erased.
    package let text: String?
    /// That of the line that the factor cites.
    package let factorText: String?
    /// What took the bytes of the document out of the book.
    package let erasure: BookState.Numbered<Erasure>?
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
        guard let record = try book.records([number])[number], let booked = record.bookedEntry
        else {
            throw Refusal(
                Diagnostic(
                    .entryUnknown, at: SourceLocation(file: book.path),
                    "no journal entry has the number '\(number)'",
                    hint: "'tonne entries' lists them"))
        }
        let calculation = try calculation(of: booked.entry)
        let cited = try book.records(
            Set([calculation?.activity, calculation?.factor].compactMap(\.self)))
        let activity = calculation.flatMap { cited[$0.activity] }
        let factor = try calculation?.factor.flatMap { cited[$0] }.flatMap {
            (record) throws(Refusal) in try CitedFactor(record, book)
        }
        let decisions = try DecisionIndex(book)
        let statement = activity?.activity
        var document: ReceivedDocument?
        if let statement { document = try self.document(of: statement.value.evidence) }
        return EntryTrace(
            booked: booked, activity: statement, factor: factor?.booked,
            factorSeries: factor?.bookedSeries,
            document: document,
            text: try (statement?.value.evidence).flatMap(book.text),
            factorText: try (factor?.booked?.factor.declaration).flatMap(book.text),
            erasure: try document.map(\.home).flatMap(erasure),
            reversedBy: try book.entries(EntrySelection(reversing: number)).first,
            siblings: try activity.map { (activity) throws(Refusal) in
                try book.entries(EntrySelection(activity: activity.number))
                    .filter { $0.number != number }
            } ?? [],
            links: try activity.map { (activity) throws(Refusal) in
                try decisions.links(to: activity.number, book)
            } ?? [],
            replacement: activity.flatMap(decisions.replacement), recordedAt: record.recordedAt,
            actor: record.actor)
    }

    /// A reversal has the calculation of the entry that it reverses.
    private func calculation(
        of entry: JournalEntry
    ) throws(Refusal) -> JournalEntry.Calculation? {
        guard let number = entry.reversal?.entry else { return entry.calculation }
        return try book.records([number])[number]?.bookedEntry?.entry.calculation
    }

    /// The record that tells of the document from which a figure was taken.
    private func document(
        of evidence: EvidenceReference
    ) throws(Refusal) -> ReceivedDocument? {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: [.document]))
        }
        for stored in records {
            guard case .document(let document) = stored.record.body else { continue }
            if document.digest == evidence.document { return document }
        }
        return nil
    }
}

extension TraceWorkflow {
    private func erasure(
        of document: SHA256Digest
    ) throws(Refusal) -> BookState.Numbered<Erasure>? {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(RecordSelection(kinds: [.erasure]))
        }
        for stored in records {
            guard case .erasure(let erasure) = stored.record.body, erasure.document == document
            else { continue }
            return BookState.Numbered(number: stored.record.number, value: erasure)
        }
        return nil
    }
}

extension LedgerRecord {
    fileprivate var bookedEntry: BookedEntry? {
        guard case .journal(let entry) = body else { return nil }
        return BookedEntry(number: number, entry: entry)
    }

    fileprivate var activity: BookState.Numbered<ActivityRecord>? {
        guard case .activity(let activity) = body else { return nil }
        return BookState.Numbered(number: number, value: activity)
    }
}
