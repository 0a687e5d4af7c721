package import AuditTrail
internal import Diagnostics
internal import Documents
internal import Hashing
package import Inventory
package import LedgerCore
package import LedgerStore

/// An open book: its store, who works on it, and the time.
package struct Book: Sendable {
    /// The path, for messages.
    package let path: String
    package let store: any LedgerStore
    package let actor: String
    package let clock: @Sendable () -> Instant
    /// Draws the salts of excerpts.
    package let salts: @Sendable () -> Salt

    package init(
        path: String, store: any LedgerStore, actor: String,
        salts: @escaping @Sendable () -> Salt = Salt.random,
        clock: @escaping @Sendable () -> Instant
    ) {
        self.path = path
        self.store = store
        self.actor = actor
        self.salts = salts
        self.clock = clock
    }

    /// Everything the book states apart from its journal, as of now.
    ///
    /// - Parameter kinds: The kinds of records that are asked for; what others state is missing.
    package func state(
        _ kinds: Set<RecordBody.Kind> = BookState.kinds
    ) throws(Refusal) -> BookState {
        let head = try asking { () throws(LedgerStoreError) in try store.head() }
        var state = BookState()
        var failure: CanonicalJSONError?
        // Lent one by one: the list of them is never whole in memory.
        try asking { () throws(LedgerStoreError) in
            try store.readRecords(
                RecordSelection(kinds: kinds, numbers: 0..<head.size)
            ) { record in
                guard failure == nil else { return }
                do throws(CanonicalJSONError) { try state.add(record) } catch { failure = error }
            }
        }
        if let failure { throw Refusal(.corrupt("\(failure)"), book: path) }
        state.settle(at: head, decisionsFrom: 0)
        return state
    }

    /// Brings a state up to date, reading only what is newer than it; unread, it stays as it is.
    package func refresh(_ state: inout BookState) throws(Refusal) {
        let head = try asking { () throws(LedgerStoreError) in try store.head() }
        guard head != state.head else { return }
        let size = state.head.size
        guard head.size > size else {
            throw Refusal(.corrupt("the book has shrunk from \(size) records"), book: path)
        }
        let newer = try asking { () throws(LedgerStoreError) in
            try store.records(
                RecordSelection(kinds: BookState.kinds, numbers: size..<head.size))
        }
        try absorb(newer.map(\.record), head, into: &state)
    }

    /// Brings a state up to date with what was appended to the book it is of.
    func absorb(_ appended: Appended, into state: inout BookState) throws(Refusal) {
        try absorb(appended.records, appended.head, into: &state)
    }

    private func absorb(
        _ records: [LedgerRecord], _ head: TreeHead, into state: inout BookState
    ) throws(Refusal) {
        do {
            try state.absorb(records, head: head)
        } catch {
            throw Refusal(.corrupt("\(error)"), book: path)
        }
    }

    package func entries(_ selection: EntrySelection = .all) throws(Refusal) -> [BookedEntry] {
        try asking { () throws(LedgerStoreError) in try store.entries(selection) }
    }

    /// The records with these numbers, as far as the book has them.
    package func records(
        _ numbers: Set<RecordNumber>
    ) throws(Refusal) -> [RecordNumber: LedgerRecord] {
        var found: [RecordNumber: LedgerRecord] = [:]
        for run in Self.runs(numbers) {
            let records = try asking { () throws(LedgerStoreError) in
                try store.records(RecordSelection(numbers: run))
            }
            for stored in records where numbers.contains(stored.record.number) {
                found[stored.record.number] = stored.record
            }
        }
        return found
    }

    /// The text of a place that a record cites; `nil` where it has none or its document was erased.
    package func text(of evidence: EvidenceReference) throws(Refusal) -> String? {
        guard let excerpt = evidence.excerpt else { return nil }
        let opening = try asking { () throws(LedgerStoreError) -> ExcerptOpening? in
            if let own = try store.excerpt(excerpt, of: evidence.document) { return own }
            // A member of an archive is kept with that.
            for stored in try store.records(RecordSelection(kinds: [.document])) {
                guard case .document(let document) = stored.record.body,
                    document.digest == evidence.document, document.place != nil
                else { continue }
                return try store.excerpt(excerpt, of: document.home)
            }
            return nil
        }
        return opening?.text
    }

    /// Spans that cover all numbers: to read a few records too many is cheaper than to ask again.
    private static func runs(_ numbers: Set<RecordNumber>) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for number in numbers.map(\.value).sorted() {
            if let last = runs.last, number - last.upperBound < 4 {
                runs[runs.count - 1] = last.lowerBound..<(number + 1)
            } else {
                runs.append(number..<(number + 1))
            }
        }
        return runs
    }

    /// What an append has added.
    struct Appended {
        let head: TreeHead
        let records: [LedgerRecord]
        /// The keys, roles and periods of the book with the new records.
        let controls: ControlLedger
    }

    /// Appends to a book that is still as it was when `state` was read, what its controls admit.
    ///
    /// - Parameter controls: Those of the book in front of `size`; `nil` reads them.
    @discardableResult
    func append(
        _ bodies: [RecordBody], evidence: [Document] = [], excerpts: [ExcerptOpening] = [],
        chunks: [[UInt8]] = [], onto size: Int, controls: ControlLedger? = nil
    ) throws(Refusal) -> Appended {
        let now = clock()
        var admission = try Admission(to: self, onto: size, at: now, controls: controls)
        let records = try bodies.map { body throws(Refusal) in try admission.admit(body) }
        let batch = RecordBatch(
            actor: actor, recordedAt: now, bodies: bodies,
            evidence: evidence.map(EvidenceContent.init), excerpts: excerpts,
            chunks: chunks, expectedSize: size)
        let head = try asking { () throws(LedgerStoreError) in try store.append(batch) }
        return Appended(head: head, records: records, controls: admission.controls)
    }

    /// Appends records as they are made, all of them or none, to a book that is still as it was
    /// when it had `size` records.
    ///
    /// - Parameter next: Makes the next record from what a `reader` of the store says; `nil`
    ///   behind the last.
    func append(
        onto size: Int, _ next: () throws(Refusal) -> RecordBody?
    ) throws(Refusal) {
        let batch = RecordBatch(
            actor: actor, recordedAt: clock(), bodies: [], expectedSize: size)
        var admission = try Admission(to: self, onto: size, at: batch.recordedAt)
        var refusal: Refusal?
        do throws(LedgerStoreError) {
            try store.append(batch) { () throws(LedgerStoreError) in
                do throws(Refusal) {
                    guard let body = try next() else { return nil }
                    try admission.admit(body)
                    return body
                } catch {
                    refusal = error
                    throw .invalid("a record of the batch is refused")
                }
            }
        } catch {
            throw refusal ?? Refusal(error, book: path)
        }
    }

    /// The same book, asked by another store.
    func reading(_ store: any LedgerStore) -> Book {
        Book(path: path, store: store, actor: actor, salts: salts, clock: clock)
    }

    package func asking<Answer>(
        _ question: () throws(LedgerStoreError) -> Answer
    ) throws(Refusal) -> Answer {
        do {
            return try question()
        } catch {
            throw Refusal(error, book: path)
        }
    }
}

extension EvidenceContent {
    fileprivate init(_ document: Document) {
        self.init(digest: document.digest, size: document.size) { body in
            // What `body` throws is kept for its type; a document throws diagnostics only.
            var failure: (any Error)?
            try document.readChunks { (chunk) throws(Diagnostic) in
                guard failure == nil else { return }
                do { try body(chunk) } catch { failure = error }
            }
            if let failure { throw failure }
        }
    }
}
