internal import Diagnostics

/// Turns bytes of an allowed encoding into UTF-8, chunk by chunk.
///
/// The parser then sees one encoding only, and so does the scan that protects it.
struct XMLDecoder {
    private let encoding: XMLEncoding
    private let file: String
    private var line = 1
    /// First byte of a UTF-16 unit cut by the end of a chunk.
    private var pendingByte: UInt8?
    private var pendingSurrogate: UInt16?

    init(encoding: XMLEncoding, file: String) {
        self.encoding = encoding
        self.file = file
    }

    /// Appends the UTF-8 form of a chunk.
    ///
    /// - Throws: `encoding-refused` for bytes that are no character.
    mutating func decode(_ chunk: Span<UInt8>, into output: inout [UInt8]) throws(Diagnostic) {
        for index in chunk.indices {
            let byte = chunk[index]
            switch encoding {
            case .utf8: output.append(byte)
            case .latin1: append(UInt32(byte), to: &output)
            case .latin9: append(Self.latin9[byte] ?? UInt32(byte), to: &output)
            case .windows1252:
                guard let scalar = Self.windows1252(byte) else { throw invalid(byte) }
                append(scalar, to: &output)
            case .utf16LittleEndian, .utf16BigEndian: try appendHalf(byte, to: &output)
            }
        }
    }

    /// - Throws: `encoding-refused` where the document ends inside a character.
    mutating func finish() throws(Diagnostic) {
        if let pendingByte { throw invalid(pendingByte) }
        if pendingSurrogate != nil { throw invalid(0xD8) }
    }

    private mutating func appendHalf(
        _ byte: UInt8, to output: inout [UInt8]
    ) throws(Diagnostic) {
        guard let first = pendingByte else {
            pendingByte = byte
            return
        }
        pendingByte = nil
        let unit =
            encoding == .utf16LittleEndian
            ? UInt16(byte) << 8 | UInt16(first) : UInt16(first) << 8 | UInt16(byte)
        if let high = pendingSurrogate {
            guard (0xDC00...0xDFFF).contains(unit) else { throw invalid(byte) }
            pendingSurrogate = nil
            append(0x10000 + (UInt32(high) - 0xD800) << 10 + (UInt32(unit) - 0xDC00), to: &output)
        } else if (0xD800...0xDBFF).contains(unit) {
            pendingSurrogate = unit
        } else if (0xDC00...0xDFFF).contains(unit) {
            throw invalid(byte)
        } else {
            append(UInt32(unit), to: &output)
        }
    }

    private mutating func append(_ scalar: UInt32, to output: inout [UInt8]) {
        switch scalar {
        case ..<0x80:
            if scalar == 0x0A { line += 1 }
            output.append(UInt8(scalar))
        case ..<0x800:
            output.append(UInt8(0xC0 | scalar >> 6))
            output.append(UInt8(0x80 | scalar & 0x3F))
        case ..<0x1_0000:
            output.append(UInt8(0xE0 | scalar >> 12))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        case _:
            output.append(UInt8(0xF0 | scalar >> 18))
            output.append(UInt8(0x80 | scalar >> 12 & 0x3F))
            output.append(UInt8(0x80 | scalar >> 6 & 0x3F))
            output.append(UInt8(0x80 | scalar & 0x3F))
        }
    }

    private func invalid(_ byte: UInt8) -> Diagnostic {
        Diagnostic(
            .encodingRefused, at: SourceLocation(file: file, line: line),
            "the byte '\(byte)' is no character in the encoding of the document",
            hint: "save the file as UTF-8")
    }

    /// Where ISO 8859-15 differs from ISO 8859-1.
    private static let latin9: [UInt8: UInt32] = [
        0xA4: 0x20AC, 0xA6: 0x160, 0xA8: 0x161, 0xB4: 0x17D, 0xB8: 0x17E, 0xBC: 0x152,
        0xBD: 0x153, 0xBE: 0x178,
    ]

    /// 0x80…0x9F of Windows-1252; zero where no character is assigned.
    private static let windows1252Block: [UInt32] = [
        0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039,
        0x152, 0, 0x17D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC,
        0x2122, 0x161, 0x203A, 0x153, 0, 0x17E, 0x178,
    ]

    private static func windows1252(_ byte: UInt8) -> UInt32? {
        guard (0x80...0x9F).contains(byte) else { return UInt32(byte) }
        let scalar = windows1252Block[Int(byte) - 0x80]
        return scalar == 0 ? nil : scalar
    }
}
