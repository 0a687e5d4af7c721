internal import Diagnostics

/// Columns of a table within a width: numbers as wide as they are, words share the rest.
struct TextLayout {
    let columns: [StatementTable.Column]
    let rows: [[String]]
    private let widths: [Int]
    private static let gap = "  "

    init(columns: [StatementTable.Column], rows: [[String]], width: Int) {
        self.columns = columns
        self.rows = rows
        var widths = columns.indices.map { index in
            let cells = rows.map { Self.room($0[index], columns[index]) }.max() ?? 0
            // A heading of several words may break; its longest word may not.
            let heading = columns[index].title
            let words = heading.split(separator: " ").map(\.count).max() ?? 0
            return max(cells, columns[index].content == .number ? words + 1 : heading.count)
        }
        let room = width - Self.gap.count * (columns.count - 1)
        // Columns give way at spaces first; a word breaks only where that is not enough.
        let words = columns.indices.map { index in
            rows.flatMap { $0[index].split(separator: " ") }.map(\.count).max() ?? 0
        }
        for floors in [words, columns.map { _ in 0 }] {
            while widths.reduce(0, +) > room,
                let index = Self.shrinkable(columns, widths, floors)
            {
                widths[index] -= 1
            }
        }
        self.widths = widths
    }

    /// A number keeps one place behind it for the mark of an incomplete figure.
    private static func room(_ text: String, _ column: StatementTable.Column) -> Int {
        column.content == .number && !text.hasSuffix("†") ? text.count + 1 : text.count
    }

    /// The widest column of words above its floor and above the shortest a column can be.
    private static func shrinkable(
        _ columns: [StatementTable.Column], _ widths: [Int], _ floors: [Int]
    ) -> Int? {
        columns.indices.filter {
            columns[$0].content != .number && widths[$0] > max(8, floors[$0])
        }.max { widths[$0] < widths[$1] }
    }

    var rule: String {
        widths.map { String(repeating: "─", count: $0) }.joined(separator: Self.gap)
    }

    /// The lines of one row; cells longer than their column continue below.
    func lines(_ cells: [String], isHeading: Bool = false) -> [String] {
        let wrapped = cells.indices.map { index in
            let hanging = cells[index].prefix { $0 == " " }.count
            return Self.wrapped(cells[index], to: widths[index], hanging: hanging)
        }
        let height = wrapped.map(\.count).max() ?? 0
        return (0..<height).map { line in
            columns.indices.map { index in
                let offset = isHeading ? line - height + wrapped[index].count : line
                let text = wrapped[index].indices.contains(offset) ? wrapped[index][offset] : ""
                return columns[index].content == .number
                    ? Self.leading(text, to: widths[index]) : Self.padded(text, to: widths[index])
            }.joined(separator: Self.gap)
        }
    }

    /// Breaks at spaces; a word longer than the width breaks where it must.
    static func wrapped(
        _ text: String, to width: Int, indent: Int = 0, hanging: Int = 0
    ) -> [String] {
        let margin = String(repeating: " ", count: indent)
        let room = width - indent
        let shown = DiagnosticRenderer.visible(text)
        var lines: [String] = []
        var current = String(shown.prefix { $0 == " " })
        var isEmpty = true
        for word in shown.split(separator: " ") {
            var word = word
            if !isEmpty, current.count + 1 + word.count > room {
                lines.append(margin + current)
                current = String(repeating: " ", count: hanging)
                isEmpty = true
            }
            while current.count + word.count > room, room > current.count, isEmpty {
                let part = word.prefix(room - current.count)
                lines.append(margin + current + part)
                word = word.dropFirst(part.count)
                current = String(repeating: " ", count: hanging)
            }
            if word.isEmpty { continue }
            current += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return isEmpty ? lines : lines + [margin + current]
    }

    static func padded(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func leading(_ text: String, to width: Int) -> String {
        let marked = text.hasSuffix("†") ? text : text + " "
        return String(repeating: " ", count: max(0, width - marked.count)) + marked
    }
}
