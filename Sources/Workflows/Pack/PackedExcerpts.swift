internal import AuditTrail
internal import Hashing
internal import Inventory
internal import LedgerStore

/// The member of a pack that opens the commitments of excerpts: a line each, with the SHA-256 of
/// the file, a space, the salt in base64, a space, the text, in the order of the
/// commitments.
enum PackedExcerpts {
    static let name = "excerpts"

    static func bytes(of excerpts: [ExcerptOpening]) -> [UInt8] {
        var bytes: [UInt8] = []
        for excerpt in excerpts.sorted(by: { $0.commitment < $1.commitment }) {
            let line = "\(excerpt.home) \(Base64.text(excerpt.salt.bytes)) \(excerpt.text)\n"
            bytes.append(contentsOf: line.utf8)
        }
        return bytes
    }

    /// - Throws: `corrupt` for a line that is not of the form, or not in order.
    static func excerpts(
        of bytes: [UInt8]
    ) throws(LedgerStoreError) -> [ExcerptOpening] {
        guard bytes.isEmpty || bytes.last == 0x0A else { throw .corrupt("\(name): a line is cut") }
        var excerpts: [ExcerptOpening] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast() {
            let parts = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3,
                let home = SHA256Digest(hexadecimal: String(decoding: parts[0], as: UTF8.self)),
                let salt = Base64.bytes(String(decoding: parts[1], as: UTF8.self))
                    .flatMap(Salt.init),
                let text = String(validating: parts[2], as: UTF8.self)
            else { throw .corrupt("\(name): line \(excerpts.count + 1) is not of its form") }
            excerpts.append(ExcerptOpening(home: home, salt: salt, text: text))
        }
        let isSorted = zip(excerpts, excerpts.dropFirst()).allSatisfy {
            $0.commitment < $1.commitment
        }
        guard isSorted else { throw .corrupt("\(name): its lines are not in order, each once") }
        return excerpts
    }
}
