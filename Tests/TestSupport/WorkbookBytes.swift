/// Writes workbooks (`.xlsx`) for tests, from the XML of their parts.
package enum WorkbookBytes {
    /// - Parameters:
    ///   - sheets: Name and XML of the rows: what stands within `sheetData`.
    ///   - strings: XML of the shared texts: `<si><t>a</t></si>`.
    ///   - prolog: Stands in front of the shared texts.
    ///   - external: Whether the shared texts are said to lie in a file outside.
    ///   - formats: Number formats of the styles 1, 2, …; style 0 is `General`.
    package static func workbook(
        _ sheets: [(name: String, rows: String)], strings: String = "", formats: [String] = [],
        date1904: Bool = false, prolog: String = "", external: Bool = false
    ) -> [UInt8] {
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let package = "http://schemas.openxmlformats.org/package/2006/relationships"
        func relations(_ items: [(kind: String, target: String)]) -> String {
            let all = items.enumerated().map { index, item in
                let mode =
                    external && item.kind == "sharedStrings" ? " TargetMode=\"External\"" : ""
                return "<Relationship Id=\"r\(index + 1)\" Type=\"\(office)/\(item.kind)\""
                    + " Target=\"\(item.target)\"\(mode)/>"
            }
            return "<Relationships xmlns=\"\(package)\">\(all.joined())</Relationships>"
        }
        let names = sheets.enumerated().map {
            "<sheet name=\"\($1.name)\" sheetId=\"\($0 + 1)\" r:id=\"r\($0 + 1)\"/>"
        }.joined()
        let codes = formats.enumerated().map {
            "<numFmt numFmtId=\"\(164 + $0)\" formatCode=\"\($1)\"/>"
        }.joined()
        let styles = (["0"] + formats.indices.map { "\(164 + $0)" }).map {
            "<xf numFmtId=\"\($0)\"/>"
        }.joined()
        var members: [ZipBytes.Member] = [
            .init("[Content_Types].xml", "<Types/>"),
            .init("_rels/.rels", relations([("officeDocument", "xl/workbook.xml")])),
            .init(
                "xl/workbook.xml",
                "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\">"
                    + "<workbookPr date1904=\"\(date1904 ? 1 : 0)\"/><sheets>\(names)</sheets>"
                    + "</workbook>"),
            .init(
                "xl/_rels/workbook.xml.rels",
                relations(
                    sheets.indices.map { ("worksheet", "worksheets/sheet\($0 + 1).xml") } + [
                        ("sharedStrings", external ? "../secret.txt" : "/xl/sharedStrings.xml"),
                        ("styles", "./styles.xml"),
                    ])),
            .init("xl/sharedStrings.xml", "\(prolog)<sst xmlns=\"\(main)\">\(strings)</sst>"),
            .init(
                "xl/styles.xml",
                "<styleSheet xmlns=\"\(main)\"><numFmts>\(codes)</numFmts>"
                    + "<cellXfs>\(styles)</cellXfs></styleSheet>"),
        ]
        for (index, sheet) in sheets.enumerated() {
            members.append(
                .init(
                    "xl/worksheets/sheet\(index + 1).xml",
                    "<worksheet xmlns=\"\(main)\"><sheetData>\(sheet.rows)</sheetData></worksheet>")
            )
        }
        return ZipBytes.archive(members)
    }
}
