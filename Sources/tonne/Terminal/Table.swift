internal import ArgumentParser
internal import Diagnostics
internal import TextForms

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

    /// Text of files is made visible, so that no name can steer the terminal.
    private var aligned: String {
        let numbers = columns.indices.filter { columns[$0].isNumber }
        return AlignedText.lines(
            all.map { $0.map(DiagnosticRenderer.visible) }, rightColumns: Set(numbers))
    }

    private var separated: String { all.map(CSVText.row).joined(separator: "\n") }

    private var all: [[String]] { [columns.map(\.title)] + rows }

    private var objects: String {
        JSONText.array(
            rows.map { cells in
                .object(zip(columns, cells).map { ($0.title, .string($1)) })
            }
        ).written()
    }
}
