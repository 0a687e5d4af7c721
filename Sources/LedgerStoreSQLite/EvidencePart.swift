internal import CZstd

/// A part of a document as the book keeps it: one zstd frame (RFC 8878) where that is shorter than
/// the bytes themselves, else these. The length of the plain bytes stands beside it and tells
/// which.
enum EvidencePart {
    /// Bytes of one part of a document; the schema says so, too.
    static let largestSize = 1 << 20

    /// The plain bytes of a part.
    ///
    /// - Returns: `nil` where they are not of the size.
    static func plain(_ stored: [UInt8], size: Int) -> [UInt8]? {
        if stored.count == size { return stored }
        guard (1...largestSize).contains(size) else { return nil }
        let plain = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let written = ZSTD_decompress(buffer.baseAddress, size, stored, stored.count)
            count = ZSTD_isError(written) == 0 ? written : 0
        }
        return plain.count == size ? plain : nil
    }
}

/// Packs parts one after the other. A class, because it owns the memory that zstd works in.
final class EvidencePacker {
    /// The fastest level: it costs less than to write the plain bytes, and higher ones gain little.
    private static let level: CInt = 1

    private let context: OpaquePointer

    init() {
        guard let context = ZSTD_createCCtx() else {
            preconditionFailure("zstd has memory for a context.")
        }
        self.context = context
    }

    deinit { ZSTD_freeCCtx(context) }

    /// The part as it is kept: never longer than the plain bytes.
    func packed(_ plain: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(plain.count)
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let written = ZSTD_compressCCtx(
                context, buffer.baseAddress, bound, plain, plain.count, Self.level)
            count = ZSTD_isError(written) == 0 ? written : 0
        }
        return packed.isEmpty || packed.count >= plain.count ? plain : packed
    }
}
