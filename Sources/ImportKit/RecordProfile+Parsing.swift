internal import Diagnostics
internal import Hashing
internal import Inventory
internal import Quantities

extension RecordProfile {
    /// `nil` where a fault was reported.
    init?(_ root: StrictTable, hash: SHA256Digest) {
        defer { root.finish() }
        let id = root.parsed("id", expected: Profile.identifierHint, Profile.identifier)
        let version = root.requiredInteger("version")
        let kind = root.word("kind", of: Kind.self)
        let identify = root.section("identify")
        let identification = identify.flatMap { Profile.Identification($0, step: nil) }
        let layout = root.section("read").flatMap(Profile.Layout.init)
        let dates = root.section("dates").flatMap(Self.dateFormat)
        let columnsTable = root.section("columns")
        let columns = columnsTable.flatMap { Self.fields($0, kind) { $0.string($1) } }
        let fixed = root.nested("fixed").flatMap { Self.fields($0, kind) { $0.string($1) } }
        let words = root.nested("words").flatMap { Self.fields($0, kind, Self.dictionary) }
        let serials = root.nested("serials").flatMap(Self.separator)
        let limit = root.nested("check").map(Profile.CheckRule.init)
        let tests = Profile.sections("test", root, Test.init)
        guard let id, let version, let kind, let identify, let identification, let layout,
            let dates,
            let columnsTable, let columns, root.diagnostics.isEmpty
        else { return nil }
        self.id = id
        self.version = version
        self.kind = kind
        self.hash = hash
        self.identification = identification
        self.layout = layout
        dateFormat = dates
        self.columns = columns
        self.fixed = fixed ?? [:]
        self.words = words ?? [:]
        serialSeparator = serials
        quarantineLimit = (limit ?? .standard).quarantineLimit
        self.tests = tests
        checkFields(columnsTable)
        checkColumns(identify)
    }

    private static func dateFormat(_ table: StrictTable) -> LocalTimeFormat? {
        defer { table.finish() }
        return table.parsed("format", expected: "write a pattern of days, such as 'dd-MM-yyyy'") {
            LocalTimeFormat($0).flatMap { $0.hasTime ? nil : $0 }
        }
    }

    private static func separator(_ table: StrictTable) -> String? {
        defer { table.finish() }
        return table.parsed("separator", expected: "write what stands between, such as ' to '") {
            $0.isEmpty ? nil : $0
        }
    }

    /// The keys of a table that are fields of the kind; others are reported as unknown.
    private static func fields<Value>(
        _ table: StrictTable, _ kind: Kind?, _ read: (StrictTable, String) -> Value?
    ) -> [RecordField: Value]? {
        defer { table.finish() }
        guard let kind else { return nil }
        var values: [RecordField: Value] = [:]
        for field in kind.required + kind.optional where table.has(field.rawValue) {
            values[field] = read(table, field.rawValue)
        }
        return values
    }

    private static func dictionary(_ table: StrictTable, _ key: String) -> [String: String]? {
        guard let texts = table.dictionary(key) else { return nil }
        let single = texts.compactMapValues { $0.count == 1 ? $0[0] : nil }
        if single.count != texts.count { table.fault(key, "each word has one meaning") }
        return single
    }

    private func checkFields(_ table: StrictTable) {
        let stated = Set(columns.keys).union(fixed.keys)
        for field in kind.required where !stated.contains(field) {
            table.fault(
                nil, "nothing states '\(field.rawValue)'",
                hint: "name its column in [columns], or its one value in [fixed]")
        }
        if kind == .certificate {
            let ends = [RecordField.serialFrom, .serialTo].filter(stated.contains)
            if stated.contains(.serials) != (serialSeparator != nil)
                || stated.contains(.serials) == (ends.count == 2)
            {
                table.fault(
                    nil, "the serial numbers need either two columns or one with a separator",
                    hint: "name 'serial_from' and 'serial_to', or 'serials' and [serials] separator"
                )
            }
        }
        if kind == .cloud, stated.isDisjoint(with: StatedFootprint.Figure.allCases.map(\.field)) {
            table.fault(nil, "no column states an emission")
        }
        for field in words.keys where columns[field] == nil {
            table.fault(nil, "[words] names '\(field.rawValue)', which has no column")
        }
    }

    /// Every column must be part of the header, so that a missing one is found when the layout is
    /// matched and not row by row.
    private func checkColumns(_ identify: StrictTable) {
        let required = Set(identification.required)
        let known = required.union(identification.optional)
        if known.count != identification.required.count + identification.optional.count {
            identify.fault(nil, "the header names a column twice")
        }
        if case .columns = identification.header {
        } else {
            identify.fault(
                nil, "such rows need 'header' or 'header_contains'",
                hint: "columns are found by their names")
        }
        let needed = kind.required.filter { fixed[$0] == nil }
        for (field, column) in columns.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let isThere =
                needed.contains(field) ? required.contains(column) : known.contains(column)
            if !isThere {
                identify.fault(
                    nil, "the header of 'identify' does not name the column '\(column)'",
                    hint: "add it to 'header'; a column that may be absent needs a fixed value")
            }
        }
    }
}

extension StatedFootprint.Figure {
    var field: RecordField {
        switch self {
        case .scope1: .scope1
        case .scope2Location: .scope2Location
        case .scope2Market: .scope2Market
        case .scope3: .scope3
        }
    }
}

extension RecordProfile.Test {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let file = table.required("file")
        let records = table.requiredInteger("records")
        quarantined = table.integer("quarantined") ?? 0
        if !table.has("total") { table.missing("total") }
        let totals = table.strings("total")
        let start = table.required("start")
        let end = table.required("end")
        guard let file, let records, let totals, let start, let end else { return nil }
        self.file = file
        self.records = records
        self.totals = totals
        self.start = start
        self.end = end
    }
}

extension RecordProfile {
    /// The table of this layout: names compare exactly and in any order.
    ///
    /// - Returns: `nil` for a document of another layout.
    func table(in head: CSVHead, file: String) -> CSVTable? {
        let name = String(file.split(separator: "/").last ?? "")
        guard identification.filename?.matches(name) ?? true,
            case .columns(let required, let optional, let allowsOthers) = identification.header,
            let first = head.rows.firstIndex(where: { !$0.isBlank })
        else { return nil }
        let places = layout.skipsUntilHeader ? Array(first..<head.rows.count) : [first]
        let known = Set(required + optional)
        for place in places {
            let row = head.rows[place]
            let names = Set(row.texts)
            guard required.allSatisfy(names.contains), allowsOthers || names.isSubset(of: known)
            else { continue }
            return CSVTable(reader: row.reader, names: row.texts, labels: [:])
        }
        return nil
    }
}
