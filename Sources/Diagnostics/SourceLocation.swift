/// A place in a file.
package struct SourceLocation: Hashable, Sendable, Codable {
    /// The name the user gave; for a member of an archive `archive.zip:member.xml`.
    package let file: String
    /// 1-based; `nil` where the message is about the whole file.
    package let line: Int?
    /// 1-based, in characters; `nil` where the parser cannot tell.
    package let column: Int?

    package init(file: String, line: Int? = nil, column: Int? = nil) {
        self.file = file
        self.line = line
        self.column = column
    }
}

extension SourceLocation: CustomStringConvertible {
    /// `file`, `file:line` or `file:line:column`.
    package var description: String {
        [file, line.map(String.init), column.map(String.init)].compactMap(\.self)
            .joined(separator: ":")
    }
}
