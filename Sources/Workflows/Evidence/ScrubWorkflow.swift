internal import AuditTrail
internal import Glibc
package import Hashing
internal import LedgerStore

/// Reads the bytes of all documents and series of a book again and compares them with their
/// hashes, so that rot of the disk is found while a copy is still good.
package struct ScrubWorkflow: Sendable {
    package enum State: String, CaseIterable, Sendable {
        case ok, missing, altered, erased
    }

    package struct Line: Sendable {
        package let state: State
        /// `document` or `series`.
        package let kind: String
        package let digest: SHA256Digest
        /// Of a document, as it was received; of an archive, of its first member.
        package let name: String
        /// Bytes read.
        package let size: Int
    }

    private let book: Book
    /// Bytes a second at most; `nil` for as fast as it goes.
    private let rate: Int?

    package init(book: Book, rate: Int? = nil) {
        self.book = book
        self.rate = rate
    }

    /// Documents in the order in which they came, then series.
    ///
    /// - Parameter progress: Is told how many of how many are done.
    package func run(_ progress: (Int, Int) -> Void = { _, _ in }) throws(Refusal) -> [Line] {
        let records = try book.asking { () throws(LedgerStoreError) in
            try book.store.records(
                RecordSelection(
                    kinds: [.document, .erasure, .activity, .waitingLine, .factorSeries]))
        }.map(\.record.body)
        var documents: [(digest: SHA256Digest, name: String)] = []
        var seen: Set<SHA256Digest> = []
        var erased: Set<SHA256Digest> = []
        var chunks: [SHA256Digest] = []
        for body in records {
            switch body {
            case .document(let document) where seen.insert(document.home).inserted:
                documents.append((document.home, document.name))
            case .erasure(let erasure): erased.insert(erasure.document)
            case _: chunks += body.citedChunks.filter { seen.insert($0).inserted }
            }
        }
        let all = documents.count + chunks.count
        var lines: [Line] = []
        var pace = Pace(rate: rate)
        for document in documents {
            lines.append(
                erased.contains(document.digest)
                    ? Line(
                        state: .erased, kind: "document", digest: document.digest,
                        name: document.name, size: 0)
                    : line("document", document.digest, document.name, &pace))
            progress(lines.count, all)
        }
        for chunk in chunks {
            lines.append(line("series", chunk, "", &pace))
            progress(lines.count, all)
        }
        return lines
    }

    private func line(
        _ kind: String, _ digest: SHA256Digest, _ name: String, _ pace: inout Pace
    ) -> Line {
        var hasher = SHA256Hasher()
        var size = 0
        let state: State
        do throws(LedgerStoreError) {
            let take: ([UInt8]) -> Void = { part in
                hasher.update(part)
                size += part.count
                pace.wait(after: part.count)
            }
            let isHeld: Bool
            if kind == "document" {
                isHeld = try book.store.readEvidence(digest, take)
            } else {
                let chunk = try book.store.chunk(digest)
                chunk.map(take)
                isHeld = chunk != nil
            }
            state = isHeld ? (hasher.finalize() == digest ? .ok : .altered) : .missing
        } catch {
            // A part that does not unpack, or a page that the engine refuses.
            state = .altered
        }
        return Line(state: state, kind: kind, digest: digest, name: name, size: size)
    }
}

/// Holds work to a rate.
private struct Pace {
    let rate: Int?
    private let start = ContinuousClock.now
    private var bytes = 0

    init(rate: Int?) { self.rate = rate }

    mutating func wait(after count: Int) {
        guard let rate else { return }
        bytes += count
        let due = start + .seconds(1) * bytes / rate
        let now = ContinuousClock.now
        guard now < due else { return }
        let (seconds, attoseconds) = (due - now).components
        var time = timespec(tv_sec: Int(seconds), tv_nsec: Int(attoseconds / 1_000_000_000))
        nanosleep(&time, nil)
    }
}
