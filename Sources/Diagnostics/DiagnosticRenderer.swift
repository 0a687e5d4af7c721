/// Makes the text of a diagnostic: place, code, message, excerpt with caret, hint.
package struct DiagnosticRenderer: Sendable {
    /// Longer source lines and values are cut to this many characters.
    package static let excerptLimit = 80

    package init() {}

    /// Renders one diagnostic.
    ///
    /// - Parameter sourceLine: The text of the line, without its end; `nil` where it is not at hand.
    /// - Returns: Lines separated by `\n`, no final newline.
    package func render(_ diagnostic: Diagnostic, sourceLine: String? = nil) -> String {
        let place = diagnostic.location.map { "\($0): " } ?? ""
        var lines = [
            "\(place)\(diagnostic.severity.rawValue)[\(diagnostic.code.rawValue)]: "
                + diagnostic.message
        ]
        if let sourceLine {
            lines += excerpt(sourceLine, column: diagnostic.location?.column)
        }
        if let hint = diagnostic.hint { lines.append("  hint: \(hint)") }
        return lines.joined(separator: "\n")
    }

    private func excerpt(_ line: String, column: Int?) -> [String] {
        let characters = Array(Self.visible(line))
        let offset = max(0, (column ?? 1) - 1)
        let start = offset < Self.excerptLimit ? 0 : offset - Self.excerptLimit / 2
        guard start < characters.count else { return [] }
        let shown = characters[start..<min(characters.count, start + Self.excerptLimit)]
        var result = ["  | " + String(shown)]
        if column != nil {
            result.append("  | " + String(repeating: " ", count: offset - start) + "^")
        }
        return result
    }

    /// The text with control and bidirectional characters shown as `·`, so that a message cannot
    /// be disguised by what it quotes.
    package static func visible(_ text: String) -> String {
        String(
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
