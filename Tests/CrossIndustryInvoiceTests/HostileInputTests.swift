internal import CrossIndustryInvoice
internal import Diagnostics
internal import Documents
internal import ImportKit
internal import TestSupport
internal import Testing
internal import UniversalBusinessLanguage

/// Nothing that is read may stop the program or slow it out of proportion.
@Suite struct HostileInputTests {
    static let importers: [any Importer] = [
        CrossIndustryInvoiceImporter(), UniversalBusinessLanguageImporter(),
    ]

    @Test func `A document cut at any byte is refused`() {
        let document = InvoiceModel().crossIndustryInvoice
        for count in document.bytes.indices {
            let cut = Document(name: "cut.xml", bytes: Array(document.bytes.prefix(count)))
            let result = CrossIndustryInvoiceImporter().read(cut)
            #expect(result.outcome == .reject, "cut to \(count) bytes")
            #expect(!result.diagnostics.isEmpty, "cut to \(count) bytes")
        }
    }

    @Test(arguments: 0..<400)
    func `Changed bytes never stop the program, and what is rejected says why`(seed: Int) {
        var generator = SplitMix64(seed: seed)
        let model = InvoiceModel.random(&generator)
        let isUniversal = seed.isMultiple(of: 2)
        var bytes =
            isUniversal ? model.universalBusinessLanguage.bytes : model.crossIndustryInvoice.bytes
        for _ in 0..<Int.random(in: 1...6, using: &generator) {
            let index = Int.random(in: bytes.indices, using: &generator)
            switch Int.random(in: 0..<3, using: &generator) {
            case 0: bytes[index] = UInt8.random(in: 0...255, using: &generator)
            case 1: bytes.insert(UInt8.random(in: 0x20...0x7E, using: &generator), at: index)
            case _: bytes.remove(at: index)
            }
        }
        let document = Document(name: "changed.xml", bytes: bytes)
        for importer in Self.importers {
            let result = importer.read(document)
            #expect(result.outcome != .reject || !result.diagnostics.isEmpty, "seed \(seed)")
            #expect(result.outcome != .reject || result.invoices.isEmpty, "seed \(seed)")
        }
    }

    // The largest numbers that can be read, so that sums and products leave the range.
    @Test(arguments: [
        String(repeating: "9", count: 38), "-" + String(repeating: "9", count: 38), "1e30", "1e-30",
        "0." + String(repeating: "0", count: 29) + "1",
    ])
    func `Numbers at the edge of the range are read and end no computation`(number: String) {
        var model = InvoiceModel()
        model.lines[0].quantity = number
        model.lines[0].net = number
        model.lines[0].price = number
        model.lines[0].priceBase = number
        model.lines[0].priceBaseUnit = "MWH"
        model.lines.append(model.lines[0])
        model.lineTotal = number
        model.taxExclusive = number
        model.taxes = [("EUR", number)]
        model.taxInclusive = number
        model.prepaid = number
        model.payable = number
        model.allowanceCharges = [(true, number), (false, number)]
        for document in [model.crossIndustryInvoice, model.universalBusinessLanguage] {
            for importer in Self.importers where importer.recognises(document) {
                let result = importer.read(document)
                #expect(result.outcome == .acceptWithWarning)
                _ = InvoiceLines(of: result.invoices[0], file: document.name)
            }
        }
    }

    @Test func `The time for lines grows with their number`() {
        var model = InvoiceModel()
        model.lines = (1...2_000).map { number in
            var line = InvoiceModel.Line()
            line.identifier = "\(number)"
            return line
        }
        let small = Self.duration(model)
        model.lines = (1...16_000).map { number in
            var line = InvoiceModel.Line()
            line.identifier = "\(number)"
            return line
        }
        let large = Self.duration(model)
        // Eight times the lines: linear is 8, quadratic 64; half way by ratio is 22.
        #expect(large < small * 22, "\(small) for 2 000 lines, \(large) for 16 000")
    }

    /// The best of three, so that other work on the machine counts less.
    private static func duration(_ model: InvoiceModel) -> Duration {
        let document = model.crossIndustryInvoice
        return (0..<3).map { _ in
            ContinuousClock().measure {
                let result = CrossIndustryInvoiceImporter().read(document)
                #expect(result.invoices.first?.lines.count == model.lines.count)
            }
        }.min() ?? .zero
    }
}
