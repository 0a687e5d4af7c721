/// Cells under each other, for a terminal.
package enum AlignedText {
    /// Lines of columns as wide as their widest cell, two spaces apart, no space at the ends.
    ///
    /// - Parameter rightColumns: The indices of columns that stand on the right, as numbers do.
    package static func lines(_ rows: [[String]], rightColumns: Set<Int> = []) -> String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
        }
        let lines = rows.map { row in
            let cells = row.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - row[column].count)
                return rightColumns.contains(column) ? space + row[column] : row[column] + space
            }
            var line = cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
        return lines.joined(separator: "\n")
    }
}
