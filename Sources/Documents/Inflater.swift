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

    /// Twice: what goes beyond a limit costs no memory, and what does not costs no more than it
    /// takes, which an array that grows would double.
    private func unpack(_ input: UnsafeBufferPointer<UInt8>) throws(Diagnostic) -> [UInt8] {
        guard input.count <= limits.packedBytes else {
            throw .archiveExceeds("has more than \(limits.packedBytes >> 20) MiB", at: place)
        }
        var size = 0
        try read(input) { size += $0.count }
        var output: [UInt8] = []
        output.reserveCapacity(size)
        try read(input) { output.append(contentsOf: $0) }
        return output
    }

    private func read(
        _ input: UnsafeBufferPointer<UInt8>, _ take: (ArraySlice<UInt8>) -> Void
    ) throws(Diagnostic) {
        var stream = z_stream()
        let begun = form == .gzip ? czlib_begin_gzip(&stream) : czlib_begin_zlib(&stream)
        guard begun == Z_OK else { preconditionFailure("zlib could not be given memory.") }
        defer { inflateEnd(&stream) }
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
        stream.avail_in = UInt32(input.count)
        var chunk = [UInt8](repeating: 0, count: ArchiveLimits.chunkBytes)
        var size = 0
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
            size += written
            // What follows a zlib stream is not its own.
            let packed = form == .gzip ? input.count : input.count - Int(stream.avail_in)
            try limits.check(unpacked: size, packed: packed, at: place)
            take(chunk[..<written])
        }
    }

    private var damaged: Diagnostic {
        .archiveDamaged(place.file, "it was cut, or its bytes or their checksum are wrong")
    }
}
