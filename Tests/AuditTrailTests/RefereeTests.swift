internal import AuditTrail
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

/// Trees, proofs and notes before programs of others: `Tests/Referees/README.md`.
@Suite("Before an outside referee")
struct RefereeTests {
    private static let folder = Repository.root.appending(path: "Tests/Referees")
    private static let schemas = Repository.root.appending(path: "Schemas").path
    /// More by `Tests/Referees/referees.sh`.
    private static let treeCount =
        Int(ProcessInfo.processInfo.environment["TONNE_REFEREE_TREES"] ?? "") ?? 150
    private static let goPath = "/usr/share/gocode"

    private static let hasGo =
        FileManager.default.fileExists(atPath: goPath + "/src/golang.org/x/mod/sumdb/tlog")
        && (try? OtherProgram.run("go", ["version"]))?.status == 0

    @Test(
        "trees have the roots and proofs that Go's tlog makes, and no changed proof holds",
        .enabled(if: hasGo, "there is no Go with golang-golang-x-mod-dev"))
    func goTrees() throws {
        try Self.expectNoDifference(Self.trees(), "\(Self.treeCount) trees, 0 notes") { file in
            try Self.go(file)
        }
    }

    @Test(
        "trees have the roots and proofs that verify.py reads",
        .enabled(if: Python.isPresent, "there is no python3"))
    func pythonTrees() throws {
        try Self.expectNoDifference(Self.trees(), "\(Self.treeCount) trees") { file in
            try OtherProgram.run(
                "python3", [Self.folder.appending(path: "trees.py").path, Self.schemas],
                input: file)
        }
    }

    @Test(
        "a note that is accepted here is accepted by Go's note",
        .enabled(if: hasGo, "there is no Go with golang-golang-x-mod-dev"))
    func goNotes() throws {
        let cases = try (0..<200).flatMap(Self.notes)
        try Self.expectNoDifference(cases, "0 trees, \(cases.count) notes") { file in
            try Self.go(file)
        }
        let accepted = cases.count(where: \.accepted)
        // The note itself each time, and changes of what the key does not sign.
        #expect(accepted >= 200 && accepted < cases.count / 2)
    }

    @Test(
        "signature and cosignature hold for OpenSSL, and not for another text",
        .enabled(
            if: Python.isPresent && (try? OtherProgram.run("openssl", ["version"]))?.status == 0,
            "there is no openssl, or no python3"))
    func openSSL() throws {
        let cases = try (0..<12).map { seed -> SignatureCase in
            let (note, log, witness) = try Self.note(seed)
            return SignatureCase(
                note: Data(note.written.utf8), keys: [log.description, witness.description])
        }
        try Self.expectNoDifference(cases, "24 signatures") { file in
            try OtherProgram.run(
                "python3", [Self.folder.appending(path: "signatures.py").path], input: file)
        }
    }

    private static func go(_ file: URL) throws -> (status: Int32, output: String) {
        try OtherProgram.run(
            "go", ["run", folder.appending(path: "referee.go").path], input: file,
            environment: ["GO111MODULE": "off", "GOPATH": goPath, "GOFLAGS": ""])
    }

    private static func expectNoDifference(
        _ cases: [some Encodable], _ count: String,
        _ run: (URL) throws -> (status: Int32, output: String)
    ) throws {
        try TemporaryFolder.with { folder in
            let file = folder.appending(path: "cases.jsonl")
            let encoder = JSONEncoder()
            var lines = Data()
            for item in cases { lines += try encoder.encode(item) + Data("\n".utf8) }
            try lines.write(to: file)
            let outcome = try run(file)
            #expect(outcome.status == 0, "\(outcome.output)")
            #expect(outcome.output.hasPrefix(count), "\(outcome.output)")
            #expect(outcome.output.hasSuffix("differences 0\n"), "\(outcome.output)")
        }
    }
}

// MARK: Cases

/// The members are those that the referees read.
private struct TreeCase: Encodable {
    var tree: Int
    var size: Int
    var index = 0
    var old = 0
    var root: Data
    var oldRoot: Data
    var inclusion: [Data] = []
    var consistency: [Data] = []
    var badIndex = 0
    var badInclusion: [Data] = []
    var badConsistency: [Data] = []
}

private struct NoteCase: Encodable {
    let note: Data
    let key: String
    let accepted: Bool
}

private struct SignatureCase: Encodable {
    let note: Data
    let keys: [String]
}

extension RefereeTests {
    /// 0 to 5,000 leaves, small trees more often than large ones.
    fileprivate static func trees() -> [TreeCase] {
        (0..<treeCount).map { number in
            var random = SplitMix64(seed: number)
            let limit = min(5_000, 1 << Int.random(in: 0...13, using: &random))
            return tree(number, size: Int.random(in: 0...limit, using: &random), &random)
        }
    }

    private static func tree(
        _ number: Int, size: Int, _ random: inout SplitMix64
    ) -> TreeCase {
        var hasher = MerkleHasher()
        let leaves = (0..<size).map { hasher.leaf(Array("tree \(number) leaf \($0)".utf8)) }
        let old = size == 0 ? 0 : Int.random(in: 1...size, using: &random)
        let roots = MerkleTree.roots(of: leaves, atSizes: [old, size])
        var item = TreeCase(
            tree: number, size: size, old: old, root: Data(roots[size]?.bytes ?? []),
            oldRoot: Data(roots[old]?.bytes ?? []))
        guard size > 0, let root = roots[size], let oldRoot = roots[old] else { return item }
        item.index = Int.random(in: 0..<size, using: &random)
        item.badIndex = item.index
        guard let inclusion = InclusionProof(of: item.index, in: leaves),
            let consistency = ConsistencyProof(from: old, in: leaves)
        else {
            Issue.record("tree \(number) of \(size) leaves has no proof")
            return item
        }
        item.inclusion = inclusion.path.map { Data($0.bytes) }
        item.consistency = consistency.path.map { Data($0.bytes) }
        let leaf = leaves[item.index]
        #expect(inclusion.holds(leafHash: leaf, root: root), "tree \(number)")
        #expect(consistency.holds(oldRoot: oldRoot, newRoot: root), "tree \(number)")
        let changed = Self.changed(inclusion.path, &random)
        if size > 1, Bool.random(using: &random) {
            item.badIndex = (item.index + Int.random(in: 1..<size, using: &random)) % size
            item.badInclusion = item.inclusion
        } else {
            item.badInclusion = changed.map { Data($0.bytes) }
        }
        let bad = InclusionProof(
            index: item.badIndex, size: size,
            path: item.badInclusion.compactMap { SHA256Digest(bytes: Array($0)) })
        #expect(!bad.holds(leafHash: leaf, root: root), "tree \(number): bad proof accepted")
        let badPath = Self.changed(consistency.path, &random)
        item.badConsistency = badPath.map { Data($0.bytes) }
        let badConsistency = ConsistencyProof(oldSize: old, newSize: size, path: badPath)
        #expect(
            !badConsistency.holds(oldRoot: oldRoot, newRoot: root),
            "tree \(number): bad consistency proof accepted")
        return item
    }

    /// A path with a bit flipped, a hash too many, too few, or two exchanged.
    private static func changed(
        _ path: [SHA256Digest], _ random: inout SplitMix64
    ) -> [SHA256Digest] {
        var path = path
        guard let last = path.indices.last else { return [SHA256Digest(hashing: [])] }
        let place = Int.random(in: 0...last, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: path.remove(at: place)
        case 1: path.insert(path[place], at: place)
        case 2 where last > 0 && path[0] != path[last]: path.swapAt(0, last)
        case _:
            var bytes = path[place].bytes
            bytes[Int.random(in: 0..<32, using: &random)] ^=
                1
                << UInt8.random(
                    in: 0..<8, using: &random)
            path[place] = SHA256Digest(bytes: bytes) ?? path[place]
        }
        return path
    }

    /// A checkpoint of made-up numbers, signed by a log and cosigned by a witness.
    private static func note(
        _ seed: Int
    ) throws -> (note: SignedNote, log: NoteKey, witness: NoteKey) {
        var random = SplitMix64(seed: seed)
        func bytes() -> [UInt8] { (0..<32).map { _ in .random(in: .min ... .max, using: &random) } }
        let origin = "tonne.sample-\(seed)"
        let log = try #require(NoteSigner(name: origin, kind: .log, seed: bytes()))
        let witness = try #require(
            NoteSigner(name: "witness.example/\(seed)", kind: .witness, seed: bytes()))
        let checkpoint = Checkpoint(
            origin: origin, size: Int.random(in: 1...1_000_000, using: &random),
            root: SHA256Digest(hashing: bytes()))
        let signed = SignedCheckpoint(checkpoint, signedBy: log)
        let cosignature = witness.signature(
            of: signed.note.text, at: Int64.random(in: 0...4_000_000_000, using: &random))
        return (signed.adding(cosignature).note, log.key, witness.key)
    }

    /// The note, and the same with one bit flipped somewhere.
    fileprivate static func notes(_ seed: Int) throws -> [NoteCase] {
        let (note, log, _) = try note(seed)
        let bytes = Array(note.written.utf8)
        var random = SplitMix64(seed: seed + 1_000_000)
        var cases = [NoteCase(note: Data(bytes), key: log.description, accepted: true)]
        let isSigned = try note.verdict(of: log) == .signed
        #expect(isSigned, "seed \(seed)")
        for _ in 0..<9 {
            var other = bytes
            let place = Int.random(in: other.indices, using: &random)
            other[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            let read = try? SignedNote(parsing: other)
            let verdict = try? read?.verdict(of: log)
            #expect(
                place >= note.text.utf8.count || verdict == nil, "seed \(seed), byte \(place)")
            cases.append(
                NoteCase(
                    note: Data(other), key: log.description, accepted: verdict == .signed))
        }
        return cases
    }
}
