package import Hashing

/// Which tree a log has: C2SP tlog-checkpoint.
package struct Checkpoint: Hashable, Sendable {
    /// Names the log.
    package let origin: String
    package let size: Int
    package let root: SHA256Digest
    /// Lines of others below the root. They are kept; we write none.
    package let extensions: [String]

    package init(origin: String, size: Int, root: SHA256Digest) {
        self.origin = origin
        self.size = size
        self.root = root
        extensions = []
    }

    /// Reads the text of a note.
    package init(parsing text: String) throws(NoteError) {
        let lines = text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard lines.count >= 4, lines.last == "", !lines.dropLast().contains("") else {
            throw .malformed("a checkpoint has the lines origin, size and root")
        }
        guard let size = Self.number(lines[1]) else {
            throw .malformed("the size of a checkpoint is a number without leading zeros")
        }
        guard let root = Self.hash(lines[2]) else {
            throw .malformed("the root of a checkpoint is 32 bytes in canonical base64")
        }
        origin = lines[0]
        self.size = size
        self.root = root
        extensions = Array(lines[3..<(lines.count - 1)])
    }

    /// The text of its note.
    package var text: String {
        ([origin, "\(size)", Base64.text(root.bytes)] + extensions).map { $0 + "\n" }.joined()
    }

    /// A decimal number in its one spelling.
    static func number(_ text: some StringProtocol) -> Int? {
        guard let number = Int(text), number >= 0, String(number).utf8.elementsEqual(text.utf8)
        else { return nil }
        return number
    }

    static func hash(_ text: some StringProtocol) -> SHA256Digest? {
        Base64.bytes(text).flatMap(SHA256Digest.init(bytes:))
    }
}

extension Checkpoint {
    /// How a book can contradict a checkpoint.
    package enum Contradiction: Hashable, Sendable {
        case otherOrigin
        /// The book holds fewer records.
        case tooShort(size: Int)
        /// The first records of the book have this root instead.
        case otherRecords(root: SHA256Digest)
    }

    /// Compares with the tree of a book.
    ///
    /// - Parameters:
    ///   - bookSize: The number of records of the book.
    ///   - prefixRoot: The root over its first `size` records; `nil` where it has fewer.
    /// - Returns: `nil` where the book begins with the records of the checkpoint.
    package func contradiction(
        origin: String, bookSize: Int, prefixRoot: SHA256Digest?
    ) -> Contradiction? {
        guard origin.utf8.elementsEqual(self.origin.utf8) else { return .otherOrigin }
        guard let prefixRoot, size <= bookSize else { return .tooShort(size: bookSize) }
        return prefixRoot == root ? nil : .otherRecords(root: prefixRoot)
    }
}

/// A checkpoint with the note that signs it.
package struct SignedCheckpoint: Hashable, Sendable {
    package let checkpoint: Checkpoint
    package let note: SignedNote

    package init(parsing bytes: [UInt8]) throws(NoteError) {
        try self.init(SignedNote(parsing: bytes))
    }

    package init(_ note: SignedNote) throws(NoteError) {
        self.note = note
        checkpoint = try Checkpoint(parsing: note.text)
    }

    /// The checkpoint with the first signature.
    package init(_ checkpoint: Checkpoint, signedBy signer: NoteSigner) {
        self.checkpoint = checkpoint
        let text = checkpoint.text
        note = SignedNote(text: text, signatures: [signer.signature(of: text, at: 0)])
    }

    /// The same checkpoint with one more signature.
    package func adding(_ signature: SignedNote.Signature) -> SignedCheckpoint {
        SignedCheckpoint(checkpoint: checkpoint, note: note.adding(signature))
    }

    private init(checkpoint: Checkpoint, note: SignedNote) {
        self.checkpoint = checkpoint
        self.note = note
    }
}
