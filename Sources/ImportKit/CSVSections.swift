internal import Diagnostics
internal import Documents

/// Tells data from what stands around it: rows to ignore, the end of a table, and the headers of
/// the sections below it.
struct CSVSections {
    private let profile: Profile
    private let ignored: [(column: Int, words: WordTable<Bool>)]
    private let hasMarks: Bool
    private var labels: [String: String]
    private var number = 1
    private var state = State.table
    /// Rows of the section above its table.
    private var above: [[String]] = []

    private enum State { case table, aboveTable, belowTable }

    init(_ profile: Profile, table: CSVTable, columns: CSVColumns) {
        self.profile = profile
        labels = table.labels
        ignored = profile.layout.ignored.compactMap { name, words in
            columns.index(name).map { ($0, words) }
        }
        hasMarks =
            profile.sections != nil || profile.layout.stop != nil || !profile.layout.ignored.isEmpty
    }

    /// Sets what holds for the first section.
    mutating func begin(_ row: inout CSVRow) {
        guard profile.sections != nil else { return }
        labels[Profile.Sections.number] = String(number)
        row.setConstants(profile.labels.map { labels[$0] ?? "" })
    }

    /// - Returns: Whether the current row is data of a table.
    /// - Throws: `csv-header-invalid` for a section whose header is not that of the layout.
    mutating func isData(_ row: inout CSVRow) throws(Diagnostic) -> Bool {
        guard hasMarks else { return true }
        let first = (0..<row.reader.count).first { !row.isEmpty($0) } ?? 0
        if let sections = profile.sections, row.withCell(first, { sections.start.matches($0) }) {
            try end(row)
            state = .aboveTable
            above = [row.reader.texts]
            return false
        }
        switch state {
        case .belowTable: return false
        case .aboveTable:
            beginTable(&row)
            return false
        case .table:
            if let stop = profile.layout.stop, row.withCell(first, { stop.matches($0) }) {
                state = .belowTable
                return false
            }
            return !ignored.contains { $0.words[row.text($0.column)] != nil }
        }
    }

    /// A section without the header of the layout holds what nobody would read.
    func end(_ row: CSVRow) throws(Diagnostic) {
        guard state == .aboveTable else { return }
        throw Diagnostic(
            .csvHeaderInvalid, at: row.location(nil),
            "the section before this line has another header than the layout",
            hint: "which columns does it have? describe them in a profile of their own")
    }

    private mutating func beginTable(_ row: inout CSVRow) {
        let texts = row.reader.texts
        guard profile.names([texts]) != nil else {
            above.append(texts)
            return
        }
        number += 1
        state = .table
        if let preamble = profile.preamble {
            // What a section does not say again holds from above.
            let pairs = preamble.form.pairs(above)
            for label in preamble.labels + preamble.optional {
                if let value = pairs[label] { labels["@" + label] = value }
            }
        }
        labels[Profile.Sections.number] = String(number)
        labels[Profile.Sections.header] = texts.first { !$0.isEmpty } ?? ""
        row.setConstants(profile.labels.map { labels[$0] ?? "" })
    }
}
