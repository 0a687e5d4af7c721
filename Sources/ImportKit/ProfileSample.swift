internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// The beginning of a sample as cells, and what can be seen in them.
struct ProfileSample {
    /// How many rows are looked at.
    static let rowLimit = 400
    /// Delimiters that are tried, with the words that stand for them on the command line.
    static let delimiters = [",", ";", "|", "tab"]

    /// 1-based line of the header.
    let headerLine: Int
    /// Whether other lines stand before the header.
    let hasPreamble: Bool
    let header: [String]
    let rows: [[String]]

    /// - Parameter stated: The line of the header, where a person has said it; else it is the first
    ///   row of two or more cells of which none is empty, a number, or there twice.
    /// - Returns: `nil` for a text without a header.
    /// - Throws: a fault of the text.
    init?(
        _ text: DecodedText, file: String, delimiter: String, headerLine stated: Int? = nil
    ) throws(Diagnostic) {
        guard let byte = Self.byte(delimiter) else { return nil }
        var reader = CSVReader(
            text, file: file, dialect: CSVDialect(delimiter: byte, quote: UInt8(ascii: "\"")))
        var all: [(line: Int, cells: [String])] = []
        while all.count < Self.rowLimit, try reader.advance() {
            if !reader.isBlank { all.append((reader.line, reader.texts)) }
        }
        let found = all.firstIndex { row in
            stated.map { $0 == row.line } ?? Self.isHeader(row.cells)
        }
        guard let place = found, all[place].cells.count > 1 else { return nil }
        headerLine = all[place].line
        hasPreamble = place > 0
        header = all[place].cells
        let width = header.count
        rows = all[(place + 1)...].map(\.cells).filter { $0.count == width }
    }

    private static func isHeader(_ cells: [String]) -> Bool {
        cells.count > 1 && Set(cells).count == cells.count
            && cells.allSatisfy { cell in
                cell.contains(where: \.isLetter)
                    && !(cell.first?.isNumber ?? true && cell.contains { ":-/.".contains($0) })
            }
    }

    static func byte(_ delimiter: String) -> UInt8? {
        delimiter == "tab" ? 9 : delimiter.utf8.count == 1 ? delimiter.utf8.first : nil
    }

    /// The one delimiter by which every row has as many cells.
    static func delimiter(_ text: DecodedText, file: String) -> (answer: String, reason: String)? {
        let fitting = delimiters.compactMap { delimiter -> (answer: String, reason: String)? in
            guard let sample = try? ProfileSample(text, file: file, delimiter: delimiter),
                !sample.rows.isEmpty
            else { return nil }
            return (
                delimiter,
                "it cuts the header and \(sample.rows.count) rows into \(sample.header.count) cells"
            )
        }
        return fitting.count == 1 ? fitting[0] : nil
    }

    /// The cells of one column, or of several joined by a space.
    func cells(_ names: [String]) -> [String] {
        let places = names.compactMap { header.firstIndex(of: $0) }
        return rows.map { row in places.map { row[$0] }.joined(separator: " ") }
            .filter { !$0.allSatisfy { $0 == " " } }
    }

    // MARK: Evidence

    /// A mark with other than three digits behind it can only be the decimal mark.
    var decimalMark: (answer: String, reason: String)? {
        var found: [Character: String] = [:]
        for cell in rows.joined() {
            guard let mark = cell.first(where: { $0 == "." || $0 == "," }), found[mark] == nil,
                cell.count(where: { $0 == "." || $0 == "," }) == 1
            else { continue }
            let parts = cell.split(separator: mark, omittingEmptySubsequences: false)
            guard parts.count == 2, parts[1].count != 3, !parts[1].isEmpty,
                parts.joined().allSatisfy({ $0.isASCII && ($0.isNumber || $0 == "-") })
            else { continue }
            found[mark] = cell
        }
        guard found.count == 1, let (mark, cell) = found.first else { return nil }
        return (String(mark), "the cell '\(cell)' can be read in no other way")
    }

    /// The unit that stands in the name of a column, in brackets or behind a space.
    static func unit(in column: String) -> (answer: String, reason: String)? {
        let separators: Set<Character> = [" ", "(", ")", "[", "]", "_", "/"]
        let words = column.split { separators.contains($0) }.map(String.init)
        let units = words.compactMap { word in
            UnitCatalog.all.first { $0.symbol.lowercased() == word.lowercased() }
        }.filter { $0.symbol.count > 1 }
        guard units.count == 1 else { return nil }
        return (units[0].symbol, "the column is called '\(column)'")
    }
}
