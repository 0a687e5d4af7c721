/// Writes small PDF files with attachments for tests, in the shape of ISO 19005-3 (PDF/A-3).
package enum PDFBytes {
    /// - Parameters:
    ///   - dictionary: What each stream says of itself beside its length and filter.
    ///   - catalog: What the catalogue holds beside its attachments.
    package static func file(
        attachments: [[UInt8]], packs: Bool = true,
        dictionary: String = "/Type /EmbeddedFile /Subtype /text#2Fxml", filter: String? = nil,
        catalog: String = ""
    ) -> [UInt8] {
        var file = Array("%PDF-1.7\n%\u{e2}\u{e3}\n".utf8)
        var offsets: [Int] = []
        func add(_ content: [UInt8]) {
            offsets.append(file.count)
            file += Array("\(offsets.count) 0 obj\n".utf8) + content + Array("\nendobj\n".utf8)
        }
        add(
            Array(
                """
                << /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names \
                [ (factur-x.xml) 3 0 R ] >> >> /AF [ 3 0 R ] \(catalog) >>
                """.utf8))
        add(Array("<< /Type /Pages /Kids [] /Count 0 >>".utf8))
        add(
            Array(
                """
                << /Type /Filespec /F (factur-x.xml) /UF (factur-x.xml) \
                /AFRelationship /Data /EF << /F 4 0 R >> >>
                """.utf8))
        for attachment in attachments {
            let data = packs ? ZipBytes.zlib(attachment) : attachment
            let words = filter ?? (packs ? "/Filter /FlateDecode" : "")
            add(
                Array("<< \(dictionary) \(words) /Length \(data.count) >>\nstream\n".utf8) + data
                    + Array("\nendstream".utf8))
        }
        let table = file.count
        file += Array("xref\n0 \(offsets.count + 1)\n0000000000 65535 f \n".utf8)
        for offset in offsets {
            let digits = String(offset)
            let zeros = String(repeating: "0", count: 10 - digits.count)
            file += Array("\(zeros)\(digits) 00000 n \n".utf8)
        }
        return file
            + Array(
                """
                trailer << /Size \(offsets.count + 1) /Root 1 0 R >>
                startxref
                \(table)
                %%EOF

                """.utf8)
    }
}
