internal import Documents

extension InvoiceModel {

    var crossIndustryInvoice: Document { crossIndustryInvoice() }

    /// - Parameters:
    ///   - lines: Written after the lines of the model.
    ///   - settlement: Written at the end of the settlement of the header.
    ///   - afterSettlement: Written after it.
    func crossIndustryInvoice(
        lines more: String = "", settlement: String = "", afterSettlement: String = ""
    ) -> Document {
        let data = "urn:un:unece:uncefact:data:standard:"
        let text = """
            <r:CrossIndustryInvoice xmlns:r="\(data)CrossIndustryInvoice:100" \
            xmlns:a="\(data)ReusableAggregateBusinessInformationEntity:100" \
            xmlns:u="\(data)UnqualifiedDataType:100">
            <r:ExchangedDocument><a:ID>\(number)</a:ID><a:TypeCode>\(typeCode)</a:TypeCode>
            \(Self.date("IssueDateTime", issued))</r:ExchangedDocument>
            <r:SupplyChainTradeTransaction>
            \(lines.map(lineText).joined(separator: "\n"))\(more)
            <a:ApplicableHeaderTradeAgreement><a:SellerTradeParty>
            <a:ID>\(sellerIdentifier)</a:ID>\(Self.entity("Name", legalName))
            <a:SpecifiedLegalOrganization><a:ID>\(registration)</a:ID>\
            \(Self.entity("TradingBusinessName", tradingName))</a:SpecifiedLegalOrganization>
            <a:SpecifiedTaxRegistration><a:ID schemeID="VA">\(vatIdentifier)</a:ID>\
            </a:SpecifiedTaxRegistration>
            </a:SellerTradeParty></a:ApplicableHeaderTradeAgreement>
            <a:ApplicableHeaderTradeSettlement>
            <a:InvoiceCurrencyCode>\(currency)</a:InvoiceCurrencyCode>
            \(Self.period(period))
            \(allowanceCharges.map(Self.allowanceCharge).joined())
            \(summation)
            \(precedingInvoices.map(Self.reference).joined())\(settlement)
            </a:ApplicableHeaderTradeSettlement>\(afterSettlement)
            </r:SupplyChainTradeTransaction></r:CrossIndustryInvoice>
            """
        return Document(name: "cii.xml", bytes: Array(text.utf8))
    }

    private var summation: String {
        let taxes = taxes.map {
            "<a:TaxTotalAmount currencyID=\"\($0.currency)\">\($0.amount)</a:TaxTotalAmount>"
        }
        return "<a:SpecifiedTradeSettlementHeaderMonetarySummation>"
            + Self.entity("LineTotalAmount", lineTotal)
            + Self.entity("ChargeTotalAmount", chargeTotal)
            + Self.entity("AllowanceTotalAmount", allowanceTotal)
            + Self.entity("TaxBasisTotalAmount", taxExclusive) + taxes.joined()
            + Self.entity("RoundingAmount", rounding)
            + Self.entity("GrandTotalAmount", taxInclusive)
            + Self.entity("TotalPrepaidAmount", prepaid) + Self.entity("DuePayableAmount", payable)
            + "</a:SpecifiedTradeSettlementHeaderMonetarySummation>"
    }

    func lineText(_ line: Line) -> String { lineText(line, about: "") }

    /// - Parameter about: Written in AssociatedDocumentLineDocument.
    func lineText(_ line: Line, about: String) -> String {
        let unit = line.priceBaseUnit.isEmpty ? "" : " unitCode=\"\(line.priceBaseUnit)\""
        let base =
            line.priceBase.isEmpty
            ? "" : "<a:BasisQuantity\(unit)>\(line.priceBase)</a:BasisQuantity>"
        let classifications = line.classifications.map { scheme, code in
            let list = scheme.isEmpty ? "" : " listID=\"\(scheme)\""
            return "<a:DesignatedProductClassification><a:ClassCode\(list)>\(code)</a:ClassCode>"
                + "</a:DesignatedProductClassification>"
        }
        return """
            <a:IncludedSupplyChainTradeLineItem>
            <a:AssociatedDocumentLineDocument><a:LineID>\(line.identifier)</a:LineID>\(about)\
            </a:AssociatedDocumentLineDocument>
            <a:SpecifiedTradeProduct><a:Name>\(Self.escaped(line.name))</a:Name>\
            \(classifications.joined())</a:SpecifiedTradeProduct>
            <a:SpecifiedLineTradeAgreement><a:NetPriceProductTradePrice>\
            <a:ChargeAmount>\(line.price)</a:ChargeAmount>\(base)\
            </a:NetPriceProductTradePrice></a:SpecifiedLineTradeAgreement>
            <a:SpecifiedLineTradeDelivery>
            <a:BilledQuantity unitCode="\(line.unit)">\(line.quantity)</a:BilledQuantity>
            </a:SpecifiedLineTradeDelivery>
            <a:SpecifiedLineTradeSettlement>\(Self.period(line.period))
            \(line.allowanceCharges.map(Self.allowanceCharge).joined())
            <a:SpecifiedTradeSettlementLineMonetarySummation>\
            \(Self.entity("LineTotalAmount", line.net))\
            </a:SpecifiedTradeSettlementLineMonetarySummation></a:SpecifiedLineTradeSettlement>
            </a:IncludedSupplyChainTradeLineItem>
            """
    }

    private static func entity(_ name: String, _ value: String) -> String {
        value.isEmpty ? "" : "<a:\(name)>\(value)</a:\(name)>"
    }

    private static func allowanceCharge(_ stated: (isCharge: Bool, amount: String)) -> String {
        "<a:SpecifiedTradeAllowanceCharge><a:ChargeIndicator><u:Indicator>\(stated.isCharge)"
            + "</u:Indicator></a:ChargeIndicator><a:ActualAmount>\(stated.amount)</a:ActualAmount>"
            + "</a:SpecifiedTradeAllowanceCharge>"
    }

    private static func reference(_ number: String) -> String {
        "<a:InvoiceReferencedDocument><a:IssuerAssignedID>\(number)</a:IssuerAssignedID>"
            + "</a:InvoiceReferencedDocument>"
    }

    static func date(_ name: String, _ day: String) -> String {
        let digits = day.replacing("-", with: "")
        return digits.isEmpty
            ? ""
            : "<a:\(name)><u:DateTimeString format=\"102\">\(digits)</u:DateTimeString></a:\(name)>"
    }

    static func period(_ days: (String, String)) -> String {
        guard days != ("", "") else { return "" }
        return "<a:BillingSpecifiedPeriod>" + date("StartDateTime", days.0)
            + date("EndDateTime", days.1) + "</a:BillingSpecifiedPeriod>"
    }
}
