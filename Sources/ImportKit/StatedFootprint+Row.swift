internal import Diagnostics
internal import Inventory
internal import Quantities

extension StatedFootprint {
    /// Reads a row. Figures that are absent are not zero; one must be there.
    init(_ row: RecordRow) throws(CSVRowFault) {
        month = try Self.month(row)
        provider = try row.required(.provider)
        facility = try row.required(.facility)
        service = try row.required(.service)
        region = try row.text(.region)
        account = try row.text(.account)
        gwpValueSet = try row.word(.gwpValueSet, of: GWPValueSet.self)
        let unit = try row.unit(of: .mass)
        var values: [Value] = []
        for figure in Figure.allCases {
            guard let number = try row.number(figure.field) else { continue }
            let mass = Quantity(try row.notNegative(number, figure.field), unit)
            values.append(Value(figure: figure, mass: mass))
        }
        guard !values.isEmpty else {
            throw CSVRowFault(.valueMissing, column: nil, "the row states no emission")
        }
        self.values = values
        line = row.line
    }

    /// `2025-01`, or the first day of the month as the layout writes days.
    private static func month(_ row: RecordRow) throws(CSVRowFault) -> CalendarMonth {
        if let month = CalendarMonth(try row.required(.month)) { return month }
        let date = try row.requiredDate(.month)
        guard date.day == 1 else {
            throw CSVRowFault(
                .dateInvalid, column: row.column(.month), "\(date) does not begin a month",
                hint: "write 2025-01, or the first day of the month")
        }
        return date.calendarMonth
    }

    /// A provider that states its electricity by one method only leaves it out of the other total.
    static func oneSided(_ records: [StatedRecord], _ file: String) -> [Diagnostic] {
        var seen: [Figure: Int] = [:]
        for case .footprint(let footprint) in records {
            for value in footprint.values where seen[value.figure] == nil {
                seen[value.figure] = footprint.line
            }
        }
        let pairs: [(stated: Figure, absent: Figure, method: String)] = [
            (.scope2Market, .scope2Location, "location"),
            (.scope2Location, .scope2Market, "market"),
        ]
        return pairs.compactMap { pair in
            guard let line = seen[pair.stated], seen[pair.absent] == nil else { return nil }
            return Diagnostic(
                .valueMissing, severity: .warning, at: SourceLocation(file: file, line: line),
                "the provider states no \(pair.method)-based figure for its electricity",
                hint: "the \(pair.method)-based total lacks it; ask the provider for both")
        }
    }
}
