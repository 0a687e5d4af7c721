internal import ArgumentParser
internal import ImportKit

/// How a listing is written.
enum ListingFormat: String, CaseIterable, ExpressibleByArgument {
    case table, csv, json
}

/// Rows under titles, written as an aligned table, as CSV or as JSON.
struct Table {
    struct Column {
        let title: String
        /// Numbers stand on the right.
        let isNumber: Bool

        static func text(_ title: String) -> Column { Column(title: title, isNumber: false) }
        static func number(_ title: String) -> Column { Column(title: title, isNumber: true) }
    }

    let columns: [Column]
    var rows: [[String]] = []

    func rendered(_ format: ListingFormat) -> String {
        switch format {
        case .table: aligned
        case .csv: separated
        case .json: objects
        }
    }

    private var aligned: String {
        let widths = columns.indices.map { index in
            ([columns[index].title] + rows.map { $0[index] }).map(\.count).max() ?? 0
        }
        let all = [columns.map(\.title)] + rows
        let lines = all.map { cells in
            let padded = cells.indices.map { index in
                let space = String(repeating: " ", count: widths[index] - cells[index].count)
                return columns[index].isNumber ? space + cells[index] : cells[index] + space
            }
            var line = padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
        return lines.joined(separator: "\n")
    }

    private var separated: String {
        ([columns.map(\.title)] + rows).map { cells in
            cells.map(Self.field).joined(separator: ",")
        }.joined(separator: "\n")
    }

    /// RFC 4180; a cell that a spreadsheet would run as a formula gets an apostrophe in front.
    private static func field(_ cell: String) -> String {
        var text = cell
        if let first = text.first, "=+@\t\r".contains(first) || (first == "-" && !isNumber(text)) {
            text = "'" + text
        }
        guard text.contains(where: { ",\"\n\r".contains($0) }) else { return text }
        return "\""
            + text.split(separator: "\"", omittingEmptySubsequences: false)
            .joined(separator: "\"\"") + "\""
    }

    private static func isNumber(_ text: String) -> Bool {
        text.dropFirst().allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
    }

    private var objects: String {
        JSONText.list(
            rows.map { cells in
                .object(
                    zip(columns, cells).map { JSONText.Member($0.title, .text($1)) })
            }
        ).rendered()
    }
}
