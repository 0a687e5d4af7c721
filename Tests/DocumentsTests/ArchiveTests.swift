internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

/// Taking documents out of zip archives and gzip files.
@Suite("Archives")
struct ArchiveTests {
    static func document(_ members: [ZipBytes.Member], name: String = "bills.zip") -> Document {
        Document(name: name, bytes: ZipBytes.archive(members))
    }

    static func opened(_ document: Document, member: String? = nil) throws -> Document? {
        guard case .document(let inner) = try UnpackedFile.open(document, member: member) else {
            return nil
        }
        return inner
    }

    @Test("give their one file under both names, and the file as it was received")
    func single() throws {
        let zip = Self.document([ZipBytes.Member("2024/march.csv", "a,b\n1,2\n")])
        let inner = try #require(try Self.opened(zip))
        #expect(inner.name == "bills.zip:2024/march.csv")
        #expect(inner.fileName == "march.csv")
        #expect(inner.memberPath == "2024/march.csv")
        #expect(inner.bytes == Array("a,b\n1,2\n".utf8))
        #expect(inner.received.digest == zip.digest)
    }

    @Test("may store members unpacked, and hold folders and hidden files beside them")
    func plain() throws {
        var stored = ZipBytes.Member("bills/a.csv", "x")
        stored.deflates = false
        var folder = ZipBytes.Member("bills/", "")
        folder.deflates = false
        let inner = try Self.opened(
            Self.document([
                folder, stored, ZipBytes.Member("__MACOSX/bills/._a.csv", "fork"),
                ZipBytes.Member(".DS_Store", "y"),
            ]))
        #expect(inner?.name == "bills.zip:bills/a.csv")
    }

    @Test("with several files leave the choice, and give the one that is named")
    func several() throws {
        let zip = Self.document([
            ZipBytes.Member("a#1.csv", "one"), ZipBytes.Member("b:2.csv", "two"),
        ])
        #expect(try Self.opened(zip) == nil)
        #expect(try Self.opened(zip, member: "a#1.csv")?.bytes == Array("one".utf8))
        #expect(try Self.opened(zip, member: "b:2.csv")?.bytes == Array("two".utf8))
        let fault = #expect(throws: Diagnostic.self) {
            try Self.opened(zip, member: "c.csv")
        }
        #expect(fault?.code == .archiveMemberUnclear)
        #expect(fault?.hint == "name one: 'bills.zip:a#1.csv', 'bills.zip:b:2.csv'")
    }

    @Test("of gzip are one file, in one part or several")
    func gzip() throws {
        let first = ZipBytes.gzip(Array("a,b\n".utf8))
        let second = ZipBytes.gzip(Array("1,2\n".utf8))
        let inner = try #require(
            try Self.opened(Document(name: "bills.csv.gz", bytes: first + second)))
        #expect(inner.name == "bills.csv.gz:bills.csv")
        #expect(inner.bytes == Array("a,b\n1,2\n".utf8))
    }

    /// Sizes around the chunk in which bytes are handed over.
    @Test("give the bytes that were packed", arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_003])
    func roundTrip(count: Int) throws {
        var generator = SplitMix64(seed: count)
        let content = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        let zip = Self.document([ZipBytes.Member("a", content)])
        #expect(try Self.opened(zip)?.bytes == content)
        let gzip = Document(name: "a.gz", bytes: ZipBytes.gzip(content))
        #expect(try Self.opened(gzip)?.bytes == content)
    }
}
