internal import TestSupport

/// Files that try to make the program read, fetch or spend what it must not.
enum HostileCorpus {
    /// What stands in the file that the attacks point at; it must not show up anywhere.
    static let secret = "secret-of-another-file"

    struct Attack: Sendable {
        let name: String
        let bytes: [UInt8]
    }

    static let all: [Attack] = markup + tables + archives + workbooks + documents

    private static func attack(_ name: String, _ text: String) -> Attack {
        Attack(name: name, bytes: Array(text.utf8))
    }

    /// The file `secret.txt` lies beside each attack.
    private static let markup = [
        attack(
            "entity-file.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'secret.txt'>]><feed><title>&x;</title></feed>"),
        attack(
            "entity-absolute.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><feed>&x;</feed>"),
        attack(
            "entity-http.xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'http://127.0.0.1:9/x'>]><feed>&x;</feed>"),
        attack(
            "entity-parameter.xml",
            "<!DOCTYPE a [<!ENTITY % x SYSTEM 'secret.txt'> %x;]><feed/>"),
        attack("doctype.xml", "<!DOCTYPE a SYSTEM 'http://127.0.0.1:9/a.dtd'><feed/>"),
        attack(
            "include.xml",
            "<feed xmlns='http://www.w3.org/2005/Atom'>"
                + "<i:include xmlns:i='http://www.w3.org/2001/XInclude' href='secret.txt'"
                + " parse='text'/></feed>"),
        attack(
            "stylesheet.xml",
            "<?xml-stylesheet href='http://127.0.0.1:9/a.xsl'?>"
                + "<feed xmlns='http://www.w3.org/2005/Atom'/>"),
        attack(
            "schema.xml",
            "<feed xmlns='http://www.w3.org/2005/Atom'"
                + " xmlns:s='http://www.w3.org/2001/XMLSchema-instance'"
                + " s:schemaLocation='urn:a http://127.0.0.1:9/a.xsd'/>"),
        attack(
            "laughs.xml",
            "<!DOCTYPE a [<!ENTITY b 'haha'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
                + "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><feed>&d;&d;&d;</feed>"),
        attack("deep.xml", String(repeating: "<a>", count: 100_000)),
        attack(
            "attributes.xml",
            "<feed " + (0..<50_000).map { "a\($0)=''" }.joined(separator: " ") + "/>"),
        attack("utf7.xml", "<?xml version='1.0' encoding='UTF-7'?>+ADw-feed/+AD4-"),
    ]

    private static let header = "meter,start,end,kwh\n"

    private static let tables = [
        attack("quote.csv", header + "\"M-1,2025-01-01" + String(repeating: "x\n", count: 200_000)),
        attack("field.csv", header + "M-1,," + String(repeating: "9", count: 5 << 20)),
        attack("columns.csv", String(repeating: "a,", count: 200_000) + "\n"),
        attack("nul.csv", header + "M-1,\0,1,1\n"),
        attack(
            "path.csv",
            header + "../../etc/passwd,2025-01-01T00:00Z,2025-01-01T01:00Z,1\n"),
        attack(
            "formula.csv",
            header + "=cmd|'/C calc'!A0,2025-01-01T00:00Z,2025-01-01T01:00Z,1\n"),
        attack("digits.csv", header + "M-1,2025-01-01T00:00Z,2025-01-01T01:00Z,1e999999999\n"),
    ]

    private static let zeros = [UInt8](repeating: 0x20, count: 16 << 20)

    private static let archives: [Attack] = {
        var link = ZipBytes.Member("a.csv", "secret.txt")
        link.kind = 10
        var huge = ZipBytes.Member("a.csv", "x")
        huge.statedSize = 0xFFFF_FFF0
        let many = (0..<9_999).map { ZipBytes.Member("\($0).csv", "") }
        return [
            Attack(
                name: "climb.zip",
                bytes: ZipBytes.archive([ZipBytes.Member("../secret.txt", "x")])),
            Attack(
                name: "absolute.zip",
                bytes: ZipBytes.archive([ZipBytes.Member("/etc/passwd", "x")])),
            Attack(name: "link.zip", bytes: ZipBytes.archive([link])),
            Attack(name: "huge.zip", bytes: ZipBytes.archive([huge])),
            Attack(name: "many.zip", bytes: ZipBytes.archive(many)),
            Attack(name: "bomb.zip", bytes: ZipBytes.archive([ZipBytes.Member("a.csv", zeros)])),
            Attack(name: "bomb.csv.gz", bytes: ZipBytes.gzip(zeros)),
            Attack(
                name: "nested.zip",
                bytes: ZipBytes.archive([
                    ZipBytes.Member("a.zip", ZipBytes.archive([ZipBytes.Member("a", zeros)]))
                ])),
        ]
    }()

    private static let workbooks = [
        Attack(
            name: "entity.xlsx",
            bytes: WorkbookBytes.workbook(
                [("S", "<row><c><v>1</v></c></row>")], strings: "<si><t>&x;</t></si>",
                prolog: "<!DOCTYPE a [<!ENTITY x SYSTEM 'secret.txt'>]>")),
        Attack(
            name: "external.xlsx",
            bytes: WorkbookBytes.workbook([("S", "<row><c><v>1</v></c></row>")], external: true)),
        Attack(
            name: "wide.xlsx",
            bytes: WorkbookBytes.workbook([
                (
                    "S",
                    "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
                        + "<row r=\"1048576\"><c r=\"EZZ1048576\"><v>1</v></c></row>"
                )
            ])),
    ]

    private static let documents = [
        Attack(
            name: "script.pdf",
            bytes: PDFBytes.file(
                attachments: [Array("<!DOCTYPE a SYSTEM 'secret.txt'><a/>".utf8)],
                catalog: "/OpenAction << /S /JavaScript /JS (app.launchURL('http://127.0.0.1:9'))"
                    + " >> /AA << /O << /S /Launch /F (secret.txt) >> >>")),
        Attack(name: "bomb.pdf", bytes: PDFBytes.file(attachments: [zeros])),
        Attack(
            name: "external.pdf",
            bytes: PDFBytes.file(
                attachments: [Array("<a/>".utf8)],
                dictionary: "/Type /EmbeddedFile /F (secret.txt)")),
    ]
}
