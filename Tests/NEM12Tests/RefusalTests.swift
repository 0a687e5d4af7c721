internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities
internal import Testing

/// What makes a file one that cannot be trusted, and where the message points.
struct RefusalTests {
    private static let block = NEMText.block()
    private static let day = NEMText.day("20240101")

    struct Case: Sendable {
        let records: [String]
        let code: DiagnosticCode
        let line: Int
        var column: Int?
    }

    private static let cases: [Case] = [
        // The 200 record and the 300 record disagree about the number of values.
        Case(records: [block, NEMText.day("20240101", count: 96)], code: .csvRowRagged, line: 3),
        Case(records: [block, NEMText.day("20240101", count: 47)], code: .csvRowRagged, line: 3),
        Case(
            records: [NEMText.block(minutes: 15), NEMText.day("20240101", count: 288)],
            code: .csvRowRagged, line: 3),
        Case(records: [block, day, "300,20240102,V,,,,"], code: .csvRowRagged, line: 4),
        Case(records: [block, "300,20240101"], code: .csvRowRagged, line: 3),
        // A lost line break puts two records on one line.
        Case(records: [block, day + NEMText.day("20240102")], code: .csvRowRagged, line: 3),
        // Records out of place.
        Case(records: [day], code: .recordStructure, line: 2, column: 1),
        Case(records: [block, NEMText.quality(1, 48, "A")], code: .recordStructure, line: 3),
        Case(records: [block, day, NEMText.end, day], code: .recordStructure, line: 5),
        Case(records: [block, day, "301,20240101"], code: .recordStructure, line: 4, column: 1),
        Case(records: [block, day, "Total,48"], code: .recordStructure, line: 4, column: 1),
        Case(records: [block, day, "100,NEM13,20240101"], code: .recordStructure, line: 4),
        Case(
            records: [block, day, NEMText.basic(from: "20240101000000", to: "20240201000000")],
            code: .recordStructure, line: 4),
        // Fields of the 200 record.
        Case(
            records: [NEMText.block(minutes: 7), day], code: .recordStructure, line: 2, column: 41),
        Case(records: [NEMText.block(minutes: 0), day], code: .recordStructure, line: 2),
        Case(records: [NEMText.block(minutes: -30), day], code: .recordStructure, line: 2),
        Case(records: [NEMText.block(unit: "kWhr"), day], code: .unitUnknown, line: 2, column: 37),
        Case(records: [NEMText.block(unit: ""), day], code: .unitUnknown, line: 2),
        Case(records: [NEMText.block(unit: "kVArh"), day], code: .unitUnknown, line: 2),
        Case(
            records: [NEMText.block("6001234567", "K1", unit: "kWh"), day], code: .unitUnknown,
            line: 2),
        Case(records: [NEMText.block(""), day], code: .valueMissing, line: 2),
        Case(records: [NEMText.block("600123\u{202E}4567"), day], code: .textSuspicious, line: 2),
    ]

    @Test(arguments: cases.indices)
    func `A file that contradicts itself or the standard is refused`(_ index: Int) throws {
        let one = Self.cases[index]
        let read = NEMText.read(NEMText.file(one.records))
        #expect(read.outcome == .reject && read.series.isEmpty, "\(one)")
        let reason = try #require(read.diagnostics.first)
        #expect(read.diagnostics.count == 1 && reason.code == one.code, "\(one): \(reason)")
        #expect(reason.location?.line == one.line, "\(one)")
        if let column = one.column { #expect(reason.location?.column == column, "\(one)") }
        #expect(reason.hint != nil || reason.code == .valueMissing, "\(one)")
    }

    @Test
    func `Another version of the format is refused by name`() {
        let text = "100,NEM09,202401010000,A,B\n900\n"
        #expect(NEMText.recognises(text))
        let read = NEMText.read(text)
        #expect(read.outcome == .reject && read.diagnostics[0].message.contains("NEM09"))
    }

    @Test
    func `Only records of the format are recognised`() {
        for text in [
            NEMText.file(), NEMText.basicFile(), "\u{FEFF}100,NEM12,1", "\r\n,,\n100 , NEM13 ,",
            "\"100\",\"nem12\",\"x\"", NEMText.block(), NEMText.day("20240101"),
            NEMText.basic(from: "20240101000000", to: "20240201000000"),
        ] { #expect(NEMText.recognises(text), "\(text)") }
        for text in [
            "", "100", "100,5,7", "100,NEMO,7", "200,3", "meter,start,end,kwh\n",
            "200,a,b,c,d,e,f,g,h", "200,a,b,c,d,e,f,g,7", "300,1,2,3", "250,1,2", "<a/>",
        ] { #expect(!NEMText.recognises(text), "\(text)") }
    }

    @Test
    func `A day at fault is set aside whole, with its place`() throws {
        let sound = (1...28).map { NEMText.day($0 < 10 ? "2024020\($0)" : "202402\($0)") }
        let broken: [(String, DiagnosticCode, Int?)] = [
            (NEMText.day("20240230"), .dateInvalid, 5),
            (NEMText.day("2024-03-01"), .dateInvalid, 5),
            (
                NEMText.day("20240301", ["1", "x"] + Array(repeating: "1", count: 46)),
                .numberInvalid, 16
            ),
            (
                NEMText.day(
                    "20240301",
                    [String(repeating: "9", count: 39)] + Array(repeating: "1", count: 47)),
                .numberOutOfRange, 14
            ),
        ]
        for (record, code, column) in broken {
            let read = NEMText.read(
                NEMText.file([Self.block] + sound + [record, NEMText.quality(1, 2, "E52")]))
            #expect(read.outcome == .quarantineRows && read.quarantined == 1)
            let fault = try #require(read.diagnostics.first)
            #expect(fault.code == code && fault.severity == .error)
            #expect(fault.location?.line == 31 && fault.location?.column == column)
            // 28 days of 48 values of 1: nothing of the broken day.
            #expect(read.series.first?.total == ExactDecimal(1_344))
        }
    }

    @Test
    func `An unreadable UpdateDateTime decides nothing`() {
        let read = NEMText.read(
            NEMText.file(
                Self.block, NEMText.day("20240101", "1", updated: "2.02401E+13"),
                NEMText.day("20240101", "2", updated: "20240101000000")))
        #expect(read.outcome == .conflict)
        #expect(read.codes == ["date-invalid", "reading-conflict"])
    }
}
