internal import CZstd
internal import Foundation
internal import Threads

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

/// Packs the parts of one document, on all cores where there are several, and hands them on in
/// order. A class, because it keeps parts until a few are there.
final class EvidencePacking {
    /// Parts that are packed at a time: two for each core, and no more memory than that.
    private static let count = 2 * min(ProcessInfo.processInfo.activeProcessorCount, 8)
    /// The fastest level: it costs less than to write the plain bytes, and higher ones gain little.
    private static let level: CInt = 1

    private var plain: [[UInt8]] = []
    private let write: (_ size: Int, _ packed: [UInt8]) throws -> Void

    /// - Parameter write: Is given the size of each part and its bytes as they are kept: never
    ///   longer than the plain ones.
    init(_ write: @escaping (_ size: Int, _ packed: [UInt8]) throws -> Void) { self.write = write }

    func add(_ part: [UInt8]) throws {
        plain.append(part)
        if plain.count == Self.count { try finish() }
    }

    /// Hands on what is left.
    func finish() throws {
        let parts = plain
        plain = []
        let packed =
            parts.count == 1
            ? [Self.packed(parts[0])] : Parallel.map(parts.count) { Self.packed(parts[$0]) }
        for (part, packed) in zip(parts, packed) { try write(part.count, packed) }
    }

    private static func packed(_ plain: [UInt8]) -> [UInt8] {
        let bound = ZSTD_compressBound(plain.count)
        let packed = [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let written = ZSTD_compress(
                buffer.baseAddress, bound, plain, plain.count, Self.level)
            count = ZSTD_isError(written) == 0 ? written : 0
        }
        return packed.isEmpty || packed.count >= plain.count ? plain : packed
    }
}
