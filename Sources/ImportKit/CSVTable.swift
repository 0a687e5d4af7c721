internal import Diagnostics
internal import Documents

/// A table of a document: where it begins, and what stands above it.
struct CSVTable {
    /// Stands on the last row of the header; where there is none, before the first row.
    let reader: CSVReader
    /// By position.
    let names: [String]
    /// By `@label`.
    var labels: [String: String]

    /// The values of labels, in the order of the profile.
    func constants(for profile: Profile) -> [String] { profile.labels.map { labels[$0] ?? "" } }
}

/// The first rows of a document, read in one dialect.
struct CSVHead {
    struct Row {
        let before: CSVReader
        let reader: CSVReader
        let texts: [String]

        var isBlank: Bool { texts.allSatisfy(\.isEmpty) }
    }

    private(set) var rows: [Row] = []

    /// A fault in a later row is found when the document is read; one in the first row is thrown.
    init(_ start: CSVReader, limit: Int) throws(Diagnostic) {
        var reader = start
        do {
            while rows.count < limit {
                let before = reader
                guard try reader.advance() else { break }
                rows.append(Row(before: before, reader: reader, texts: reader.texts))
            }
        } catch {
            if rows.isEmpty { throw error }
        }
        // A first line `sep=;` tells Excel the delimiter and is no data.
        if let first = rows.first?.texts, first.count <= 2, first[0].lowercased().hasPrefix("sep=")
        {
            rows.removeFirst()
        }
    }
}

extension Profile {
    /// The table of this layout.
    ///
    /// - Returns: `nil` for a document of another layout.
    func table(in head: CSVHead, file: String) -> CSVTable? {
        let name = String(file.split(separator: "/").last ?? "")
        guard identification.filename?.matches(name) ?? true,
            let first = head.rows.firstIndex(where: { !$0.isBlank })
        else { return nil }
        let mayBegin = layout.skipsUntilHeader || preamble != nil || sections != nil
        let places = mayBegin ? Array(first..<head.rows.count) : [first]
        for place in places {
            guard let (table, below) = table(in: head.rows, at: place) else { continue }
            let above = head.rows[..<place].map(\.texts)
            guard let labels = labels(above, header: head.rows[place].texts),
                identification.labels.allSatisfy({ $1.matches(labels["@" + $0] ?? "") }),
                fitsCells(below, names: table.names)
            else { return nil }
            return CSVTable(reader: table.reader, names: table.names, labels: labels)
        }
        return nil
    }

    private func table(
        in rows: [CSVHead.Row], at place: Int
    ) -> (table: CSVTable, below: [String]?)? {
        if case .none = identification.header {
            let row = rows[place]
            guard row.texts.count == identification.names.count, fitsShape(row.texts) else {
                return nil
            }
            let names = identification.names
            return (CSVTable(reader: row.before, names: names, labels: [:]), row.texts)
        }
        let end = place + identification.headerRows
        guard end <= rows.count, let names = names(rows[place..<end].map(\.texts)) else {
            return nil
        }
        let below = rows[end...].first { !$0.isBlank }?.texts
        return (CSVTable(reader: rows[end - 1].reader, names: names, labels: [:]), below)
    }

    /// The names of the columns, where the rows are the header.
    func names(_ rows: [[String]]) -> [String]? {
        let count = rows.map(\.count).max() ?? 0
        let cells = (0..<count).map { column in
            rows.compactMap { column < $0.count && !$0[column].isEmpty ? $0[column] : nil }
                .joined(separator: " ")
        }
        switch identification.header {
        case .columns(let required, let optional, let allowsOthers):
            let names = Set(cells)
            guard required.allSatisfy(names.contains),
                series.contains(where: { $0.quantity.allSatisfy(names.contains) }),
                series.allSatisfy({ Self.isInOrder($0.quantity, cells) })
            else { return nil }
            let known = Set(required + optional)
            return allowsOthers || names.isSubset(of: known) ? cells : nil
        case .row(let patterns):
            guard cells.count >= patterns.count,
                zip(patterns, cells).allSatisfy({ $0.matches($1) }),
                cells[patterns.count...].allSatisfy(\.isEmpty)
            else { return nil }
            return identification.names
        case .none: return nil
        }
    }

    /// The slots of a day stand in the order that the profile says: 00:30 to 00:00 are not the
    /// columns 00:00 to 23:30, though the names are the same.
    private static func isInOrder(_ slots: [String], _ cells: [String]) -> Bool {
        let places = slots.compactMap { cells.firstIndex(of: $0) }
        return zip(places, places.dropFirst()).allSatisfy { $0 < $1 }
    }

    /// Whether dates and numbers stand in their places.
    private func fitsShape(_ cells: [String]) -> Bool {
        let names = identification.names
        let text = { (name: String) in names.firstIndex(of: name).map { cells[$0] } ?? "" }
        let times = time.columns.map(text).joined(separator: " ")
        let isTime = time.formats.contains { $0.read(Array(times.utf8).span) != nil }
        let numbers = CSVNumberReader(notation: layout.notation)
        return isTime
            && series.flatMap(\.quantity).map(text).allSatisfy { cell in
                if layout.missing.contains(cell) { return true }
                do { _ = try numbers.read(Array(cell.utf8).span) } catch { return false }
                return true
            }
    }

    private func fitsCells(_ cells: [String]?, names: [String]) -> Bool {
        guard let cells else { return true }
        return identification.cells.allSatisfy { name, pattern in
            guard let index = names.firstIndex(of: name), index < cells.count else { return false }
            return pattern.matches(cells[index])
        }
    }

    /// What the lines above a table state.
    ///
    /// - Returns: `nil` where a label that every document of the layout has is not there.
    func labels(_ rows: [[String]], header: [String]) -> [String: String]? {
        var labels: [String: String] = [:]
        if let preamble {
            let pairs = preamble.form.pairs(rows)
            for label in preamble.labels + preamble.optional {
                labels["@" + label] = pairs[label]
            }
            guard preamble.labels.allSatisfy({ labels["@" + $0] != nil }) else { return nil }
        }
        if sections != nil { labels[Sections.header] = header.first { !$0.isEmpty } ?? "" }
        return labels
    }
}

extension Profile.Preamble.Form {
    /// Labels and values; what stands further down replaces what stands above.
    func pairs(_ rows: [[String]]) -> [String: String] {
        var pairs: [String: String] = [:]
        for (index, row) in rows.enumerated() {
            guard let place = row.firstIndex(where: { !$0.isEmpty }) else { continue }
            let next = place + 1 < row.count ? row[place + 1] : ""
            switch self {
            case .pairs:
                let label = row[place].hasSuffix(":") ? row[place].dropLast() : row[place][...]
                pairs[Self.trimmed(label)] = next
            case .colon:
                // A comma in the value made several cells of it.
                let text = row[place...].filter { !$0.isEmpty }.joined(separator: ", ")
                guard let colon = text.firstIndex(of: ":") else { continue }
                let value = text[text.index(after: colon)...].drop { $0 == "," || $0 == " " }
                pairs[Self.trimmed(text[..<colon])] = Self.trimmed(value)
            case .table:
                guard index + 1 < rows.count else { continue }
                for (label, value) in zip(row, rows[index + 1]) where !label.isEmpty {
                    pairs[label] = value
                }
            }
        }
        return pairs
    }

    private static func trimmed(_ text: Substring) -> String {
        var text = text.drop { $0 == " " }
        while text.last == " " { text.removeLast() }
        return String(text)
    }
}
