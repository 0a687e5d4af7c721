internal import Inventory

extension Profile.TimeRule {
    init?(_ table: StrictTable) {
        defer { table.finish() }
        let formats = Self.formats(table)
        let hasTime = formats.contains(where: \.hasTime)
        let span = Self.span(table, hasTime: hasTime, isRead: !formats.isEmpty)
        let zone = Self.zone(table, formats)
        isNewestFirst =
            table.word("order", of: Order.self, required: false) == .newestFirst
        days = table.word("dst", of: Days.self, required: false)
        keepsGaps = table.word("gap", of: Gap.self, required: false) == .keep
        separator = table.string("separator")
        if separator == "" { table.fault("separator", "'separator' is empty") }
        shift =
            table.parsed(
                "epoch_shift", required: false, expected: "write 'PT6H' or '-PT1H'", Self.shift)
            ?? 0
        guard !formats.isEmpty, let span, let zone else { return nil }
        self.formats = formats
        self.span = span
        self.zone = zone
    }

    var hasTime: Bool { formats.contains(where: \.hasTime) }

    /// Minutes between the columns of a day; `nil` for other steps.
    static func minutes(ofStep text: String?) -> Int? {
        guard let text, case .seconds(let seconds) = Step(text), seconds % 60 == 0 else {
            return nil
        }
        return Int(seconds / 60)
    }

    private enum Order: String, CaseIterable {
        case oldestFirst = "oldest-first"
        case newestFirst = "newest-first"
    }

    private enum Gap: String, CaseIterable { case keep, refuse }

    private static func formats(_ table: StrictTable) -> [LocalTimeFormat] {
        if !table.has("format") { table.missing("format") }
        var formats: [LocalTimeFormat] = []
        for text in table.strings("format") ?? [] {
            if let format = LocalTimeFormat(text) {
                formats.append(format)
            } else {
                table.fault(
                    "format", "'\(text)' is no format",
                    hint: "write 'iso-8601', or fields such as 'dd-MM-yyyy HH:mm:ss'")
            }
        }
        if Set(formats.map(\.hasTime)).count > 1 {
            table.fault("format", "either all formats hold a time of day, or none")
        }
        return formats
    }

    private static func span(
        _ table: StrictTable, hasTime: Bool, isRead: Bool
    ) -> Span? {
        let both = table.string("span").map { [$0] }
        if table.has("span") != table.has("separator") {
            table.fault(nil, "'span' and 'separator' belong together")
        }
        let start = both ?? table.strings("start")
        let end = both ?? table.strings("end")
        let at = table.strings("at")
        let label = table.word("label", of: Label.self, required: false)
        let step = step(table)
        let isInclusive = table.boolean("end_inclusive") ?? false
        let period = table.word("period", of: Period.self, required: false)
        if let start, let end,
            !["at", "label", "step", "step_column", "period"].contains(where: table.has)
        {
            return .ends(start: start, end: end, isInclusive: isInclusive)
        }
        guard let at, !["start", "end", "end_inclusive", "span"].contains(where: table.has)
        else {
            table.fault(
                nil, "'time' needs either 'start' and 'end', or 'at'",
                hint: "'at' takes 'label' and 'step', or neither for a register")
            return nil
        }
        if period != nil {
            if isRead, hasTime { table.fault("period", "bills need a format of days alone") }
            return .previous(at: at)
        }
        guard ["label", "step", "step_column"].contains(where: table.has) else {
            return .moment(at: at)
        }
        if !table.has("label") { table.missing("label") }
        if !table.has("step"), !table.has("step_column") { table.missing("step") }
        guard let label, let step else { return nil }
        if case .days = step, hasTime {
            table.fault("step", "a step of days needs a format of days alone")
        }
        return .label(at: at, label, step)
    }

    private enum Period: String, CaseIterable { case previousRow = "previous-row" }

    private static func step(_ table: StrictTable) -> Step? {
        let column = table.string("step_column")
        let step = table.parsed(
            "step", required: false, expected: "write 'PT30M', 'P1D' or 'from-times'",
            { $0 == "from-times" ? .fromTimes : Step($0) })
        if table.has("step"), table.has("step_column") {
            table.fault("step_column", "either 'step' or 'step_column'")
        }
        return column.map { .column($0) } ?? step
    }

    private static func zone(_ table: StrictTable, _ formats: [LocalTimeFormat]) -> Zone? {
        guard table.has("zone") else {
            if !formats.allSatisfy(\.hasOffset) { table.missing("zone") }
            return .written
        }
        let zone: Zone? = table.parsed(
            "zone", expected: "write a name such as 'Europe/Amsterdam', 'UTC' or 'facility'",
            {
                if $0 == "facility" { return .facility }
                return LocalTimeZone.isKnown($0) ? .place($0) : nil
            })
        if zone == .facility, formats.contains(where: \.hasOffset) {
            table.fault(
                "zone", "times that may state an offset are not in the zone of the facility")
        }
        return zone
    }

    private static func shift(_ text: String) -> Int64? {
        let isBack = text.hasPrefix("-")
        guard case .seconds(let seconds) = Step(isBack ? String(text.dropFirst()) : text),
            seconds <= 86_400
        else { return nil }
        return isBack ? -seconds : seconds
    }
}

extension Profile.TimeRule.Step {
    /// `PT30M`, `PT1H`, `PT900S` or `P1D`.
    init?(_ text: String) {
        let isTime = text.hasPrefix("PT")
        let count = Int64(text.dropFirst(isTime ? 2 : 1).dropLast()) ?? 0
        guard text.first == "P", (1...86_400).contains(count) else { return nil }
        switch (isTime, text.last) {
        case (true, "H"): self = .seconds(count * 3_600)
        case (true, "M"): self = .seconds(count * 60)
        case (true, "S"): self = .seconds(count)
        case (false, "D"): self = .days(Int(count))
        case _: return nil
        }
    }
}
