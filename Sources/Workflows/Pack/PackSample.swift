internal import AuditTrail
internal import Diagnostics
internal import Hashing
package import Inventory
package import LedgerCore
internal import LedgerStore
internal import Series

extension PackWorkflow {
    /// Packs some entries of a year: each with the records it rests on, a proof to the newest
    /// checkpoint for each of them, and their documents. No statement: its totals do not follow
    /// from a sample.
    ///
    /// - Parameter entries: The numbers of journal records.
    /// - Throws: `entry-unknown` for a number that is no entry of the period, `checkpoint-refused`
    ///   where no checkpoint covers it, `output-refused`, `integrity-failure`.
    package func writeSample(
        of entries: [RecordNumber], _ period: ReportingPeriod, hasEvidence: Bool, to path: String
    ) throws(Refusal) -> PackReport {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(.all)
        }
        let sample = PackSample(records, entries: entries)
        for entry in entries {
            guard entry.value < records.count,
                case .journal(let booked) = records[entry.value].record.body,
                period.contains(booked.effective)
            else {
                throw Refusal(
                    Diagnostic(
                        .entryUnknown, at: SourceLocation(file: book.path),
                        "record \(entry) is no entry of \(period)",
                        hint: "'tonne entries' lists the entries with their numbers"))
            }
        }
        let history = try CheckpointHistory(book)
        guard let last = sample.numbers.max(), let signed = try history.witnessed(covering: last)
        else {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: book.path),
                    "no signed checkpoint covers the records of the sample",
                    hint: "sign one with 'tonne checkpoint --key FILE'"))
        }
        var members = attachments
        add([signed], to: &members)
        for number in sample.numbers {
            guard let proof = RecordProof(of: number, in: history.leafHashes, to: signed) else {
                continue
            }
            members["records/\(number)"] = .bytes(records[number].bytes)
            members["records/\(number).tlog-proof"] = .bytes(Array(proof.written.utf8))
        }
        for digest in sample.chunks {
            members["chunks/\(digest)"] = .bytes(try SeriesShelf(book).chunk(digest).bytes)
        }
        if hasEvidence {
            try add(
                sample.documents, citedBy: sample.numbers.map { records[$0] }, to: &members)
        }
        try write(members, to: path)
        return PackReport(
            head: TreeHead(size: signed.checkpoint.size, root: signed.checkpoint.root),
            records: sample.numbers.count, documents: hasEvidence ? sample.documents.count : 0,
            chunks: sample.chunks.count, signed: signed.checkpoint.size, isComplete: true)
    }
}

/// Some entries with all that they rest on.
private struct PackSample {
    /// Records, the first of the book among them.
    private(set) var numbers: Set<Int> = [0]
    /// Files that were received.
    private(set) var documents: Set<SHA256Digest> = []
    private(set) var chunks: Set<SHA256Digest> = []

    init(_ records: [StoredRecord], entries: [RecordNumber]) {
        var homes: [SHA256Digest: (number: Int, file: SHA256Digest)] = [:]
        for (number, stored) in records.enumerated() {
            guard case .document(let document) = stored.record.body, homes[document.digest] == nil
            else { continue }
            homes[document.digest] = (number, document.home)
        }
        var open = entries.map(\.value)
        while let number = open.popLast() {
            guard records.indices.contains(number), number == 0 || !numbers.contains(number) else {
                continue
            }
            numbers.insert(number)
            let body = records[number].record.body
            chunks.formUnion(body.citedChunks)
            open += body.citedRecords.map(\.value)
            for home in body.restingDocuments.compactMap({ homes[$0] }) {
                numbers.insert(home.number)
                documents.insert(home.file)
            }
        }
    }
}

extension RecordBody {
    /// The records that an entry is computed from.
    fileprivate var citedRecords: [RecordNumber] {
        guard case .journal(let entry) = self else { return [] }
        return [entry.calculation?.activity, entry.calculation?.factor, entry.reversal?.entry]
            .compactMap(\.self)
    }

    /// The documents that an activity or a factor is read from.
    fileprivate var restingDocuments: [SHA256Digest] {
        switch self {
        case .activity(let activity): activity.citedDocuments
        case .factor(let factor): [factor.declaration?.document].compactMap(\.self)
        case .factorSeries(let series): series.documents
        case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
            .gwpTable,
            .refrigerantBlend, .document, .documentPart,
            .waitingLine, .decision, .journal, .periodClosing, .periodSeal, .periodReopening,
            .periodAdjustment, .keyAddition, .keyRevocation, .roleGrant, .roleRevocation,
            .erasure:
            []
        }
    }
}
