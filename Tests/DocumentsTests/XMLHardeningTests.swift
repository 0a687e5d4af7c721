internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

/// What hostile and broken documents meet. Each is refused with a code, in bounded time.
struct XMLHardeningTests {
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let bytes: [UInt8]
        let code: DiagnosticCode
        let line: Int?

        init(_ name: String, _ text: String, _ code: DiagnosticCode, line: Int? = nil) {
            self.init(name, Array(text.utf8), code, line: line)
        }

        init(_ name: String, _ bytes: [UInt8], _ code: DiagnosticCode, line: Int? = nil) {
            testDescription = name
            self.bytes = bytes
            self.code = code
            self.line = line
        }
    }

    private static let attributes = (0..<60_000).map { "a\($0)=\"\"" }.joined(separator: " ")
    private static let namespaces = (0..<20_000).map { "xmlns:n\($0)=\"u\($0)\"" }
        .joined(separator: " ")
    private static let laughs = """
        <!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <a>&c;</a>
        """
    private static let levels =
        String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)

    static let structure = [
        Case("no bytes", "", .fileEmpty),
        Case("only text", "hello", .xmlMalformed, line: 1),
        Case("cut off", "<a>\n<b>", .xmlMalformed, line: 2),
        Case("two roots", "<a/>\n<b/>", .xmlMalformed, line: 2),
        Case("crossed tags", "<a>\n<b>\n</a></b>", .xmlMalformed, line: 3),
        Case("an attribute twice", "<a b='1' b='2'/>", .xmlMalformed),
        Case("an unknown prefix", "<x:a/>", .xmlMalformed),
        Case("an unknown entity", "<a>&b;</a>", .xmlMalformed),
        Case("a declaration after a blank", " <?xml version='1.0'?><a/>", .xmlMalformed),
        Case("NUL inside", "<a>\n\0</a>", .xmlMalformed, line: 2),
        Case("NUL after the root", "<a/>\0\0", .xmlMalformed),
        Case("entities", laughs, .xmlDoctypeRefused, line: 1),
        Case(
            "an external entity",
            "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///x'>]><a>&x;</a>",
            .xmlDoctypeRefused, line: 2),
        Case(
            "an external document type", "<!DOCTYPE a SYSTEM 'http://x/'><a/>", .xmlDoctypeRefused),
        Case("a document type within", "<a><!DOCTYPE a></a>", .xmlDoctypeRefused),
    ]

    static let limits = [
        Case("60 000 attributes", "<a \(attributes)/>", .xmlLimitExceeded),
        Case("20 000 namespaces", "<a \(namespaces)/>", .xmlLimitExceeded),
        Case("65 levels", levels, .xmlLimitExceeded),
        Case(
            "an endless tag", "<a b='" + String(repeating: "x", count: 11_000_000),
            .xmlLimitExceeded),
        Case(
            "an endless text", "<a>" + String(repeating: "xy ", count: 4_000_000) + "</a>",
            .xmlLimitExceeded),
        Case(
            "5 000 names", "<a>" + (0..<5_000).map { "<b\($0)/>" }.joined() + "</a>",
            .xmlLimitExceeded),
    ]

    static let encodings = [
        Case("UTF-7", "<?xml version='1.0' encoding='UTF-7'?>+ADw-a/+AD4-", .encodingRefused),
        Case("EBCDIC", [0x4C, 0x6F, 0xA7, 0x94], .encodingRefused),
        Case("UTF-32", [0xFF, 0xFE, 0, 0, 0x3C, 0, 0, 0], .encodingRefused),
        Case(
            "eight bits called UTF-16", "<?xml version='1.0' encoding='UTF-16'?><a/>",
            .encodingRefused),
        Case(
            "Latin-1 called UTF-8",
            Array("<?xml version='1.0' encoding='UTF-8'?>\n<a>Eln".utf8) + [0xE4]
                + Array("t</a>".utf8),
            .encodingRefused, line: 2),
        Case("half a UTF-16 character", [0xFF, 0xFE, 0x3C, 0, 0x61], .encodingRefused),
        Case(
            "a lone surrogate", [0xFE, 0xFF, 0, 0x3C, 0, 0x61, 0, 0x3E, 0xDC, 0], .encodingRefused),
        Case(
            "a byte that Windows-1252 lacks",
            Array("<?xml version='1.0' encoding='cp1252'?><a>".utf8) + [0x81], .encodingRefused),
    ]

    @Test(arguments: structure + limits + encodings)
    func `A broken or hostile document is refused in bounded time`(_ hostile: Case) throws {
        let document = Document(name: "x.xml", bytes: hostile.bytes)
        var caught: Diagnostic?
        let time = ContinuousClock().measure {
            do throws(Diagnostic) { _ = try XMLTree.read(document) } catch { caught = error }
        }
        let fault = try #require(caught)
        #expect(fault.code == hostile.code, "\(fault)")
        #expect(fault.location?.file == "x.xml")
        #expect(!fault.message.contains("\n"))
        if let line = hostile.line { #expect(fault.location?.line == line, "\(fault)") }
        #expect(time < Allowance.time(.seconds(2)))
    }

    @Test func `A document over the size limit is refused before it is parsed`() {
        var limits = XMLLimits.default
        limits.documentBytes = 3
        let document = Document(name: "x.xml", bytes: Array("<a/>".utf8))
        #expect(throws: Diagnostic.self) { try XMLTree.read(document, limits: limits) }
    }

    @Test func `A document over the element limit is refused`() {
        var limits = XMLLimits.default
        limits.elements = 2
        let document = Document(name: "x.xml", bytes: Array("<a><b/><c/></a>".utf8))
        #expect(throws: Diagnostic.self) { try XMLTree.read(document, limits: limits) }
    }

    @Test func `An inclusion is an element like any other and includes nothing`() throws {
        let text = """
            <a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/hostname"/></a>
            """
        let root = try XMLTree.read(Document(name: "x.xml", bytes: Array(text.utf8)))
        #expect(root.first("include")?.text == "")
    }
}
