internal import Documents
internal import Testing

@Suite struct XMLExcerptsTests {
    // Each element of the document by its name, and what is cited for it.
    @Test(arguments: [
        ("<a><q u=\"KWH\">1200</q></a>", "<q u=\"KWH\">1200</q>"),
        (
            "<a>\n <x:q xmlns:x='u'\n u = '>'> 1 > 0 </x:q>\n</a>",
            "<x:q xmlns:x='u'\n u = '>'> 1 > 0 </x:q>"
        ),
        ("<a><q u='/'/><b>2</b></a>", "<q u='/'/>"),
        ("<a><!-- <q>0</q> --><![CDATA[<q>]]><?q q?><q>3</q></a>", "<q>3</q>"),
        ("<a><q>don't</q></a>", "<q>don't</q>"),
        ("\u{FEFF}<a><q>ä</q></a>", "<q>ä</q>"),
    ])
    func `An element is cited as the document writes it`(text: String, expected: String) throws {
        let document = Document(name: "a.xml", bytes: Array(text.utf8))
        let root = try XMLTree.read(document)
        let element = try #require(root.first("q"))
        let texts = try XMLExcerpts.texts(of: [element.number], in: document)
        #expect(texts == [element.number: expected])
    }

    @Test func `An element is cited from any encoding`() throws {
        let text = "<?xml version=\"1.0\" encoding=\"UTF-16LE\"?><a><q>4 €</q></a>"
        var bytes: [UInt8] = [0xFF, 0xFE]
        for unit in text.utf16 { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        let document = Document(name: "a.xml", bytes: bytes)
        let element = try #require(try XMLTree.read(document).first("q"))
        #expect(
            try XMLExcerpts.texts(of: [element.number], in: document).values.first == "<q>4 €</q>")
    }

    @Test func `Numbers count start tags from the root`() throws {
        let text = "<a><b/><c><d>1</d></c><e>2</e></a>"
        let document = Document(name: "a.xml", bytes: Array(text.utf8))
        let root = try XMLTree.read(document)
        #expect(root.number == 1)
        #expect(root.children.map(\.number) == [2, 3, 5])
        let texts = try XMLExcerpts.texts(of: [2, 4, 5, 9], in: document)
        #expect(texts == [2: "<b/>", 4: "<d>1</d>", 5: "<e>2</e>"])
    }

    @Test func `A long element is cut`() throws {
        let text = "<a><q>" + String(repeating: "7", count: 5_000) + "</q></a>"
        let document = Document(name: "a.xml", bytes: Array(text.utf8))
        #expect(try XMLExcerpts.texts(of: [2], in: document)[2]?.utf8.count == 1_024)
    }
}
