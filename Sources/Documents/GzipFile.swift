internal import CZlib
package import Diagnostics

/// A file packed by gzip (RFC 1952), unpacked in memory by zlib, within limits.
package enum GzipFile {
    /// Whether the bytes begin as a gzip file does.
    package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(2).elementsEqual([0x1F, 0x8B])
    }

    /// The one file in it, named like the packed one without `.gz`; a name in the header is not
    /// looked at. Several parts, as logs have them, are one file (RFC 1952, 2.2).
    ///
    /// - Throws: `archive-damaged`, `archive-limit-exceeded`.
    package static func member(
        _ document: Document, limits: ArchiveLimits = .standard
    ) throws(Diagnostic) -> Document {
        let place = SourceLocation(file: document.name)
        guard document.size <= limits.packedBytes else {
            throw Diagnostic.archiveExceeds(
                "has more than \(limits.packedBytes >> 20) MiB", at: place)
        }
        let bytes = try document.bytes.withUnsafeBufferPointer {
            input throws(Diagnostic) in try unpack(input, limits: limits, at: place)
        }
        let name = document.fileName
        let stem = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return Document(member: stem, bytes: bytes, of: document)
    }

    private static func unpack(
        _ input: UnsafeBufferPointer<UInt8>, limits: ArchiveLimits, at place: SourceLocation
    ) throws(Diagnostic) -> [UInt8] {
        var stream = z_stream()
        guard czlib_begin_gzip(&stream) == Z_OK else {
            preconditionFailure("zlib could not be given memory.")
        }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: ArchiveLimits.chunkBytes)
        var status = Z_OK
        while status != Z_STREAM_END || stream.avail_in > 0 {
            if status == Z_STREAM_END, inflateReset(&stream) != Z_OK { throw damaged(at: place) }
            let written = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                status = inflate(&stream, Z_NO_FLUSH)
                return buffer.count - Int(stream.avail_out)
            }
            // Z_BUF_ERROR: the file ends in the middle.
            guard status == Z_OK || status == Z_STREAM_END else { throw damaged(at: place) }
            try limits.check(
                unpacked: output.count + written, packed: input.count, at: place)
            output.append(contentsOf: chunk[..<written])
        }
        return output
    }

    private static func damaged(at place: SourceLocation) -> Diagnostic {
        .archiveDamaged(place.file, "it was cut, or its bytes or their checksum are wrong")
    }
}
