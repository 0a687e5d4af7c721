internal import Foundation
internal import Inventory
internal import Quantities
internal import Reporting
internal import Testing

@Suite("The renderings of a statement")
struct RenderingTests {
    private let statement: Statement

    init() throws { statement = try StatementSample.statement() }

    @Test("place every figure in a table")
    func everyFigureIsShown() {
        let shown = Set(statement.sections.flatMap(\.figures).map(\.id))
        #expect(shown == Set(statement.figures.map(\.id)))
    }

    @Test("agree on every figure: HTML")
    func html() throws {
        let page = HTMLRenderer().render(statement)
        let pattern =
            #/
            data-figure="([A-Z0-9_]+)"\ data-exact="([^"]+)">([^<]*)
            (<span\ class="mark">†</span>)?</td>
            /#
        var seen: Set<Figure.ID> = []
        for match in page.matches(of: pattern) {
            let figure = try #require(statement.figure(String(match.1)))
            #expect(figure.value.description == match.2)
            #expect(Self.plain(String(match.3)) == figure.displayText)
            #expect((match.4 != nil) == (figure.status == .incomplete))
            seen.insert(figure.id)
        }
        #expect(seen == Set(statement.figures.map(\.id)))
    }

    /// The number without the typography of a page.
    private static func plain(_ text: String) -> String {
        String(
            text.unicodeScalars.filter { $0 != "\u{202F}" }.map {
                $0 == "\u{2212}" ? "-" : Character($0)
            })
    }

    @Test("agree on every figure: text")
    func text() throws {
        let text = TextRenderer().render(statement)
        let start = try #require(text.range(of: "NAMES OF THE FIGURES"))
        let lines = text[start.upperBound...].split(separator: "\n")
        for figure in statement.figures {
            let line = try #require(
                lines.first { $0.hasPrefix(figure.id + " ") }, "\(figure.id)")
            let number =
                figure.displayText + (figure.status == .incomplete ? "†" : " ")
            // A long unit may break at its space.
            let unit = figure.measure.displaySymbol.prefix { $0 != " " }
            #expect(line.contains(" \(number)  \(unit)"), "\(line)")
        }
    }

    @Test("agree on every figure: CSV")
    func csv() throws {
        let rows = CSVRenderer().render(statement).components(separatedBy: "\r\n").dropLast()
        #expect(rows.count == statement.figures.count + 1)
        for (row, figure) in zip(rows.dropFirst(), statement.figures) {
            #expect(row.hasPrefix(figure.id + ","))
            let end = [
                figure.displayText, figure.measure.displaySymbol, figure.value.description,
                figure.measure.exactSymbol, figure.measure.rounding, figure.status.rawValue,
            ].joined(separator: ",")
            #expect(row.hasSuffix("," + end))
        }
    }

    private struct Document: Decodable {
        struct Figure: Decodable {
            let id: String
            let quantity: String
            let unit: String
            let exact_quantity: String
            let status: String
        }

        let schema: String
        let complete: Bool
        let figures: [Figure]
    }

    @Test("agree on every figure: JSON")
    func json() throws {
        let text = JSONRenderer().render(statement)
        let document = try JSONDecoder().decode(Document.self, from: Data(text.utf8))
        #expect(document.schema == JSONRenderer.schema)
        #expect(document.complete == statement.isComplete)
        #expect(document.figures.map(\.id) == statement.figures.map(\.id))
        #expect(document.figures.map(\.quantity) == statement.figures.map(\.displayText))
        #expect(
            document.figures.map(\.exact_quantity) == statement.figures.map(\.value.description))
        #expect(document.figures.map(\.unit) == statement.figures.map(\.measure.displaySymbol))
        #expect(document.figures.map(\.status) == statement.figures.map(\.status.rawValue))
    }

    @Test("keep the text within 100 columns")
    func width() {
        for line in TextRenderer().render(statement).split(separator: "\n") {
            #expect(line.count <= TextRenderer.width, "\(line)")
        }
    }

    @Test("are found by their format")
    func formats() {
        #expect(StatementRenderers.all.map(\.format) == ["text", "csv", "json", "html"])
        #expect(StatementRenderers.named("pdf") == nil)
    }
}

@Suite("A statement with hostile names")
struct HostileNamesTests {
    private static let name =
        "=HYPERLINK(\"http://evil\",\"x\")<script>alert('1')</script>&\u{202E}"

    private func statement() throws -> Statement {
        try Statement(
            StatementSample.input(adjusting: { organisation in
                organisation.name = Self.name
                let first = organisation.facilities[0]
                organisation.facilities[0] = Facility(
                    id: first.id, name: Self.name, country: "NL", timeZone: first.timeZone)
            }))
    }

    @Test("writes no markup of theirs into the page")
    func html() throws {
        let page = HTMLRenderer().render(try statement())
        #expect(!page.contains("<script"))
        #expect(!page.contains("\u{202E}"))
        #expect(page.contains("&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;·"))
    }

    @Test("gives a spreadsheet no formula")
    func csv() throws {
        let text = CSVRenderer().render(try statement())
        #expect(text.contains("\"'=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")<script>"))
        #expect(!text.contains(",=") && !text.contains(",\"="))
    }

    @Test("stays valid JSON")
    func json() throws {
        let text = JSONRenderer().render(try statement())
        let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        #expect(object?["organisation"] as? String == Self.name)
    }

    @Test("shows no control character in the terminal")
    func text() throws {
        let text = TextRenderer().render(try statement())
        #expect(!text.contains("\u{202E}"))
        #expect(!text.contains("\u{1B}"))
    }
}

@Suite("A number in a statement")
struct NumberTextTests {
    @Test(
        "has fixed decimals and groups",
        arguments: [
            ("0", 3, "0.000"), ("1234567.5", 3, "1 234 567.500"), ("-0.001", 3, "-0.001"),
            ("999", 0, "999"), ("1000", 0, "1 000"), ("-1000000", 0, "-1 000 000"),
        ])
    func fixed(value: String, decimals: Int, expected: String) {
        #expect(
            NumberText.fixed(StatementSample.decimal(value), decimals: decimals, grouping: " ")
                == expected)
    }

    @Test(
        "is rounded half-even at the kilogram",
        arguments: [
            ("500000", "0"), ("1500000", "0.002"), ("2500000", "0.002"), ("500000.001", "0.001"),
            ("-1500000", "-0.002"),
        ])
    func rounding(milligrams: String, tonnes: String) throws {
        let shown = try Measure.carbonDioxideEquivalent.displayed(
            StatementSample.decimal(milligrams))
        #expect(shown.description == tonnes)
    }
}
