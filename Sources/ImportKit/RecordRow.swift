internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// The fields of the current row, read by the rules of a profile. What it cannot read is thrown and
/// sets the row aside.
struct RecordRow {
    private let profile: RecordProfile
    private let columns: [RecordField: Int]
    private let numbers: CSVNumberReader
    let reader: CSVReader

    init(_ profile: RecordProfile, _ columns: [RecordField: Int], _ reader: CSVReader) {
        self.profile = profile
        self.columns = columns
        self.reader = reader
        numbers = CSVNumberReader(notation: profile.layout.notation)
    }

    var line: Int { reader.line }

    func column(_ field: RecordField) -> Int? { columns[field] }

    /// The text of a field in our words; `nil` where the row states none.
    func text(_ field: RecordField) throws(CSVRowFault) -> String? {
        guard let column = columns[field] else { return profile.fixed[field] }
        let text = reader.text(column)
        guard !text.isEmpty, !profile.layout.missing.contains(text) else {
            return profile.fixed[field]
        }
        guard let words = profile.words[field] else { return text }
        if let word = words[text] { return word }
        throw CSVRowFault(
            .readingTypeUnresolved, column: column,
            "'\(DiagnosticRenderer.quoted(text))' is no word for '\(field.rawValue)' that the "
                + "profile knows",
            hint: "the profile knows "
                + words.keys.sorted().map { "'\($0)'" }.joined(separator: ", "))
    }

    func required(_ field: RecordField) throws(CSVRowFault) -> String {
        if let text = try text(field) { return text }
        throw missing(field)
    }

    func missing(_ field: RecordField) -> CSVRowFault {
        CSVRowFault(
            .valueMissing, column: columns[field], "the row states no \(field.rawValue)")
    }

    func number(_ field: RecordField) throws(CSVRowFault) -> ExactDecimal? {
        guard let text = try text(field) else { return nil }
        do throws(QuantityError) {
            return try numbers.read(text.utf8Span.span)
        } catch {
            throw error == .notADecimal
                ? CSVRowFault(
                    .numberInvalid, column: columns[field],
                    "'\(DiagnosticRenderer.quoted(text))' is no number with the decimal mark of "
                        + "the profile",
                    hint: "a word for 'no value' belongs into 'missing' of the profile")
                : CSVRowFault(
                    .numberOutOfRange, column: columns[field],
                    "'\(DiagnosticRenderer.quoted(text))' has more than 38 digits or an exponent "
                        + "beyond 30",
                    hint: "write the number in plain digits")
        }
    }

    /// A number that a row must state and that cannot be below zero.
    func amount(_ field: RecordField) throws(CSVRowFault) -> ExactDecimal {
        guard let number = try number(field) else { throw missing(field) }
        return try notNegative(number, field)
    }

    func notNegative(
        _ number: ExactDecimal, _ field: RecordField
    ) throws(CSVRowFault) -> ExactDecimal {
        guard !number.isNegative else {
            throw CSVRowFault(
                .consumptionNegative, column: columns[field],
                "the \(field.rawValue) '\(number)' is below zero",
                hint: "a correction is a corrected file, never a negative amount")
        }
        return number
    }

    func date(_ field: RecordField) throws(CSVRowFault) -> CivilDate? {
        guard let text = try text(field) else { return nil }
        if let time = profile.dateFormat.read(text.utf8Span.span) { return time.date }
        throw CSVRowFault(
            .dateInvalid, column: columns[field],
            "'\(DiagnosticRenderer.quoted(text))' is no date of the layout",
            hint: "the profile states the format; dates of another form are not guessed")
    }

    func requiredDate(_ field: RecordField) throws(CSVRowFault) -> CivilDate {
        guard let date = try date(field) else { throw missing(field) }
        return date
    }

    /// Two days, both included.
    func period(
        _ start: RecordField, _ end: RecordField
    ) throws(CSVRowFault) -> ReportingPeriod? {
        switch (try date(start), try date(end)) {
        case (nil, nil): return nil
        case (let first?, let last?):
            guard let period = ReportingPeriod(start: first, end: last.adding(days: 1)) else {
                throw CSVRowFault(
                    .periodReversed, column: columns[end],
                    "the period ends on \(last), before it begins on \(first)")
            }
            return period
        case (_?, nil): throw missing(end)
        case (nil, _?): throw missing(start)
        }
    }

    /// A unit by our symbol or its UN/CEFACT code.
    func unit(of dimension: Dimension? = nil) throws(CSVRowFault) -> Unit {
        let word = try required(.unit)
        guard let unit = UnitCatalog.unit(symbol: word) ?? UnitCatalog.unit(rec20: word) else {
            throw CSVRowFault(
                .unitUnknown, column: columns[.unit],
                "'\(DiagnosticRenderer.quoted(word))' is no unit",
                hint: "write a symbol or a UN/CEFACT code, or name it in [words] of the profile")
        }
        guard let dimension, unit.dimension != dimension else { return unit }
        throw CSVRowFault(
            .unitUnknown, column: columns[.unit], "'\(unit.symbol)' is no unit of \(dimension.name)"
        )
    }

    /// A word of one of our vocabularies.
    func word<Word: RawRepresentable & CaseIterable>(
        _ field: RecordField, of words: Word.Type
    ) throws(CSVRowFault) -> Word where Word.RawValue == String {
        let text = try required(field)
        if let word = Word(rawValue: text) { return word }
        throw CSVRowFault(
            .readingTypeUnresolved, column: columns[field],
            "'\(DiagnosticRenderer.quoted(text))' is no \(field.rawValue)",
            hint: StrictTable.hint(words) + ", or name it in [words] of the profile")
    }
}
