internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantification

/// The record that an entry cites as its factor, with the hash under which it is cited.
enum CitedFactor {
    /// A factor version, or the composition of a blend.
    case factor(BookedFactor)
    case series(BookedFactorSeries)

    /// - Returns: `nil` for a record that is no factor.
    init?(_ record: LedgerRecord, _ book: Book) throws(Refusal) {
        let number = record.number
        if case .factor(let factor) = record.body {
            self = .factor(
                BookedFactor(number: number, hash: try Self.hash(of: factor, book), factor: factor))
        } else if case .refrigerantBlend(let blend) = record.body {
            self = .factor(
                BookedFactor(blend, number: number, hash: try Self.hash(of: blend, book)))
        } else if case .factorSeries(let series) = record.body {
            self = .series(
                BookedFactorSeries(
                    number: number, hash: try Self.hash(of: series, book), series: series))
        } else {
            return nil
        }
    }

    private static func hash(
        of factor: some Encodable, _ book: Book
    ) throws(Refusal) -> SHA256Digest {
        do {
            return try CanonicalJSON.digest(of: factor)
        } catch {
            throw Refusal(.corrupt("a factor cannot be encoded: \(error)"), book: book.path)
        }
    }

    var booked: BookedFactor? {
        if case .factor(let booked) = self { booked } else { nil }
    }

    var bookedSeries: BookedFactorSeries? {
        if case .series(let booked) = self { booked } else { nil }
    }

    var hash: SHA256Digest {
        switch self {
        case .factor(let booked): booked.hash
        case .series(let booked): booked.hash
        }
    }

    var factor: EmissionFactor {
        switch self {
        case .factor(let booked): booked.factor
        case .series(let booked): booked.series.factor
        }
    }
}
