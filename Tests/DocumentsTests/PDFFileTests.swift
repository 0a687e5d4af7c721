internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

/// Invoices as data in PDF files.
@Suite("PDF files")
struct PDFFileTests {
    private static let invoice = Array("<?xml version='1.0'?>\n<Invoice/>".utf8)

    private static func opened(_ bytes: [UInt8]) throws -> Document? {
        try ArchiveTests.opened(Document(name: "bill.pdf", bytes: bytes))
    }

    private static func code(_ bytes: [UInt8]) -> DiagnosticCode? {
        #expect(throws: Diagnostic.self) { try opened(bytes) }?.code
    }

    @Test(
        "give the invoice they carry, packed or plain, however its stream is marked",
        arguments: [true, false],
        [
            "/Type /EmbeddedFile /Subtype /text#2Fxml", "/Type/EmbeddedFile",
            "/Subtype /application#2Fxml /Params << /ModDate (D:2025) /Size 33 >>",
        ])
    func attachment(packs: Bool, dictionary: String) throws {
        let file = PDFBytes.file(
            attachments: [Self.invoice], packs: packs, dictionary: dictionary)
        let document = try #require(try Self.opened(file))
        #expect(document.name == "bill.pdf:invoice.xml")
        // A plain stream ends with a line break in front of `endstream`.
        #expect(document.bytes == Self.invoice + (packs ? [] : [10]))
        #expect(document.received.bytes == file)
    }

    @Test("may carry other files, and the same one twice")
    func several() throws {
        let text = Array("just text".utf8)
        let file = PDFBytes.file(attachments: [text, Self.invoice, Self.invoice])
        #expect(try Self.opened(file)?.bytes == Self.invoice)
    }

    @Test("are refused without an invoice, with two, or with one packed in another way")
    func refused() {
        #expect(Self.code(PDFBytes.file(attachments: [])) == .formatUnknown)
        #expect(Self.code(Array("%PDF-1.7\n".utf8)) == .formatUnknown)
        #expect(Self.code(Array("%PDF-stream>>stream obj stream".utf8)) == .formatUnknown)
        #expect(
            Self.code(PDFBytes.file(attachments: [Self.invoice], dictionary: "/Type /XObject"))
                == .formatUnknown)
        #expect(
            Self.code(PDFBytes.file(attachments: [Self.invoice, Array("<Other/>".utf8)]))
                == .archiveMemberUnclear)
        for filter in [
            "/Filter [ /ASCIIHexDecode /FlateDecode ]", "/Filter /LZWDecode",
            "/Filter /FlateDecode /DecodeParms << /Predictor 12 >>",
        ] {
            #expect(
                Self.code(PDFBytes.file(attachments: [Self.invoice], filter: filter))
                    == .archiveDamaged)
        }
    }

    @Test("are refused if a stream is cut or unpacks to too much")
    func bombs() {
        let zeros = [UInt8](repeating: 0x20, count: 4 << 20)
        #expect(Self.code(PDFBytes.file(attachments: [zeros])) == .archiveLimitExceeded)
        let file = PDFBytes.file(attachments: [Self.invoice])
        let cut = file.firstRange(of: Array("\nendstream".utf8)).map {
            file[..<($0.lowerBound - 6)]
        }
        #expect(Self.code(Array(cut ?? [])) == .archiveDamaged)
    }

    /// A hundred thousand streams, and as many that say they are attachments but hold nothing.
    @Test("are read in linear time")
    func linear() {
        let streams = String(repeating: ">>stream ", count: 100_000)
        #expect(Self.code(Array(("%PDF-1.7 1 0 obj <<" + streams).utf8)) == .formatUnknown)
        let empty = "1 0 obj<</Type/EmbeddedFile>>stream\nendstream "
        let many = "%PDF-1.7 " + String(repeating: empty, count: 20_000)
        #expect(Self.code(Array(many.utf8)) == .formatUnknown)
    }
}
