internal import AuditTrail
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

/// A log of the records "zero", "one", "two". Seeds 40…5f (log) and 60…7f (witness), for tests
/// only. Text, ids, signatures and hashes were made by a Python script from the specifications,
/// with hashlib and `openssl pkeyutl -sign -rawin`.
enum SampleNote {
    static let origin = "tonne.sample-0011223344556677"
    static let records = ["zero", "one", "two"].map { Array($0.utf8) }
    static let logKey = "\(origin)+fc486d5c+ASVDuS/xCVURR2rcg2nbbdyTNmWhGXjdoUBO4QZsqVWd"
    static let logSecret =
        "PRIVATE+KEY+\(origin)+fc486d5c+AUBBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5f"
    static let witnessKey =
        "auditor.example/1+22cc082f+BBdFU7RW3d/GkI7KscEB/mqyHiuqBhd5W31DpjSCmT/V"
    static let time: Int64 = 1_767_225_600
    static let text = "\(origin)\n3\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n"
    static let logLine =
        "\u{2014} \(origin) /EhtXMeu72QHDi0XFDAqbdp3OqYJzUnxRD2UpZK//NNxV7k/zJYpc7Pah8yg"
        + "ZkZ2A6GvQdOfMdXib8vvHG6Cy7CG2Qk=\n"
    static let witnessLine =
        "\u{2014} auditor.example/1 IswILwAAAABpVbkAkuSZdERM64jxnq2sHUkF0TiQU+ndZxoyRA0xACRV"
        + "8zKXaHUGlUpaaRU+AJCzzJuJ4oRFS5+ZjxjVciBLI3NBAQ==\n"
    static let note = "\(text)\n\(logLine)\(witnessLine)"
    /// The tree of two records: SHA-256(0x01 ‖ leaf 0 ‖ leaf 1).
    static let rootOfTwo = "iiq+yu+Pz0GJ9OZMFdfUJhwUJRvf4oYcY90ek68bmUs="
    static let leafHashes: [SHA256Digest] = records.map { record in
        var hasher = MerkleHasher()
        return hasher.leaf(record)
    }

    static func log() throws -> NoteSigner {
        try #require(NoteSigner(name: origin, kind: .log, seed: Array(0x40..<0x60)))
    }

    static func witness() throws -> NoteSigner {
        try #require(
            NoteSigner(name: "auditor.example/1", kind: .witness, seed: Array(0x60..<0x80)))
    }
}

/// The program of OpenSSL, a referee that shares no code with the tests.
enum OpenSSLProgram {
    static let path = ["/usr/bin/openssl", "/usr/local/bin/openssl"].first {
        FileManager.default.isExecutableFile(atPath: $0)
    }
}

@Suite("A signed note")
struct SignedNoteTests {
    @Test("is written as an independent program writes it")
    func written() throws {
        let root = MerkleTree.root(of: SampleNote.leafHashes[...])
        let checkpoint = Checkpoint(origin: SampleNote.origin, size: 3, root: root)
        #expect(checkpoint.text == SampleNote.text)
        let signed = SignedCheckpoint(checkpoint, signedBy: try SampleNote.log())
        #expect(signed.note.written == "\(SampleNote.text)\n\(SampleNote.logLine)")
        let cosignature = try SampleNote.witness().signature(
            of: SampleNote.text, at: SampleNote.time)
        #expect(cosignature.line == SampleNote.witnessLine)
    }

    @Test("is read and checked; other keys are passed over")
    func checked() throws {
        let note = try SignedNote(parsing: Array(SampleNote.note.utf8))
        #expect(note.written == SampleNote.note)
        #expect(try note.verdict(of: NoteKey(parsing: SampleNote.logKey)) == .signed)
        #expect(
            try note.verdict(of: NoteKey(parsing: SampleNote.witnessKey))
                == .cosigned(at: SampleNote.time))
        let stranger = try #require(
            NoteSigner(name: SampleNote.origin, kind: .log, seed: Array(0..<32)))
        #expect(try note.verdict(of: stranger.key) == nil)
    }

    @Test("has keys with the names and ids of an independent program")
    func keys() throws {
        #expect(try SampleNote.log().key.description == SampleNote.logKey)
        #expect(try SampleNote.log().secretText == SampleNote.logSecret)
        #expect(try SampleNote.witness().key.description == SampleNote.witnessKey)
        #expect(
            try NoteSigner(parsing: SampleNote.logSecret).key
                == NoteKey(parsing: SampleNote.logKey))
        #expect(!"\(try SampleNote.log())".contains("PRIVATE"))
    }

    @Test(
        "refuses a key that is not written as a key is",
        arguments: [
            "", "name", "name+fc486d5c", "+fc486d5c+ASVDuS/xCVURR2rcg2nbbdyTNmWhGXjdoUBO4QZsqVWd",
            SampleNote.logKey + "=",
            SampleNote.logKey.replacingOccurrences(of: "fc486d5c", with: "fc486d5d"),
            SampleNote.logKey.replacingOccurrences(of: "fc486d5c", with: "FC486D5C"),
            SampleNote.logKey.replacingOccurrences(of: "sample", with: "simple"),
            SampleNote.logKey.replacingOccurrences(of: "sample", with: "sam ple"),
            // The point of order 1 under its right id.
            "name+6c735348+AQEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
            // A good key of type 2, which we do not know, under its right id.
            "name+671f3b54+AiVDuS/xCVURR2rcg2nbbdyTNmWhGXjdoUBO4QZsqVWd",
        ])
    func badKey(_ text: String) {
        #expect(throws: NoteError.self) { try NoteKey(parsing: text) }
        #expect(throws: NoteError.self) { try NoteSigner(parsing: text) }
    }

    @Test(
        "is refused where it is not what the format says",
        arguments: [
            ("a hyphen for the dash", "\u{2014}", "-"), ("an en dash", "\u{2014}", "\u{2013}"),
            ("two spaces", "\u{2014} ", "\u{2014}  "), ("no empty line", "\n\n", "\n"),
            ("no padding", "2Qk=", "2Qk"), ("more padding", "2Qk=", "2Qk=="),
            // "k=" ends in 4 used bits 1001 and 2 unused; "l=" differs in the unused ones.
            ("bits that nobody reads", "2Qk=", "2Ql="), ("no line end", "AQ==\n", "AQ=="),
            ("a tab", "\n3\n", "\n3\t\n"), ("CR LF", "\n3\n", "\r\n3\r\n"),
            ("an empty line among signatures", "2Qk=\n", "2Qk=\n\n\n"),
            ("a plus in the name", "\u{2014} auditor", "\u{2014} a+uditor"),
        ])
    func malformed(_ name: String, _ old: String, _ new: String) {
        let text = SampleNote.note.replacingOccurrences(of: old, with: new)
        #expect(throws: (any Error).self, "\(name)") {
            let note = try SignedCheckpoint(parsing: Array(text.utf8)).note
            _ = try note.verdict(of: NoteKey(parsing: SampleNote.logKey))
        }
    }

    @Test("is refused, or says less, when any bit of it is turned")
    func bitFlips() throws {
        let bytes = Array(SampleNote.note.utf8)
        let keys = try [SampleNote.logKey, SampleNote.witnessKey].map(NoteKey.init(parsing:))
        for bit in 0..<(bytes.count * 8) {
            var other = bytes
            other[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let signed = try? SignedCheckpoint(parsing: other) else { continue }
            let verdicts = keys.map { try? signed.note.verdict(of: $0) }
            #expect(verdicts.contains(nil), "bit \(bit) changed nothing")
        }
    }

    @Test("is refused at every length but its own")
    func truncated() {
        let bytes = Array(SampleNote.note.utf8)
        let whole = SampleNote.text.utf8.count + 1 + SampleNote.logLine.utf8.count
        for count in 0..<bytes.count where count != whole {
            #expect(throws: NoteError.self, "\(count) bytes") {
                try SignedCheckpoint(parsing: Array(bytes.prefix(count)))
            }
        }
    }

    @Test(
        "is no checkpoint without origin, size and root",
        arguments: [
            "", "a\n", "a\n3\n", "\n3\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n",
            "a\n03\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n",
            "a\n+3\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n",
            "a\n-3\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n",
            "a\n9223372036854775808\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n",
            "a\n3\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwyt=\n", "a\n3\nA9jN2rk=\n",
        ])
    func noCheckpoint(_ text: String) {
        #expect(throws: NoteError.self) { try Checkpoint(parsing: text) }
    }

    @Test("keeps the lines of others below the root")
    func extensions() throws {
        let text = SampleNote.text + "anything\n"
        let checkpoint = try Checkpoint(parsing: text)
        #expect(checkpoint.extensions == ["anything"])
        #expect(checkpoint.text == text)
    }

    @Test(
        "has signatures that the openssl program accepts",
        .enabled(if: OpenSSLProgram.path != nil, "there is no openssl program"),
        arguments: [true, false])
    func openssl(isLog: Bool) throws {
        let signer = try isLog ? SampleNote.log() : SampleNote.witness()
        let text = "tonne.other-0\n77\nA9jN2rnQIZbqXtL42/AQnTXSHwcp5YXyeuKU7VUuwys=\n"
        let signature = signer.signature(of: text, at: 1_800_000_000)
        let message = (isLog ? "" : "cosignature/v1\ntime 1800000000\n") + text
        try TemporaryFolder.with { folder in
            func write(_ name: String, _ bytes: [UInt8]) throws -> String {
                let url = folder.appending(path: name)
                try Data(bytes).write(to: url)
                return url.path
            }
            // SubjectPublicKeyInfo of Ed25519, RFC 8410: a fixed head and the 32 bytes.
            let head: [UInt8] = [
                0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00,
            ]
            let process = Process()
            process.executableURL = URL(filePath: try #require(OpenSSLProgram.path))
            process.arguments = [
                "pkeyutl", "-verify", "-rawin", "-pubin", "-keyform", "DER",
                "-inkey", try write("key", head + signer.key.publicKey.bytes),
                "-in", try write("message", Array(message.utf8)),
                "-sigfile", try write("signature", signature.bytes.suffix(64)),
            ]
            process.standardOutput = Pipe()
            try process.run()
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
    }
}

@Suite("Base64")
struct Base64Tests {
    /// RFC 4648 section 10.
    @Test(
        "gives the texts of the standard",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ])
    func standard(_ plain: String, _ text: String) {
        #expect(Base64.text(Array(plain.utf8)) == text)
        #expect(Base64.bytes(text) == Array(plain.utf8))
    }

    @Test(
        "has one text for one value",
        arguments: [
            "Zg", "Zg=", "Zh==", "Zm9=", "Zg==Zg==", "====", "=", "Zm9v\n", "Zm-_", "Z\u{2014}==",
        ])
    func strict(_ text: String) {
        #expect(Base64.bytes(text) == nil)
    }

    @Test("agrees with Foundation", arguments: 0..<200)
    func foundation(seed: Int) {
        var random = SplitMix64(seed: seed)
        let bytes = random.bytes(Int.random(in: 0...80, using: &random))
        let text = Data(bytes).base64EncodedString()
        #expect(Base64.text(bytes) == text)
        #expect(Base64.bytes(text) == bytes)
    }
}
