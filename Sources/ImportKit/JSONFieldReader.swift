package import Diagnostics
package import Documents
package import Inventory
package import Quantities

/// Reads the values of a JSON declaration and collects what is wrong with them.
///
/// An absent value is `nil` and no fault; a value that cannot be read is `nil` and one diagnostic.
package struct JSONFieldReader {
    private let file: String
    package private(set) var diagnostics: [Diagnostic] = []
    /// Values of the footprint itself that were set aside.
    package private(set) var quarantined = 0

    package init(file: String) { self.file = file }

    /// A decimal, written as a number or as a string.
    package mutating func decimal(_ node: JSONNode?, _ name: String) -> ExactDecimal? {
        guard let node else { return nil }
        guard let digits = node.digits else {
            setAside(.numberInvalid, node, "\(name) is not a number")
            return nil
        }
        do throws(QuantityError) {
            return try ExactDecimal(parsing: digits)
        } catch {
            let isTooLong = error == .tooManyDigits || error == .exponentOutOfRange
            setAside(
                isTooLong ? .numberOutOfRange : .numberInvalid, node,
                "\(name) \"\(DiagnosticRenderer.quoted(digits))\" is not a decimal number")
            return nil
        }
    }

    /// The day of a date or of a moment in time, as written.
    package mutating func day(_ node: JSONNode?, _ name: String) -> CivilDate? {
        guard let node else { return nil }
        let text = node.text ?? ""
        let rest = text.dropFirst(10)
        if let day = CivilDate(String(text.prefix(10))), rest.isEmpty || rest.first == "T" {
            return day
        }
        warn(
            .dateInvalid, node,
            "\(name) \"\(DiagnosticRenderer.quoted(text))\" is not a day of the calendar",
            hint: "ask the publisher for the day as YYYY-MM-DD")
        return nil
    }

    /// Something a person must look at; nothing is set aside.
    package mutating func warn(
        _ code: DiagnosticCode, _ node: JSONNode, _ message: String, hint: String
    ) {
        diagnostics.append(
            Diagnostic(code, severity: .warning, at: place(node), message, hint: hint))
    }

    /// Asks what a declaration is about, where the document does not say it.
    ///
    /// - Parameter stated: Amount and unit as the document has them.
    package mutating func warnOfDeclaredUnit(_ node: JSONNode, stated: [String?]) {
        let text = stated.compactMap(\.self).filter { !$0.isEmpty }.joined(separator: " ")
        warn(
            .declaredUnitUnresolved, node,
            "the declared unit '\(DiagnosticRenderer.quoted(text))' is no positive amount of a "
                + "unit we know",
            hint: "state it when you import: tonne import FILE --declared-unit '1 kg'")
    }

    /// Leaves out an amount that cannot be read.
    package mutating func setAside(
        _ code: DiagnosticCode, _ node: JSONNode, _ message: String,
        hint: String = "ask the publisher for the amount as a decimal number, such as 1.25"
    ) {
        quarantined += 1
        diagnostics.append(
            Diagnostic(code, severity: .error, at: place(node), message, hint: hint))
    }

    package func place(_ node: JSONNode) -> SourceLocation {
        SourceLocation(file: file, line: node.line, column: node.column)
    }
}
