internal import AuditTrail
internal import Diagnostics
internal import Hashing
internal import Inventory
internal import LedgerStore
internal import Quantification
internal import Series

/// The series chunks of a book, and those that are about to be written to it.
struct SeriesShelf {
    private let book: Book
    private var fresh: [SHA256Digest: [UInt8]] = [:]
    /// Factor series are read again and again: each is decoded once.
    private var remembered: [SHA256Digest: SeriesChunk] = [:]

    init(_ book: Book) { self.book = book }

    /// Puts a chunk on the shelf, to be written with the records that cite it.
    mutating func add(_ chunk: SeriesChunk) -> SHA256Digest {
        let bytes = chunk.bytes
        let digest = SHA256Digest(hashing: bytes)
        fresh[digest] = bytes
        return digest
    }

    /// - Throws: an `integrity-failure` for a chunk that is missing, or is none.
    func chunk(_ digest: SHA256Digest) throws(Refusal) -> SeriesChunk {
        let stored: [UInt8]?
        if let bytes = fresh[digest] {
            stored = bytes
        } else {
            stored = try book.asking { () throws(LedgerStoreError) in
                try book.store.chunk(digest)
            }
        }
        guard let stored else { throw failure("the series chunk \(digest) is missing") }
        guard SHA256Digest(hashing: stored) == digest else {
            throw failure("the series chunk \(digest) has other bytes than those recorded")
        }
        do {
            return try SeriesChunk(decoding: stored)
        } catch {
            throw failure("the series chunk \(digest) cannot be read: \(error)")
        }
    }

    /// The readings of an activity and the values of a series; `nil` for one without readings.
    mutating func pair(
        _ activity: ActivityRecord, _ series: FactorSeries
    ) throws(Refusal) -> SeriesPair? {
        guard let readings = activity.series else { return nil }
        let values: SeriesChunk
        if let known = remembered[series.chunk] {
            values = known
        } else {
            values = try chunk(series.chunk)
            remembered[series.chunk] = values
        }
        return SeriesPair(readings: try chunk(readings.chunk), values: values)
    }

    /// The new chunks that some records cite.
    func fresh(citedBy bodies: [RecordBody]) -> [[UInt8]] {
        Set(bodies.flatMap(\.citedChunks)).compactMap { fresh[$0] }
    }

    private func failure(_ message: String) -> Refusal {
        Refusal(
            Diagnostic(
                .integrityFailure, at: SourceLocation(file: book.path), message,
                hint: "keep the file as it is and restore the last backup"))
    }
}
