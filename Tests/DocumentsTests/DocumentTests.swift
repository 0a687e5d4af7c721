internal import Diagnostics
internal import Documents
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

@Suite("Documents")
struct DocumentTests {
    /// Larger than what is held in memory (4 MiB), and no multiple of a piece.
    private static let large: [UInt8] = {
        var generator = SplitMix64(seed: 7)
        return generator.bytes((4 << 20) + 70_001)
    }()

    private static func gathered(
        _ document: Document, from start: Int = 0, to end: Int? = nil
    ) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try document.readChunks(from: start, to: end) { (chunk) throws(Diagnostic) in
            chunk.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    @Test("read a file whole and in parts as its bytes are", arguments: [0, 1, 65_536, 4_264_305])
    func parts(size: Int) throws {
        try TemporaryFolder.with { folder in
            let bytes = Array(Self.large.prefix(size))
            let file = folder.appending(path: "a.bin")
            try Data(bytes).write(to: file)
            let document = try Document.open(path: file.path, name: "a.bin", limit: 8 << 20)
            #expect(document.size == bytes.count)
            #expect(document.digest == SHA256Digest(hashing: bytes))
            #expect(document.head == Array(bytes.prefix(65_536)))
            #expect(document.bytes == bytes)
            #expect(try Self.gathered(document) == bytes)
            let (start, end) = (size / 3, size - size / 5)
            #expect(
                try Self.gathered(document, from: start, to: end) == Array(bytes[start..<end]))
        }
    }

    @Test("refuse a file that was changed or cut while it was read")
    func changed() throws {
        try TemporaryFolder.with { folder in
            let file = folder.appending(path: "a.bin")
            try Data(Self.large).write(to: file)
            let document = try Document.open(path: file.path, name: "a.bin", limit: 8 << 20)
            let handle = try FileHandle(forWritingTo: file)
            try handle.seek(toOffset: 1_000_000)
            try handle.write(contentsOf: Data([Self.large[1_000_000] ^ 1]))
            let changed = #expect(throws: Diagnostic.self) { try Self.gathered(document) }
            #expect(changed?.code == .fileMissing)
            try handle.truncate(atOffset: 4 << 20)
            let cut = #expect(throws: Diagnostic.self) { try Self.gathered(document) }
            #expect(cut?.code == .fileMissing)
        }
    }

    @Test("say why a file is not opened")
    func refusals() throws {
        try TemporaryFolder.with { folder in
            let missing = folder.appending(path: "no.csv").path
            let absent = #expect(throws: Diagnostic.self) {
                try Document.open(path: missing, name: "no.csv", limit: 9)
            }
            #expect(absent?.code == .fileMissing && absent?.location?.file == missing)
            let isFolder = #expect(throws: Diagnostic.self) {
                try Document.open(path: folder.path, name: "x", limit: 9)
            }
            #expect(isFolder?.code == .fileMissing)
            let file = folder.appending(path: "ten.csv")
            try Data(repeating: 65, count: 10).write(to: file)
            let tooLarge = #expect(throws: Diagnostic.self) {
                try Document.open(path: file.path, name: "ten.csv", limit: 9)
            }
            #expect(tooLarge?.code == .fileTooLarge)
        }
    }
}
