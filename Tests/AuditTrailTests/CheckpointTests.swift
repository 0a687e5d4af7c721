internal import AuditTrail
internal import Foundation
internal import Hashing
internal import TestSupport
internal import Testing

@Suite("A checkpoint held outside")
struct CheckpointTests {
    /// What the operator does to a book after a checkpoint was signed.
    private enum Attack: CaseIterable {
        case edit, delete, insert, swap, truncate
    }

    @Test("accepts a book that has grown, and refuses any other", arguments: 0..<300)
    func prefix(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 2...120, using: &random)
        let leaves = randomLeaves(seed: seed, count: size)
        let more = randomLeaves(seed: seed + 1_000_000, count: 5)
        let checkpoint = Checkpoint(origin: "o", size: size, root: recursiveRoot(leaves[...]))
        #expect(contradiction(checkpoint, leaves + more) == nil)
        #expect(contradiction(checkpoint, leaves) == nil)
        let place = Int.random(in: 0..<(size - 1), using: &random)
        for attack in Attack.allCases {
            var other = leaves
            switch attack {
            case .edit: other[place] = flipped(other[place], &random)
            case .delete: other.remove(at: place)
            case .insert: other.insert(more[0], at: place)
            case .swap: other.swapAt(place, place + 1)
            case .truncate: other.removeLast()
            }
            #expect(contradiction(checkpoint, other) != nil, "\(attack), seed \(seed)")
            if attack != .truncate {
                let found = contradiction(checkpoint, other + more)
                let root = recursiveRoot((other + more).prefix(size))
                #expect(found == .otherRecords(root: root), "\(attack), seed \(seed)")
            }
        }
        let foreign = Checkpoint(origin: "p", size: size, root: checkpoint.root)
        #expect(contradiction(foreign, leaves) == .otherOrigin)
    }

    private func contradiction(
        _ checkpoint: Checkpoint, _ leaves: [SHA256Digest]
    ) -> Checkpoint.Contradiction? {
        let roots = MerkleTree.roots(of: leaves, atSizes: [checkpoint.size])
        return checkpoint.contradiction(
            origin: "o", bookSize: leaves.count, prefixRoot: roots[checkpoint.size])
    }
}

@Suite("A proof of a record")
struct RecordProofTests {
    /// The path of "one": leaf 0, leaf 2, by the script that made the sample.
    private static let proof = """
        c2sp.org/tlog-proof@v1
        index 1
        bWt2UodlmLLAZro08EeWsBkoXSCZHlm/ueen5swtT5g=
        qxq38Hx8j+Dv9LpvqlPH5EEukaWZFT6KpOAb7s5beCU=

        \(SampleNote.note)
        """

    @Test("is written as an independent program writes it, and read again")
    func written() throws {
        let signed = try SignedCheckpoint(parsing: Array(SampleNote.note.utf8))
        let proof = try #require(RecordProof(of: 1, in: SampleNote.leafHashes, to: signed))
        #expect(proof.written == Self.proof)
        let read = try RecordProof(parsing: Array(Self.proof.utf8))
        #expect(read == proof)
        #expect(read.holds(record: SampleNote.records[1]))
        #expect(!read.holds(record: SampleNote.records[0]))
        #expect(RecordProof(of: 3, in: SampleNote.leafHashes, to: signed) == nil)
    }

    @Test("keeps the extra bytes of others")
    func extra() throws {
        let text = Self.proof.replacingOccurrences(of: "index", with: "extra AAEC\nindex")
        let proof = try RecordProof(parsing: Array(text.utf8))
        #expect(proof.extra == [0, 1, 2])
        #expect(proof.written == text)
    }

    @Test(
        "is refused where it is not what the format says, or proves nothing",
        arguments: [
            ("@v1", "@v2"), ("index 1", "index 01"), ("index 1", "index 2"), ("index 1\n", ""),
            ("bWt2", "bWt3"), ("T5g=", "T5h="), ("T5g=", "T5g"), ("qxq38", "qxq39"),
            ("bWt2UodlmLLAZro08EeWsBkoXSCZHlm/ueen5swtT5g=\n", ""),
        ])
    func refused(_ old: String, _ new: String) {
        let text = Self.proof.replacingOccurrences(of: old, with: new)
        let proof = try? RecordProof(parsing: Array(text.utf8))
        #expect(proof?.holds(record: SampleNote.records[1]) != true)
    }

    @Test(
        "of the shared vectors is read and holds",
        .enabled(if: SharedVectors.folder != nil, "the folder of shared vectors is not there"))
    func shared() throws {
        let folder = try #require(SharedVectors.folder)
        struct Ledger: Decodable {
            let canonical: [String]
            let log_vkey: String
            let log_skey_go: String
            let witness_vkey: String
            let witness_time: Int64
        }
        let ledger = try JSONDecoder().decode(
            Ledger.self, from: Data(contentsOf: folder.appending(path: "ledger4.json")))
        let file = Array(try Data(contentsOf: folder.appending(path: "entry-1.tlog-proof")))
        let proof = try RecordProof(parsing: file)
        #expect(Array(proof.written.utf8) == file)
        #expect(proof.holds(record: Array(ledger.canonical[1].utf8)))
        #expect(!proof.holds(record: Array(ledger.canonical[2].utf8)))
        let log = try NoteKey(parsing: ledger.log_vkey)
        let witness = try NoteKey(parsing: ledger.witness_vkey)
        #expect(try NoteSigner(parsing: ledger.log_skey_go).key == log)
        for (name, isCosigned) in [("checkpoint-2.note", false), ("checkpoint-4.note", true)] {
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            let signed = try SignedCheckpoint(parsing: bytes)
            #expect(Array(signed.note.written.utf8) == bytes)
            #expect(try signed.note.verdict(of: log) == .signed)
            let expected = isCosigned ? SignedNote.Verdict.cosigned(at: ledger.witness_time) : nil
            #expect(try signed.note.verdict(of: witness) == expected)
        }
    }
}

@Suite("A witness")
struct WitnessTests {
    private func checkpoint(_ size: Int, _ leaves: [SHA256Digest]) throws -> SignedCheckpoint {
        let checkpoint = Checkpoint(
            origin: SampleNote.origin, size: size,
            root: recursiveRoot(leaves.prefix(size)))
        return SignedCheckpoint(checkpoint, signedBy: try SampleNote.log())
    }

    private func witness() throws -> Witness {
        try Witness(SampleNote.witness(), of: NoteKey(parsing: SampleNote.logKey))
    }

    @Test("signs what extends the last checkpoint, and nothing else", arguments: 0..<100)
    func extends(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let size = Int.random(in: 2...90, using: &random)
        let oldSize = Int.random(in: 1...size, using: &random)
        let leaves = randomLeaves(seed: seed, count: size)
        let last = try checkpoint(oldSize, leaves).checkpoint
        let request = try #require(
            WitnessRequest(since: oldSize, in: leaves, to: checkpoint(size, leaves)))
        let sent = try WitnessRequest(parsing: Array(request.written.utf8))
        #expect(sent == request)
        let signature = try witness().cosignature(for: sent, after: last, at: 1_800_000_000)
        let note = sent.signed.note.adding(signature)
        #expect(try note.verdict(of: SampleNote.witness().key) == .cosigned(at: 1_800_000_000))

        var changed = leaves
        changed[Int.random(in: 0..<oldSize, using: &random)] = SHA256Digest(hashing: [])
        let forged = try #require(
            WitnessRequest(since: oldSize, in: changed, to: checkpoint(size, changed)))
        #expect(throws: Witness.Fault.inconsistent(last: oldSize)) {
            try witness().cosignature(for: forged, after: last, at: 0)
        }
        #expect(throws: Witness.Fault.otherStart(last: 0)) {
            try witness().cosignature(for: sent, after: nil, at: 0)
        }
    }

    @Test("begins at 0, and never goes back there")
    func first() throws {
        let leaves = randomLeaves(seed: 9, count: 6)
        let request = try #require(
            WitnessRequest(since: 0, in: leaves, to: checkpoint(6, leaves)))
        #expect(request.written.hasPrefix("old 0\n\n"))
        #expect(throws: Never.self) {
            try witness().cosignature(for: request, after: nil, at: 0)
        }
        #expect(throws: Witness.Fault.otherStart(last: 4)) {
            try witness().cosignature(
                for: request, after: checkpoint(4, leaves).checkpoint, at: 0)
        }
        // A size of 0 that was seen proves nothing about what follows.
        let empty = Checkpoint(
            origin: SampleNote.origin, size: 0, root: SHA256Digest(hashing: []))
        #expect(throws: Witness.Fault.inconsistent(last: 0)) {
            try witness().cosignature(for: request, after: empty, at: 0)
        }
    }

    @Test("signs only for the key and the origin of its log")
    func otherLog() throws {
        let leaves = randomLeaves(seed: 9, count: 6)
        let request = try #require(
            WitnessRequest(since: 0, in: leaves, to: checkpoint(6, leaves)))
        let stranger = try #require(
            NoteSigner(name: SampleNote.origin, kind: .log, seed: Array(0..<32)))
        let other = try Witness(SampleNote.witness(), of: stranger.key)
        #expect(throws: Witness.Fault.unsigned) {
            try other.cosignature(for: request, after: nil, at: 0)
        }
        #expect(throws: Witness.Fault.wrongKind) {
            try Witness(SampleNote.log(), of: SampleNote.log().key)
        }
        let foreign = Checkpoint(
            origin: "other", size: 6, root: recursiveRoot(leaves[...]))
        let signed = SignedCheckpoint(foreign, signedBy: try SampleNote.log())
        let moved = try #require(WitnessRequest(since: 0, in: leaves, to: signed))
        #expect(throws: Witness.Fault.otherOrigin) {
            try witness().cosignature(for: moved, after: nil, at: 0)
        }
    }

    @Test(
        "does not read a request that is not one",
        arguments: [("old 2", "old 02"), ("old 2", "old -2"), ("old 2", "new 2"), ("\n\n", "\n")])
    func malformed(_ old: String, _ new: String) throws {
        let leaves = randomLeaves(seed: 9, count: 6)
        let request = try #require(
            WitnessRequest(since: 2, in: leaves, to: checkpoint(6, leaves)))
        let text = request.written.replacingOccurrences(of: old, with: new)
        #expect(throws: NoteError.self) { try WitnessRequest(parsing: Array(text.utf8)) }
        #expect(WitnessRequest(since: 7, in: leaves, to: request.signed) == nil)
        #expect(WitnessRequest(since: -1, in: leaves, to: request.signed) == nil)
    }
}
