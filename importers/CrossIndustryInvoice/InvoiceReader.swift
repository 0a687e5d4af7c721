internal import Documents
internal import ImportKit

/// Says where the terms of EN 16931 stand in CII (CEN/TS 16931-3-3, CII binding), and in the
/// profiles of Factur-X and ZUGFeRD 2 from MINIMUM to EXTENDED.
struct InvoiceReader {
    let root: XMLElement

    /// All blocks of the transaction. The schema allows one of each; a document with two is read
    /// where they agree.
    private let transaction: [XMLElement]
    private let settlement: [XMLElement]

    init(_ root: XMLElement) {
        self.root = root
        transaction = root.all(["SupplyChainTradeTransaction"], in: Vocabulary.root)
        settlement = transaction.flatMap { $0.all("ApplicableHeaderTradeSettlement") }
    }

    func terms() -> InvoiceTerms {
        let document = root.all(["ExchangedDocument"], in: Vocabulary.root)
        var terms = InvoiceTerms(root: root, days: .formatCode)
        terms.number = document.flatMap { $0.all("ID") }
        terms.issueDate = document.flatMap { $0.all("IssueDateTime") }.flatMap(\.values)
        terms.typeCode = document.flatMap { $0.all("TypeCode") }
        terms.currency = settlement.flatMap { $0.all("InvoiceCurrencyCode") }
        terms.period = period(settlement)
        terms.precedingInvoices = settlement.flatMap {
            $0.all("InvoiceReferencedDocument", "IssuerAssignedID")
        }
        terms.allowanceCharges = settlement.flatMap(allowanceCharges)
        terms.otherCharges = settlement.flatMap {
            $0.all("SpecifiedLogisticsServiceCharge", "AppliedAmount")
        }
        terms.totals = totals
        addSeller(to: &terms)
        addLines(to: &terms)
        return terms
    }

    private func addSeller(to terms: inout InvoiceTerms) {
        let parties = transaction.flatMap {
            $0.all("ApplicableHeaderTradeAgreement", "SellerTradeParty")
        }
        terms.legalName = parties.flatMap { $0.all("Name") }
        terms.tradingName = parties.flatMap {
            $0.all("SpecifiedLegalOrganization", "TradingBusinessName")
        }
        terms.sellerIdentifiers = parties.flatMap { $0.all("ID") + $0.all("GlobalID") }
        terms.legalRegistration = parties.flatMap { $0.all("SpecifiedLegalOrganization", "ID") }
        // FC is the number at the local tax office (BT-32), not that of VAT.
        terms.vatIdentifier = parties.flatMap { $0.all("SpecifiedTaxRegistration", "ID") }.filter {
            $0.attributes["schemeID"] == "VA"
        }
    }

    private var totals: InvoiceTerms.Totals {
        let summation = settlement.flatMap {
            $0.all("SpecifiedTradeSettlementHeaderMonetarySummation")
        }
        func total(_ name: String) -> InvoiceTerms.Term { summation.flatMap { $0.all(name) } }
        var totals = InvoiceTerms.Totals()
        totals.lines = total("LineTotalAmount")
        totals.allowances = total("AllowanceTotalAmount")
        totals.charges = total("ChargeTotalAmount")
        totals.taxExclusive = total("TaxBasisTotalAmount")
        totals.tax = total("TaxTotalAmount")
        totals.taxInclusive = total("GrandTotalAmount")
        totals.prepaid = total("TotalPrepaidAmount")
        totals.rounding = total("RoundingAmount")
        totals.payable = total("DuePayableAmount")
        return totals
    }

    /// The lines that count. The profile EXTENDED names the line of which a line is a part, and
    /// marks lines that only inform; the older form nests the parts.
    private func addLines(to terms: inout InvoiceTerms) {
        let name = "IncludedSupplyChainTradeLineItem"
        for (index, element) in transaction.flatMap({ $0.all(name) }).enumerated() {
            let about = element.all("AssociatedDocumentLineDocument")
            let isPart = about.flatMap { $0.all("ParentLineID") }.contains { !$0.text.isEmpty }
            let isInformation = about.flatMap { $0.all("LineStatusReasonCode") }.contains {
                $0.text == "INFORMATION"
            }
            if isPart || isInformation {
                terms.subordinateLines.append(element)
            } else {
                let path = "/CrossIndustryInvoice/SupplyChainTradeTransaction/\(name)[\(index + 1)]"
                terms.lines.append(line(element, about, path))
            }
            terms.subordinateLines += element.all("IncludedSubordinateTradeLineItem")
        }
    }

    private func line(
        _ element: XMLElement, _ about: [XMLElement], _ path: String
    ) -> InvoiceTerms.Line {
        let settlement = element.all("SpecifiedLineTradeSettlement")
        let product = element.all("SpecifiedTradeProduct")
        var line = InvoiceTerms.Line(element)
        line.identifier = about.flatMap { $0.all("LineID") }
        line.quantity = element.all("SpecifiedLineTradeDelivery", "BilledQuantity")
        line.quantityPath = path + "/SpecifiedLineTradeDelivery/BilledQuantity"
        line.netAmount = settlement.flatMap {
            $0.all("SpecifiedTradeSettlementLineMonetarySummation", "LineTotalAmount")
        }
        line.period = period(settlement)
        line.allowanceCharges = settlement.flatMap(allowanceCharges)
        addPrice(to: &line, element.all("SpecifiedLineTradeAgreement"))
        line.name = product.flatMap { $0.all("Name") }
        line.classifications = product.flatMap {
            $0.all("DesignatedProductClassification", "ClassCode")
        }
        return line
    }

    /// BT-149 may stand with the net price, and else with the gross price.
    private func addPrice(to line: inout InvoiceTerms.Line, _ agreement: [XMLElement]) {
        let net = agreement.flatMap { $0.all("NetPriceProductTradePrice") }
        let gross = agreement.flatMap { $0.all("GrossPriceProductTradePrice") }
        line.price = net.flatMap { $0.all("ChargeAmount") }
        let base = net.flatMap { $0.all("BasisQuantity") }
        line.priceBase = base.isEmpty ? gross.flatMap { $0.all("BasisQuantity") } : base
    }

    private func period(_ parents: [XMLElement]) -> InvoiceTerms.Period {
        let periods = parents.flatMap { $0.all("BillingSpecifiedPeriod") }
        return InvoiceTerms.Period(
            start: periods.flatMap { $0.all("StartDateTime") }.flatMap(\.values),
            end: periods.flatMap { $0.all("EndDateTime") }.flatMap(\.values))
    }

    private func allowanceCharges(_ parent: XMLElement) -> [InvoiceTerms.AllowanceCharge] {
        parent.all("SpecifiedTradeAllowanceCharge").map {
            InvoiceTerms.AllowanceCharge(
                isCharge: $0.all("ChargeIndicator").flatMap(\.values),
                amount: $0.all("ActualAmount"))
        }
    }
}
