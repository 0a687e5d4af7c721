/// The character encodings that a text document may have.
package enum TextEncoding: String, CaseIterable, Hashable, Sendable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case latin1 = "iso-8859-1"
    case latin9 = "iso-8859-15"
    case windows1252 = "windows-1252"
}

/// Why bytes are not the text they should be.
package enum TextDecodingError: Error, Hashable, Sendable {
    /// A zero byte: not text, or UTF-16 that lost its byte order mark.
    case nul(offset: Int)
    /// Not UTF-8, and nobody stated another encoding.
    case undeclared(offset: Int)
    /// Bytes that the stated or marked encoding does not allow.
    case malformed(TextEncoding, offset: Int)
}

/// Text as valid UTF-8 without byte order mark and without NUL.
package struct DecodedText: Sendable {
    /// All bytes; none of a text that stays in its file.
    package let bytes: [UInt8]
    /// The document in whose file the text stays, because it is large and UTF-8 as it is.
    let file: Document?
    /// The offset of the first character; behind the byte order mark, if there is one.
    package let start: Int
    /// The encoding of the bytes as they came.
    package let encoding: TextEncoding

    /// How many bytes there are.
    var size: Int { file?.size ?? bytes.count }

    package var isEmpty: Bool { start == size }

    /// Reads bytes as text: by the byte order mark, else as strict UTF-8, else as stated.
    ///
    /// Nothing is guessed: without mark and statement, bytes that are not UTF-8 are refused.
    ///
    /// - Parameter stated: What a profile or format states; used where the bytes leave it open.
    /// - Throws: `TextDecodingError` with the 0-based offset of the first offending byte.
    package init(
        decoding bytes: [UInt8], stated: TextEncoding? = nil
    ) throws(TextDecodingError) {
        if bytes.starts(with: [0xFF, 0xFE]) {
            try self.init(utf16: bytes, from: 2, .utf16LittleEndian)
        } else if bytes.starts(with: [0xFE, 0xFF]) {
            try self.init(utf16: bytes, from: 2, .utf16BigEndian)
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            try self.init(utf8: bytes, from: 3)
        } else if let stated, stated == .utf16LittleEndian || stated == .utf16BigEndian {
            try self.init(utf16: bytes, from: 0, stated)
        } else {
            try self.init(unmarked: bytes, stated: stated)
        }
    }

    private init(unmarked bytes: [UInt8], stated: TextEncoding?) throws(TextDecodingError) {
        do {
            try self.init(utf8: bytes, from: 0)
        } catch .malformed(_, let offset) {
            guard let stated, stated != .utf8 else { throw .undeclared(offset: offset) }
            try self.init(singleByte: bytes, stated)
        } catch {
            throw error
        }
    }

    private init(utf8 bytes: [UInt8], from start: Int) throws(TextDecodingError) {
        if let nul = bytes.firstIndex(of: 0) { throw .nul(offset: nul) }
        do {
            _ = try UTF8Span(validating: bytes.span)
        } catch {
            throw .malformed(.utf8, offset: error.byteOffsets.lowerBound)
        }
        self.init(bytes: bytes, start: start, encoding: .utf8)
    }

    private init(
        utf16 bytes: [UInt8], from start: Int, _ encoding: TextEncoding
    ) throws(TextDecodingError) {
        guard (bytes.count - start).isMultiple(of: 2) else {
            throw .malformed(encoding, offset: bytes.count - 1)
        }
        let high = encoding == .utf16BigEndian ? 0 : 1
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count)
        var index = start
        while index < bytes.count {
            let first = UInt32(bytes[index + high]) << 8 | UInt32(bytes[index + 1 - high])
            var width = 2
            var value = first
            if first & 0xFC00 == 0xD800, index + 4 <= bytes.count {
                let second =
                    UInt32(bytes[index + 2 + high]) << 8 | UInt32(bytes[index + 3 - high])
                guard second & 0xFC00 == 0xDC00 else { throw .malformed(encoding, offset: index) }
                value = 0x1_0000 + (first & 0x3FF) << 10 + (second & 0x3FF)
                width = 4
            }
            // A lone surrogate is no scalar.
            guard let scalar = Unicode.Scalar(value) else {
                throw .malformed(encoding, offset: index)
            }
            guard value != 0 else { throw .nul(offset: index) }
            text.append(contentsOf: scalar.utf8)
            index += width
        }
        self.init(bytes: text, start: 0, encoding: encoding)
    }

    private init(singleByte bytes: [UInt8], _ encoding: TextEncoding) throws(TextDecodingError) {
        var text: [UInt8] = []
        text.reserveCapacity(bytes.count + bytes.count / 8)
        for (offset, byte) in bytes.enumerated() {
            guard byte >= 0x80 else {
                text.append(byte)
                continue
            }
            guard let scalar = encoding.scalar(for: byte) else {
                throw .malformed(encoding, offset: offset)
            }
            text.append(contentsOf: scalar.utf8)
        }
        self.init(bytes: text, start: 0, encoding: encoding)
    }

    /// A text that is read where it is.
    ///
    /// - Parameter document: It stays in its file, and is UTF-8.
    init(inFileOf document: Document) {
        let hasMark = document.head.starts(with: [0xEF, 0xBB, 0xBF])
        self.init(bytes: [], file: document, start: hasMark ? 3 : 0, encoding: .utf8)
    }

    private init(
        bytes: [UInt8], file: Document? = nil, start: Int, encoding: TextEncoding
    ) {
        self.file = file
        self.bytes = bytes
        self.start = start
        self.encoding = encoding
    }
}

extension TextEncoding {
    /// The character of a byte from 80 to FF in a single-byte encoding.
    ///
    /// - Returns: `nil` for a byte that the encoding leaves undefined.
    fileprivate func scalar(for byte: UInt8) -> Unicode.Scalar? {
        switch self {
        case .windows1252:
            byte < 0xA0 ? Self.windows1252Specials[Int(byte) - 0x80] : Unicode.Scalar(byte)
        case .latin9: Self.latin9Specials[byte] ?? Unicode.Scalar(byte)
        case .latin1: Unicode.Scalar(byte)
        case .utf8, .utf16LittleEndian, .utf16BigEndian: nil
        }
    }

    /// Source: IANA registration of windows-1252; 81, 8D, 8F, 90 and 9D are undefined.
    private static let windows1252Specials: [Unicode.Scalar?] = [
        "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil,
        nil, "‘", "’", "“", "”", "•", "–", "—", "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
    ]

    /// Source: ISO/IEC 8859-15, where it differs from ISO/IEC 8859-1.
    private static let latin9Specials: [UInt8: Unicode.Scalar] = [
        0xA4: "€", 0xA6: "Š", 0xA8: "š", 0xB4: "Ž", 0xB8: "ž", 0xBC: "Œ", 0xBD: "œ", 0xBE: "Ÿ",
    ]
}
