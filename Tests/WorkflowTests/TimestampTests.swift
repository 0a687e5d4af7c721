internal import AuditTrail
internal import Diagnostics
internal import Foundation
internal import LedgerStore
internal import TestSupport
internal import Testing
internal import Workflows

/// An authority for time stamps, made for one test by OpenSSL: a root, and a certificate for
/// stamping only.
private struct Authority {
    let folder: URL

    static let isPossible = (try? OtherProgram.run("openssl", ["version"]))?.status == 0

    init(in folder: URL) throws {
        self.folder = folder
        try Data(
            """
            [tsa]
            default_tsa = made_up
            [made_up]
            serial = serial
            default_policy = 1.2.3.4.1
            digests = sha256
            signer_digest = sha256
            """.utf8
        ).write(to: folder.appending(path: "tsa.cnf"))
        try Data("extendedKeyUsage = critical,timeStamping\n".utf8)
            .write(to: folder.appending(path: "usage.cnf"))
        try Data("01\n".utf8).write(to: folder.appending(path: "serial"))
        for command in [
            "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=Root -days 2",
            "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=Stamps",
            "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 2 "
                + "-extfile usage.cnf",
        ] { try openSSL(command) }
    }

    func path(_ name: String) -> String { folder.appending(path: name).path }

    @discardableResult
    func openSSL(_ command: String) throws -> String {
        let outcome = try OtherProgram.run(
            "openssl", command.split(separator: " ").map(String.init), in: folder)
        #expect(outcome.status == 0, "openssl \(command): \(outcome.output)")
        return outcome.output
    }

    func answer(_ request: String, to token: String) throws {
        try openSSL(
            "ts -reply -config tsa.cnf -section made_up -queryfile \(request) -signer tsa.pem "
                + "-inkey tsa.key -out \(token)")
    }
}

@Suite(
    "The time stamp of a checkpoint", .enabled(if: Authority.isPossible, "there is no openssl"))
struct TimestampTests {
    private static func signedBook(
        _ folder: URL, billed: String = "1000.5"
    ) throws -> (Book, SignedCheckpoint) {
        let book = try SmallBook.make(InMemoryLedgerStore(), billed: billed)
        let signed = try SmallBook.sign(
            book, with: SmallBook.signer(1),
            statePath: folder.appending(path: "\(billed).last").path)
        return (book, signed)
    }

    @Test("is asked for, checked, kept once, and packed", .enabled(if: Python.isPresent))
    func kept() throws {
        try TemporaryFolder.with { folder in
            let authority = try Authority(in: folder)
            let (book, signed) = try Self.signedBook(folder)
            let stamps = TimestampWorkflow(book: book)
            #expect(try stamps.request(to: authority.path("a.tsq")) == signed.checkpoint)
            let text = try authority.openSSL("ts -query -in a.tsq -text")
            #expect(text.contains("Hash Algorithm: sha256") && text.contains("Nonce: unspecified"))
            try authority.answer("a.tsq", to: "a.tsr")
            let size = try book.store.head().size
            for (isDry, isNew, growth) in [(true, true, 0), (false, true, 1), (false, false, 1)] {
                let added = try stamps.add(
                    authority.path("a.tsr"), authority: authority.path("ca.pem"),
                    untrusted: nil, dryRun: isDry)
                #expect(added.checkpoint == signed.checkpoint && added.isNew == isNew)
                #expect(added.time.hasSuffix(" GMT"))
                #expect(try book.store.head().size == size + growth)
            }
            _ = try VerifyWorkflow(book: book).run()

            let pack = folder.appending(path: "pack.zip")
            try PackTests.pack(book, pack)
            let outcome = try Python.run([PackTests.verifier, pack.path])
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.contains("notes/\(size).tsr: names it"), "\(outcome.output)")
            // What verify.py tells the reader to run.
            let digest = try #require(
                outcome.output.split(separator: "'").first { $0.hasPrefix("openssl ts") }?
                    .split(separator: " ").last)
            let verdict = try authority.openSSL(
                "ts -verify -digest \(digest) -in a.tsr -CAfile ca.pem")
            #expect(verdict.contains("Verification: OK"))
            #expect(try PackCheckWorkflow(path: pack.path).run().notes.count == 1)
        }
    }

    @Test("is refused where it is altered, of another checkpoint, or of another authority")
    func refused() throws {
        try TemporaryFolder.with { folder in
            let authority = try Authority(in: folder)
            let (book, _) = try Self.signedBook(folder)
            let (other, _) = try Self.signedBook(folder, billed: "7")
            _ = try TimestampWorkflow(book: book).request(to: authority.path("a.tsq"))
            _ = try TimestampWorkflow(book: other).request(to: authority.path("b.tsq"))
            for name in ["a", "b"] { try authority.answer("\(name).tsq", to: "\(name).tsr") }
            var bytes = try Data(contentsOf: folder.appending(path: "a.tsr"))
            bytes[bytes.count - 10] ^= 1
            try bytes.write(to: folder.appending(path: "altered.tsr"))
            try authority.openSSL(
                "req -x509 -newkey rsa:2048 -nodes -keyout x.key -out stranger.pem -subj /CN=Root")
            let size = try book.store.head().size
            for (token, trusted, words) in [
                ("altered.tsr", "ca.pem", "OpenSSL does not verify the time stamp"),
                ("a.tsr", "stranger.pem", "OpenSSL does not verify the time stamp"),
                ("b.tsr", "ca.pem", "of no checkpoint of the book"),
                ("a.tsq", "ca.pem", "OpenSSL does not verify the time stamp"),
            ] {
                let refusal = #expect(throws: Refusal.self) {
                    try TimestampWorkflow(book: book).add(
                        authority.path(token), authority: authority.path(trusted),
                        untrusted: nil, dryRun: false)
                }
                #expect(refusal?.diagnostics.map(\.code) == [.checkpointRefused], "\(token)")
                #expect(refusal?.diagnostics[0].message.contains(words) == true, "\(token)")
            }
            #expect(try book.store.head().size == size)
            #expect(throws: Refusal.self) {
                let unsigned = try SmallBook.make(InMemoryLedgerStore())
                _ = try TimestampWorkflow(book: unsigned).request(to: authority.path("c.tsq"))
            }
        }
    }
}
