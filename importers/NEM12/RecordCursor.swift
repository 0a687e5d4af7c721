internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// The record at hand, its fields by position.
struct RecordCursor {
    /// Longer identifiers are none; the standard gives a NMI 10 characters, a serial number 12.
    private static let identifierLimit = 40

    private var reader: CSVReader
    private let numbers = CSVNumberReader(notation: .point)

    init(_ reader: CSVReader) { self.reader = reader }

    /// Moves to the next record; rows without content are none.
    mutating func advance() throws(Diagnostic) -> Bool {
        while try reader.advance() {
            if !reader.isBlank { return true }
        }
        return false
    }

    var line: Int { reader.line }
    var count: Int { reader.count }

    /// A field without the spaces around it; empty where the record ends before.
    func text(_ index: Int) -> String { index < reader.count ? reader.text(index) : "" }

    /// The number in a field.
    ///
    /// - Returns: `nil` for an empty field.
    func number(_ index: Int) throws(QuantityError) -> ExactDecimal? {
        guard index < reader.count else { return nil }
        let result = reader.withTrimmedCell(index) { bytes in
            Result { () throws(QuantityError) in
                bytes.isEmpty ? nil : try numbers.read(bytes)
            }
        }
        return try result.get()
    }

    /// Whether all fields from a position on are empty.
    func isEmpty(from index: Int) -> Bool {
        (min(index, count)..<count).allSatisfy { reader.withTrimmedCell($0) { $0.isEmpty } }
    }

    /// A field that names something: printable ASCII, so that no name looks like another.
    func identifier(_ index: Int, _ name: String) throws(Diagnostic) -> String {
        let text = text(index)
        guard !text.isEmpty else {
            throw refusal(.valueMissing, at: index, "the record has no \(name)")
        }
        guard text.utf8.count <= Self.identifierLimit,
            text.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else {
            throw refusal(
                .textSuspicious, at: index,
                "'\(DiagnosticRenderer.quoted(text))' is no \(name)",
                hint: "the standard has letters and digits there")
        }
        return text
    }

    func column(_ index: Int) -> Int? {
        index < reader.count ? reader.location(index).column : nil
    }

    /// A reason not to read the document at all.
    func refusal(
        _ code: DiagnosticCode, at index: Int?, _ message: String, hint: String? = nil
    ) -> Diagnostic {
        Diagnostic(
            code, severity: .error,
            at: SourceLocation(
                file: reader.file, line: reader.line, column: index.flatMap(column)),
            message, hint: hint)
    }
}
