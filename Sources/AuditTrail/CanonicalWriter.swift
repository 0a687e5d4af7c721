/// Writes a value in the one form of RFC 8785.
struct CanonicalWriter {
    private(set) var bytes: [UInt8] = []

    private static let hexadecimal = Array("0123456789abcdef".utf8)

    init() { bytes.reserveCapacity(512) }

    /// - Parameter depth: The number of arrays and objects around the value.
    mutating func write(_ value: CanonicalValue, depth: Int) throws(CanonicalJSONError) {
        switch value {
        case .string(let text): write(text)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .array(let elements):
            guard depth < CanonicalJSON.maximumDepth else { throw .tooDeep }
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                try write(element, depth: depth + 1)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            guard depth < CanonicalJSON.maximumDepth else { throw .tooDeep }
            try write(members, depth: depth)
        }
    }

    private mutating func write(
        _ members: [String: CanonicalValue], depth: Int
    ) throws(CanonicalJSONError) {
        bytes.append(UInt8(ascii: "{"))
        // Names are ASCII: the order of Swift strings is then the order of their bytes.
        for (index, member) in members.sorted(by: { $0.key < $1.key }).enumerated() {
            guard CanonicalJSON.isName(member.key.utf8) else {
                throw .name(member.key, path: "")
            }
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            write(member.key)
            bytes.append(UInt8(ascii: ":"))
            try write(member.value, depth: depth + 1)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    /// RFC 8785 section 3.2.2.2: seven short escapes, other controls below U+0020 as `\u00xx`,
    /// everything else as it is.
    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): escape(byte)
            case 0x08: escape(UInt8(ascii: "b"))
            case 0x09: escape(UInt8(ascii: "t"))
            case 0x0A: escape(UInt8(ascii: "n"))
            case 0x0C: escape(UInt8(ascii: "f"))
            case 0x0D: escape(UInt8(ascii: "r"))
            case 0x00..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(Self.hexadecimal[Int(byte >> 4)])
                bytes.append(Self.hexadecimal[Int(byte & 15)])
            case _: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ letter: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
    }
}
