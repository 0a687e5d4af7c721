internal import Testing
internal import TextForms

@Suite("A text form")
struct TextFormsTests {
    @Test(
        "writes a CSV cell that runs nowhere and is read back whole",
        arguments: [
            ("steel", "steel"), ("", ""), ("-12.5", "-12.5"), ("-12", "-12"), ("12", "12"),
            ("-1+1", "'-1+1"), ("-", "'-"), ("-1.2.3", "'-1.2.3"), ("-.5", "'-.5"),
            ("=1+1", "'=1+1"), ("+1", "'+1"), ("@sum", "'@sum"), ("\tx", "'\tx"),
            ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""), ("a\nb", "\"a\nb\""),
            ("a\r\nb", "\"a\r\nb\""), ("=a,\"b\"", "\"'=a,\"\"b\"\"\""),
        ])
    func csv(cell: String, written: String) {
        #expect(CSVText.row([cell, "x"]) == written + ",x")
    }

    @Test(
        "writes JSON text that no reader takes for something else",
        arguments: [
            ("a\"b\\c", #""a\"b\\c""#), ("\n\u{1b}[2J", #""\u000a\u001b[2J""#),
            ("a\u{202e}b", #""a\u202eb""#), ("é ☃", #""é ☃""#),
            ("\u{e0001}", #""\udb40\udc01""#),
        ])
    func json(text: String, written: String) {
        #expect(JSONText.string(text).written() == written)
    }

    @Test("writes a JSON document with its members in the order given")
    func document() {
        let document = JSONText.object([
            ("b", .array([.integer(1), .boolean(true), .null])), ("a", .object([])),
            ("c", .array([])), ("d", .optional(String?.none)), ("e", .optional(7)),
        ])
        #expect(
            document.written() == """
                {
                  "b": [
                    1,
                    true,
                    null
                  ],
                  "a": {},
                  "c": [],
                  "d": null,
                  "e": 7
                }
                """)
    }

    @Test("aligns columns by their widest cell")
    func aligned() {
        let rows = [["name", "kWh"], ["a", "1200"], ["long name"]]
        #expect(
            AlignedText.lines(rows, rightColumns: [1]) == """
                name        kWh
                a          1200
                long name
                """)
        #expect(AlignedText.lines([]) == "")
    }
}
