internal import Diagnostics
internal import Documents
internal import Hashing
internal import Inventory
internal import Quantities

extension Profile {
    /// Reads the TOML text of a profile.
    ///
    /// - Parameter file: The name that messages show.
    /// - Throws: every fault as `profile-invalid`, at the line of the offending key or table.
    package init(parsing text: String, file: String) throws(InvalidProfile) {
        let root: StrictTable
        do {
            root = try StrictTable(toml: text, file: file, code: .profileInvalid)
        } catch {
            throw InvalidProfile(diagnostics: [error])
        }
        let profile = Profile(root, hash: SHA256Digest(hashing: Array(text.utf8)))
        guard let profile, root.diagnostics.isEmpty else {
            throw InvalidProfile(diagnostics: root.diagnostics)
        }
        self = profile
    }

    /// `nil` where a fault was reported.
    init?(_ root: StrictTable, hash: SHA256Digest) {
        defer { root.finish() }
        let id = root.parsed("id", expected: Self.identifierHint, Self.identifier)
        let version = root.requiredInteger("version")
        let kind = root.word("kind", of: Kind.self)
        let identify = root.section("identify")
        let identification = identify.flatMap(Identification.init)
        let layout = root.section("read").flatMap(Layout.init)
        let timeTable = root.section("time")
        let time = timeTable.flatMap(TimeRule.init)
        let meter = root.nested("meter").map(Self.meterColumns)
        let series = Self.sections("series", root, SeriesRule.init)
        let quality = root.nested("quality").flatMap(QualityRule.init)
        let reference = root.nested("reference").map(ReferenceRule.init)
        let quarantineLimit = root.nested("check").flatMap(Self.quarantineLimit)
        let tests = Self.sections("test", root, Test.init)
        guard let id, let version, let kind, let identify, let identification, let layout,
            let timeTable, let time, root.diagnostics.isEmpty
        else { return nil }
        self.id = id
        self.version = version
        self.kind = kind
        self.hash = hash
        self.identification = identification
        self.layout = layout
        self.time = time
        self.meter = meter ?? []
        self.series = series
        self.quality = quality
        self.reference = reference ?? ReferenceRule(number: nil, supplier: nil)
        self.quarantineLimit = quarantineLimit ?? ExactDecimal(mantissa: 5, exponent: -2)
        self.tests = tests
        checkColumns(identify)
        checkBehaviours(timeTable)
    }

    static let identifierHint = "write 'publisher.layout'"

    /// Dotted lower-case words.
    static func identifier(_ text: String) -> String? {
        !text.isEmpty && text.utf8.allSatisfy(isIdentifierByte) ? text : nil
    }

    private static func isIdentifierByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        case _: false
        }
    }

    /// The tables of `[[key]]`; at least one.
    static func sections<Value>(
        _ key: String, _ root: StrictTable, _ read: (StrictTable) -> Value?
    ) -> [Value] {
        let tables = root.tables(key)
        if tables.isEmpty {
            root.fault(nil, "the profile has no [[\(key)]]", hint: "write at least one")
        }
        return tables.compactMap(read)
    }

    private static func meterColumns(_ table: StrictTable) -> [String] {
        defer { table.finish() }
        return table.strings("column") ?? []
    }

    static func quarantineLimit(_ table: StrictTable) -> ExactDecimal? {
        defer { table.finish() }
        return table.parsed("quarantine_limit", expected: "write \"0.05\" for 5 % of rows") {
            text in
            let share: ExactDecimal
            do { share = try ExactDecimal(parsing: text) } catch { return nil }
            return !share.isNegative && share < .one && share.exponent >= -4 ? share : nil
        }
    }

    /// Every column that a rule reads must be part of the header, so that a missing column is
    /// found when the layout is matched and not row by row.
    private func checkColumns(_ identify: StrictTable) {
        let required = Set(identification.header)
        let known = required.union(identification.optional)
        if known.count != identification.header.count + identification.optional.count {
            identify.fault(nil, "the header names a column twice")
        }
        let needed = time.columns + meter.prefix(1) + series.flatMap(\.neededColumns)
        let optional =
            meter.dropFirst() + series.flatMap(\.optionalColumns)
            + [quality?.column, reference.number, reference.supplier].compactMap(\.self)
        let unnamed =
            needed.filter { !required.contains($0) } + optional.filter { !known.contains($0) }
        for column in Set(unnamed).sorted() {
            identify.fault(
                nil, "the header of 'identify' does not name the column '\(column)'",
                hint:
                    "add it to 'header'; a column that may be absent needs a fixed value beside it"
            )
        }
    }

    /// A register is read at moments, a quantity belongs to a span.
    private func checkBehaviours(_ time: StrictTable) {
        for rule in series {
            switch (rule.behaviour, self.time.span) {
            case (.cumulative, .moment), (.delta, .ends), (.delta, .label), (.meanPower, .ends),
                (.meanPower, .label):
                continue
            case (.cumulative, .ends), (.cumulative, .label), (.delta, .moment),
                (.meanPower, .moment):
                time.fault(
                    nil, "behaviour '\(rule.behaviour.rawValue)' does not fit the keys of 'time'",
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
