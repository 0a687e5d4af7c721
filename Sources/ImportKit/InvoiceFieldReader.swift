package import Diagnostics
package import Inventory
package import Quantities

/// Reads the values of an invoice and collects what is wrong with them.
///
/// An absent value is `nil` and no fault; a value that cannot be read is `nil` and one diagnostic.
package struct InvoiceFieldReader {
    /// Where a value stands and what EN 16931 calls it: `the invoiced quantity (BT-129)`.
    package struct Field {
        package let name: String
        package let line: Int

        package init(_ name: String, line: Int) {
            self.name = name
            self.line = line
        }
    }

    /// The name shown in messages.
    package let file: String
    package private(set) var diagnostics: [Diagnostic] = []

    package init(file: String) { self.file = file }

    /// Reads a number in the notation of `xs:decimal`; `12.` and `-0.00` are numbers.
    package mutating func decimal(_ text: String?, _ field: Field) -> ExactDecimal? {
        guard let text, !text.isEmpty else { return nil }
        do throws(QuantityError) {
            return try ExactDecimal(parsing: text)
        } catch {
            let isTooLong = error == .tooManyDigits || error == .exponentOutOfRange
            report(
                isTooLong ? .numberOutOfRange : .numberInvalid, field,
                "\(field.name) \"\(DiagnosticRenderer.quoted(text))\" is not a decimal number",
                hint: "write digits with a decimal point and without separators, such as 1234.56")
            return nil
        }
    }

    /// Reads `YYYY-MM-DD`; the offset that `xs:date` may carry (`Z`, `+01:00`) is left out, for an
    /// invoice means the day that it prints.
    package mutating func date(_ text: String?, _ field: Field) -> CivilDate? {
        guard let text, !text.isEmpty else { return nil }
        if let date = CivilDate(String(text.prefix(10))), Self.isOffset(text.dropFirst(10)) {
            return date
        }
        report(
            .dateInvalid, field,
            "\(field.name) \"\(DiagnosticRenderer.quoted(text))\" is not a day of the calendar",
            hint: "write the day as YYYY-MM-DD")
        return nil
    }

    private mutating func report(
        _ code: DiagnosticCode, _ field: Field, _ message: String, hint: String
    ) {
        let place = SourceLocation(file: file, line: field.line)
        diagnostics.append(Diagnostic(code, at: place, message, hint: hint))
    }

    private static func isOffset(_ text: Substring) -> Bool {
        let bytes = Array(text.utf8)
        guard let sign = bytes.first else { return true }
        if bytes == [UInt8(ascii: "Z")] { return true }
        guard bytes.count == 6, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"),
            bytes[3] == UInt8(ascii: ":")
        else { return false }
        return [1, 2, 4, 5].allSatisfy { bytes[$0] &- 48 < 10 }
    }
}
