internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore

/// A store that hands out other bytes for each chunk than those it was given.
struct TamperedStore: LedgerStore {
    let honest: any LedgerStore
    let tamper: @Sendable ([UInt8]) -> [UInt8]?

    func append(
        _ batch: RecordBatch, then next: () throws(LedgerStoreError) -> RecordBody?
    ) throws(LedgerStoreError) -> TreeHead {
        try honest.append(batch, then: next)
    }

    func reader() throws(LedgerStoreError) -> any LedgerStore {
        TamperedStore(honest: try honest.reader(), tamper: tamper)
    }

    func head() throws(LedgerStoreError) -> TreeHead { try honest.head() }

    func records(_ selection: RecordSelection) throws(LedgerStoreError) -> [StoredRecord] {
        try honest.records(selection)
    }

    func trialBalance(in period: ReportingPeriod?) throws(LedgerStoreError) -> TrialBalance {
        try honest.trialBalance(in: period)
    }

    func entries(_ selection: EntrySelection) throws(LedgerStoreError) -> [BookedEntry] {
        try honest.entries(selection)
    }

    func readEvidence(
        _ digest: SHA256Digest, _ body: ([UInt8]) -> Void
    ) throws(LedgerStoreError) -> Bool {
        try honest.readEvidence(digest, body)
    }

    func chunk(_ digest: SHA256Digest) throws(LedgerStoreError) -> [UInt8]? {
        try honest.chunk(digest).flatMap(tamper)
    }

    func excerpt(
        _ commitment: SHA256Digest, of home: SHA256Digest
    ) throws(LedgerStoreError) -> ExcerptOpening? {
        try honest.excerpt(commitment, of: home)
    }

    func readExcerpts(_ body: (ExcerptOpening) -> Void) throws(LedgerStoreError) {
        try honest.readExcerpts(body)
    }

    func leafHashes() throws(LedgerStoreError) -> [SHA256Digest] { try honest.leafHashes() }

    func checkpoints() throws(LedgerStoreError) -> [StoredCheckpoint] {
        try honest.checkpoints()
    }

    func keep(_ checkpoint: StoredCheckpoint, after count: Int) throws(LedgerStoreError) {
        try honest.keep(checkpoint, after: count)
    }

    func firstProjectionDifference() throws(LedgerStoreError) -> String? {
        try honest.firstProjectionDifference()
    }
}
