internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

/// What hostile and broken archives meet. Each is refused with a code before it costs much.
@Suite("Hostile archives")
struct ArchiveHardeningTests {
    struct Case: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let bytes: [UInt8]
        let code: DiagnosticCode

        init(_ name: String, _ bytes: [UInt8], _ code: DiagnosticCode) {
            testDescription = name
            self.bytes = bytes
            self.code = code
        }

        /// One member, made wrong.
        init(
            _ name: String, member: String = "a.csv", _ code: DiagnosticCode,
            _ spoil: (inout ZipBytes.Member) -> Void = { _ in }
        ) {
            var spoilt = ZipBytes.Member(member, "meter,start,end,kwh\n")
            spoil(&spoilt)
            self.init(name, ZipBytes.archive([spoilt]), code)
        }
    }

    private static let zeros = [UInt8](repeating: 0, count: 4 << 20)
    private static let sound = ZipBytes.archive([ZipBytes.Member("a.csv", "meter\n")])
    private static let packed = ZipBytes.gzip(Array("meter,start,end,kwh\n".utf8))

    static let names = [
        Case("a name that climbs", member: "../../evil.csv", .archiveEntryRefused),
        Case("a name that climbs later", member: "a/../../evil.csv", .archiveEntryRefused),
        Case("a name that climbs as in DOS", member: "a\\..\\evil.csv", .archiveEntryRefused),
        Case("an absolute name", member: "/etc/passwd", .archiveEntryRefused),
        Case("an absolute name as in DOS", member: "\\evil.csv", .archiveEntryRefused),
        Case("a name with a drive", member: "C:\\evil.csv", .archiveEntryRefused),
        Case("a name with a NUL", member: "a\0.csv", .archiveEntryRefused),
        Case("no name", member: "", .archiveEntryRefused),
        Case(
            "an endless name", member: String(repeating: "a", count: 1_025), .archiveEntryRefused),
        Case(
            "a name twice",
            ZipBytes.archive([ZipBytes.Member("a", "1"), ZipBytes.Member("a", "2")]),
            .archiveEntryRefused),
    ]

    static let members = [
        Case("a symbolic link", .archiveEntryRefused) { $0.kind = 10 },
        Case("a device", .archiveEntryRefused) { $0.kind = 2 },
        Case("encryption", .archiveEntryRefused) { $0.flags = 1 },
        Case("an unusual method", .archiveEntryRefused) { $0.method = 12 },
        Case("another name in front of the bytes", .archiveDamaged) {
            $0.localName = Array("b.csv".utf8)
        },
        Case("a wrong place", .archiveDamaged) { $0.statedOffset = 7 },
        Case("a wrong checksum", .archiveDamaged) { $0.statedChecksum = 1 },
        Case("more bytes than stated", .archiveDamaged) { $0.statedSize = 3 },
        Case("fewer bytes than stated", .archiveDamaged) { $0.statedSize = 30 },
        Case("two members on the same bytes", overlapping, .archiveEntryRefused),
        Case("an archive within", .archiveEntryRefused) { $0.content = sound },
        Case("a gzip file within", .archiveEntryRefused) { $0.content = packed },
        Case("no member", ZipBytes.archive([]), .archiveMemberUnclear),
    ]

    /// The local header of the second lies in the bytes of the first.
    private static var overlapping: [UInt8] {
        var first = ZipBytes.Member("a.csv", ZipBytes.archive([ZipBytes.Member("b.csv", "1")]))
        first.deflates = false
        var second = ZipBytes.Member("b.csv", "1")
        second.statedOffset = 30 + first.name.count
        return ZipBytes.archive([first, second])
    }

    static let sizes = [
        Case("a bomb", ZipBytes.archive([ZipBytes.Member("a", zeros)]), .archiveLimitExceeded),
        Case("a bomb of gzip", ZipBytes.gzip(zeros), .archiveLimitExceeded),
        Case("a stated size beyond all measure", .archiveLimitExceeded) {
            $0.statedSize = 0xFFFF_FFFE
        },
        Case(
            "10 001 members",
            ZipBytes.archive((0...10_000).map { ZipBytes.Member("\($0)", "") }),
            .archiveLimitExceeded),
        Case(
            "many members that are small one by one",
            ZipBytes.archive(
                (0..<300).map { number in
                    var member = ZipBytes.Member("\(number)", "a")
                    member.statedSize = 1 << 20
                    return member
                }), .archiveLimitExceeded),
    ]

    static let broken = [
        Case("cut at the end", Array(sound.dropLast()), .archiveDamaged),
        Case("cut in the middle", Array(sound.prefix(40)), .archiveDamaged),
        Case("bytes behind the end", sound + [0], .archiveDamaged),
        Case("bytes in front", [0x50, 0x4B, 3, 4] + sound, .archiveDamaged),
        Case("a part of several", sound.replacing(at: sound.count - 18, by: 1), .archiveDamaged),
        Case(
            "more members than the table has",
            ZipBytes.archive([ZipBytes.Member("a", "")], statedCount: 2), .archiveDamaged),
        Case(
            "fewer members than the table has",
            ZipBytes.archive(
                [ZipBytes.Member("a", ""), ZipBytes.Member("b", "")], statedCount: 1),
            .archiveDamaged),
        Case("gzip cut", Array(packed.dropLast()), .archiveDamaged),
        Case("gzip of nothing but a mark", [0x1F, 0x8B], .archiveDamaged),
        Case(
            "gzip with a wrong checksum", packed.replacing(at: packed.count - 6, by: 0x55),
            .archiveDamaged),
        Case("gzip with bytes behind", packed + [1, 2, 3], .archiveDamaged),
    ]

    @Test("are refused", arguments: names + members + sizes + broken)
    func refused(_ attack: Case) throws {
        let fault = #expect(throws: Diagnostic.self) {
            try ArchiveTests.opened(Document(name: "attack", bytes: attack.bytes))
        }
        #expect(fault?.code == attack.code)
    }

    /// Any single byte may be wrong: an error or the true bytes, never others and no crash.
    @Test("never give other bytes", arguments: [sound, packed])
    func anyByte(_ bytes: [UInt8]) throws {
        let original = try ArchiveTests.opened(Document(name: "a", bytes: bytes))?.bytes
        for index in bytes.indices {
            for value: UInt8 in [0, 0xFF, bytes[index] ^ 1, bytes[index] ^ 0x80] {
                let spoilt = Document(name: "a", bytes: bytes.replacing(at: index, by: value))
                guard let opened = try? ArchiveTests.opened(spoilt), !opened.containers.isEmpty
                else { continue }
                #expect(opened.bytes == original, "byte \(index) as \(value)")
            }
        }
    }
}

extension [UInt8] {
    func replacing(at index: Int, by value: UInt8) -> [UInt8] {
        var copy = self
        copy[index] = value
        return copy
    }
}
