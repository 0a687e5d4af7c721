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

    /// The cells of the current row are the first `count`; the rest is room for longer rows.
    private var cells: [Cell] = []
    private let marks: CSVMarks
    /// The number of cells in the current row; an empty line has one.
    package private(set) var count = 0
    private var unescaped: [UInt8] = []
    /// The part of the text that is in memory; it holds the whole current row.
    private var window: [UInt8]
    /// How far into the text the window reaches.
    private var windowEnd: Int
    /// Places in the window: behind the current row, and where it begins.
    private var position: Int
    private var rowStart: Int
    /// 1-based line on which the next row begins.
    package private(set) var nextLine = 1
    private var rowsRead = 0

    /// Bytes that are read at once.
    private let windowBytes: Int

    /// A range of the window, or of `unescaped` where doubled quotes were undone.
    private struct Cell {
        /// Where in the window the cell begins, its quote included.
        var origin: Int
        var range: Range<Int>
        var isUnescaped = false
    }

    /// - Parameter windowBytes: How much of a text in a file is read at once.
    package init(
        _ text: DecodedText, file: String, dialect: CSVDialect = .standard,
        limits: CSVLimits = .standard, windowBytes: Int = 256 << 10
    ) {
        self.windowBytes = windowBytes
        self.file = file
        self.text = text
        self.dialect = dialect
        self.limits = limits
        marks = CSVMarks(dialect)
        window = text.bytes
        windowEnd = text.file == nil ? text.size : text.start
        position = text.file == nil ? text.start : 0
        rowStart = position
    }

    /// Moves to the next row.
    ///
    /// - Returns: `false` behind the last row.
    /// - Throws: `csv-quote-unclosed` at the place where the quote opens, `csv-limit-exceeded`,
    ///   `file-missing` where the file of the text was changed meanwhile.
    package mutating func advance() throws(Diagnostic) -> Bool {
        if position == window.count {
            if isWindowLast { return false }
            try extendWindow(from: position)
        }
        guard rowsRead < limits.rows else { throw tooLarge("more than \(limits.rows) rows") }
        rowsRead += 1
        line = nextLine
        rowStart = position
        while !(try scanRow()) { try extendWindow(from: rowStart) }
        return true
    }

    /// Whether the text ends where the window does.
    private var isWindowLast: Bool { windowEnd == text.size }

    /// Reads on, and keeps of the window what lies behind a place, where the current row begins.
    private mutating func extendWindow(from start: Int) throws(Diagnostic) {
        guard let document = text.file else { return }
        window.removeSubrange(..<start)
        position -= start
        rowStart = 0
        // Twice as much each time: a long row is looked at again as often as it doubles.
        let added = min(max(windowBytes, window.count), text.size - windowEnd)
        try document.append(from: windowEnd, count: added, to: &window)
        windowEnd += added
    }

    /// - Returns: `false` where the row may go on behind the window.
    private mutating func scanRow() throws(Diagnostic) -> Bool {
        let storage = window
        let bytes = storage.span
        position = rowStart
        nextLine = line
        strayQuote = nil
        count = 0
        unescaped.removeAll(keepingCapacity: true)
        while true {
            guard count < limits.columns else {
                throw tooLarge("a row of more than \(limits.columns) cells")
            }
            if let quote = dialect.quote, position < bytes.count, bytes[position] == quote {
                guard try scanQuoted(bytes, quote: quote) else { return false }
            } else {
                try scanUnquoted(bytes, from: position)
            }
            guard position - rowStart <= limits.rowBytes else {
                throw tooLarge("a row of more than \(limits.rowBytes >> 20) MiB")
            }
            guard position < bytes.count, bytes[position] == dialect.delimiter else { break }
            position += 1
        }
        return skipLineEnd(bytes)
    }

    /// Whether nothing but line breaks follows the line on which the current row begins.
    package var isOnLastLine: Bool {
        guard isWindowLast else { return false }
        let bytes = window.span
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

    /// Whether no cell of the current row holds anything but spaces.
    package var isBlank: Bool {
        (0..<count).allSatisfy { withTrimmedCell($0) { $0.isEmpty } }
    }

    /// Lends the bytes of a cell, quotes removed, for the time of a call.
    package func withCell<Result>(
        _ index: Int, _ body: (Span<UInt8>) -> Result
    ) -> Result {
        let cell = cells[index]
        return cell.isUnescaped
            ? body(unescaped.span.extracting(cell.range))
            : body(window.span.extracting(cell.range))
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
    package var texts: [String] { (0..<count).map { text($0) } }

    /// The place at which a cell of the current row begins.
    package func location(_ index: Int) -> SourceLocation {
        location(atOffset: cells[index].origin)
    }

    // MARK: - Scanning

    private mutating func add(_ cell: Cell) {
        if count < cells.count { cells[count] = cell } else { cells.append(cell) }
        count += 1
    }

    private mutating func scanUnquoted(
        _ bytes: Span<UInt8>, from start: Int
    ) throws(Diagnostic) {
        // Behind a stray quote the cell begins earlier than the rest that is scanned here.
        let end = bytes.count
        var index = position
        while true {
            index = marks.next(in: bytes, from: index)
            guard index < end, bytes[index] == dialect.quote else { break }
            if strayQuote == nil { strayQuote = count }
            index += 1
        }
        guard index - start <= limits.fieldBytes else { throw fieldTooLong(at: start) }
        add(Cell(origin: start, range: start..<index))
        position = index
    }

    /// - Returns: `false` where the cell may go on behind the window.
    private mutating func scanQuoted(
        _ bytes: Span<UInt8>, quote: UInt8
    ) throws(Diagnostic) -> Bool {
        let opening = position
        var index = opening + 1
        var hasDoubledQuote = false
        let furthest = opening + 1 + limits.fieldBytes
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
            guard isWindowLast else { return false }
            throw Diagnostic(
                .csvQuoteUnclosed, at: location(atOffset: opening),
                "the quote that opens here is never closed",
                hint: "close the quote, or double it where it belongs to the text")
        }
        position = index + 1
        let isClosed =
            position == bytes.count || bytes[position] == dialect.delimiter
            || bytes[position] == Self.lineFeed || bytes[position] == Self.carriageReturn
        if !isClosed {
            strayQuote = strayQuote ?? count
            try scanUnquoted(bytes, from: opening)
        } else if hasDoubledQuote {
            appendUnescaped(bytes, opening + 1..<index, quote: quote)
        } else {
            add(Cell(origin: opening, range: opening + 1..<index))
        }
        return true
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
        add(
            Cell(
                origin: range.lowerBound - 1, range: start..<unescaped.count, isUnescaped: true))
    }

    /// - Returns: `false` where the row, or its line break, may go on behind the window.
    private mutating func skipLineEnd(_ bytes: Span<UInt8>) -> Bool {
        guard position < bytes.count else { return isWindowLast }
        let mayBePair = bytes[position] == Self.carriageReturn
        if mayBePair, position + 1 == bytes.count, !isWindowLast { return false }
        let isPair =
            mayBePair && position + 1 < bytes.count && bytes[position + 1] == Self.lineFeed
        position += isPair ? 2 : 1
        nextLine += 1
        return true
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

// MARK: - Rows that somebody else reads

extension CSVReader {
    /// The bytes behind the current row, as far as they are at hand.
    package var unread: ArraySlice<UInt8> { window[position...] }

    /// How many rows may follow.
    package var rowsLeft: Int { limits.rows - rowsRead }

    /// Passes over unread rows of one line each, which somebody else has read; there is no current
    /// row then.
    ///
    /// - Parameter bytes: Whole rows, the end of the last line included.
    package mutating func skip(bytes: Int, rows: Int) {
        precondition(bytes <= window.count - position && rows <= rowsLeft, "The rows are unread.")
        guard rows > 0 else { return }
        position += bytes
        rowStart = position
        rowsRead += rows
        nextLine += rows
        line = nextLine - 1
        count = 0
        strayQuote = nil
    }
}

// MARK: - Places and refusals

extension CSVReader {
    /// Counts lines and characters from the beginning of the current row; only for messages.
    private func location(atOffset offset: Int) -> SourceLocation {
        let bytes = window.span
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
