internal import CZlib
internal import Diagnostics

/// Unpacks what zlib packed, counting while it goes.
struct Inflater {
    enum Form {
        /// RFC 1952; several parts one after another are one file (2.2).
        case gzip
        /// RFC 1950; what follows is not looked at.
        case zlib
    }

    let form: Form
    let limits: ArchiveLimits
    /// What messages name.
    let place: SourceLocation

    /// - Throws: `archive-damaged`, `archive-limit-exceeded`.
    func unpack(_ packed: ArraySlice<UInt8>) throws(Diagnostic) -> [UInt8] {
        try packed.withUnsafeBufferPointer { input throws(Diagnostic) in try unpack(input) }
    }

    private func unpack(_ input: UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> [UInt8] {
        guard input.count <= limits.packedBytes else {
            throw .archiveExceeds("has more than \(limits.packedBytes >> 20) MiB", at: place)
        }
        var stream = z_stream()
        let status = form == .gzip ? czlib_begin_gzip(&stream) : czlib_begin_zlib(&stream)
        guard status == Z_OK else { preconditionFailure("zlib could not be given memory.") }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        return try read(&stream, packed: input.count)
    }

    private func read(_ stream: inout z_stream, packed: Int) throws(Diagnostic) -> [UInt8] {
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: ArchiveLimits.chunkBytes)
        var status = Z_OK
        while status != Z_STREAM_END || (form == .gzip && stream.avail_in > 0) {
            if status == Z_STREAM_END, inflateReset(&stream) != Z_OK { throw damaged }
            let written = chunk.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                status = inflate(&stream, Z_NO_FLUSH)
                return buffer.count - Int(stream.avail_out)
            }
            // Z_BUF_ERROR: the bytes end in the middle.
            guard status == Z_OK || status == Z_STREAM_END else { throw damaged }
            let consumed = form == .gzip ? packed : packed - Int(stream.avail_in)
            try limits.check(unpacked: output.count + written, packed: consumed, at: place)
            output.append(contentsOf: chunk[..<written])
        }
        return output
    }

    private var damaged: Diagnostic {
        .archiveDamaged(place.file, "it was cut, or its bytes or their checksum are wrong")
    }
}
