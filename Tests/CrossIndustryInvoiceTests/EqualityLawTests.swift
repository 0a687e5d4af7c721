internal import CrossIndustryInvoice
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Quantities
internal import TestSupport
internal import Testing
internal import UniversalBusinessLanguage

internal import struct Foundation.Data
internal import class Foundation.FileManager
internal import struct Foundation.URL

/// One view: the syntax in which an invoice came leaves no trace in what was read.
@Suite struct EqualityLawTests {
    @Test(arguments: 0..<300)
    func `The same invoice in both syntaxes reads to equal terms`(seed: Int) throws {
        var generator = SplitMix64(seed: seed)
        let model = InvoiceModel.random(&generator)
        let left = UniversalBusinessLanguageImporter().read(model.universalBusinessLanguage)
        let right = CrossIndustryInvoiceImporter().read(model.crossIndustryInvoice)
        #expect(left.outcome == right.outcome)
        // A random invoice holds the rules; only a placeholder may come up by chance.
        #expect(
            left.diagnostics.allSatisfy { $0.code == .invoiceQuantityImplausible },
            "\(left.diagnostics)")
        #expect(left.diagnostics.map(\.message) == right.diagnostics.map(\.message))
        let invoice = try #require(right.invoices.first)
        #expect(try Self.bare(#require(left.invoices.first)) == Self.bare(invoice))
        #expect(invoice.lines.count == model.lines.count)
        for (line, stated) in zip(invoice.lines, model.lines) {
            let sign = model.isCreditNoteDocument ? line.quantity?.negated : line.quantity
            #expect(line.ledgerQuantity == sign)
            #expect(line.name == stated.name)
            #expect(line.unitCode == stated.unit)
        }
    }

    @Test func `The fixtures of both importers hold the same two documents`() throws {
        for name in ["electricity.xml", "credit-note.xml"] {
            let left = UniversalBusinessLanguageImporter().read(
                try Self.fixture(name, of: "UniversalBusinessLanguage"))
            let right = CrossIndustryInvoiceImporter().read(
                try Self.fixture(name, of: "CrossIndustryInvoice"))
            #expect(left.diagnostics.isEmpty)
            #expect(right.diagnostics.isEmpty)
            let pair = try (#require(left.invoices.first), #require(right.invoices.first))
            #expect(Self.bare(pair.0) == Self.bare(pair.1))
        }
    }

    /// Pairs that others wrote: `….ubl.xml` and `….cii.xml`, `…_ubl.xml` and `…_uncefact.xml`.
    @Test(.enabled(if: Repository.shared("samples/invoice-cii") != nil, "no shared samples here"))
    func `Published pairs agree in their quantities and totals`() throws {
        let folder = try #require(Repository.shared("samples/invoice-cii"))
        var pairs = 0
        for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
            let twin = name.replacing(".cii.", with: ".ubl.").replacing("_uncefact", with: "_ubl")
            guard twin != name, let other = Repository.shared("samples/invoice-ubl/\(twin)") else {
                continue
            }
            pairs += 1
            let right = CrossIndustryInvoiceImporter().read(
                try Self.document(folder.appending(path: name)))
            let left = UniversalBusinessLanguageImporter().read(try Self.document(other))
            let (invoice, same) = try (
                #require(right.invoices.first), #require(left.invoices.first)
            )
            #expect(invoice.kind == same.kind, "\(name)")
            #expect(invoice.lineTotal == same.lineTotal, "\(name)")
            #expect(invoice.payable == same.payable, "\(name)")
            #expect(
                invoice.lines.map(\.ledgerQuantity) == same.lines.map(\.ledgerQuantity), "\(name)")
            #expect(invoice.lines.map(\.unitCode) == same.lines.map(\.unitCode), "\(name)")
        }
        #expect(pairs >= 10)
    }

    /// Without the places, which belong to the syntax.
    static func bare(_ invoice: Invoice) -> Invoice {
        var bare = invoice
        bare.line = 0
        for index in bare.lines.indices {
            bare.lines[index].line = 0
            bare.lines[index].place = nil
        }
        return bare
    }

    static func fixture(_ name: String, of format: String) throws -> Document {
        try document(Repository.root.appending(path: "importers/\(format)/Fixtures/\(name)"))
    }

    static func document(_ url: URL) throws -> Document {
        Document(name: url.lastPathComponent, bytes: [UInt8](try Data(contentsOf: url)))
    }
}
