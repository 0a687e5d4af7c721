internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

/// Sheets of workbooks as tables.
@Suite("Workbooks")
struct WorkbookTests {
    static func table(
        _ rows: String, strings: String = "", formats: [String] = [], date1904: Bool = false
    ) throws -> String {
        let book = Document(
            name: "book.xlsx",
            bytes: WorkbookBytes.workbook(
                [("Sheet1", rows)], strings: strings, formats: formats, date1904: date1904))
        return String(decoding: try #require(try ArchiveTests.opened(book)).bytes, as: UTF8.self)
    }

    /// One cell, in style 1.
    static func cell(
        _ value: String, _ format: String = "General", date1904: Bool = false
    ) throws -> String {
        let text = try table(
            "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>\(value)</v></c></row>",
            formats: [format], date1904: date1904)
        return String(text.dropLast())
    }

    @Test("hold texts, numbers, truths, errors and the last values of formulas")
    func kinds() throws {
        let table = try Self.table(
            """
            <row r="1"><c r="A1" t="s"><v>1</v></c><c r="B1" t="s"><v>0</v></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>a, "b"</t></is></c><c r="B2"><v>1.50</v></c>\
            <c r="C2" t="b"><v>1</v></c></row>
            <row r="3" hidden="1"><c r="A3" t="e"><v>#N/A</v></c>\
            <c r="B3"><f>B2*2</f><v>3</v></c><c r="C3" t="str"><f>A1</f><v>x y</v></c></row>
            """,
            strings: "<si><t>usage</t></si><si><r><t>meter </t></r><r><t>no</t></r>"
                + "<rPh sb=\"0\" eb=\"1\"><t>mee</t></rPh></si>")
        #expect(table == "meter no,usage,\n\"a, \"\"b\"\"\",1.5,TRUE\n#N/A,3,x y\n")
    }

    @Test("say where a formula was never calculated")
    func formula() throws {
        let table = try Self.table(
            "<row><c><f>1+1</f></c><c t=\"str\"><f>A1</f><v></v></c><c><v>1</v></c></row>")
        #expect(table == "#NOT-CALCULATED,,1\n")
    }

    @Test("keep rows on their lines and cells in their columns, also where some are left out")
    func gaps() throws {
        let table = try Self.table(
            """
            <row r="2"><c r="B2"><v>1</v></c><c r="D2"><v>2</v></c></row>
            <row r="4"><c r="A4" t="inlineStr"><is><t>two\nlines</t></is></c><c r="C4"/></row>
            <row><c><v>3</v></c><c><v>4</v></c></row>
            """)
        #expect(table == "\n,1,,2\n\ntwo lines,,,\n3,4,,\n")
    }

    /// What a workbook writes, and the shortest decimal that is the same binary64.
    @Test(
        "give the number that was typed",
        arguments: [
            ("0.10000000000000001", "0.1"), ("0.29999999999999999", "0.3"),
            ("0.30000000000000004", "0.30000000000000004"), ("1234.5", "1234.5"),
            ("100", "100"), ("-0.5", "-0.5"), ("1E-3", "0.001"),
            ("1.2E+20", "120000000000000000000"),
            ("9.9999999999999995E-8", "0.0000001"), ("12345678901234567", "12345678901234568"),
            ("0", "0"), ("-0", "0"), ("00012.500", "12.5"), (".5", "0.5"), ("5.", "5"),
            ("1E+31", "1E+31"), ("1.1.1", "1.1.1"), ("1E400", "1E400"),
        ])
    func numbers(stored: String, meant: String) throws {
        #expect(try Self.cell(stored) == meant)
    }

    /// 45292 is 2024-01-01: 124 years of 365 days, 31 leap days, the one that never was, and 1.
    @Test(
        "give dates and times as ISO 8601",
        arguments: [
            ("45292", "dd/mm/yyyy", "2024-01-01"), ("45322", "m/d/yy", "2024-01-31"),
            ("45292", "mmm-yy", "2024-01-01"),
            ("45292", "dd/mm/yyyy hh:mm", "2024-01-01T00:00:00"),
            ("45292.020833333336", "dd/mm/yyyy hh:mm", "2024-01-01T00:30:00"),
            ("45292.020833333336", "dd/mm/yyyy", "2024-01-01T00:30:00"),
            ("45291.999999999996", "yyyy\\-mm\\-dd hh:mm", "2024-01-01T00:00:00"),
            ("0.75", "hh:mm", "18:00:00"), ("0.75", "h:mm AM/PM", "18:00:00"),
            ("1.0833333333333333", "[h]:mm", "26:00:00"), ("0.5", "mm:ss", "12:00:00"),
            ("1", "yyyy", "1900-01-01"), ("59", "yyyy", "1900-02-28"), ("60", "yyyy", "60"),
            ("61", "yyyy", "1900-03-01"), ("-1", "yyyy", "-1"), ("2958466", "yyyy", "2958466"),
            ("45292", "0.00", "45292"), ("45292", "#,##0 \"days\"", "45292"),
            ("45292", "[Red]0;[Blue]dd", "45292"), ("45292", "[$-409]d mmm yyyy", "2024-01-01"),
            ("45292", "General", "45292"), ("45292", "_d0", "45292"),
        ])
    func dates(stored: String, format: String, shown: String) throws {
        #expect(try Self.cell(stored, format.replacing("\"", with: "&quot;")) == shown)
    }

    @Test("count days from 1904 where they say so")
    func system1904() throws {
        // 1462 days lie between the two systems.
        #expect(try Self.cell("43830", "yyyy-mm-dd", date1904: true) == "2024-01-01")
        #expect(try Self.cell("0", "yyyy-mm-dd", date1904: true) == "1904-01-01")
    }

    @Test("give the first sheet and say so, or the one that is named")
    func sheets() throws {
        let row = "<row><c><v>1</v></c></row>"
        let book = Document(
            name: "book.xlsx",
            bytes: WorkbookBytes.workbook([
                ("First", row), ("Second", row.replacing("1", with: "2")),
            ]))
        let first = try #require(try ArchiveTests.opened(book))
        #expect(first.name == "book.xlsx:First" && first.isSheet)
        #expect(first.bytes == Array("1\n".utf8))
        #expect(first.remarks.map(\.severity) == [.info])
        let second = try #require(try ArchiveTests.opened(book, member: "Second"))
        #expect(second.bytes == Array("2\n".utf8) && second.remarks.isEmpty)
        let fault = #expect(throws: Diagnostic.self) {
            try ArchiveTests.opened(book, member: "Third")
        }
        #expect(fault?.code == .archiveMemberUnclear)
    }

    @Test("may lie in an archive")
    func packed() throws {
        let book = WorkbookBytes.workbook([("S", "<row><c><v>1</v></c></row>")])
        let zip = ArchiveTests.document([
            ZipBytes.Member("q1/a.xlsx", book), ZipBytes.Member("b.csv", "x"),
        ])
        let sheet = try #require(try ArchiveTests.opened(zip, member: "q1/a.xlsx:S"))
        #expect(sheet.name == "bills.zip:q1/a.xlsx:S")
        #expect(sheet.memberPath == "q1/a.xlsx:S" && sheet.fileName == "S")
        #expect(sheet.received.digest == zip.digest)
    }

    @Test(
        "are refused where the places of cells make no sense",
        arguments: [
            "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"0\"/>", "<row r=\"1048577\"/>",
            "<row><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>",
            "<row><c r=\"11\"><v>1</v></c></row>",
            "<row><c t=\"s\"><v>7</v></c></row>", "<row><c t=\"s\"><v>-1</v></c></row>",
        ])
    func refused(rows: String) {
        let fault = #expect(throws: Diagnostic.self) { try Self.table(rows) }
        #expect(fault?.code == .xmlStructure)
    }

    @Test("are refused where a few cells would make a table of gigabytes")
    func wide() {
        let rows = (1...60_000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }
            .joined()
        let last = "<row r=\"60001\"><c r=\"EZZ60001\"><v>1</v></c></row>"
        let fault = #expect(throws: Diagnostic.self) { try Self.table(rows + last) }
        #expect(fault?.code == .archiveLimitExceeded)
        let beyond = #expect(throws: Diagnostic.self) {
            try Self.table("<row><c r=\"XFD1\"><v>1</v></c></row>")
        }
        #expect(beyond?.code == .archiveLimitExceeded)
    }

    @Test("of other programs are refused")
    func others() {
        let letter = ZipBytes.archive([
            ZipBytes.Member("[Content_Types].xml", "<Types/>"),
            ZipBytes.Member("_rels/.rels", "<Relationships/>"),
        ])
        let fault = #expect(throws: Diagnostic.self) {
            try ArchiveTests.opened(Document(name: "letter.docx", bytes: letter))
        }
        #expect(fault?.code == .formatUnknown)
    }
}
