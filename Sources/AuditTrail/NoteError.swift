/// Why a note, a key or a proof is refused.
package enum NoteError: Error, Hashable, Sendable {
    /// The text is not what its format says; in words.
    case malformed(String)
    /// A signature of this key does not fit the text.
    case wrongSignature(key: String)
}

extension NoteError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .malformed(let reason): reason
        case .wrongSignature(let key): "the signature of '\(key)' does not fit the text"
        }
    }
}
