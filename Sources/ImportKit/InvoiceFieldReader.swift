internal import Diagnostics
internal import Documents
internal import Inventory
internal import Quantities

/// Reads the terms of an invoice and collects what is wrong with them.
///
/// A term that is absent or empty is `nil` and no fault; a term that cannot be read, or that stands
/// twice with different contents, is `nil` and one diagnostic.
struct InvoiceFieldReader {
    typealias Term = InvoiceTerms.Term

    /// The name shown in messages.
    let file: String
    let days: InvoiceTerms.DayNotation
    private(set) var diagnostics: [Diagnostic] = []

    init(file: String, days: InvoiceTerms.DayNotation) {
        self.file = file
        self.days = days
    }

    /// The element of a term.
    ///
    /// - Parameter name: What EN 16931 calls it: `the quantity (BT-129)`.
    mutating func sole(_ term: Term, _ name: String) -> XMLElement? {
        let stated = term.filter { !$0.text.isEmpty }
        guard let first = stated.first else { return nil }
        if let other = stated.first(where: {
            $0.text != first.text || $0.attributes != first.attributes
        }) {
            report(
                .xmlStructure, other.line,
                "\(name) stands here as \"\(Self.shown(other))\" and on line \(first.line) as "
                    + "\"\(Self.shown(first))\"",
                hint: "ask the supplier for a document that states it once")
            return nil
        }
        return first
    }

    mutating func text(_ term: Term, _ name: String) -> String? { sole(term, name)?.text }

    /// Reads a number in the notation of `xs:decimal`; `12.` and `-0.00` are numbers.
    mutating func decimal(_ term: Term, _ name: String) -> ExactDecimal? {
        sole(term, name).flatMap { decimal($0, name) }
    }

    /// Reads an amount.
    ///
    /// - Parameter currency: Where a term stands in several currencies, the one to take.
    mutating func amount(_ term: Term, _ name: String, in currency: String?) -> ExactDecimal? {
        let own = term.filter { ($0.attributes["currencyID"] ?? currency) == currency }
        return decimal(own.isEmpty ? term : own, name)
    }

    mutating func decimal(_ element: XMLElement, _ name: String) -> ExactDecimal? {
        do throws(QuantityError) {
            return try ExactDecimal(parsing: element.text)
        } catch {
            let isTooLong = error == .tooManyDigits || error == .exponentOutOfRange
            report(
                isTooLong ? .numberOutOfRange : .numberInvalid, element.line,
                isTooLong
                    ? "\(name) \"\(Self.shown(element))\" has more digits than are read"
                    : "\(name) \"\(Self.shown(element))\" is not a decimal number",
                hint: "write digits with a decimal point and without separators, such as 1234.56")
            return nil
        }
    }

    /// Reads `true`, `false`, `1` or `0`.
    mutating func truth(_ term: Term, _ name: String) -> Bool? {
        guard let element = sole(term, name) else { return nil }
        switch element.text {
        case "true", "1": return true
        case "false", "0": return false
        case _:
            report(
                .xmlStructure, element.line,
                "\(name) \"\(Self.shown(element))\" is neither \"true\" nor \"false\"")
            return nil
        }
    }

    mutating func date(_ term: Term, _ name: String, as edge: InvoiceDay.Edge) -> CivilDate? {
        guard let element = sole(term, name) else { return nil }
        do throws(InvoiceDay.Fault) {
            return try InvoiceDay.read(element, days, as: edge)
        } catch {
            report(
                .dateInvalid, element.line, "\(name) \"\(Self.shown(element))\" \(error.reason)",
                hint: error.hint)
            return nil
        }
    }

    /// - Returns: `nil` where neither end is stated.
    mutating func period(_ period: InvoiceTerms.Period, _ group: String) -> Invoice.DatePair? {
        let isStated = (period.start + period.end).contains { !$0.text.isEmpty }
        let pair = Invoice.DatePair(
            start: date(period.start, "the start of the period (\(group))", as: .first),
            end: date(period.end, "the end of the period (\(group))", as: .last))
        return isStated ? pair : nil
    }

    private mutating func report(
        _ code: DiagnosticCode, _ line: Int, _ message: String, hint: String? = nil
    ) {
        let place = SourceLocation(file: file, line: line)
        diagnostics.append(Diagnostic(code, at: place, message, hint: hint))
    }

    private static func shown(_ element: XMLElement) -> String {
        DiagnosticRenderer.quoted(element.text)
    }
}
