internal import AuditTrail
internal import Documents
internal import Foundation
internal import LedgerStore
internal import TestSupport
internal import Testing

@testable internal import Workflows

/// One bit of a pack changed: `verify.py` is asked by `attack_pack.py`.
@Suite("A flipped bit of a pack")
struct PackFlipTests {
    /// Every bit by `Tests/Referees/referees.sh`; else one bit of every so manieth byte.
    private static let isThorough =
        ProcessInfo.processInfo.environment["TONNE_REFEREE_TREES"] != nil

    private static func members(of pack: URL) throws -> [String: [UInt8]] {
        let bytes = try Data(contentsOf: pack)
        let archive = try ZipArchive(Document(name: "pack.zip", bytes: Array(bytes)))
        return Dictionary(
            uniqueKeysWithValues: try archive.entries.map { ($0.name, try archive.read($0)) })
    }

    @Test("is found in each record, hash, note, key and document", arguments: [false, true])
    func found(isSample: Bool) throws {
        try TemporaryFolder.with { folder in
            let (book, keys) = try PackTests.signedBook(folder)
            let pack = folder.appending(path: "pack.zip")
            if isSample {
                _ = try PackTests.sample(book, pack, keys: keys)
            } else {
                try PackTests.pack(book, pack, keys: keys)
            }
            let members = try Self.members(of: pack)
            let check = PackCheckWorkflow(path: pack.path, keys: keys)
            _ = try check.check(members)
            var missed: [String] = []
            var flips = 0
            for (name, honest) in members
            where !["FORMAT.md", "verify.py", "controls.py", "recalculate.py"].contains(name) {
                let step = Self.step(name, honest.count)
                for place in stride(from: 0, to: honest.count, by: step) {
                    for bit in Self.isThorough ? Array(0..<8) : [(place / step) % 8] {
                        var changed = members
                        changed[name]?[place] ^= 1 << UInt8(bit)
                        flips += 1
                        if (try? check.check(changed)) != nil {
                            missed.append("\(name) byte \(place) bit \(bit)")
                        }
                    }
                }
            }
            #expect(missed.isEmpty, "\(missed.prefix(20)) of \(flips)")
        }
    }

    /// Records, hashes and notes are refused before anything is computed; what comes later costs a
    /// whole verification for each bit, and is compared byte for byte.
    private static func step(_ name: String, _ count: Int) -> Int {
        let isEarly = ["tile/", "records/", "notes/", "head", "keys", "checkpoint"]
            .contains { name.hasPrefix($0) }
        if isThorough { return isEarly ? 1 : max(1, count / 50) }
        return max(1, count / (isEarly ? 60 : 6))
    }
}
