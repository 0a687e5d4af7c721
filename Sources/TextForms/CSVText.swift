/// Rows of a CSV file (RFC 4180) that a spreadsheet can open without running anything.
package enum CSVText {
    /// A row, without the line end: cells between commas.
    ///
    /// A cell that a spreadsheet would take for a formula begins with an apostrophe, unless it is
    /// a negative number; a cell with a comma, a quote or a line end stands in quotes.
    package static func row(_ cells: [String]) -> String {
        cells.map(cell).joined(separator: ",")
    }

    // By scalars: "\r\n" is one character, and neither "\r" nor "\n".
    private static func cell(_ text: String) -> String {
        let starters: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r"]
        let isFormula = text.unicodeScalars.first.map(starters.contains) ?? false
        let safe = isFormula && !isNegativeNumber(text) ? "'" + text : text
        let marks: Set<Unicode.Scalar> = [",", "\"", "\n", "\r"]
        guard safe.unicodeScalars.contains(where: marks.contains) else { return safe }
        let doubled = safe.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
        return "\"\(doubled)\""
    }

    /// A minus sign, digits, and perhaps a point and more digits.
    private static func isNegativeNumber(_ text: String) -> Bool {
        guard text.hasPrefix("-") else { return false }
        let parts = text.utf8.dropFirst().split(
            separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
        return parts.count <= 2
            && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(digits.contains) }
    }
}
