internal import Diagnostics

/// Takes the XML out of a PDF that carries an invoice as data (Factur-X, ZUGFeRD, XRechnung).
///
/// ISO 19005-3, 6.8 (PDF/A-3) has each attachment as a stream with `/Type /EmbeddedFile` or the
/// media type of XML, without encryption; ISO 32000-1, 7.5.7 keeps streams out of compressed
/// objects. So one pass over the file finds them all. Nothing else of the file is interpreted: no
/// page, no script, no link, no table of objects.
struct PDFFile {
    private let document: Document
    private let bytes: [UInt8]
    private let limits: ArchiveLimits

    static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(5).elementsEqual("%PDF-".utf8)
    }

    /// - Throws: `archive-limit-exceeded` for a file that is too large.
    init(_ document: Document, limits: ArchiveLimits = .standard) throws(Diagnostic) {
        guard document.size <= limits.packedBytes else {
            throw .archiveExceeds(
                "has more than \(limits.packedBytes >> 20) MiB",
                at: SourceLocation(file: document.name))
        }
        self.document = document
        self.limits = limits
        bytes = document.bytes
    }

    /// The one XML document that is attached.
    ///
    /// - Throws: `format-unknown` if there is none, `archive-member-unclear` if there are several
    ///   different ones, as after a correction that was appended; the archive codes.
    func invoice() throws(Diagnostic) -> Document {
        let place = SourceLocation(file: document.name)
        var found: [UInt8]?
        var total = 0
        // One pass: the dictionary of a stream is what lies between the last `obj` and `stream`.
        var object: Int?
        var index = 0
        while index < bytes.count {
            if bytes[index] == Self.object[0], stands(Self.object, at: index) {
                index += Self.object.count
                object = index
            } else if bytes[index] == Self.stream[0], stands(Self.stream, at: index) {
                let header = object.flatMap { words(of: $0..<index) } ?? []
                object = nil
                index += Self.stream.count
                guard Self.isAttachment(header) else { continue }
                let content = try content(from: index, header)
                total += content.count
                try limits.check(unpacked: total, packed: bytes.count, at: place)
                guard Self.isMarkup(content) else { continue }
                guard found.map({ $0 == content }) ?? true else {
                    throw Diagnostic(
                        .archiveMemberUnclear, at: place, "the PDF carries XML files that differ",
                        hint: "save the one that is the invoice, and hand it over")
                }
                found = content
            } else {
                index += 1
            }
        }
        if let found { return Document(member: Self.member, bytes: found, of: document) }
        throw Diagnostic(
            .formatUnknown, at: place, "the PDF carries no invoice as data",
            hint: "ask the supplier for the e-invoice (Factur-X, ZUGFeRD, XRechnung or UBL); "
                + "a picture of an invoice cannot be booked")
    }

    /// The name under which the invoice is known, whatever the PDF calls it.
    static let member = "invoice.xml"

    private static let object = Array(" obj".utf8)
    private static let stream = Array("stream".utf8)
    private static let endStream = Array("endstream".utf8)
    /// The dictionary of an attachment has less than 500 bytes.
    private static let headerBytes = 4_096

    private func stands(_ word: [UInt8], at index: Int) -> Bool {
        index + word.count <= bytes.count
            && bytes[index..<index + word.count].elementsEqual(word)
    }

    /// The words of a dictionary, if that is what the bytes are.
    private func words(of range: Range<Int>) -> [Substring]? {
        guard range.count <= Self.headerBytes else { return nil }
        let text = String(decoding: bytes[range].map { $0 < 0x80 ? $0 : 0x3F }, as: UTF8.self)
        guard text.reversed().drop(while: \.isWhitespace).starts(with: ">>") else { return nil }
        // `/Type/EmbeddedFile` and `/Type /EmbeddedFile` are the same.
        let marks = ["/", "<", ">", "[", "]", "("]
        let spaced = marks.reduce(text) { $0.replacing($1, with: " " + $1) }
        return spaced.split(whereSeparator: \.isWhitespace)
    }

    private static func isAttachment(_ words: [Substring]) -> Bool {
        zip(words, words.dropFirst()).contains { key, value in
            switch key {
            case "/Type": value == "/EmbeddedFile"
            case "/Subtype": ["/text#2Fxml", "/text#2fxml", "/application#2Fxml"].contains(value)
            case _: false
            }
        }
    }

    private func content(
        from keyword: Int, _ words: [Substring]
    ) throws(Diagnostic) -> [UInt8] {
        var start = keyword
        if start < bytes.count, bytes[start] == 0x0D { start += 1 }
        if start < bytes.count, bytes[start] == 0x0A { start += 1 }
        let filters = words.filter { $0.hasSuffix("Decode") }
        guard !words.contains("/DecodeParms"), filters.isEmpty || filters == ["/FlateDecode"] else {
            throw .archiveDamaged(
                document.name, "an attachment is packed by \(filters.joined(separator: ", "))")
        }
        if filters.isEmpty {
            let end = (start..<bytes.count).first { stands(Self.endStream, at: $0) }
            return Array(bytes[start..<(end ?? bytes.count)])
        }
        let inflater = Inflater(
            form: .zlib, limits: limits, place: SourceLocation(file: document.name))
        return try inflater.unpack(bytes[start...])
    }

    private static func isMarkup(_ content: [UInt8]) -> Bool {
        let blank: Set<UInt8> = [0xEF, 0xBB, 0xBF, 9, 10, 13, 32]
        return content.prefix(64).first { !blank.contains($0) } == UInt8(ascii: "<")
            || content.starts(with: [0xFF, 0xFE]) || content.starts(with: [0xFE, 0xFF])
    }
}
