internal import Diagnostics
internal import Documents

/// The current row as the rules of a profile see it: cells by column, and what holds for every
/// row of the table.
struct CSVRow {
    var reader: CSVReader
    /// Values that stand above the table; addressed by columns below zero.
    private(set) var constants: [[UInt8]]
    private let unwrapsExcelText: Bool

    init(_ reader: CSVReader, constants: [String], unwrapsExcelText: Bool) {
        self.reader = reader
        self.constants = constants.map { Array($0.utf8) }
        self.unwrapsExcelText = unwrapsExcelText
    }

    mutating func setConstants(_ texts: [String]) { constants = texts.map { Array($0.utf8) } }

    static func column(ofConstant index: Int) -> Int { -1 - index }

    /// Lends the content of a cell without the spaces around it; a cell that a short row lacks is
    /// empty.
    func withCell<Result>(_ column: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        if column < 0 {
            let constant = constants[-1 - column]
            return body(constant.span)
        }
        if column >= reader.count {
            let nothing: [UInt8] = []
            return body(nothing.span)
        }
        guard unwrapsExcelText else { return reader.withTrimmedCell(column, body) }
        return reader.withTrimmedCell(column) { bytes in
            let isWrapped =
                bytes.count >= 3 && bytes[0] == UInt8(ascii: "=")
                && bytes[1] == UInt8(ascii: "\"") && bytes[bytes.count - 1] == UInt8(ascii: "\"")
            return body(isWrapped ? bytes.extracting(2..<bytes.count - 1) : bytes)
        }
    }

    func text(_ column: Int) -> String {
        withCell(column) { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { buffer in
                for offset in bytes.indices { buffer[offset] = bytes[offset] }
                return bytes.count
            }
        }
    }

    func isEmpty(_ column: Int) -> Bool { withCell(column) { $0.isEmpty } }

    /// Whether the cells from a column on hold nothing.
    func isEmpty(from column: Int) -> Bool {
        (column..<max(column, reader.count)).allSatisfy { isEmpty($0) }
    }

    /// The place of a cell, or of the row where there is no such cell.
    func location(_ column: Int?) -> SourceLocation {
        guard let column, column >= 0, column < reader.count else {
            return SourceLocation(file: reader.file, line: reader.line)
        }
        return reader.location(column)
    }
}
