internal import Diagnostics
internal import Documents
internal import ILCDEPD
internal import ImportKit
internal import Quantities
internal import TestSupport
internal import Testing

/// One case: what is changed in a sound declaration, and what must come of it.
struct OutcomeCase: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let outcome: ImportedDocument.Outcome
    let code: DiagnosticCode?
    let change: @Sendable (inout DataSetText) -> Void

    init(
        _ description: String, _ outcome: ImportedDocument.Outcome, _ code: DiagnosticCode? = nil,
        change: @escaping @Sendable (inout DataSetText) -> Void
    ) {
        testDescription = description
        self.outcome = outcome
        self.code = code
        self.change = change
    }
}

@Suite("The outcome of an ILCD+EPD declaration")
struct DeclarationOutcomeTests {
    private static func parts(total: String, fossil: String) -> [DataSetText.Result] {
        [
            .init(uuid: DataSetText.total, amounts: [("epd:module='A1-A3'", total)]),
            .init(uuid: DataSetText.fossil, amounts: [("epd:module='A1-A3'", fossil)]),
            .init(uuid: DataSetText.biogenic, amounts: [("epd:module='A1-A3'", "-0.50")]),
            .init(uuid: DataSetText.landUse, amounts: [("epd:module='A1-A3'", "0.01")]),
        ]
    }

    static let cases: [OutcomeCase] = [
        OutcomeCase("sound", .accept) { _ in },
        OutcomeCase("no identifier", .acceptWithWarning, .valueMissing) { $0.uuid = "" },
        OutcomeCase("no name", .acceptWithWarning, .valueMissing) { $0.names = "" },
        OutcomeCase("no results", .acceptWithWarning, .valueMissing) { $0.results = [] },
        OutcomeCase("no kind", .accept) { $0.subType = "" },
        OutcomeCase("an unknown kind", .acceptWithWarning, .valueMissing) {
            $0.subType = "<c:other><epd:subType>typical</epd:subType></c:other>"
        },
        OutcomeCase("validity that is no year", .acceptWithWarning, .dateInvalid) {
            $0.time = "<c:dataSetValidUntil>soon</c:dataSetValidUntil>"
        },
        OutcomeCase("another type of data set", .reject, .xmlStructure) {
            $0.type = "<typeOfDataSet>Unit process, single operation</typeOfDataSet>"
            $0.results = []
        },
        OutcomeCase("no reference flow", .acceptWithWarning, .declaredUnitUnresolved) {
            $0.reference = ""
        },
        OutcomeCase("a reference to no exchange", .acceptWithWarning, .declaredUnitUnresolved) {
            $0.reference = "<referenceToReferenceFlow>8</referenceToReferenceFlow>"
        },
        OutcomeCase("a reference to a result", .acceptWithWarning, .declaredUnitUnresolved) {
            $0.exchange =
                "<exchange dataSetInternalID='7'><referenceToFlowDataSet "
                + "refObjectId='a2b32f97-3fc7-4af2-b209-525bc6426f33'/>"
                + "<meanAmount>0.0</meanAmount></exchange>"
        },
        OutcomeCase("a flow of another name", .acceptWithWarning, .declaredUnitUnresolved) {
            $0.exchange = $0.exchange.replacing(">Steel<", with: ">Renewable / Wood<")
        },
        OutcomeCase("a decimal comma", .quarantineRows, .numberInvalid) {
            $0.results[0].amounts.append(("epd:module='C1'", "1,5"))
        },
        OutcomeCase("a word for a number", .quarantineRows, .numberInvalid) {
            $0.results[0].amounts.append(("epd:module='C1'", "MND"))
        },
        OutcomeCase("not a number", .quarantineRows, .numberInvalid) {
            $0.results[0].amounts.append(("epd:module='C1'", "NaN"))
        },
        OutcomeCase("an exponent out of range", .quarantineRows, .numberOutOfRange) {
            $0.results[0].amounts.append(("epd:module='C1'", "1E99"))
        },
        OutcomeCase("an amount without module", .quarantineRows, .valueMissing) {
            $0.results[0].amounts.append(("epd:scenario='S1'", "1"))
        },
        OutcomeCase("one amount twice", .acceptWithWarning, .readingDuplicate) {
            $0.results[0].amounts.append(("epd:module='A1-A3'", "2.50"))
        },
        OutcomeCase("two amounts for one module", .conflict, .readingConflict) {
            $0.results[0].amounts.append(("epd:module='A1-A3'", "2.6"))
        },
        OutcomeCase("A1-A3 that is not the sum", .acceptWithWarning, .controlTotalDiffers) {
            $0.results[0].amounts += [
                ("epd:module='A1'", "1"), ("epd:module='A2'", "1"), ("epd:module='A3'", "1"),
            ]
        },
        // 2.48 - 0.50 + 0.01 = 1.99; published as 2, half a percent off
        OutcomeCase("a total that is its parts, rounded", .accept) {
            $0.results = parts(total: "2", fossil: "2.48")
        },
        // 2.48 - 0.50 + 0.01 = 1.99, against 2.49 where storage was forgotten
        OutcomeCase("a total that is not its parts", .acceptWithWarning, .controlTotalDiffers) {
            $0.results = parts(total: "2.49", fossil: "2.48")
        },
    ]

    @Test("follows from its faults", arguments: cases)
    func outcome(of test: OutcomeCase) {
        var text = DataSetText()
        test.change(&text)
        let read = text.read()
        #expect(read.outcome == test.outcome)
        #expect(read.outcome == .reject ? read.declarations.isEmpty : read.declarations.count == 1)
        guard let code = test.code else {
            #expect(read.diagnostics.isEmpty)
            return
        }
        #expect(read.diagnostics.map(\.code) == [code])
        #expect(read.diagnostics.allSatisfy { $0.hint != nil && $0.location?.file == "epd.xml" })
        #expect(read.quarantined == (test.outcome == .quarantineRows ? 1 : 0))
    }

    @Test("of a file cut anywhere is a refusal")
    func truncation() {
        let bytes = DataSetText().document.bytes
        let lastTag = bytes.count - "</processDataSet>".utf8.count
        for length in 1..<bytes.count where length % 7 == 0 || length >= lastTag {
            let cut = Document(name: "cut.xml", bytes: Array(bytes.prefix(length)))
            let read = ILCDEPDImporter().read(cut)
            #expect(read.outcome == .reject, "cut after \(length) bytes")
            #expect(read.diagnostics.count == 1)
        }
    }

    @Test("of random damage is an answer, never a crash")
    func damage() {
        let seed = 0x5EED_0014
        var random = SplitMix64(seed: seed)
        let bytes = DataSetText().document.bytes
        for _ in 0..<400 {
            var damaged = bytes
            for _ in 0..<3 {
                let index = Int.random(in: damaged.indices, using: &random)
                damaged[index] = UInt8(truncatingIfNeeded: random.next())
            }
            let read = ILCDEPDImporter().read(Document(name: "damaged.xml", bytes: damaged))
            #expect(
                read.outcome != .reject || !read.diagnostics.isEmpty, "seed \(seed): \(damaged)")
        }
    }

    @Test("does not depend on the order of results and amounts")
    func order() throws {
        let seed = 0x5EED_0015
        var random = SplitMix64(seed: seed)
        var text = DataSetText()
        text.results = Self.parts(total: "1.99", fossil: "2.48")
        for index in text.results.indices {
            text.results[index].amounts += [
                ("epd:module='C3' epd:scenario='a'", "1"), ("epd:module='C3'", "\(index)"),
            ]
        }
        let expected = try #require(text.read().declarations.first)
        for _ in 0..<50 {
            var shuffled = text
            shuffled.results.shuffle(using: &random)
            for index in shuffled.results.indices {
                shuffled.results[index].amounts.shuffle(using: &random)
            }
            let read = try #require(shuffled.read().declarations.first)
            for indicator in expected.indicators {
                let same = read.indicators.first { $0.uuid == indicator.uuid }
                #expect(same?.productStage == indicator.productStage, "seed \(seed)")
                #expect(same?.amounts.count == indicator.amounts.count, "seed \(seed)")
            }
        }
    }
}
