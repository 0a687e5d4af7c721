internal import Diagnostics

/// Collects the rows of a sheet as RFC 4180: comma, double quote, LF, UTF-8. Line n is row n of
/// the sheet, so a line break within a cell becomes a space.
struct SheetTable {
    private let file: String
    private let limits: ArchiveLimits
    private let columns: Int
    /// Rows without the commas of the empty cells at their ends.
    private var text: [UInt8] = []
    /// For each row the number of its cells and the end of its text.
    private var rows: [(width: Int, end: Int)] = []
    private var width = 0

    init(file: String, limits: ArchiveLimits, columns: Int = CSVLimits.standard.columns) {
        self.file = file
        self.limits = limits
        self.columns = columns
    }

    /// Begins a row; the rows left out are empty.
    ///
    /// - Parameter number: 1-based; above that of the last row.
    mutating func beginRow(_ number: Int) throws(Diagnostic) {
        guard number > rows.count, number <= 1 << 20 else {
            throw Diagnostic(
                .xmlStructure, at: SourceLocation(file: file, line: rows.count),
                "row '\(number)' follows row \(rows.count)",
                hint: "open the workbook and save it again, or save the sheet as CSV")
        }
        while rows.count < number { rows.append((0, text.count)) }
    }

    /// Adds a cell to the last row; an empty one says nothing.
    ///
    /// - Parameter column: 0-based; beyond that of the last cell.
    mutating func add(_ cell: String, column: Int) throws(Diagnostic) {
        guard let row = rows.last, !cell.isEmpty else { return }
        guard column >= row.width else {
            throw Diagnostic(
                .xmlStructure, at: SourceLocation(file: file, line: rows.count),
                "a cell of row \(rows.count) is there twice or in front of another",
                hint: "open the workbook and save it again, or save the sheet as CSV")
        }
        guard column < columns else { throw exceeded("has more than \(columns) columns") }
        appendCommas(column - max(row.width - 1, 0))
        appendQuoted(cell)
        width = max(width, column + 1)
        rows[rows.count - 1] = (column + 1, text.count)
        guard text.count <= limits.unpackedBytes else {
            throw exceeded("has more than \(limits.unpackedBytes >> 20) MiB of text")
        }
    }

    /// The table, every row with the same number of cells, except that an empty row is an empty
    /// line.
    func written() throws(Diagnostic) -> [UInt8] {
        let filled = rows.reduce(0) { $0 + ($1.width > 0 ? width - $1.width : 0) }
        guard text.count + filled + rows.count <= limits.unpackedBytes else {
            throw exceeded("has more than \(limits.unpackedBytes >> 20) MiB of text")
        }
        var table: [UInt8] = []
        table.reserveCapacity(text.count + filled + rows.count)
        var start = 0
        for row in rows {
            table += text[start..<row.end]
            if row.width > 0 {
                table += repeatElement(UInt8(ascii: ","), count: width - row.width)
            }
            table.append(UInt8(ascii: "\n"))
            start = row.end
        }
        return table
    }

    private mutating func appendCommas(_ count: Int) {
        text += repeatElement(UInt8(ascii: ","), count: count)
    }

    private mutating func appendQuoted(_ cell: String) {
        let quote = UInt8(ascii: "\"")
        let bytes = cell.utf8.map { $0 < 0x20 ? UInt8(ascii: " ") : $0 }
        guard bytes.contains(where: { $0 == quote || $0 == UInt8(ascii: ",") }) else {
            text += bytes
            return
        }
        text.append(quote)
        for byte in bytes {
            if byte == quote { text.append(quote) }
            text.append(byte)
        }
        text.append(quote)
    }

    private func exceeded(_ what: String) -> Diagnostic {
        .archiveExceeds(what, at: SourceLocation(file: file))
    }
}
