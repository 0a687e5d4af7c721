package import Diagnostics

/// What one JSON document may cost. Beyond a limit the document is refused, not cut.
package struct JSONLimits: Sendable {
    package var documentBytes = 64 << 20
    /// Objects and arrays open at once.
    package var depth = 64
    /// Values of the document, whatever they hold.
    package var values = 1_000_000
    /// UTF-8 bytes of one string.
    package var stringBytes = 16 << 20
    /// Characters of one number.
    package var numberBytes = 100

    package static let `default` = JSONLimits()
}

/// Reads a JSON document (RFC 8259) as a tree, strictly.
///
/// UTF-8 with or without a mark. Refused beyond the grammar: two members of one name, half a
/// surrogate pair, anything after the value.
package enum JSONTree {
    /// - Throws: `file-empty`, `file-too-large`, `encoding-refused`, `json-malformed`,
    ///   `json-limit-exceeded`.
    package static func read(
        _ document: Document, limits: JSONLimits = .default
    ) throws(Diagnostic) -> JSONNode {
        let place = SourceLocation(file: document.name)
        guard !document.isEmpty else {
            throw Diagnostic(.fileEmpty, at: place, "the file has no bytes")
        }
        guard document.size <= limits.documentBytes else {
            throw Diagnostic(
                .fileTooLarge, at: place,
                "'\(document.size)' bytes are more than \(limits.documentBytes)",
                hint: "ask the sender for one declaration a file")
        }
        var parser = JSONParser(document, limits: limits)
        return try parser.document()
    }

    /// Whether a document looks like a JSON object that names all of these members in its first
    /// 64 KiB, at any depth. It does not have to be sound.
    package static func mentions(_ names: [String], in document: Document) -> Bool {
        let head = document.head[...]
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = head[(head.starts(with: mark) ? 3 : 0)...]
        let blanks = Set(" \t\r\n".utf8)
        guard let first = text.first(where: { !blanks.contains($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        else { return false }
        let written = String(decoding: text, as: UTF8.self)
        return names.allSatisfy { written.contains("\"\($0)\"") }
    }
}
