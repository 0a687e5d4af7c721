/// Numbers at offsets of a binary file, checked against its end.
struct LittleEndianBytes {
    let bytes: [UInt8]

    func unsigned16(_ offset: Int) -> Int? {
        guard offset >= 0, offset <= bytes.count - 2 else { return nil }
        return Int(bytes[offset]) | Int(bytes[offset + 1]) << 8
    }

    func unsigned32(_ offset: Int) -> Int? {
        guard let low = unsigned16(offset), let high = unsigned16(offset + 2) else { return nil }
        return low | high << 16
    }

    /// - Returns: `nil` where the range leaves the file.
    func slice(_ offset: Int, count: Int) -> ArraySlice<UInt8>? {
        guard offset >= 0, count >= 0, offset <= bytes.count - count else { return nil }
        return bytes[offset..<offset + count]
    }
}
