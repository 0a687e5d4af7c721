internal import Diagnostics
internal import Documents
internal import Foundation
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities
internal import TestSupport
internal import Testing
internal import Workflows

/// Documents that correct, repeat and control each other, in layouts of this house.
enum ClaimSamples {
    static let rules = """
        [[rule]]
        name = "power"
        [rule.when]
        item_name = "electricity"
        [rule.then]
        activity = "electricity"
        facility = "gbx1"
        treatment = "consumption"
        role = "whole-site"
        meter = "M-1"

        [[rule]]
        name = "steel"
        [rule.when]
        item_name = "steel"
        [rule.then]
        activity = "reinforcing-steel"
        facility = "gbx1"
        treatment = "expense"
        module = "A1-A3"
        source = "scope3:1-purchased-goods"

        """

    /// Made up, with more digits than the amounts of a feed, so that each rounding would show.
    static let factors = """
        key,version,status,supersedes,name,activity,role,region,valid_from,valid_until,\
        data_period,activity_unit,heating_value_basis,substance,amount,amount_unit,modules,\
        uncertainty_percent,biogenic_separated,quality_flags,source_title,publisher,edition,\
        place,retrieved_from,licence,attribution,redistribution,notes
        sample.grid,1,active,,Sample grid,electricity,location,GB,2025-01-01,2026-01-01,\
        2025,kWh,,CO2,0.1234567,kg,,,no,,Sample,Sample,2025,1,Sample,Apache-2.0,,yes,

        """

    /// Few records, so that a book is read quickly.
    static func book() throws -> Book {
        let book = try SampleBook.make(factors: false)
        _ = try FactorWorkflow(book: book).load(
            SampleBook.document("factors.csv", factors), dryRun: false)
        _ = try ApplyWorkflow(book: book).apply(
            SampleBook.document("rules.toml", rules), dryRun: false)
        return book
    }

    static func bill(
        _ name: String, _ first: String, _ last: String, _ quantity: String, _ quality: String
    ) -> Document {
        SampleBook.document(
            name,
            "meter,first_day,last_day,carrier,quantity,unit,quality\n"
                + "M-1,\(first),\(last),electricity,\(quantity),kWh,\(quality)\n")
    }

    /// Hourly readings of the days of January 2025, in `generic.interval`.
    ///
    /// - Parameter row: The value and the quality of an hour of the month; `nil` leaves it out.
    static func hours(
        _ name: String, _ range: Range<Int>, _ row: (Int) -> (String, String)?
    ) -> Document {
        let start = Instant(secondsSinceEpoch: 1_735_689_600)
        let rows = range.compactMap { hour -> String? in
            guard let (value, quality) = row(hour) else { return nil }
            let from = start.adding(seconds: Int64(hour) * 3_600)
            return "M-1,\(from),\(from.adding(seconds: 3_600)),\(value),kWh,electricity,import,"
                + "\(quality)\n"
        }
        return SampleBook.document(
            name,
            "meter,start,end,quantity,unit,carrier,direction,quality\n" + rows.joined())
    }

    /// A UBL invoice or credit note with one line.
    static func invoice(
        _ number: String, type: Int = 380, item: String = "Electricity", unit: String = "KWH",
        quantity: Int, corrects: String? = nil, month: String? = "2025-03"
    ) -> Document {
        let root = type == 381 ? "CreditNote" : "Invoice"
        let counted = type == 381 ? "CreditedQuantity" : "InvoicedQuantity"
        let reference =
            corrects.map {
                "<a:BillingReference><a:InvoiceDocumentReference><b:ID>\($0)</b:ID>"
                    + "</a:InvoiceDocumentReference></a:BillingReference>"
            } ?? ""
        let period =
            month.map {
                "<a:InvoicePeriod><b:StartDate>\($0)-01</b:StartDate>"
                    + "<b:EndDate>\($0)-28</b:EndDate></a:InvoicePeriod>"
            } ?? ""
        let amount = "\(quantity).00</b:"
        let namespace = "urn:oasis:names:specification:ubl:schema:xsd:"
        return SampleBook.document(
            "\(number).xml",
            """
            <?xml version="1.0"?>
            <\(root) xmlns="\(namespace)\(root)-2" xmlns:a="\(namespace)CommonAggregateComponents-2"
              xmlns:b="\(namespace)CommonBasicComponents-2">
            <b:ID>\(number)</b:ID><b:IssueDate>2025-04-01</b:IssueDate>
            <b:\(root)TypeCode>\(type)</b:\(root)TypeCode>
            <b:DocumentCurrencyCode>GBP</b:DocumentCurrencyCode>\(reference)
            <a:AccountingSupplierParty><a:Party><a:PartyLegalEntity>
            <b:RegistrationName>Sample Power</b:RegistrationName>
            </a:PartyLegalEntity></a:Party></a:AccountingSupplierParty>
            <a:LegalMonetaryTotal>
            <b:LineExtensionAmount currencyID="GBP">\(amount)LineExtensionAmount>
            <b:TaxExclusiveAmount currencyID="GBP">\(amount)TaxExclusiveAmount>
            <b:PayableAmount currencyID="GBP">\(amount)PayableAmount>
            </a:LegalMonetaryTotal>
            <a:\(root)Line><b:ID>1</b:ID>
            <b:\(counted) unitCode="\(unit)">\(quantity)</b:\(counted)>
            <b:LineExtensionAmount currencyID="GBP">\(amount)LineExtensionAmount>
            \(period)<a:Item><b:Name>\(item)</b:Name></a:Item>
            <a:Price><b:PriceAmount currencyID="GBP">1.00</b:PriceAmount></a:Price>
            </a:\(root)Line></\(root)>

            """)
    }

    /// The balances after importing and posting; at random moments in between, too.
    static func balances(
        _ documents: [Document], postingBy generator: inout SplitMix64
    ) throws -> TrialBalance {
        let book = try book()
        for document in documents {
            try SampleBook.importing(document, into: book)
            if Int.random(in: 0..<3, using: &generator) == 0 { try SampleBook.post(book) }
        }
        try SampleBook.post(book)
        #expect(try book.state().reviewItems.isEmpty)
        #expect(try VerifyWorkflow(book: book).run().records == book.store.head().size)
        return try SampleBook.balances(book)
    }
}
