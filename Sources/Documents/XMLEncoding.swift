internal import Diagnostics

/// The encodings an XML document may be in. UTF-7, UTF-32, EBCDIC and the rest are refused: they
/// serve to hide markup from the checks.
enum XMLEncoding {
    case utf8, utf16LittleEndian, utf16BigEndian, latin1, latin9, windows1252

    private static let declarable: [String: [XMLEncoding]] = [
        "utf-8": [.utf8], "utf8": [.utf8],
        "utf-16": [.utf16LittleEndian, .utf16BigEndian],
        "utf-16le": [.utf16LittleEndian], "utf-16be": [.utf16BigEndian],
        "iso-8859-1": [.latin1], "latin1": [.latin1],
        "iso-8859-15": [.latin9], "latin-9": [.latin9],
        "windows-1252": [.windows1252], "cp1252": [.windows1252],
    ]

    /// What the first bytes say, by a byte order mark or by the width of `<`.
    private struct Opening {
        /// `nil`: eight bits a character, not yet known which.
        var encoding: XMLEncoding?
        /// Bytes of the mark, to be left out.
        var markBytes: Int
    }

    /// Tells the encoding by byte order mark, then by declaration, else UTF-8 (RFC 7303, 3.2).
    ///
    /// - Returns: The encoding and the number of bytes of the mark.
    /// - Throws: `encoding-refused`.
    static func detect(
        in document: Document
    ) throws(Diagnostic) -> (kind: XMLEncoding, markBytes: Int) {
        let location = SourceLocation(file: document.name, line: 1)
        let head = Array(document.head.prefix(1_024))
        guard let opening = Self.opening(of: head) else {
            throw refusal("UTF-32 or EBCDIC", at: location)
        }
        let declared = declaration(in: head.filter { $0 != 0 })
        guard let declared else { return (opening.encoding ?? .utf8, opening.markBytes) }
        guard let meant = declarable[declared.lowercased()], let first = meant.first else {
            throw refusal(declared, at: location)
        }
        if opening.markBytes > 0, let marked = opening.encoding {
            return (marked, opening.markBytes)
        }
        if let width = opening.encoding {
            guard meant.contains(width) else { throw refusal(declared, at: location) }
            return (width, 0)
        }
        guard first != .utf16LittleEndian, first != .utf16BigEndian else {
            throw refusal(declared, at: location)
        }
        return (first, 0)
    }

    private static func refusal(_ name: String, at location: SourceLocation) -> Diagnostic {
        Diagnostic(
            .encodingRefused, at: location,
            "the encoding '\(DiagnosticRenderer.quoted(name))' is not read or is not that of the"
                + " bytes",
            hint: "save the file as UTF-8")
    }

    private static func opening(of head: [UInt8]) -> Opening? {
        let four = head.prefix(4)
        if four.starts(with: [0, 0]) || four == [0xFF, 0xFE, 0, 0] || four == [0x3C, 0, 0, 0]
            || four.starts(with: [0x4C, 0x6F])
        {
            return nil
        }
        if four.starts(with: [0xEF, 0xBB, 0xBF]) { return Opening(encoding: .utf8, markBytes: 3) }
        if four.starts(with: [0xFF, 0xFE]) {
            return Opening(encoding: .utf16LittleEndian, markBytes: 2)
        }
        if four.starts(with: [0xFE, 0xFF]) {
            return Opening(encoding: .utf16BigEndian, markBytes: 2)
        }
        if four.starts(with: [0x3C, 0]) {
            return Opening(encoding: .utf16LittleEndian, markBytes: 0)
        }
        if four.starts(with: [0, 0x3C]) {
            return Opening(encoding: .utf16BigEndian, markBytes: 0)
        }
        return Opening(encoding: nil, markBytes: 0)
    }

    /// The name in `encoding="…"` of the XML declaration.
    ///
    /// - Parameter head: First bytes without NUL, so that UTF-16 reads as ASCII.
    private static func declaration(in head: [UInt8]) -> String? {
        // Bytes, and text only of what lies between: a text is searched a hundred times as slowly.
        guard let start = place(of: "<?xml", in: head[...]),
            let end = place(of: "?>", in: head[(start + 5)...]),
            let key = place(of: "encoding", in: head[(start + 5)..<end])
        else { return nil }
        let text = String(decoding: head[(key + 8)..<end], as: UTF8.self)
        let rest = text.drop { $0 == "=" || $0.isWhitespace }
        guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
        return String(rest.dropFirst().prefix { $0 != quote })
    }

    private static func place(of word: String, in bytes: ArraySlice<UInt8>) -> Int? {
        let word = Array(word.utf8)
        return bytes.indices.first { bytes[$0] == word[0] && bytes[$0...].starts(with: word) }
    }
}
