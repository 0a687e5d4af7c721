internal import Documents
internal import TestSupport
internal import Testing

@Suite("A zip of stored members")
struct StoredZipWriterTests {
    private static func archive(_ members: [(String, [UInt8])]) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var writer = StoredZipWriter { bytes += $0 }
        for (name, content) in members { try writer.add(name, bytes: content) }
        try writer.finish()
        return bytes
    }

    /// By hand from PKWARE APPNOTE 6.3, sections 4.3.7, 4.3.12 and 4.3.16. The CRC-32 of the
    /// digits 1 to 9 is CBF43926, the check value of its specification.
    @Test("is the bytes that the format describes")
    func bytes() throws {
        let common: [UInt8] =
            [10, 0, 0, 0, 0, 0, 0, 0, 0x21, 0, 0x26, 0x39, 0xF4, 0xCB]
            + [9, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0]
        let local = [0x50, 0x4B, 3, 4] + common + [0x61] + Array("123456789".utf8)
        let table =
            [0x50, 0x4B, 1, 2, 10, 0] + common + [UInt8](repeating: 0, count: 14) + [0x61]
        // 40 bytes before the table, 47 in it.
        let end: [UInt8] = [
            0x50, 0x4B, 5, 6, 0, 0, 0, 0, 1, 0, 1, 0, 47, 0, 0, 0, 40, 0, 0, 0, 0, 0,
        ]
        #expect(try Self.archive([("a", Array("123456789".utf8))]) == local + table + end)
    }

    @Test("is read by libzip", arguments: 0..<20)
    func read(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let members = (0..<Int.random(in: 0...9, using: &random)).map { index in
            (
                "folder/\(index)",
                (0..<Int.random(in: 0...3_000, using: &random)).map { _ in
                    UInt8.random(in: 0...255, using: &random)
                }
            )
        }
        let bytes = try Self.archive(members)
        let archive = try ZipArchive(Document(name: "a.zip", bytes: bytes))
        #expect(archive.entries.map(\.name) == members.map(\.0))
        for (entry, member) in zip(archive.entries, members) {
            #expect(try archive.read(entry) == member.1)
        }
    }

    @Test("refuses a content that is another the second time")
    func changed() throws {
        var writer = StoredZipWriter { _ in }
        var asked: UInt8 = 0
        #expect(throws: StoredZipWriter.Fault.contentChanged("a")) {
            try writer.add("a") { body in
                asked += 1
                body([asked])
            }
        }
    }
}
