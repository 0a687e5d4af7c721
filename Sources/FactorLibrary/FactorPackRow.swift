internal import Diagnostics
internal import Inventory
internal import Quantities

/// Reads the typed values of one row and collects what is wrong with them.
struct FactorPackRow {
    let table: ColumnTable
    private(set) var problems: [Diagnostic] = []

    init(_ table: ColumnTable) { self.table = table }

    func text(_ column: FactorPackColumn) -> String { table.text(column.rawValue) }

    /// The content; a problem and an empty text where there is none.
    mutating func required(_ column: FactorPackColumn) -> String {
        let content = text(column)
        if content.isEmpty {
            refuse(
                .valueMissing, column, "the column '\(column.rawValue)' is empty",
                hint: "a factor without it is refused; see the schema of factor packs")
        }
        return content
    }

    func optional(_ column: FactorPackColumn) -> String? {
        let content = text(column)
        return content.isEmpty ? nil : content
    }

    /// The words of a list, separated by semicolons.
    func list(_ column: FactorPackColumn) -> [String] {
        text(column).split(separator: ";").map { String($0.trimmingSpaces) }
    }

    mutating func date(_ column: FactorPackColumn, isRequired: Bool) -> CivilDate? {
        let content = isRequired ? required(column) : text(column)
        guard !content.isEmpty else { return nil }
        guard let date = CivilDate(content) else {
            refuse(
                .dateInvalid, column, "'\(DiagnosticRenderer.quoted(content))' is not a day",
                hint: "write YYYY-MM-DD")
            return nil
        }
        return date
    }

    mutating func decimal(_ column: FactorPackColumn, isRequired: Bool) -> ExactDecimal? {
        let content = isRequired ? required(column) : text(column)
        guard !content.isEmpty else { return nil }
        do throws(QuantityError) {
            return try ExactDecimal(parsing: content)
        } catch {
            refuse(
                .numberInvalid, column,
                "'\(DiagnosticRenderer.quoted(content))' is not a decimal number",
                hint: "write digits with a decimal point and without grouping, such as 1052.114")
            return nil
        }
    }

    mutating func unit(_ column: FactorPackColumn) -> Unit? {
        let content = required(column)
        guard !content.isEmpty else { return nil }
        guard let unit = UnitCatalog.unit(symbol: content) else {
            refuse(
                .unitUnknown, column, "no unit is named '\(DiagnosticRenderer.quoted(content))'",
                hint: Self.unitHint(content))
            return nil
        }
        return unit
    }

    /// One word of a closed list.
    mutating func choice<Choice: RawRepresentable & CaseIterable>(
        _ column: FactorPackColumn, of _: Choice.Type, isRequired: Bool
    ) -> Choice? where Choice.RawValue == String {
        let content = isRequired ? required(column) : text(column)
        guard !content.isEmpty else { return nil }
        return parse(content, column)
    }

    mutating func modules() -> [LifeCycleModule] {
        var modules: [LifeCycleModule] = []
        for word in list(.modules) {
            if let module: LifeCycleModule = parse(word, .modules) { modules.append(module) }
        }
        return modules
    }

    /// `yes`, `no`, or nothing for no.
    mutating func truth(_ column: FactorPackColumn) -> Bool {
        let answer = choice(column, of: Answer.self, isRequired: false)
        return answer == .yes
    }

    mutating func activity() -> ActivityCode? {
        let content = required(.activity)
        guard !content.isEmpty else { return nil }
        guard let activity = ActivityCode(content) else {
            refuse(
                .factorInvalid, .activity,
                "'\(DiagnosticRenderer.quoted(content))' is no name of an activity",
                hint: "write lower-case letters, digits and hyphens, such as natural-gas")
            return nil
        }
        return activity
    }

    mutating func substance() -> Substance? {
        let content = required(.substance)
        guard !content.isEmpty else { return nil }
        guard let substance = Substance(content) else {
            let isUnnamedSet = content == "CO2e" || content.hasPrefix("CO2e@")
            refuse(
                .factorInvalid, .substance,
                isUnnamedSet
                    ? "'\(DiagnosticRenderer.quoted(content))' names no known set of potentials"
                    : "'\(DiagnosticRenderer.quoted(content))' is no name of a gas",
                hint: isUnnamedSet
                    ? "write CO2e@AR4, CO2e@AR5, CO2e@AR5-CCF or CO2e@AR6, as the publisher does"
                    : "write CO2, CO2-biogenic, CH4, N2O, HFC-134a … or CO2e@AR5")
            return nil
        }
        return substance
    }

    mutating func refuse(
        _ code: DiagnosticCode, _ column: FactorPackColumn, _ message: String, hint: String
    ) {
        problems.append(
            Diagnostic(code, at: table.location(column.rawValue), message, hint: hint))
    }

    private enum Answer: String, CaseIterable { case yes, no }

    private mutating func parse<Choice: RawRepresentable & CaseIterable>(
        _ word: String, _ column: FactorPackColumn
    ) -> Choice? where Choice.RawValue == String {
        guard let choice = Choice(rawValue: word) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            refuse(
                .factorInvalid, column,
                "'\(DiagnosticRenderer.quoted(word))' is not known as \(column.rawValue)",
                hint: "write one of \(words)")
            return nil
        }
        return choice
    }

    /// Names the units that an ambiguous word may mean: a guess would be off by a tenth or more.
    private static func unitHint(_ symbol: String) -> String {
        switch symbol.lowercased() {
        case "ton", "tons":
            "write t (1 000 kg), short ton (907.18474 kg) or long ton (1 016.0469088 kg)"
        case "ton-mile", "ton-miles":
            "write t.km, short ton-mile or long ton-mile"
        case "gal", "gallon", "gallons": "write gal (US) or gal (UK)"
        case _: "write the symbol of a known unit, such as kWh, MMBtu, L, m3, t, t.km"
        }
    }
}

extension Substring {
    /// The text without spaces at both ends.
    var trimmingSpaces: Substring {
        let start = drop { $0 == " " }
        guard let last = start.lastIndex(where: { $0 != " " }) else { return start }
        return start[...last]
    }
}
