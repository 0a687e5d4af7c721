package import Diagnostics
internal import Documents
internal import Hashing
internal import Inventory
internal import Quantities
internal import TOMLKit

extension Profile {
    /// Reads the TOML text of a profile.
    ///
    /// - Parameter file: The name that messages show.
    /// - Throws: `profile-invalid` at the line of the offending key.
    package init(parsing text: String, file: String) throws(Diagnostic) {
        let source = ProfileSource(file: file, text: text)
        var root = ProfileTable(
            try Self.table(text, file: file), path: "", source: source)
        id = try root.requiredString("id")
        guard !id.isEmpty, id.utf8.allSatisfy(Self.isIdentifierByte) else {
            throw root.fault("id", "'\(id)' is not an identifier", hint: "write 'publisher.layout'")
        }
        guard let version = try root.integer("version") else { throw root.lacks("version") }
        self.version = version
        guard let kind = try root.word("kind", Kind.self) else { throw root.lacks("kind") }
        self.kind = kind
        hash = SHA256Digest(hashing: Array(text.utf8))
        identification = try Self.section("identify", &root, Identification.init)
        layout = try Self.section("read", &root, Layout.init)
        time = try Self.section("time", &root, TimeRule.init)
        var meterTable = try root.subtable("meter")
        meter = try meterTable?.strings("column") ?? []
        try meterTable?.finish()
        series = try Self.sections("series", &root, SeriesRule.init)
        quality = try Self.optionalSection("quality", &root, QualityRule.init)
        reference =
            try Self.optionalSection("reference", &root, ReferenceRule.init)
            ?? ReferenceRule(number: nil, supplier: nil)
        quarantineLimit =
            try Self.optionalSection("check", &root, Self.quarantineLimit)
            ?? ExactDecimal(mantissa: 5, exponent: -2)
        tests = try Self.sections("test", &root, Test.init)
        try root.finish()
        try checkColumns(root)
        try checkBehaviours(root)
    }

    private static func table(_ text: String, file: String) throws(Diagnostic) -> TOMLTable {
        do {
            return try TOMLTable(string: text)
        } catch {
            let place = (error as? TOMLParseError)?.source.begin
            throw Diagnostic(
                .profileInvalid,
                at: SourceLocation(file: file, line: place?.line, column: place?.column),
                "the profile is not TOML: \(error)")
        }
    }

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        case _: false
        }
    }

    private static func section<Value>(
        _ key: String, _ root: inout ProfileTable,
        _ read: (inout ProfileTable) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> Value {
        guard let value = try optionalSection(key, &root, read) else { throw root.lacks(key) }
        return value
    }

    private static func optionalSection<Value>(
        _ key: String, _ root: inout ProfileTable,
        _ read: (inout ProfileTable) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> Value? {
        guard var table = try root.subtable(key) else { return nil }
        let value = try read(&table)
        try table.finish()
        return value
    }

    private static func sections<Value>(
        _ key: String, _ root: inout ProfileTable,
        _ read: (inout ProfileTable) throws(Diagnostic) -> Value
    ) throws(Diagnostic) -> [Value] {
        var values: [Value] = []
        for var table in try root.subtables(key) {
            values.append(try read(&table))
            try table.finish()
        }
        return values
    }

    private static func quarantineLimit(
        _ table: inout ProfileTable
    ) throws(Diagnostic) -> ExactDecimal {
        let text = try table.requiredString("quarantine_limit")
        let notAShare = table.fault(
            "quarantine_limit", "'\(text)' is not a share of rows", hint: "write \"0.05\" for 5 %")
        let share: ExactDecimal
        do { share = try ExactDecimal(parsing: text) } catch { throw notAShare }
        guard !share.isNegative, share < .one, share.exponent >= -4 else { throw notAShare }
        return share
    }

    /// Every column that a rule reads must be part of the header, so that a missing column is
    /// found when the layout is matched and not row by row.
    private func checkColumns(_ root: ProfileTable) throws(Diagnostic) {
        let required = Set(identification.header)
        let known = required.union(identification.optional)
        guard known.count == identification.header.count + identification.optional.count else {
            throw root.fault("identify", "the header names a column twice")
        }
        let needed = time.columns + meter.prefix(1) + series.flatMap(\.neededColumns)
        let optional =
            meter.dropFirst() + series.flatMap(\.optionalColumns)
            + [quality?.column, reference.number, reference.supplier].compactMap(\.self)
        let unnamed =
            needed.first { !required.contains($0) } ?? optional.first { !known.contains($0) }
        guard let unnamed else { return }
        throw root.fault(
            "identify", "the header of 'identify' does not name the column '\(unnamed)'",
            hint: "add it to 'header'; a column that may be absent needs a fixed value beside it")
    }

    /// A register is read at moments, a quantity belongs to a span.
    private func checkBehaviours(_ root: ProfileTable) throws(Diagnostic) {
        for rule in series {
            switch (rule.behaviour, time.span) {
            case (.cumulative, .moment), (.delta, .ends), (.delta, .label), (.meanPower, .ends),
                (.meanPower, .label):
                continue
            case (.cumulative, .ends), (.cumulative, .label), (.delta, .moment),
                (.meanPower, .moment):
                throw root.fault(
                    "time",
                    "behaviour '\(rule.behaviour.rawValue)' does not fit the keys of 'time'",
                    hint: "a register has 'at' alone; a quantity has 'start' and 'end', or 'at', "
                        + "'label' and 'step'")
            }
        }
    }
}

extension Profile.TimeRule {
    var columns: [String] {
        switch span {
        case .ends(let start, let end, _): start + end
        case .label(let at, _, _), .moment(let at): at
        }
    }
}

extension Profile.SeriesRule {
    /// Columns without which the series cannot be read.
    var neededColumns: [String] {
        let words = [
            unit.fixed == nil ? unit.column : nil, carrier.fixed == nil ? carrier.column : nil,
            direction.fixed == nil ? direction.column : nil,
        ]
        return [quantity] + filter.keys.sorted() + words.compactMap(\.self)
    }

    var optionalColumns: [String] {
        [unit.column, carrier.column, direction.column, channel.column].compactMap(\.self)
    }
}
