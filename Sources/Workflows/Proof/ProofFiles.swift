package import AuditTrail
internal import Diagnostics
internal import Glibc

/// Reads and writes the small files of keys, checkpoints and proofs.
package enum ProofFiles {
    /// No note, proof or key is longer.
    private static let maximumBytes = 65_535

    // MARK: Keys

    /// Makes a key in a new file that only its owner can read and write (mode 0600).
    ///
    /// - Parameters:
    ///   - entropy: 80 random bytes: the first 32 are the seed.
    ///   - passphrase: Encrypts the file (`AgeFile`); `nil` leaves it plain.
    /// - Throws: `output-refused` if a file is there, `key-refused` for a name that cannot stand
    ///   in a note.
    package static func createKey(
        _ path: String, name: String, kind: NoteKey.Kind, entropy: [UInt8],
        passphrase: String? = nil
    ) throws(Refusal) -> NoteKey {
        let seed = Array(entropy.prefix(32))
        guard let signer = NoteSigner(name: name, kind: kind, seed: seed) else {
            throw Refusal(
                Diagnostic(
                    .keyRefused, "'\(DiagnosticRenderer.quoted(name))' cannot name a key",
                    hint: "write a name without white space and '+'"))
        }
        let plain = signer.secretText + "\n"
        var text = plain
        if let passphrase { text = try encrypted(plain, passphrase, entropy, path) }
        try write(text, to: path, flags: O_EXCL)
        return signer.key
    }

    private static func encrypted(
        _ plain: String, _ passphrase: String, _ entropy: [UInt8], _ path: String
    ) throws(Refusal) -> String {
        do {
            return try AgeFile.encrypted(
                Array(plain.utf8), passphrase: Array(passphrase.utf8),
                entropy: Array(entropy.dropFirst(32)))
        } catch {
            throw refusedKey(path, "the key cannot be encrypted", hint: "free 128 MiB of memory")
        }
    }

    /// - Parameter passphrase: Asked for where the file is encrypted; `nil` if nobody can answer.
    /// - Throws: `file-missing`, `key-refused` for a file that others can read, no key, or another
    ///   passphrase.
    package static func key(
        _ path: String, passphrase: () -> String?
    ) throws(Refusal) -> NoteSigner {
        var status = stat()
        if stat(path, &status) == 0, status.st_mode & 0o077 != 0 {
            throw refusedKey(
                path, "other users can read or write this private key",
                hint: "'chmod 600' it; if others had access, make a new key")
        }
        let bytes = try plain(try read(path), path, passphrase)
        guard let text = String(validating: bytes, as: UTF8.self), text.utf8.last == 0x0a else {
            throw refusedKey(path, "this is no private key", hint: newKey)
        }
        do {
            return try NoteSigner(parsing: String(text.dropLast()))
        } catch {
            throw refusedKey(path, "this is no private key: \(error)", hint: newKey)
        }
    }

    private static func plain(
        _ bytes: [UInt8], _ path: String, _ passphrase: () -> String?
    ) throws(Refusal) -> [UInt8] {
        guard AgeFile.isArmored(bytes) else { return bytes }
        guard let words = passphrase() else {
            throw refusedKey(
                path, "the key has a passphrase, and nobody can be asked",
                hint: "name a file that holds it in TONNE_KEY_PASSPHRASE_FILE")
        }
        do {
            return try AgeFile.decrypted(bytes, passphrase: Array(words.utf8))
        } catch {
            throw refusedKey(
                path,
                error == .refused ? "the passphrase is another" : "no key with a passphrase",
                hint: "try again; without the passphrase the key is lost")
        }
    }

    private static let newKey = "'tonne key new' makes one"

    /// Reads a verifier key as the user gave it.
    package static func verifierKey(_ text: String) throws(Refusal) -> NoteKey {
        do {
            return try NoteKey(parsing: text)
        } catch {
            throw Refusal(
                Diagnostic(
                    .keyRefused,
                    "'\(DiagnosticRenderer.quoted(text))' is no verifier key: \(error)",
                    hint: "write the line that 'tonne key show' prints, name+id+base64"))
        }
    }

    private static func refusedKey(_ path: String, _ message: String, hint: String) -> Refusal {
        Refusal(Diagnostic(.keyRefused, at: SourceLocation(file: path), message, hint: hint))
    }

    // MARK: Checkpoints and proofs

    /// - Throws: `file-missing`, `checkpoint-refused`.
    package static func checkpoint(_ path: String) throws(Refusal) -> SignedCheckpoint {
        try parsing(path, SignedCheckpoint.init(parsing:))
    }

    /// The last checkpoint that a signer has signed; `nil` where there is no file yet.
    package static func state(_ path: String) throws(Refusal) -> SignedCheckpoint? {
        guard access(path, F_OK) == 0 else { return nil }
        return try checkpoint(path)
    }

    /// - Throws: `file-missing`, `checkpoint-refused`.
    package static func request(_ path: String) throws(Refusal) -> WitnessRequest {
        try parsing(path, WitnessRequest.init(parsing:))
    }

    /// - Throws: `file-missing`, `checkpoint-refused`.
    package static func proof(_ path: String) throws(Refusal) -> RecordProof {
        try parsing(path, RecordProof.init(parsing:))
    }

    /// - Throws: `file-missing`, `checkpoint-refused`.
    package static func signatures(_ path: String) throws(Refusal) -> [SignedNote.Signature] {
        try parsing(path, SignedNote.signatureLines)
    }

    private static func parsing<Value>(
        _ path: String, _ parse: ([UInt8]) throws(NoteError) -> Value
    ) throws(Refusal) -> Value {
        let bytes = try read(path)
        do {
            return try parse(bytes)
        } catch {
            throw Refusal(
                Diagnostic(
                    .checkpointRefused, at: SourceLocation(file: path), "\(error)",
                    hint: "ask for the file again; it must arrive byte for byte"))
        }
    }

    // MARK: Bytes

    /// - Throws: `file-missing`, `file-too-large`.
    package static func read(_ path: String) throws(Refusal) -> [UInt8] {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw missing(path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 4096)
        while bytes.count <= maximumBytes {
            let count = Glibc.read(descriptor, &part, part.count)
            guard count >= 0 else { throw missing(path) }
            if count == 0 { return bytes }
            bytes += part.prefix(count)
        }
        throw Refusal(
            Diagnostic(
                .fileTooLarge, at: SourceLocation(file: path), "longer than 65,535 bytes",
                hint: "no key, checkpoint or proof is; name another file"))
    }

    private static func missing(_ path: String) -> Refusal {
        Refusal(
            Diagnostic(
                .fileMissing, at: SourceLocation(file: path), "the file cannot be read",
                hint: "check the path"))
    }

    /// Replaces a file whole or not at all, durably.
    ///
    /// - Throws: `output-refused`.
    package static func replace(_ path: String, with text: String) throws(Refusal) {
        let temporary = path + ".new"
        try write(text, to: temporary, flags: O_TRUNC)
        guard rename(temporary, path) == 0 else { throw refused(path) }
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        let descriptor = Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw refused(path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw refused(path) }
    }

    private static func write(_ text: String, to path: String, flags: Int32) throws(Refusal) {
        let descriptor = Glibc.open(path, O_CREAT | O_WRONLY | O_CLOEXEC | flags, 0o600)
        guard descriptor >= 0 else {
            guard errno == EEXIST else { throw refused(path) }
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: path), "a file is here already",
                    hint: "name another file; a key is never overwritten"))
        }
        defer { close(descriptor) }
        let bytes = Array(text.utf8)
        guard Glibc.write(descriptor, bytes, bytes.count) == bytes.count, fsync(descriptor) == 0
        else { throw refused(path) }
    }

    private static func refused(_ path: String) -> Refusal {
        Refusal(
            Diagnostic(
                .outputRefused, at: SourceLocation(file: path), "the file cannot be written",
                hint: "check that the folder exists and has space"))
    }
}
