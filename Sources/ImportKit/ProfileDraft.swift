package import Diagnostics
package import Documents
internal import Inventory
internal import Quantities

/// A profile in the making: a sample, and what a person has stated about it.
///
/// It asks and proposes; it never takes a proposal by itself.
package struct ProfileDraft: Sendable {
    let file: String
    let text: DecodedText
    package private(set) var answers: [String: String]

    /// - Parameter answers: By the keys of questions.
    /// - Throws: `encoding-refused` for bytes that are not text in the stated encoding.
    package init(_ document: Document, answers: [String: String]) throws(Diagnostic) {
        file = document.name
        self.answers = answers
        let encoding = answers["encoding"].flatMap { TextEncoding(rawValue: $0) } ?? .utf8
        do {
            text = try DecodedText(decoding: document.bytes, stated: encoding)
        } catch {
            throw Diagnostic(
                .encodingRefused, at: SourceLocation(file: document.name, line: 1),
                "the bytes are not \(encoding.rawValue)",
                hint: "state --encoding: "
                    + TextEncoding.allCases.map(\.rawValue).joined(separator: ", "))
        }
    }

    package mutating func answer(_ key: String, _ answer: String) { answers[key] = answer }

    /// The header and the first five rows, cut by the delimiter that is stated or proposed.
    ///
    /// - Returns: `nil` where the text has no columns.
    package var preview: [[String]]? {
        sample.map { [$0.header] + $0.rows.prefix(5) }
    }

    var sample: ProfileSample? {
        let delimiter = answers["delimiter"] ?? ProfileSample.delimiter(text, file: file)?.answer
        guard let delimiter else { return nil }
        return try? ProfileSample(
            text, file: file, delimiter: delimiter,
            headerLine: answers["header"].flatMap { Int($0) })
    }

    /// What is still to be stated. Questions that follow from others are asked as if what is
    /// proposed held.
    package var questions: [ProfileQuestion] {
        var asked = QuestionList(answers)
        asked.ask(
            ProfileQuestion("id", "what is the profile called? publisher.layout, in lower case")
        ) { Profile.identifier($0) != nil }
        let kind = asked.ask(
            ProfileQuestion("kind", "what are the rows?", choices: ProfileFile.kinds))
        asked.ask(
            ProfileQuestion(
                "delimiter", "what stands between the cells?", choices: ProfileSample.delimiters,
                proposal: ProfileSample.delimiter(text, file: file)))
        guard let sample else {
            if asked.has("delimiter") {
                asked.ask(ProfileQuestion("header", "in which line is the header?")) { _ in false }
            }
            return asked.open
        }
        asked.ask(
            ProfileQuestion(
                "decimal", "what is the decimal mark?", choices: [".", ","],
                proposal: sample.decimalMark))
        if sample.hasPreamble {
            asked.ask(
                ProfileQuestion(
                    "header", "in which line is the header?",
                    proposal: (
                        "\(sample.headerLine)", "it is the first row whose cells are all names"
                    ))
            ) { Int($0) == sample.headerLine }
        }
        guard let kind else { return asked.open }
        if let kind = RecordProfile.Kind(rawValue: kind) {
            askFields(kind, sample, &asked)
        } else {
            askSeries(kind, sample, &asked)
        }
        return asked.open
    }

    // MARK: Meter data

    private func askSeries(_ kind: String, _ sample: ProfileSample, _ asked: inout QuestionList) {
        let columns = sample.header
        let behaviour = asked.ask(
            ProfileQuestion(
                "behaviour", "what is each quantity: of its period, a register, or a mean power?",
                choices: ReadingBehaviour.allCases.map(\.rawValue)))
        var span = "label"
        if behaviour == ReadingBehaviour.cumulative.rawValue {
            span = "moment"
        } else if kind != Profile.Kind.fuel.rawValue {
            span =
                asked.ask(
                    ProfileQuestion(
                        "span", "do rows state both ends of their period, or one label?",
                        choices: ["ends", "label"])) ?? ""
        }
        askTimes(kind, span, sample, &asked)
        asked.ask(
            ProfileQuestion(
                "meter", "which column names the meter or tank?", choices: columns + ["none"]))
        let quantity = asked.ask(
            ProfileQuestion("quantity", "which column is the quantity?", choices: columns))
        let hint = " (or column:NAME)"
        asked.ask(
            ProfileQuestion(
                "unit", "what is the unit of the quantity?" + hint,
                proposal: quantity.flatMap(ProfileSample.unit))
        ) { isColumn($0, sample) || UnitCatalog.unit(symbol: $0) != nil }
        asked.ask(
            ProfileQuestion(
                "carrier", "what is measured?" + hint, choices: Carrier.allCases.map(\.rawValue))
        ) { isColumn($0, sample) || Carrier(rawValue: $0) != nil }
        asked.ask(
            ProfileQuestion(
                "direction", "which way does it flow, seen from the facility?" + hint,
                choices: FlowDirection.allCases.map(\.rawValue))
        ) { isColumn($0, sample) || FlowDirection(rawValue: $0) != nil }
    }

    private func askTimes(
        _ kind: String, _ span: String, _ sample: ProfileSample, _ asked: inout QuestionList
    ) {
        let joined = " (two columns: Date+Time)"
        func column(_ key: String, _ text: String) -> [String]? {
            asked.ask(ProfileQuestion(key, text + joined, choices: sample.header)) {
                Self.columns($0, sample) != nil
            }.flatMap { Self.columns($0, sample) }
        }
        let isEnds = span == "ends"
        guard !span.isEmpty,
            let first = column(
                isEnds ? "start" : "at", isEnds ? "where is the start?" : "where is the time?")
        else { return }
        let last = isEnds ? column("end", "where is the end?") : nil
        let format = asked.ask(
            ProfileQuestion(
                "format", "how are times written? such as dd-MM-yyyy HH:mm",
                choices: sample.formats(first), proposal: sample.format(first))
        ) { LocalTimeFormat($0) != nil }
        guard let format, let reader = LocalTimeFormat(format) else { return }
        if isEnds, let last, !reader.hasTime {
            asked.ask(
                ProfileQuestion(
                    "inclusive", "does the last day belong to the period?", choices: ["yes", "no"],
                    proposal: sample.isInclusive(start: first, end: last, format: format)))
        }
        if span == "label", kind != Profile.Kind.fuel.rawValue {
            asked.ask(
                ProfileQuestion(
                    "label", "does the time stand for the start or the end of the interval?",
                    choices: ["start", "end"]))
            asked.ask(
                ProfileQuestion(
                    "step", "how long is an interval? PT15M, PT1H, P1D",
                    proposal: sample.step(first, format: format))
            ) { Profile.TimeRule.Step($0) != nil }
        }
        if !reader.hasOffset {
            asked.ask(
                ProfileQuestion(
                    "zone",
                    "in which time zone? such as Europe/Amsterdam"
                        + (reader.hasTime ? "" : ", or facility"))
            ) { LocalTimeZone(identifier: $0) != nil || $0 == "facility" && !reader.hasTime }
        }
    }

    private func isColumn(_ answer: String, _ sample: ProfileSample) -> Bool {
        Self.column(answer).map(sample.header.contains) ?? false
    }

    /// The name in `column:NAME`.
    static func column(_ answer: String) -> String? {
        answer.hasPrefix("column:") ? String(answer.dropFirst(7)) : nil
    }

    /// One column, or several joined with `+`.
    static func columns(_ answer: String, _ sample: ProfileSample) -> [String]? {
        if sample.header.contains(answer) { return [answer] }
        let names = answer.split(separator: "+").map(String.init)
        return names.count > 1 && names.allSatisfy(sample.header.contains) ? names : nil
    }

    // MARK: Other rows

    private func askFields(
        _ kind: RecordProfile.Kind, _ sample: ProfileSample, _ asked: inout QuestionList
    ) {
        var dates: [String] = []
        for field in kind.required + kind.optional {
            let isRequired = kind.required.contains(field)
            let same = sample.header.first { $0.lowercased() == field.rawValue }
            let proposal: (answer: String, reason: String)? =
                same.map { ("column:\($0)", "a column has this name") }
                ?? (isRequired ? nil : ("none", "no column has this name"))
            let answer = asked.ask(
                ProfileQuestion(
                    field.rawValue,
                    "what states '\(field.rawValue)'? column:NAME, value:TEXT"
                        + (isRequired ? "" : ", or none"), proposal: proposal,
                    option: "--field \(field.rawValue)=…")
            ) { isColumn($0, sample) || $0.hasPrefix("value:") || !isRequired && $0 == "none" }
            if field.isDate, let column = answer.flatMap(Self.column) { dates.append(column) }
        }
        guard let first = dates.first else { return }
        asked.ask(
            ProfileQuestion(
                "format", "how are days written? such as dd-MM-yyyy",
                choices: sample.formats([first]), proposal: sample.format([first]))
        ) { LocalTimeFormat($0)?.hasTime == false }
    }
}

extension RecordField {
    var isDate: Bool {
        switch self {
        case .date, .lastDay, .productionStart, .productionEnd, .cancelled, .useStart, .useEnd,
            .month:
            true
        case .facility, .reference, .quantity, .unit, .supplier, .number, .line, .item,
            .classification, .currency, .netAmount, .equipment, .refrigerant, .reason, .added,
            .recovered, .charge, .technician, .certificate, .registry, .serials, .technology,
            .country, .beneficiary, .serialFrom, .serialTo, .provider, .service, .region, .account,
            .scope1, .scope2Location, .scope2Market, .scope3, .gwpValueSet:
            false
        }
    }
}

/// Collects the questions that are open.
struct QuestionList {
    private let answers: [String: String]
    private(set) var open: [ProfileQuestion] = []

    init(_ answers: [String: String]) { self.answers = answers }

    func has(_ key: String) -> Bool { answers[key] != nil }

    /// Asks unless there is an answer that fits.
    ///
    /// - Returns: The answer, else the proposal, so that later questions can be found.
    @discardableResult
    mutating func ask(
        _ question: ProfileQuestion, where isValid: ((String) -> Bool)? = nil
    ) -> String? {
        guard let answer = answers[question.key] else {
            open.append(question)
            return question.proposal
        }
        let fits = isValid ?? { question.choices.contains($0) }
        guard fits(answer) else {
            open.append(ProfileQuestion(question, problem: "'\(answer)' is no answer"))
            return nil
        }
        return answer
    }
}
