internal import Diagnostics
internal import Documents

/// A CSV document in UTF-8 whose first row names the columns.
struct ColumnTable {
    private var reader: CSVReader
    private let indices: [String: Int]
    private let width: Int

    /// The columns, in the order of the first row.
    let names: [String]

    /// - Parameter columns: All of these must be named once in the first row, in any order.
    /// - Throws: `encoding-refused`, `file-empty`, `csv-header-invalid` and what the reader throws.
    init(
        _ document: Document, columns: [String], dialect: CSVDialect = .standard
    ) throws(Diagnostic) {
        let whole = SourceLocation(file: document.name)
        let text: DecodedText
        do {
            text = try DecodedText(decoding: document.bytes)
        } catch {
            throw Diagnostic(
                .encodingRefused, at: whole, "the file is not text in UTF-8",
                hint: "save the file as CSV in UTF-8")
        }
        reader = CSVReader(text, file: document.name, dialect: dialect)
        guard try reader.advance() else {
            throw Diagnostic(.fileEmpty, at: whole, "the file is empty")
        }
        names = reader.texts
        indices = Dictionary(
            names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
        width = names.count
        for column in columns where indices[column] == nil {
            throw Diagnostic(
                .csvHeaderInvalid, at: reader.location(0), "no column is named '\(column)'",
                hint: "the first row names the columns: \(columns.joined(separator: ","))")
        }
        for (offset, name) in names.enumerated() where indices[name] != offset {
            throw Diagnostic(
                .csvHeaderInvalid, at: reader.location(offset),
                "the column '\(DiagnosticRenderer.quoted(name))' is named twice",
                hint: "name each column once")
        }
    }

    /// Moves to the next row that is not blank.
    mutating func advance() throws(Diagnostic) -> Bool {
        while try reader.advance() {
            if !reader.isBlank { return true }
        }
        return false
    }

    /// A refusal if the row has more or fewer cells than the first row.
    var raggedness: Diagnostic? {
        guard reader.count != width else { return nil }
        return Diagnostic(
            .csvRowRagged, at: line,
            "the row has \(reader.count) cells, the first row names \(width) columns",
            hint: "put quotes around cells that hold commas")
    }

    /// The trimmed content of a column of the current row.
    func text(_ column: String) -> String {
        indices[column].map { reader.text($0) } ?? ""
    }

    /// Where a column stands in each row, for those who ask row by row.
    func place(_ column: String) -> Int? { indices[column] }

    /// The trimmed content at a place of the current row.
    func text(at place: Int) -> String { reader.text(place) }

    /// Lends the trimmed content at a place of the current row, for the time of a call.
    func withText<Result>(at place: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        reader.withTrimmedCell(place, body)
    }

    func location(_ column: String) -> SourceLocation {
        indices[column].map { reader.location($0) } ?? line
    }

    /// The place of the current row.
    var line: SourceLocation { SourceLocation(file: reader.file, line: reader.line) }
}
