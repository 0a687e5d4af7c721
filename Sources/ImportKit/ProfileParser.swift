internal import Diagnostics
internal import Documents
internal import Hashing
internal import Inventory
internal import Quantities

extension Profile {
    /// Reads the TOML text of a profile.
    ///
    /// - Parameters:
    ///   - file: The name that messages show.
    ///   - bases: The texts of the profiles that it may extend, by their id.
    /// - Throws: every fault as `profile-invalid`, at the line of the offending key or table.
    package init(
        parsing text: String, file: String, bases: [String: String] = [:]
    ) throws(InvalidProfile) {
        let (root, hash) = try Self.root(text, file: file, bases: bases)
        let profile = Profile(root, hash: hash)
        guard let profile, root.diagnostics.isEmpty else {
            throw InvalidProfile(diagnostics: root.diagnostics)
        }
        self = profile
    }

    /// The tables of a profile with what they take over, and the hash of all of it.
    static func root(
        _ text: String, file: String, bases: [String: String]
    ) throws(InvalidProfile) -> (StrictTable, SHA256Digest) {
        var hashed = text
        do {
            let root = try StrictTable(toml: text, file: file, code: .profileInvalid)
            if let base = root.string("extends") {
                hashed += bases[base] ?? ""
                try inherit(root, from: base, bases)
            }
            return (root, SHA256Digest(hashing: Array(hashed.utf8)))
        } catch {
            throw InvalidProfile(diagnostics: [error])
        }
    }

    /// One level: what a profile means is to be found in two files at most.
    private static func inherit(
        _ root: StrictTable, from base: String, _ bases: [String: String]
    ) throws(Diagnostic) {
        guard let text = bases[base] else {
            root.fault("extends", "there is no profile '\(DiagnosticRenderer.quoted(base))'")
            return
        }
        let table = try StrictTable(toml: text, file: base, code: .profileInvalid)
        if table.has("extends") {
            root.fault(
                "extends", "'\(base)' extends another profile itself",
                hint: "extend that one: inheritance has one level")
            return
        }
        root.inherit(from: table, except: ["id", "version", "extends", "identify", "test"])
        if !root.states("identify") {
            root.inherit(from: table, except: ["id", "version", "extends", "test"])
        }
    }

    /// `nil` where a fault was reported.
    init?(_ root: StrictTable, hash: SHA256Digest) {
        defer { root.finish() }
        let id = root.parsed("id", expected: Self.identifierHint, Self.identifier)
        let version = root.requiredInteger("version")
        let kind = root.word("kind", of: Kind.self)
        let timeTable = root.section("time")
        let time = timeTable.flatMap(TimeRule.init)
        let step = TimeRule.minutes(ofStep: timeTable.flatMap { $0.string("step") })
        let identify = root.section("identify")
        let identification = identify.flatMap { Identification($0, step: step) }
        let layout = root.section("read").flatMap(Layout.init)
        let preamble = root.nested("preamble").flatMap(Preamble.init)
        let sections = root.nested("sections").flatMap(Sections.init)
        let meter = root.nested("meter").map(Self.meterColumns)
        let series = Self.sections("series", root) { SeriesRule($0, step: step) }
        let quality = root.nested("quality").flatMap { QualityRule($0, step: step) }
        let reference = root.nested("reference").map(ReferenceRule.init)
        let check = root.nested("check").map(CheckRule.init)
        let preferredUnit = root.nested("choose").flatMap(Self.preferredUnit)
        let tests = Self.sections("test", root, Test.init)
        guard let id, let version, let kind, let identify, let identification, let layout,
            let timeTable, let time, root.diagnostics.isEmpty
        else { return nil }
        self.id = id
        self.version = version
        self.kind = kind
        self.hash = hash
        base = root.string("extends").map { Base(id: $0, isReplaced: !root.states("identify")) }
        self.identification = identification
        self.preamble = preamble
        self.sections = sections
        self.layout = layout
        self.time = time
        self.meter = meter ?? []
        self.series = series
        self.quality = quality
        self.reference = reference ?? ReferenceRule(number: nil, supplier: nil)
        self.check = check ?? .standard
        self.preferredUnit = preferredUnit
        self.tests = tests
        checkColumns(identify)
        checkBehaviours(timeTable)
        checkDays(timeTable)
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

    private static func preferredUnit(_ table: StrictTable) -> Unit? {
        defer { table.finish() }
        return table.parsed(
            "prefer_unit", expected: "write a symbol such as kWh", { UnitCatalog.unit(symbol: $0) })
    }

    /// Every column that a rule reads must be part of the header, so that a missing column is
    /// found when the layout is matched and not row by row.
    private func checkColumns(_ identify: StrictTable) {
        let header = identification.required + identification.optional
        if Set(header).count != header.count {
            identify.fault(nil, "the header names a column twice")
        }
        let labels = preamble.map { ($0.labels, $0.optional) } ?? ([], [])
        let tables = sections == nil ? [] : [Sections.number, Sections.header]
        let required = Set(identification.required + labels.0.map { "@" + $0 } + tables)
        let known = required.union(identification.optional + labels.1.map { "@" + $0 })
        let needed =
            time.columns + (meter.count == 1 ? meter.filter { !$0.hasPrefix("@") } : [])
            + series.flatMap(\.neededColumns)
            + identification.cells.keys
        let optional =
            meter + series.flatMap(\.optionalColumns) + (quality?.columns ?? [])
            + time.optionalColumns + layout.ignored.keys
            + [reference.number, reference.supplier, check.totalColumn].compactMap(\.self)
        let unnamed =
            needed.filter { !required.contains($0) } + optional.filter { !known.contains($0) }
        for column in Set(unnamed).sorted() {
            identify.fault(
                nil, "the header of 'identify' does not name the column '\(column)'",
                hint: column.hasPrefix("@")
                    ? "add the label to 'labels' of [preamble]"
                    : "add it to 'header'; a column that may be absent needs a fixed value"
            )
        }
        if sections != nil, case .row = identification.header {
        } else if sections != nil {
            identify.fault(nil, "[sections] needs 'header_row' and 'names' in [identify]")
        }
    }

    /// A register is read at moments, a quantity belongs to a span.
    private func checkBehaviours(_ time: StrictTable) {
        for rule in series {
            switch (rule.behaviour, self.time.span) {
            case (.cumulative, .moment), (.delta, .ends), (.delta, .label), (.delta, .previous),
                (.meanPower, .ends), (.meanPower, .label):
                continue
            case (.cumulative, .ends), (.cumulative, .label), (.cumulative, .previous),
                (.delta, .moment), (.meanPower, .moment), (.meanPower, .previous):
                time.fault(
                    nil, "behaviour '\(rule.behaviour.rawValue)' does not fit the keys of 'time'",
                    hint: "a register has 'at' alone; a quantity has 'start' and 'end', or 'at', "
                        + "'label' and 'step'")
            }
        }
    }

    /// A row with the slots of a day needs to say how it meets a change of the clock.
    private func checkDays(_ table: StrictTable) {
        let counts = Set(series.map(\.quantity.count))
        guard counts != [1] else {
            if case .label(_, _, .seconds) = time.span, !time.hasTime {
                table.fault("step", "a step of '\(table.string("step") ?? "")' needs times")
            }
            if time.days != nil { table.fault("dst", "'dst' is for rows that hold a day") }
            return
        }
        guard counts.count == 1, case .label(_, _, .seconds) = time.span else {
            table.fault(
                nil, "several quantity columns are the slots of a day",
                hint: "write 'at' with days alone, 'label' and a 'step' such as 'PT30M'; "
                    + "as many columns in each series")
            return
        }
        let slots = quality?.columns.count ?? 1
        if slots != 1, !counts.contains(slots) {
            table.fault(nil, "[quality] has \(slots) columns for \(counts) slots")
        }
        if time.days == .elapsed, time.zone == .facility {
            table.fault("dst", "how long a day is depends on the zone: state it")
        }
        if time.days == nil, time.zone != .place("UTC") {
            table.fault(
                nil, "'dst' is missing in [time]",
                hint: "\"elapsed\": the day has 46 or 50 half-hours; \"labels\": always 48")
        }
    }
}

extension Profile.TimeRule {
    var columns: [String] {
        switch span {
        case .ends(let start, let end, _): start + end
        case .label(let at, _, _), .moment(let at), .previous(let at): at
        }
    }

    var optionalColumns: [String] {
        if case .label(_, _, .column(let column)) = span { return [column] }
        return []
    }
}

extension Profile.SeriesRule {
    /// Columns without which the series cannot be read.
    var neededColumns: [String] {
        let words = [
            unit.fixed == nil ? unit.column : nil, carrier.fixed == nil ? carrier.column : nil,
            direction.fixed == nil ? direction.column : nil, factor,
        ]
        return (isOptional ? [] : quantity) + filter.keys.sorted() + words.compactMap(\.self)
    }

    var optionalColumns: [String] {
        quantity
            + [unit.column, carrier.column, direction.column, channel.column, deltas]
            .compactMap(\.self)
    }
}
