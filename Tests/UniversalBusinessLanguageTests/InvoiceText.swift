internal import Diagnostics
internal import Documents
internal import ImportKit
internal import TestSupport
internal import UniversalBusinessLanguage

internal import struct Foundation.Data
internal import struct Foundation.URL

/// The text of a small invoice, each part of which a test can replace.
struct InvoiceText {
    struct Line {
        var identifier = "<b:ID>1</b:ID>"
        var quantity = "<b:InvoicedQuantity unitCode=\"KWH\">500</b:InvoicedQuantity>"
        var net = "<b:LineExtensionAmount>100.00</b:LineExtensionAmount>"
        var period = ""
        var item = "<a:Item><b:Name>Energy</b:Name></a:Item>"
        var price = "<a:Price><b:PriceAmount>0.20</b:PriceAmount></a:Price>"

        func text(in root: String) -> String {
            "<a:\(root)Line>\(identifier)\(quantity)\(net)\(period)\(item)\(price)</a:\(root)Line>"
        }
    }

    var root = "Invoice"
    var number = "<b:ID>R1</b:ID>"
    var issueDate = "<b:IssueDate>2025-02-01</b:IssueDate>"
    var typeCode = "<b:InvoiceTypeCode>380</b:InvoiceTypeCode>"
    var currency = "<b:DocumentCurrencyCode>EUR</b:DocumentCurrencyCode>"
    var period = ""
    var supplier = "<a:PartyName><b:Name>Seller</b:Name></a:PartyName>"
    var lineTotal = "100.00"
    var payable = "119.00"
    var lines = [Line()]
    var beforeParties = ""

    var text: String {
        let schema = "urn:oasis:names:specification:ubl:schema:xsd:"
        return """
            <\(root) xmlns="\(schema)\(root)-2" xmlns:a="\(schema)CommonAggregateComponents-2" \
            xmlns:b="\(schema)CommonBasicComponents-2">
            \(number)\(issueDate)\(typeCode)\(currency)\(period)\(beforeParties)
            <a:AccountingSupplierParty><a:Party>\(supplier)</a:Party></a:AccountingSupplierParty>
            <a:LegalMonetaryTotal><b:LineExtensionAmount>\(lineTotal)</b:LineExtensionAmount>\
            <b:TaxExclusiveAmount>\(lineTotal)</b:TaxExclusiveAmount>\
            <b:PayableAmount>\(payable)</b:PayableAmount></a:LegalMonetaryTotal>
            \(lines.map { $0.text(in: root) }.joined(separator: "\n"))
            </\(root)>
            """
    }

    var document: Document { Document(name: "invoice.xml", bytes: Array(text.utf8)) }

    func read() -> ImportedDocument { UniversalBusinessLanguageImporter().read(document) }

    static func period(_ start: String, _ end: String) -> String {
        "<a:InvoicePeriod><b:StartDate>\(start)</b:StartDate><b:EndDate>\(end)</b:EndDate>"
            + "</a:InvoicePeriod>"
    }
}

/// A file beside the importer.
enum Fixture {
    static func document(_ name: String) throws -> Document {
        let path = Repository.root.appending(path: "importers/UniversalBusinessLanguage/Fixtures")
        let data = try Data(contentsOf: path.appending(path: name))
        return Document(name: name, bytes: [UInt8](data))
    }
}
