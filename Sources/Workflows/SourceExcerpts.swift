internal import Diagnostics
package import Documents

/// Lines of a document, for excerpts in messages and evidence.
package struct SourceExcerpts: Sendable {
    /// Longer lines are cut to this many characters in evidence.
    package static let limit = 200

    private let bytes: [UInt8]
    private let starts: [Int]

    package init(_ document: Document) {
        bytes = document.bytes
        var starts = [0]
        for (index, byte) in document.bytes.enumerated() {
            let isReturn = byte == UInt8(ascii: "\r")
            let next = index + 1 < document.bytes.count ? document.bytes[index + 1] : 0
            if byte == UInt8(ascii: "\n") || (isReturn && next != UInt8(ascii: "\n")) {
                starts.append(index + 1)
            }
        }
        self.starts = starts
    }

    /// The text of a line without its end, control characters shown as `·`, cut to the limit.
    package func text(line: Int?) -> String? {
        guard let line, line >= 1, line <= starts.count else { return nil }
        let start = starts[line - 1]
        let end = line < starts.count ? starts[line] : bytes.count
        let raw = bytes[start..<min(end, start + 4 * Self.limit)]
        let text =
            String(decoding: raw, as: UTF8.self)
            .split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
        let shown = DiagnosticRenderer.visible(text.trimmingSpaces)
        return shown.isEmpty ? nil : String(shown.prefix(Self.limit))
    }
}

extension SourceExcerpts {
    /// The text of a line as it is, without its end, for an excerpt with a caret.
    package func rawLine(_ line: Int) -> String? {
        guard line >= 1, line <= starts.count else { return nil }
        let start = starts[line - 1]
        let end = line < starts.count ? starts[line] : bytes.count
        let raw = bytes[start..<min(end, start + 64 * Self.limit)]
        return String(decoding: raw, as: UTF8.self)
            .split(whereSeparator: \.isNewline).first.map(String.init) ?? ""
    }
}

extension String {
    fileprivate var trimmingSpaces: String {
        let head = drop { $0 == " " || $0 == "\t" }
        return String(head.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
