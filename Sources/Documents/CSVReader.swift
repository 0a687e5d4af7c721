package import Diagnostics

/// A cursor over the rows of a delimited text (RFC 4180), without a `String` for each cell.
///
/// Lines end with CR, LF or CRLF, mixed as they come. A quoted cell may hold delimiters, line
/// breaks and doubled quotes. Cells are given as they stand: trimming and meaning are the caller's.
package struct CSVReader: Sendable {
    /// The name that messages show.
    package let file: String
    package let text: DecodedText
    package let dialect: CSVDialect
    package let limits: CSVLimits

    /// 1-based line on which the current row begins.
    package private(set) var line = 1
    /// The first cell of the current row with a quote in the middle or text behind a closing quote.
    package private(set) var strayQuote: Int?

    private var cells: [Cell] = []
    private var unescaped: [UInt8] = []
    private var position: Int
    private var nextLine = 1
    private var rowStart: Int
    private var rowsRead = 0

    /// A range of the text, or of `unescaped` where doubled quotes were undone.
    private struct Cell {
        /// The offset in the text at which the cell begins, its quote included.
        var origin: Int
        var range: Range<Int>
        var isUnescaped = false
    }

    package init(
        _ text: DecodedText, file: String, dialect: CSVDialect = .standard,
        limits: CSVLimits = .standard
    ) {
        self.file = file
        self.text = text
        self.dialect = dialect
        self.limits = limits
        position = text.start
        rowStart = text.start
    }

    /// Moves to the next row.
    ///
    /// - Returns: `false` behind the last row.
    /// - Throws: `csv-quote-unclosed` at the place where the quote opens, `csv-limit-exceeded`.
    package mutating func advance() throws(Diagnostic) -> Bool {
        let storage = text.bytes
        let bytes = storage.span
        guard position < bytes.count else { return false }
        guard rowsRead < limits.rows else { throw tooLarge("more than \(limits.rows) rows") }
        rowsRead += 1
        line = nextLine
        rowStart = position
        strayQuote = nil
        cells.removeAll(keepingCapacity: true)
        unescaped.removeAll(keepingCapacity: true)
        while true {
            guard cells.count < limits.columns else {
                throw tooLarge("a row of more than \(limits.columns) cells")
            }
            if let quote = dialect.quote, position < bytes.count, bytes[position] == quote {
                try scanQuoted(bytes, quote: quote)
            } else {
                try scanUnquoted(bytes, from: position)
            }
            guard position - rowStart <= limits.rowBytes else {
                throw tooLarge("a row of more than \(limits.rowBytes >> 20) MiB")
            }
            guard position < bytes.count, bytes[position] == dialect.delimiter else { break }
            position += 1
        }
        skipLineEnd(bytes)
        return true
    }

    /// Whether nothing but line breaks follows the line on which the current row begins.
    package var isOnLastLine: Bool {
        let bytes = text.bytes.span
        var index = rowStart
        while index < bytes.count, bytes[index] != Self.lineFeed,
            bytes[index] != Self.carriageReturn
        {
            index += 1
        }
        while index < bytes.count,
            bytes[index] == Self.lineFeed || bytes[index] == Self.carriageReturn
        {
            index += 1
        }
        return index == bytes.count
    }

    /// The number of cells in the current row; an empty line has one.
    package var count: Int { cells.count }

    /// Whether no cell of the current row holds anything but spaces.
    package var isBlank: Bool {
        cells.indices.allSatisfy { withTrimmedCell($0) { $0.isEmpty } }
    }

    /// Lends the bytes of a cell, quotes removed, for the time of a call.
    package func withCell<Result>(
        _ index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let cell = cells[index]
        return cell.isUnescaped
            ? body(unescaped.span.extracting(cell.range))
            : body(text.bytes.span.extracting(cell.range))
    }

    /// `withCell`, without the spaces around the content.
    package func withTrimmedCell<Result>(
        _ index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        withCell(index) { bytes in
            var start = 0
            var end = bytes.count
            while start < end, bytes[start] == UInt8(ascii: " ") { start += 1 }
            while start < end, bytes[end - 1] == UInt8(ascii: " ") { end -= 1 }
            return body(bytes.extracting(start..<end))
        }
    }

    /// The content of a cell without the spaces around it.
    package func text(_ index: Int) -> String {
        withTrimmedCell(index) { bytes in
            String(unsafeUninitializedCapacity: bytes.count) { buffer in
                for offset in bytes.indices { buffer[offset] = bytes[offset] }
                return bytes.count
            }
        }
    }

    /// The content of all cells of the row, trimmed.
    package var texts: [String] { cells.indices.map { text($0) } }

    /// The place at which a cell of the current row begins.
    package func location(_ index: Int) -> SourceLocation {
        location(atOffset: cells[index].origin)
    }

    // MARK: - Scanning

    private mutating func scanUnquoted(
        _ bytes: Span<UInt8>, from start: Int
    ) throws(Diagnostic) {
        // Behind a stray quote the cell begins earlier than the rest that is scanned here.
        let quote = dialect.quote ?? dialect.delimiter
        var index = position
        while index < bytes.count, index - start <= limits.fieldBytes {
            let byte = bytes[index]
            if byte == dialect.delimiter || byte == Self.lineFeed || byte == Self.carriageReturn {
                break
            }
            if byte == quote, strayQuote == nil { strayQuote = cells.count }
            index += 1
        }
        guard index - start <= limits.fieldBytes else { throw fieldTooLong(at: start) }
        cells.append(Cell(origin: start, range: start..<index))
        position = index
    }

    private mutating func scanQuoted(
        _ bytes: Span<UInt8>, quote: UInt8
    ) throws(Diagnostic) {
        let opening = position
        var index = opening + 1
        var hasDoubledQuote = false
        let furthest = min(bytes.count, opening + 1 + limits.fieldBytes)
        while index < bytes.count {
            if bytes[index] == quote {
                guard index + 1 < bytes.count, bytes[index + 1] == quote else { break }
                hasDoubledQuote = true
                index += 1
            } else {
                countLineBreak(bytes, at: index)
            }
            index += 1
            guard index <= furthest else { throw fieldTooLong(at: opening) }
        }
        guard index < bytes.count else {
            throw Diagnostic(
                .csvQuoteUnclosed, at: location(atOffset: opening),
                "the quote that opens here is never closed",
                hint: "close the quote, or double it where it belongs to the text")
        }
        position = index + 1
        let isClosed =
            position == bytes.count || bytes[position] == dialect.delimiter
            || bytes[position] == Self.lineFeed || bytes[position] == Self.carriageReturn
        guard isClosed else {
            strayQuote = strayQuote ?? cells.count
            return try scanUnquoted(bytes, from: opening)
        }
        if hasDoubledQuote {
            appendUnescaped(bytes, opening + 1..<index, quote: quote)
        } else {
            cells.append(Cell(origin: opening, range: opening + 1..<index))
        }
    }

    private mutating func appendUnescaped(
        _ bytes: Span<UInt8>, _ range: Range<Int>, quote: UInt8
    ) {
        let start = unescaped.count
        var index = range.lowerBound
        while index < range.upperBound {
            unescaped.append(bytes[index])
            index += bytes[index] == quote ? 2 : 1
        }
        cells.append(
            Cell(
                origin: range.lowerBound - 1, range: start..<unescaped.count, isUnescaped: true))
    }

    private mutating func skipLineEnd(_ bytes: Span<UInt8>) {
        guard position < bytes.count else { return }
        let isPair =
            bytes[position] == Self.carriageReturn && position + 1 < bytes.count
            && bytes[position + 1] == Self.lineFeed
        position += isPair ? 2 : 1
        nextLine += 1
    }

    /// Counts a line break inside quotes; a pair counts once, at its line feed.
    private mutating func countLineBreak(_ bytes: Span<UInt8>, at index: Int) {
        if Self.endsLine(bytes, at: index) { nextLine += 1 }
    }

    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")

    private static func endsLine(_ bytes: Span<UInt8>, at index: Int) -> Bool {
        if bytes[index] == lineFeed { return true }
        guard bytes[index] == carriageReturn else { return false }
        return index + 1 == bytes.count || bytes[index + 1] != lineFeed
    }
}

// MARK: - Places and refusals

extension CSVReader {
    /// Counts lines and characters from the beginning of the current row; only for messages.
    private func location(atOffset offset: Int) -> SourceLocation {
        let bytes = text.bytes.span
        var lineNumber = line
        var column = 1
        for index in rowStart..<max(rowStart, offset) {
            if Self.endsLine(bytes, at: index) {
                lineNumber += 1
                column = 1
            } else if bytes[index] & 0xC0 != 0x80 {
                column += 1
            }
        }
        return SourceLocation(file: file, line: lineNumber, column: column)
    }

    private func fieldTooLong(at offset: Int) -> Diagnostic {
        Diagnostic(
            .csvLimitExceeded, at: location(atOffset: offset),
            "the cell that begins here is longer than \(limits.fieldBytes) bytes",
            hint: "look for a quote that is not closed")
    }

    private func tooLarge(_ what: String) -> Diagnostic {
        Diagnostic(
            .csvLimitExceeded, at: SourceLocation(file: file, line: line),
            "the file has \(what)", hint: "split the file into smaller ones")
    }
}
