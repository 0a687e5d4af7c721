internal import AuditTrail
internal import Foundation
internal import Workflows

/// The file of somebody's private key.
enum PrivateKeyFile {
    /// Reads a key; asks for its passphrase where it has one.
    static func read(_ path: String) throws -> NoteSigner {
        try ProofFiles.key(path) { Passphrase.given(for: path) }
    }
}

/// A passphrase is never an argument: it comes from the terminal, or from a file that
/// `TONNE_KEY_PASSPHRASE_FILE` names, such as `/dev/fd/3`.
enum Passphrase {
    /// - Returns: `nil` where nobody can be asked.
    static func given(for path: String) -> String? {
        let environment = ProcessInfo.processInfo.environment
        if let file = environment["TONNE_KEY_PASSPHRASE_FILE"] {
            let text = FileManager.default.contents(atPath: file)
                .map { String(decoding: $0, as: UTF8.self) }
            return text?.split(separator: "\n").first.map(String.init)
        }
        guard Terminal.isInteractive else { return nil }
        return hidden("passphrase of \(path): ")
    }

    /// Asks twice on the terminal, so that a slip does not lose the key.
    static func new(for path: String) -> String? {
        guard let first = given(for: path), !first.isEmpty else { return nil }
        let environment = ProcessInfo.processInfo.environment
        guard environment["TONNE_KEY_PASSPHRASE_FILE"] == nil else { return first }
        return hidden("once more: ") == first ? first : nil
    }

    /// Reads a line without showing it.
    private static func hidden(_ question: String) -> String? {
        var shown = termios()
        guard tcgetattr(STDIN_FILENO, &shown) == 0 else { return nil }
        var silent = shown
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        defer { tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
        Terminal.message(question)
        return readLine(strippingNewline: true)
    }
}
