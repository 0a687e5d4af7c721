internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Quantities

/// Maps the elements of UBL to the terms of EN 16931 (CEN/TS 16931-3-2, UBL binding).
struct InvoiceReader {
    let root: XMLElement
    let vocabulary: Vocabulary
    let file: String

    func read() -> ImportedDocument {
        var fields = InvoiceFieldReader(file: file)
        var invoice = header(&fields)
        var faults: [Diagnostic] = []
        var quarantined = 0
        for element in root.aggregates(vocabulary.line) {
            var lineFields = InvoiceFieldReader(file: file)
            let line = line(element, kind: invoice.kind, &lineFields)
            if lineFields.diagnostics.isEmpty {
                invoice.lines.append(line)
            } else {
                faults += lineFields.diagnostics
                quarantined += 1
            }
        }
        return InvoiceChecks.document(
            format: "ubl", file: file, invoice: invoice, headerFaults: fields.diagnostics,
            lineFaults: (faults, quarantined))
    }

    private func header(_ fields: inout InvoiceFieldReader) -> Invoice {
        let supplier = SupplierReader(root.aggregate("AccountingSupplierParty", "Party"))
        let totals = root.aggregate("LegalMonetaryTotal")
        let typeCode = root.value(vocabulary.typeCode)
        return Invoice(
            kind: .init(typeCode: typeCode, isCreditNoteDocument: vocabulary == .creditNote),
            number: root.value("ID") ?? "", typeCode: typeCode,
            issueDate: fields.date(
                root.value("IssueDate"), field("the issue date (BT-2)", root.basic("IssueDate"))),
            currency: root.value("DocumentCurrencyCode"),
            supplier: supplier.name, supplierIdentifiers: supplier.identifiers,
            period: period(root, "BG-14", &fields),
            lineTotal: amount("LineExtensionAmount", "BT-106", totals, &fields),
            taxExclusive: amount("TaxExclusiveAmount", "BT-109", totals, &fields),
            payable: amount("PayableAmount", "BT-115", totals, &fields),
            precedingInvoices: precedingInvoices, lines: [], line: root.line)
    }

    /// BT-25: credit notes too may be preceded by either kind of document.
    private var precedingInvoices: [String] {
        root.aggregates("BillingReference").flatMap { reference in
            ["InvoiceDocumentReference", "CreditNoteDocumentReference"].compactMap {
                reference.aggregate($0)?.value("ID")
            }
        }
    }

    /// Sub-lines of a line are parts of it and are not read.
    private func line(
        _ element: XMLElement, kind: Invoice.Kind, _ fields: inout InvoiceFieldReader
    ) -> Invoice.Line {
        let item = element.aggregate("Item")
        let price = element.aggregate("Price")
        let stated = element.basic(vocabulary.quantity)
        let quantity = fields.decimal(stated?.text, field("the quantity (BT-129)", stated))
        return Invoice.Line(
            identifier: element.value("ID") ?? "", name: item?.value("Name"),
            classifications: classifications(item), quantity: quantity,
            unitCode: stated?.attributes["unitCode"].flatMap { $0.isEmpty ? nil : $0 },
            netAmount: amount("LineExtensionAmount", "BT-131", element, &fields),
            price: amount("PriceAmount", "BT-146", price, &fields),
            priceBase: amount("BaseQuantity", "BT-149", price, &fields),
            period: period(element, "BG-26", &fields),
            ledgerQuantity: quantity.map(kind.ledgerQuantity), line: element.line)
    }

    /// BT-158.
    private func classifications(_ item: XMLElement?) -> [String] {
        (item?.aggregates("CommodityClassification") ?? []).compactMap {
            $0.value("ItemClassificationCode")
        }
    }

    private func amount(
        _ name: String, _ term: String, _ parent: XMLElement?, _ fields: inout InvoiceFieldReader
    ) -> ExactDecimal? {
        let element = parent?.basic(name)
        return fields.decimal(element?.text, field("\(name) (\(term))", element))
    }

    /// The first period with a day in it; periods that only name a tax point state none.
    private func period(
        _ parent: XMLElement, _ term: String, _ fields: inout InvoiceFieldReader
    ) -> Invoice.DatePair? {
        let dated = parent.aggregates("InvoicePeriod").first {
            $0.value("StartDate") != nil || $0.value("EndDate") != nil
        }
        guard let dated else { return nil }
        return Invoice.DatePair(
            start: fields.date(
                dated.value("StartDate"),
                field("the start of the period (\(term))", dated.basic("StartDate"))),
            end: fields.date(
                dated.value("EndDate"),
                field("the end of the period (\(term))", dated.basic("EndDate"))))
    }

    private func field(_ name: String, _ element: XMLElement?) -> InvoiceFieldReader.Field {
        InvoiceFieldReader.Field(name, line: element?.line ?? root.line)
    }
}
