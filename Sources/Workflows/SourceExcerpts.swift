internal import Diagnostics
package import Documents

/// Lines of a document, for excerpts in messages and evidence.
///
/// Only the places of some lines are kept; the others are found from there, so that memory does
/// not grow with the document.
package struct SourceExcerpts: Sendable {
    /// Longer lines are cut to this many characters in evidence.
    package static let limit = 200
    /// Lines from one kept place to the next.
    private static let stride = 128

    private let document: Document
    /// Where the lines 1, 129, 257 … begin.
    private let places: [Int]

    package init(_ document: Document) {
        self.document = document
        var places = [0]
        var lines = LineEnds()
        lines.scan(document, from: 0, to: document.size) { line, offset in
            if line.isMultiple(of: Self.stride) { places.append(offset) }
            return true
        }
        self.places = places
    }

    /// The text of a line without its end and the blanks around it, control characters shown as
    /// `·`, cut to the limit.
    package func text(line: Int?) -> String? {
        guard let line, let raw = bytes(line, limit: 4 * Self.limit) else { return nil }
        let end = raw.lastIndex { !Self.isBlank($0) }
        let text = end.map { raw[...$0].drop(while: Self.isBlank) } ?? []
        let shown = DiagnosticRenderer.visible(String(decoding: text, as: UTF8.self))
        return shown.isEmpty ? nil : String(shown.prefix(Self.limit))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    /// The text of a line as it is, without its end, for an excerpt with a caret.
    package func rawLine(_ line: Int) -> String? {
        bytes(line, limit: 64 * Self.limit).map { String(decoding: $0, as: UTF8.self) }
    }

    private func bytes(_ line: Int, limit: Int) -> ArraySlice<UInt8>? {
        guard line >= 1, let start = start(of: line) else { return nil }
        var raw: [UInt8] = []
        do throws(Diagnostic) {
            try document.readChunks(from: start, to: start + limit) { (chunk) throws(Diagnostic) in
                chunk.withUnsafeBytes { raw.append(contentsOf: $0) }
            }
        } catch {
            return nil
        }
        return raw.prefix { $0 != 10 && $0 != 13 }
    }

    /// - Returns: `nil` where the document has fewer lines.
    private func start(of line: Int) -> Int? {
        let place = (line - 1) / Self.stride
        guard place < places.count else { return nil }
        var missing = (line - 1) % Self.stride
        guard missing > 0 else { return places[place] }
        var found: Int?
        let end = place + 1 < places.count ? places[place + 1] : document.size
        var lines = LineEnds()
        lines.scan(document, from: places[place], to: end) { _, offset in
            missing -= 1
            if missing == 0 { found = offset }
            return missing > 0
        }
        return found
    }
}

/// Finds the ends of lines: LF, CRLF, or CR alone.
private struct LineEnds {
    /// Line feeds and carriage returns, nothing else.
    private static let breaks = CSVMarks(CSVDialect(delimiter: 10, quote: nil))
    private var ended = 0

    /// - Parameter found: Given the number of lines that have ended and the offset behind the
    ///   last of them; returns whether to go on.
    mutating func scan(
        _ document: Document, from start: Int, to end: Int, found: (Int, Int) -> Bool
    ) {
        var offset = start
        var followsReturn = false
        var goesOn = true
        do throws(Diagnostic) {
            try document.readChunks(from: start, to: end) { (chunk) throws(Diagnostic) in
                guard goesOn else { return }
                var index = 0
                if followsReturn, chunk[0] != 10 { goesOn = report(offset, found) }
                followsReturn = false
                while goesOn {
                    index = Self.breaks.next(in: chunk, from: index)
                    guard index < chunk.count else { break }
                    let isReturn = chunk[index] == 13
                    index += 1
                    if isReturn {
                        guard index < chunk.count else {
                            followsReturn = true
                            break
                        }
                        if chunk[index] == 10 { index += 1 }
                    }
                    goesOn = report(offset + index, found)
                }
                offset += chunk.count
            }
        } catch {
            return
        }
        if followsReturn, goesOn { _ = report(end, found) }
    }

    private mutating func report(_ offset: Int, _ found: (Int, Int) -> Bool) -> Bool {
        ended += 1
        return found(ended, offset)
    }
}
