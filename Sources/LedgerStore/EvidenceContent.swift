package import Hashing

/// The bytes of a document on their way into a book, given piece by piece.
package struct EvidenceContent: Sendable {
    package let digest: SHA256Digest
    package let size: Int
    private let pieces: @Sendable (_ body: (Span<UInt8>) throws -> Void) throws -> Void

    /// - Parameter pieces: Lends all bytes in order.
    package init(
        digest: SHA256Digest, size: Int,
        pieces: @escaping @Sendable (_ body: (Span<UInt8>) throws -> Void) throws -> Void
    ) {
        self.digest = digest
        self.size = size
        self.pieces = pieces
    }

    package init(_ bytes: [UInt8]) {
        self.init(digest: SHA256Digest(hashing: bytes), size: bytes.count) { body in
            try body(bytes.span)
        }
    }

    /// Lends the bytes in parts of one size; only the last may be shorter.
    ///
    /// - Throws: `invalid` unless they are those of the digest, after the last part; else what
    ///   `body` or the source throws.
    package func readParts(of size: Int, _ body: ([UInt8]) throws -> Void) throws {
        var hasher = SHA256Hasher()
        var count = 0
        var part: [UInt8] = []
        part.reserveCapacity(min(size, self.size))
        try pieces { piece in
            var rest = piece
            while !rest.isEmpty {
                let taken = rest.extracting(first: min(size - part.count, rest.count))
                taken.withUnsafeBytes { part.append(contentsOf: $0) }
                rest = rest.extracting(droppingFirst: taken.count)
                guard part.count == size else { continue }
                hasher.update(part)
                count += part.count
                try body(part)
                part.removeAll(keepingCapacity: true)
            }
        }
        if !part.isEmpty {
            hasher.update(part)
            count += part.count
            try body(part)
        }
        guard count == self.size, hasher.finalize() == digest else {
            throw LedgerStoreError.invalid("the document \(digest) was changed while it was read")
        }
    }

    /// All bytes at once.
    package func bytes() throws -> [UInt8] {
        var all: [UInt8] = []
        all.reserveCapacity(size)
        try readParts(of: max(size, 1)) { all += $0 }
        return all
    }
}
