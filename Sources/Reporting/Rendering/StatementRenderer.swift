/// Writes a statement in one format; every renderer shows the same figures.
package protocol StatementRenderer: Sendable {
    /// The word of the command line and the extension of the file: `text`, `csv`, `json`, `html`.
    var format: String { get }

    /// - Returns: The whole file, UTF-8, ending in a newline.
    func render(_ statement: Statement) -> String
}

/// Every format a statement can be written in.
package enum StatementRenderers {
    package static let all: [any StatementRenderer] = [
        TextRenderer(), CSVRenderer(), JSONRenderer(), HTMLRenderer(),
    ]

    package static func named(_ format: String) -> (any StatementRenderer)? {
        all.first { $0.format == format }
    }
}
