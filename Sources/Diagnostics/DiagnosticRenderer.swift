/// Makes the text of a diagnostic: place, code, message, excerpt with caret, hint.
package struct DiagnosticRenderer: Sendable {
    /// Longer source lines and values are cut to this many characters.
    package static let excerptLimit = 80

    package init() {}

    /// Renders one diagnostic.
    ///
    /// - Parameter sourceLine: The text of the line without its end; `nil` if it is not at hand.
    /// - Returns: Lines separated by `\n`, no final newline. File names and values come from
    ///   strangers, so every part is made `visible`, whoever wrote it.
    package func render(_ diagnostic: Diagnostic, sourceLine: String? = nil) -> String {
        let place = diagnostic.location.map { Self.visible("\($0)") + ": " } ?? ""
        var lines = [
            "\(place)\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: "
                + Self.visible(diagnostic.message)
        ]
        if let sourceLine {
            lines += excerpt(sourceLine, column: diagnostic.location?.column)
        }
        if let hint = diagnostic.hint { lines.append("  hint: " + Self.visible(hint)) }
        return lines.joined(separator: "\n")
    }

    private func excerpt(_ line: String, column: Int?) -> [String] {
        // Character by character: a hidden joiner that is shown must not move the caret.
        let characters = line.map { Self.visible(String($0)).prefix(1) }
        let offset = min(max(0, (column ?? 1) - 1), characters.count)
        let start = offset < Self.excerptLimit ? 0 : offset - Self.excerptLimit / 2
        let shown = characters[start..<min(characters.count, start + Self.excerptLimit)]
        var result = ["  | " + shown.joined()]
        if column != nil {
            result.append("  | " + String(repeating: " ", count: offset - start) + "^")
        }
        return result
    }

    /// The text with control and bidirectional characters shown as `·`, so that a message cannot
    /// be disguised by what it quotes.
    package static func visible(_ text: String) -> String {
        // Most texts are printable ASCII, and each line of a document comes here.
        if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) }) { return text }
        return String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: "·"
                    case _: scalar
                    }
                }))
    }

    /// `visible`, cut to the excerpt limit, for quoting an offending value.
    package static func quoted(_ text: String) -> String {
        let shown = visible(text)
        return shown.count <= excerptLimit ? shown : shown.prefix(excerptLimit - 1) + "…"
    }
}
