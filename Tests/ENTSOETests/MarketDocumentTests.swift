internal import Diagnostics
internal import Documents
internal import ENTSOE
internal import ImportKit
internal import Testing

/// Which documents are read, which are empty, and which are refused, and why.
struct MarketDocumentTests {
    private static let period = MarketText.period(
        "2024-01-01T23:00Z", "2024-01-02T00:00Z", "PT60M", [(1, "5")])

    private static func acknowledgement(_ text: String) -> MarketText {
        MarketText(
            root: "Acknowledgement_MarketDocument",
            namespace: "urn:iec62325.351:tc57wg16:451-1:acknowledgementdocument:8:1", type: nil,
            process: nil,
            series: ["<Reason><code>999</code><text>\(text)</text></Reason>"])
    }

    @Test(arguments: [
        "urn:iec62325.351:tc57wg16:451-6:generationloaddocument:3:0",
        "urn:iec62325.351:tc57wg16:451-6:generationloaddocument:2:1",
        "urn:iec62325.351:tc57wg16:451-6:generationloaddocument:4:0", "",
    ])
    func `All versions of the namespace are read`(_ namespace: String) {
        let text = MarketText(namespace: namespace, series: [MarketText.series([Self.period])])
        #expect(
            ENTSOEImporter().recognises(Document(name: "a", bytes: Array(text.text.utf8))))
        #expect(text.read().outcome == .accept)
    }

    @Test
    func `A prefix means the same, another namespace nothing`() {
        let plain = MarketText(series: [MarketText.series([Self.period])]).text
        let prefixed = plain.replacing("</", with: "</gl:").replacing("<", with: "<gl:")
            .replacing("<gl:/gl:", with: "</gl:").replacing("<gl:?xml", with: "<?xml")
            .replacing("xmlns=", with: "xmlns:gl=")
        let read = MarketText.read(Array(prefixed.utf8))
        #expect(read.outcome == .accept && read.series.first?.readings.count == 1)
        let foreign = plain.replacing("<TimeSeries>", with: "<TimeSeries xmlns=\"urn:other\">")
        #expect(MarketText.read(Array(foreign.utf8)).outcome == .acceptEmpty)
    }

    @Test(arguments: [
        "No matching data found", "Internal error: no data found",
        "No matching data found for Data item ACTUAL_TOTAL_LOAD [6.1.A].",
        "Requested data is not available",
    ])
    func `An answer without data is an empty document`(_ text: String) {
        let read = Self.acknowledgement(text).read()
        #expect(read.outcome == .acceptEmpty && read.diagnostics.first?.severity == .info)
        #expect(read.diagnostics.first?.message.contains(text.prefix(40)) == true)
    }

    @Test(arguments: [
        "The number of instances (400) exceeds the allowed maximum (200)",
        "Unauthorized. Missing or invalid security token", "",
    ])
    func `A refused request is no empty answer`(_ text: String) {
        let read = Self.acknowledgement(text).read()
        #expect(read.outcome == .reject && read.codes == ["format-unknown"])
    }

    @Test(arguments: [
        ("Publication_MarketDocument", "A44", "prices"),
        ("Publication_MarketDocument", "A11", "flows"),
        ("Unavailability_MarketDocument", "A76", "outages"),
        ("Balancing_MarketDocument", "A85", "balancing"),
        ("GL_MarketDocument", "A68", "installed capacity"),
        ("GL_MarketDocument", "A72", "reservoirs"), ("GL_MarketDocument", "Z99", "Z99"),
        ("Other_MarketDocument", nil, "another document"),
    ])
    func `Documents without energy are refused by name`(
        _ root: String, _ type: String?, _ word: String
    ) {
        let read = MarketText(root: root, type: type, series: [MarketText.series([Self.period])])
            .read()
        #expect(read.outcome == .reject && read.series.isEmpty)
        #expect(read.diagnostics.first?.message.contains(word) == true, "\(read.diagnostics)")
    }

    struct Case: Sendable {
        let series: String
        let code: DiagnosticCode
    }

    private static func period(
        _ start: String = "2024-01-01T23:00Z", _ end: String = "2024-01-02T01:00Z",
        _ resolution: String = "PT60M", _ points: [(Int, String)] = [(1, "5")]
    ) -> String { MarketText.series([MarketText.period(start, end, resolution, points)]) }

    private static let cases: [Case] = [
        Case(series: MarketText.series([period], zone: ""), code: .xmlStructure),
        Case(series: MarketText.series([period], unit: nil), code: .unitUnknown),
        Case(series: MarketText.series([period], unit: "P1"), code: .unitUnknown),
        Case(series: MarketText.series([period], curve: "A02"), code: .xmlStructure),
        Case(
            series: MarketText.series(
                [period],
                more: "<x/>"
            ).replacing(
                "<curveType>",
                with: "<outBiddingZone_Domain.mRID>10Y</outBiddingZone_Domain.mRID><curveType>"),
            code: .xmlStructure),
        Case(series: Self.period("2024-01-01", "2024-01-02T01:00Z"), code: .dateInvalid),
        Case(series: Self.period("2024-01-01T23:00", "2024-01-02T01:00Z"), code: .dateInvalid),
        Case(series: Self.period("2024-01-32T23:00Z", "2024-01-02T01:00Z"), code: .dateInvalid),
        // The interval is no whole number of positions, is empty, or runs backwards.
        Case(series: Self.period("2024-01-01T23:00Z", "2024-01-02T00:30Z"), code: .xmlStructure),
        Case(series: Self.period("2024-01-01T23:00Z", "2024-01-01T23:00Z"), code: .xmlStructure),
        Case(series: Self.period("2024-01-02T23:00Z", "2024-01-01T23:00Z"), code: .xmlStructure),
        Case(
            series: Self.period("2024-01-01T20:00Z", "2024-01-02T19:00Z", "P1D"),
            code: .xmlStructure),
        Case(
            series: Self.period("2024-01-14T23:00Z", "2024-02-20T23:00Z", "P1M"),
            code: .xmlStructure),
        // More positions than a document may have.
        Case(
            series: Self.period("1901-01-01T00:00Z", "2199-01-01T00:00Z", "PT1S"),
            code: .xmlStructure),
        Case(
            series: Self.period("2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT0M"),
            code: .xmlStructure),
        Case(
            series: Self.period("2024-01-01T23:00Z", "2024-01-02T01:00Z", "15"), code: .xmlStructure
        ),
        Case(
            series: Self.period("2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT-60M"),
            code: .xmlStructure),
        // Positions of another length.
        Case(
            series: Self.period("2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT60M", [(3, "1")]),
            code: .xmlStructure),
        Case(
            series: Self.period("2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT60M", [(0, "1")]),
            code: .xmlStructure),
        Case(
            series: Self.period(
                "2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT60M",
                [(1, String(repeating: "9", count: 38))]), code: .numberOutOfRange),
    ]

    @Test(arguments: cases.indices)
    func `A document that contradicts itself or the standard is refused`(_ index: Int) {
        let one = Self.cases[index]
        let read = MarketText(series: [one.series]).read()
        #expect(read.outcome == .reject && read.series.isEmpty, "\(one.series)")
        #expect(read.diagnostics.map(\.code) == [one.code], "\(one.series)")
        #expect(read.diagnostics.first?.location?.line != nil)
    }

    @Test(arguments: ["x", "1e3", "NaN", "1,5", "0x10", String(repeating: "1", count: 90)])
    func `A quantity that is no number is set aside`(_ quantity: String) {
        let text = MarketText(
            series: [
                Self.period(
                    "2024-01-01T23:00Z", "2024-01-02T01:00Z", "PT60M", [(1, "5"), (2, quantity)])
            ])
        let read = text.read()
        #expect(read.outcome == .quarantineRows && read.quarantined == 1)
        #expect(read.series.first?.readings.count == 1 && read.series.first?.missing == 0)
    }

    @Test
    func `A document without series or periods is empty`() {
        #expect(MarketText().read().outcome == .acceptEmpty)
        #expect(MarketText(series: [MarketText.series([])]).read().outcome == .acceptEmpty)
    }

    @Test
    func `Other XML is not recognised`() {
        for text in [
            "<html><body>401</body></html>", "<feed/>", "<_MarketDocument xmlns=\"urn:x\"/>",
            "<GL_MarketDocument xmlns=\"http://example.org\"/>", "", "GL_MarketDocument",
        ] {
            #expect(!ENTSOEImporter().recognises(Document(name: "a", bytes: Array(text.utf8))))
        }
    }
}
