internal import Hashing

/// A text with signatures below it: C2SP signed-note.
package struct SignedNote: Hashable, Sendable {
    /// A line `— name base64`, of which the base64 holds the key's id and the signature.
    package struct Signature: Hashable, Sendable {
        package let name: String
        package let keyID: [UInt8]
        package let bytes: [UInt8]

        package init(name: String, keyID: [UInt8], bytes: [UInt8]) {
            self.name = name
            self.keyID = keyID
            self.bytes = bytes
        }

        package var line: String { "\u{2014} \(name) \(Base64.text(keyID + bytes))\n" }
    }

    /// Ends with a newline.
    package let text: String
    package let signatures: [Signature]

    private static let maximumBytes = 65_535
    private static let maximumSignatures = 100
    private static let newline = UInt8(ascii: "\n")
    private static let dash = Array("\u{2014} ".utf8)

    /// - Parameter text: Ends with a newline.
    package init(text: String, signatures: [Signature]) {
        self.text = text
        self.signatures = signatures
    }

    package init(parsing bytes: [UInt8]) throws(NoteError) {
        try Self.checkText(bytes)
        let ends = bytes.indices.dropLast().reversed()
        guard let end = ends.first(where: { bytes[$0] == 0x0a && bytes[$0 + 1] == 0x0a }) else {
            throw .malformed("a note has an empty line in front of its signatures")
        }
        text = String(decoding: bytes[...end], as: UTF8.self)
        signatures = try Self.signatures(bytes[(end + 2)...])
    }

    /// Reads lines of signatures alone: the answer of a witness.
    package static func signatureLines(_ bytes: [UInt8]) throws(NoteError) -> [Signature] {
        try checkText(bytes)
        return try signatures(bytes[...])
    }

    private static func signatures(_ bytes: ArraySlice<UInt8>) throws(NoteError) -> [Signature] {
        guard bytes.last == newline else {
            throw .malformed("the last line is no whole line of a signature")
        }
        let lines = bytes.dropLast().split(separator: newline, omittingEmptySubsequences: false)
        guard lines.count <= maximumSignatures else { throw .malformed("too many signatures") }
        var signatures: [Signature] = []
        for line in lines { signatures.append(try signature(line)) }
        return signatures
    }

    private static func signature(_ line: ArraySlice<UInt8>) throws(NoteError) -> Signature {
        guard line.starts(with: dash) else {
            throw .malformed("a line of a signature begins with an em dash and a space")
        }
        let words = String(decoding: line.dropFirst(dash.count), as: UTF8.self)
            .split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, NoteKey.isName(String(words[0])) else {
            throw .malformed("a signature is written '\u{2014} name base64'")
        }
        guard let bytes = Base64.bytes(words[1]), bytes.count > 4 else {
            throw .malformed("the signature of '\(words[0])' is no canonical base64")
        }
        return Signature(
            name: String(words[0]), keyID: Array(bytes.prefix(4)), bytes: Array(bytes.dropFirst(4)))
    }

    /// Text in UTF-8 without control characters apart from newlines.
    static func checkText(_ bytes: [UInt8]) throws(NoteError) {
        guard bytes.count <= maximumBytes else { throw .malformed("longer than 65,535 bytes") }
        guard String(validating: bytes, as: UTF8.self) != nil else { throw .malformed("no UTF-8") }
        guard bytes.allSatisfy({ $0 >= 0x20 || $0 == newline }) else {
            throw .malformed("a control character")
        }
    }

    /// The note as its file has it.
    package var written: String { "\(text)\n\(signatures.map(\.line).joined())" }

    package func adding(_ signature: Signature) -> SignedNote {
        SignedNote(text: text, signatures: signatures + [signature])
    }
}

extension SignedNote {
    package enum Verdict: Hashable, Sendable {
        case signed
        /// By a witness, who saw the text at this time in seconds since 1970.
        case cosigned(at: Int64)
    }

    /// What a key says about the text. Signatures of other keys are passed over.
    ///
    /// - Returns: `nil` where the key did not sign.
    /// - Throws: `wrongSignature` if any signature with the name and the id of the key is wrong.
    package func verdict(of key: NoteKey) throws(NoteError) -> Verdict? {
        var verdict: Verdict?
        for signature in signatures
        where signature.name.utf8.elementsEqual(key.name.utf8) && signature.keyID == key.id {
            guard let found = Self.verdict(signature.bytes, text, key) else {
                throw .wrongSignature(key: key.name)
            }
            verdict = verdict ?? found
        }
        return verdict
    }

    private static func verdict(_ bytes: [UInt8], _ text: String, _ key: NoteKey) -> Verdict? {
        switch key.kind {
        case .log:
            return key.publicKey.isValid(signature: bytes, of: Array(text.utf8)) ? .signed : nil
        case .witness:
            guard bytes.count == 72 else { return nil }
            let time = bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
            guard let seconds = Int64(exactly: time),
                key.publicKey.isValid(
                    signature: Array(bytes.dropFirst(8)), of: cosigned(text, at: time))
            else { return nil }
            return .cosigned(at: seconds)
        }
    }

    /// What a witness signs: C2SP tlog-cosignature, version 1.
    static func cosigned(_ text: String, at time: UInt64) -> [UInt8] {
        Array("cosignature/v1\ntime \(time)\n\(text)".utf8)
    }

    static func bigEndian(_ value: UInt64) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> UInt64(56 - 8 * $0)) }
    }
}
