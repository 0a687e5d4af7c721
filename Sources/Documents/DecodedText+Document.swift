package import Diagnostics

extension DecodedText {
    /// A text of another encoding is held in memory, and so must not be larger.
    private static let largestInMemory = 200 << 20

    /// Reads the bytes of a document as text; see `init(decoding:stated:)`. Large UTF-8 stays in
    /// its file.
    ///
    /// - Throws: `encoding-refused` with the line of the first offending byte, `file-too-large`.
    package init(_ document: Document, stated: TextEncoding? = nil) throws(Diagnostic) {
        // A stated UTF-16 has no mark to be known by, and its ASCII is no text: it has NULs.
        if document.isTextFile {
            self.init(inFileOf: document)
            return
        }
        guard document.size <= Self.largestInMemory else {
            throw Diagnostic(
                .fileTooLarge, at: SourceLocation(file: document.name),
                "a text of more than \(Self.largestInMemory >> 20) MiB must be UTF-8",
                hint: "save the file as UTF-8, or split it by month or meter")
        }
        do {
            try self.init(decoding: document.bytes, stated: stated)
        } catch {
            throw Diagnostic(error, in: document)
        }
    }
}

extension Diagnostic {
    /// Bytes that are not text, or text in an encoding that nobody stated.
    fileprivate init(_ error: TextDecodingError, in document: Document) {
        let (offset, message, hint) =
            switch error {
            case .nul(let offset):
                (offset, "a NUL byte is no text", "save the file as UTF-8; UTF-16 needs its mark")
            case .undeclared(let offset):
                (
                    offset, "the bytes are not UTF-8, and no other encoding is stated",
                    "save the file as UTF-8, or state the encoding in a profile"
                )
            case .malformed(let encoding, let offset):
                (
                    offset, "the bytes are not \(encoding.rawValue), as the file or profile says",
                    "save the file as UTF-8"
                )
            }
        let breaks = document.bytes.prefix(offset).count { $0 == UInt8(ascii: "\n") }
        self.init(
            .encodingRefused, at: SourceLocation(file: document.name, line: breaks + 1), message,
            hint: hint)
    }
}
