/// A value of the restricted JSON that records are written in: no numbers, no null.
package enum CanonicalValue: Hashable, Sendable {
    case string(String)
    case bool(Bool)
    case array([CanonicalValue])
    /// Names are ASCII `[a-z0-9_]+`, which the encoder and the parser check.
    case object([String: CanonicalValue])
}

/// Why a value has no canonical JSON, or bytes are not canonical JSON.
package enum CanonicalJSONError: Error, Hashable, Sendable {
    /// Bytes that are not canonical JSON of the profile; the offset counts bytes from 0.
    case malformed(Malformation, offset: Int)
    /// More than `CanonicalJSON.maximumSize` bytes.
    case tooLarge(size: Int)
    /// Arrays and objects nested deeper than `CanonicalJSON.maximumDepth`.
    case tooDeep
    /// A name outside `[a-z0-9_]+`, or a Swift name that has no such form.
    case name(String, path: String)
    /// A number: records hold decimal strings.
    case number(path: String)
    /// A null: what is not there is absent.
    case null(path: String)
    /// A value that encodes nothing.
    case empty(path: String)
    /// The JSON does not hold what the type needs.
    case mismatch(path: String, reason: String)

    package enum Malformation: String, CaseIterable, Hashable, Sendable {
        case unexpectedEnd = "the text ends too early"
        case unexpectedByte = "a byte that cannot stand here"
        case trailingBytes = "bytes after the value"
        case whitespace = "space between tokens"
        case number = "a number"
        case null = "a null"
        case name = "a name outside a-z, 0-9 and _"
        case duplicateName = "a name that stands twice"
        case unsortedName = "a name out of order"
        case escape = "an escape that the canonical form does not use"
        case controlCharacter = "a control character that is not escaped"
        case encoding = "bytes that are not UTF-8"
    }
}

/// Canonical JSON: RFC 8785 (JCS), restricted to strings, arrays, objects and Booleans.
///
/// One value has one sequence of bytes. Names are ASCII, so that the order of JCS (UTF-16 code
/// units) is the order of bytes.
package enum CanonicalJSON {
    /// The limit of an entry in a C2SP tlog-tiles bundle: its length has 16 bits.
    package static let maximumSize = 65_535
    /// Arrays and objects inside each other; the outermost counts as 1.
    package static let maximumDepth = 32

    /// The canonical bytes of a value.
    ///
    /// - Throws: `name`, `tooDeep`, `tooLarge`.
    package static func bytes(of value: CanonicalValue) throws(CanonicalJSONError) -> [UInt8] {
        var writer = CanonicalWriter()
        try writer.write(value, depth: 0)
        guard writer.bytes.count <= maximumSize else { throw .tooLarge(size: writer.bytes.count) }
        return writer.bytes
    }

    /// Reads the one value that bytes hold, and nothing but its canonical form.
    ///
    /// - Throws: `malformed`, `tooDeep`, `tooLarge`.
    package static func value(of bytes: [UInt8]) throws(CanonicalJSONError) -> CanonicalValue {
        guard bytes.count <= maximumSize else { throw .tooLarge(size: bytes.count) }
        var parser = CanonicalParser(bytes: bytes)
        return try parser.parse()
    }

    static func isName(_ name: some Sequence<UInt8>) -> Bool {
        var isEmpty = true
        for byte in name {
            isEmpty = false
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "_"):
                continue
            case _: return false
            }
        }
        return !isEmpty
    }
}
