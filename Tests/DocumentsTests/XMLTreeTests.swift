internal import Diagnostics
internal import Documents
internal import Testing

struct XMLTreeTests {
    private func read(_ text: String) throws -> XMLElement {
        try XMLTree.read(Document(name: "x.xml", bytes: Array(text.utf8)))
    }

    @Test func `An element keeps namespace, name, text, children and line`() throws {
        let root = try read(
            """
            <?xml version="1.0"?>
            <p:a xmlns:p="urn:one"
                 xmlns="urn:two">
              <b> 1 </b>
              <p:b>2</p:b>
            </p:a>
            """)
        #expect(root.namespace == "urn:one")
        #expect(root.name == "a")
        #expect(root.line == 2)
        #expect(root.children.map(\.namespace) == ["urn:two", "urn:one"])
        #expect(root.children.map(\.text) == ["1", "2"])
        #expect(root.children.map(\.line) == [4, 5])
    }

    @Test func `References and character data are text`() throws {
        let root = try read(
            "<a b='x &amp; &#38; &lt;y&gt; &amp;#38;'>1 &amp; &#50;<![CDATA[ <3>]]></a>")
        #expect(root.text == "1 & 2 <3>")
        #expect(root.attributes["b"] == "x & & <y> &#38;")
    }

    @Test func `Attributes of the schema instance are left out`() throws {
        let root = try read(
            """
            <a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x" id="1"/>
            """)
        #expect(root.attributes == ["id": "1"])
    }

    @Test func `The text of a child is not part of its parent's`() throws {
        let root = try read("<a>1<b>2</b>3</a>")
        #expect(root.text == "13")
        #expect(root.first("b")?.text == "2")
    }

    @Test func `Comments, instructions and markup-like text change nothing`() throws {
        let root = try read(
            """
            <?xml-stylesheet href="x"?><!-- <b a="1" --><a q='>"!-'>
            <![CDATA[<!DOCTYPE]]]]><![CDATA[>]]><!---->x</a>
            """)
        #expect(root.text == "<!DOCTYPE]]>x")
        #expect(root.attributes["q"] == ">\"!-")
    }

    @Test(arguments: [65_530, 65_536, 65_540, 131_071])
    func `A document reads alike wherever the chunks are cut`(_ padding: Int) throws {
        let text = String(repeating: "é", count: padding / 2)
        let root = try read(
            "<a><b>\(text)</b><c d='1'\n e='&amp;'>&lt;</c><!-- - --></a>")
        #expect(root.first("b")?.text == text)
        #expect(root.first("c")?.attributes == ["d": "1", "e": "&"])
        #expect(root.first("c")?.text == "<")
        #expect(root.first("c")?.line == 1)
    }

    @Test func `Lines beyond 65 535 are counted`() throws {
        let root = try read("<a>" + String(repeating: "\n", count: 70_000) + "<b/></a>")
        #expect(root.first("b")?.line == 70_001)
    }

    struct Encoded: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let text: String
    }

    private static func wide(_ text: String, bigEndian: Bool, marked: Bool) -> [UInt8] {
        let units = (marked ? [0xFEFF] : []) + Array(text.utf16)
        return units.flatMap { unit in
            let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
            return bigEndian ? bytes : bytes.reversed()
        }
    }

    private static func narrow(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        Array("<?xml version='1.0' encoding='\(name)'?><a>".utf8) + bytes + Array("</a>".utf8)
    }

    static let encoded = [
        Encoded(
            testDescription: "UTF-8 with a mark",
            bytes: [0xEF, 0xBB, 0xBF] + Array("<a>€</a>".utf8), text: "€"),
        Encoded(
            testDescription: "UTF-16 little-endian",
            bytes: wide("<a>€😀</a>", bigEndian: false, marked: true), text: "€😀"),
        Encoded(
            testDescription: "UTF-16 big-endian",
            bytes: wide("<a>€😀</a>", bigEndian: true, marked: true), text: "€😀"),
        Encoded(
            testDescription: "UTF-16 declared, without a mark",
            bytes: wide(
                "<?xml version='1.0' encoding='UTF-16'?><a>€</a>", bigEndian: false, marked: false),
            text: "€"),
        Encoded(
            testDescription: "UTF-16 by its mark, called UTF-8",
            bytes: wide(
                "<?xml version='1.0' encoding='UTF-8'?><a>ä</a>", bigEndian: false, marked: true),
            text: "ä"),
        Encoded(testDescription: "Latin-1", bytes: narrow("ISO-8859-1", [0xE4, 0xA4]), text: "ä¤"),
        Encoded(
            testDescription: "Latin-9", bytes: narrow("iso-8859-15", [0xE4, 0xA4]), text: "ä€"),
        Encoded(
            testDescription: "Windows-1252", bytes: narrow("windows-1252", [0xE4, 0x80]),
            text: "ä€"),
    ]

    @Test(arguments: encoded)
    func `An allowed encoding is read`(_ encoded: Encoded) throws {
        let root = try XMLTree.read(Document(name: "x.xml", bytes: encoded.bytes))
        #expect(root.text == encoded.text)
    }
}

struct XMLRootTests {
    @Test func `The root is told from the beginning of a document`() {
        let text = "<?xml version='1.0'?><!-- c --><p:feed xmlns:p='urn:x'><b></feed>"
        let root = XMLRoot.recognise(Document(name: "x.xml", bytes: Array(text.utf8)))
        #expect(root == XMLName(namespace: "urn:x", local: "feed"))
    }

    @Test(arguments: ["", "a,b\n1,2", "<!DOCTYPE a><a/>", "<a", "PK\u{3}\u{4}"])
    func `What is no document has no root`(_ text: String) {
        #expect(XMLRoot.recognise(Document(name: "x.xml", bytes: Array(text.utf8))) == nil)
    }
}
