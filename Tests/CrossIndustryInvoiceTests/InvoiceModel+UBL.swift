internal import Documents

extension InvoiceModel {
    var universalBusinessLanguage: Document {
        let root = isCreditNoteDocument ? "CreditNote" : "Invoice"
        let schema = "urn:oasis:names:specification:ubl:schema:xsd:"
        let quantity = isCreditNoteDocument ? "CreditedQuantity" : "InvoicedQuantity"
        let text = """
            <\(root) xmlns="\(schema)\(root)-2" xmlns:cac="\(schema)CommonAggregateComponents-2" \
            xmlns:cbc="\(schema)CommonBasicComponents-2">
            <cbc:ID>\(number)</cbc:ID><cbc:IssueDate>\(issued)</cbc:IssueDate>
            <cbc:\(root)TypeCode>\(typeCode)</cbc:\(root)TypeCode>
            <cbc:DocumentCurrencyCode>\(currency)</cbc:DocumentCurrencyCode>
            \(Self.invoicePeriod(period))
            \(precedingInvoices.map(Self.reference).joined())
            <cac:AccountingSupplierParty><cac:Party>
            <cac:PartyIdentification><cbc:ID>\(sellerIdentifier)</cbc:ID></cac:PartyIdentification>
            \(Self.basic("Name", tradingName, in: "PartyName"))
            <cac:PartyTaxScheme><cbc:CompanyID>\(vatIdentifier)</cbc:CompanyID>\
            <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
            <cac:PartyLegalEntity><cbc:RegistrationName>\(legalName)</cbc:RegistrationName>\
            <cbc:CompanyID>\(registration)</cbc:CompanyID></cac:PartyLegalEntity>
            </cac:Party></cac:AccountingSupplierParty>
            \(allowanceCharges.map { allowanceCharge($0) }.joined())
            \(taxes.map(Self.tax).joined())
            <cac:LegalMonetaryTotal>
            \(amount("LineExtensionAmount", lineTotal))\(amount("TaxExclusiveAmount", taxExclusive))
            \(amount("TaxInclusiveAmount", taxInclusive))
            \(amount("AllowanceTotalAmount", allowanceTotal))
            \(amount("ChargeTotalAmount", chargeTotal))\(amount("PrepaidAmount", prepaid))
            \(amount("PayableRoundingAmount", rounding))\(amount("PayableAmount", payable))
            </cac:LegalMonetaryTotal>
            \(lines.map { lineText($0, root, quantity) }.joined(separator: "\n"))
            </\(root)>
            """
        return Document(name: "ubl.xml", bytes: Array(text.utf8))
    }

    private func lineText(_ line: Line, _ root: String, _ quantity: String) -> String {
        let unit = line.priceBaseUnit.isEmpty ? "" : " unitCode=\"\(line.priceBaseUnit)\""
        let base =
            line.priceBase.isEmpty
            ? "" : "<cbc:BaseQuantity\(unit)>\(line.priceBase)</cbc:BaseQuantity>"
        let classifications = line.classifications.map { scheme, code in
            let list = scheme.isEmpty ? "" : " listID=\"\(scheme)\""
            return "<cac:CommodityClassification><cbc:ItemClassificationCode\(list)>\(code)"
                + "</cbc:ItemClassificationCode></cac:CommodityClassification>"
        }
        return """
            <cac:\(root)Line><cbc:ID>\(line.identifier)</cbc:ID>
            <cbc:\(quantity) unitCode="\(line.unit)">\(line.quantity)</cbc:\(quantity)>
            \(amount("LineExtensionAmount", line.net))\(Self.invoicePeriod(line.period))
            \(line.allowanceCharges.map { allowanceCharge($0) }.joined())
            <cac:Item><cbc:Name>\(Self.escaped(line.name))</cbc:Name>\
            \(classifications.joined())</cac:Item>
            <cac:Price>\(amount("PriceAmount", line.price))\(base)</cac:Price></cac:\(root)Line>
            """
    }

    private func amount(_ name: String, _ value: String) -> String {
        value.isEmpty ? "" : "<cbc:\(name) currencyID=\"\(currency)\">\(value)</cbc:\(name)>"
    }

    private func allowanceCharge(_ stated: (isCharge: Bool, amount: String)) -> String {
        "<cac:AllowanceCharge><cbc:ChargeIndicator>\(stated.isCharge)</cbc:ChargeIndicator>"
            + amount("Amount", stated.amount) + "</cac:AllowanceCharge>"
    }

    private static func basic(_ name: String, _ value: String, in parent: String) -> String {
        value.isEmpty ? "" : "<cac:\(parent)><cbc:\(name)>\(value)</cbc:\(name)></cac:\(parent)>"
    }

    private static func reference(_ number: String) -> String {
        "<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>\(number)</cbc:ID>"
            + "</cac:InvoiceDocumentReference></cac:BillingReference>"
    }

    private static func tax(_ tax: (currency: String, amount: String)) -> String {
        "<cac:TaxTotal><cbc:TaxAmount currencyID=\"\(tax.currency)\">\(tax.amount)</cbc:TaxAmount>"
            + "</cac:TaxTotal>"
    }

    private static func invoicePeriod(_ days: (String, String)) -> String {
        guard days != ("", "") else { return "" }
        return "<cac:InvoicePeriod><cbc:StartDate>\(days.0)</cbc:StartDate>"
            + "<cbc:EndDate>\(days.1)</cbc:EndDate></cac:InvoicePeriod>"
    }
}
