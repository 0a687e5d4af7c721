/// Tells, piece by piece, whether bytes are text: UTF-8 without NUL.
struct UTF8Check {
    private var isSound = true
    /// The beginning of a character whose end is in the next piece.
    private var open: [UInt8] = []

    /// Whether all pieces together are text.
    var isText: Bool { isSound && open.isEmpty }

    mutating func add(_ piece: [UInt8]) {
        guard isSound else { return }
        if open.isEmpty, Self.isPlain(piece.span) { return }
        let bytes = open + piece
        let end = bytes.count - Self.openCount(bytes)
        open = Array(bytes[end...])
        isSound = !bytes[..<end].contains(0) && Self.isUTF8(bytes[..<end])
    }

    private static func isUTF8(_ bytes: ArraySlice<UInt8>) -> Bool {
        do {
            _ = try UTF8Span(validating: bytes.span)
            return true
        } catch {
            return false
        }
    }

    /// Whether all bytes are ASCII and none is NUL; eight at a time.
    private static func isPlain(_ bytes: Span<UInt8>) -> Bool {
        let words = bytes.bytes
        let highs: UInt64 = 0x8080_8080_8080_8080
        var marks: UInt64 = 0
        var offset = 0
        while offset + 8 <= bytes.count {
            let word = words.unsafeLoadUnaligned(fromByteOffset: offset, as: UInt64.self)
            // Subtracting one borrows from the high bit where a byte is zero, and only there as
            // long as all bytes are ASCII.
            marks |= word | (word &- 0x0101_0101_0101_0101)
            offset += 8
        }
        guard marks & highs == 0 else { return false }
        while offset < bytes.count {
            guard (1..<0x80).contains(bytes[offset]) else { return false }
            offset += 1
        }
        return true
    }

    /// How many bytes at the end begin a character that they do not end: 0 to 3.
    private static func openCount(_ bytes: [UInt8]) -> Int {
        for count in 1...3 where count <= bytes.count {
            let byte = bytes[bytes.count - count]
            if byte & 0xC0 == 0x80 { continue }
            let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
            return length > count ? count : 0
        }
        return 0
    }
}
