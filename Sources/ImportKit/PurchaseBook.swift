internal import Diagnostics
internal import Inventory
internal import Quantities

/// Collects the rows of purchases into one document a supplier and number, in the order of the
/// file, so that they go the way of invoice lines.
struct PurchaseBook {
    private struct Key: Hashable {
        let supplier: String
        let number: String
    }

    private var places: [Key: Int] = [:]
    private(set) var invoices: [Invoice] = []

    mutating func add(_ row: RecordRow) throws(CSVRowFault) {
        let key = Key(supplier: try row.required(.supplier), number: try row.required(.number))
        let currency = try row.text(.currency)
        let line = try Self.line(row, currency: currency)
        guard let place = places[key] else {
            places[key] = invoices.count
            invoices.append(
                Invoice(
                    kind: .purchaseRecord, number: key.number, typeCode: nil,
                    issueDate: line.period?.start, currency: currency, supplier: key.supplier,
                    period: nil, lineTotal: nil, taxExclusive: nil, payable: nil, lines: [line],
                    line: row.line))
            return
        }
        guard invoices[place].currency == currency else {
            throw CSVRowFault(
                .currencyUnknown, column: row.column(.currency),
                "'\(DiagnosticRenderer.quoted(key.number))' is in two currencies",
                hint: "a document has one currency: give the lines of the other a number of theirs")
        }
        invoices[place].lines.append(line)
    }

    private static func line(
        _ row: RecordRow, currency: String?
    ) throws(CSVRowFault) -> Invoice.Line {
        let unit = try row.unit()
        guard let code = unit.rec20.first else {
            throw CSVRowFault(
                .unitUnknown, column: row.column(.unit),
                "'\(unit.symbol)' has no code of UN/CEFACT Recommendation 20, by which rules match")
        }
        guard let quantity = try row.number(.quantity) else { throw row.missing(.quantity) }
        let amount = try row.number(.netAmount)
        if amount != nil, currency == nil { throw row.missing(.currency) }
        let first = try row.requiredDate(.date)
        let last = try row.date(.lastDay) ?? first
        guard first <= last else {
            throw CSVRowFault(
                .periodReversed, column: row.column(.lastDay),
                "the period ends on \(last), before it begins on \(first)")
        }
        return Invoice.Line(
            identifier: try row.required(.line), name: try row.required(.item),
            classifications: try row.text(.classification).map { [$0] } ?? [], quantity: quantity,
            unitCode: code, netAmount: amount, period: .init(start: first, end: last),
            ledgerQuantity: Invoice.Kind.purchaseRecord.ledgerQuantity(quantity), line: row.line)
    }

    /// The checks of invoices that fit a purchase: it need not state what an invoice must.
    static func findings(_ invoice: Invoice, _ file: String) -> [Diagnostic] {
        InvoiceChecks.currency(invoice, file) + InvoiceChecks.duplicateIdentifiers(invoice, file)
    }
}
