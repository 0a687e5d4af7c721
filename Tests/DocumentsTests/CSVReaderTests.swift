internal import Diagnostics
internal import Documents
internal import TestSupport
internal import Testing

@Suite("A CSV reader")
struct CSVReaderTests {
    static func rows(
        _ text: String, dialect: CSVDialect = .standard, limits: CSVLimits = .standard
    ) throws(Diagnostic) -> [[String]] {
        var reader = CSVReader(
            decoded(Array(text.utf8)), file: "t.csv", dialect: dialect, limits: limits)
        var rows: [[String]] = []
        while try reader.advance() { rows.append(reader.texts) }
        return rows
    }

    static func decoded(_ bytes: [UInt8]) -> DecodedText {
        do { return try DecodedText(decoding: bytes) } catch { preconditionFailure("\(error)") }
    }

    @Test(
        "splits rows and cells as RFC 4180 has it",
        arguments: [
            ("a,b\nc,d\n", [["a", "b"], ["c", "d"]]),
            ("a,b\r\nc,d", [["a", "b"], ["c", "d"]]),
            ("a,b\rc,d\r", [["a", "b"], ["c", "d"]]),
            ("a\nb\r\nc\rd", [["a"], ["b"], ["c"], ["d"]]),
            ("", []), ("\n", [[""]]), (",", [["", ""]]), ("a,\n", [["a", ""]]),
            ("\"a,b\",c", [["a,b", "c"]]), ("\"a\nb\",c", [["a\nb", "c"]]),
            ("\"a\"\"b\"", [["a\"b"]]), ("\"\"\"\"", [["\""]]), ("\"\",x", [["", "x"]]),
            (" a , b ", [["a", "b"]]), ("=1+1,@x", [["=1+1", "@x"]]),
        ] as [(String, [[String]])])
    func splits(text: String, expected: [[String]]) throws {
        #expect(try Self.rows(text) == expected)
    }

    @Test("takes another delimiter, and no quotes where there are none")
    func dialects() throws {
        let semicolon = CSVDialect(delimiter: UInt8(ascii: ";"), quote: nil)
        #expect(
            try Self.rows("a;\"b\n1,5;c", dialect: semicolon) == [["a", "\"b"], ["1,5", "c"]])
    }

    @Test(
        "marks the cell with a stray quote and reads on",
        arguments: [("M\"1,x", 0), ("a,\"b\"c,d", 1), ("a,b\"\"", 1)])
    func strayQuotes(text: String, cell: Int) throws {
        var reader = CSVReader(Self.decoded(Array((text + "\nnext").utf8)), file: "t.csv")
        #expect(try reader.advance())
        #expect(reader.strayQuote == cell)
        #expect(try reader.advance())
        #expect(reader.strayQuote == nil)
        #expect(reader.texts == ["next"])
    }

    @Test("reports an unclosed quote at the place where it opens")
    func unclosedQuote() {
        let fault = #expect(throws: Diagnostic.self) { try Self.rows("a\r\nb\r\né,x\"\né,\"y\n\n") }
        #expect(fault?.code == .csvQuoteUnclosed)
        #expect(fault?.location == SourceLocation(file: "t.csv", line: 4, column: 3))
    }

    @Test("counts lines through quoted line breaks and columns in characters")
    func locations() throws {
        var reader = CSVReader(
            Self.decoded(Array("x\n\"é\r\n2\",ü,z\nlast,row".utf8)), file: "t.csv")
        _ = try reader.advance()
        _ = try reader.advance()
        #expect(reader.line == 2)
        #expect(reader.location(0) == SourceLocation(file: "t.csv", line: 2, column: 1))
        #expect(reader.location(2) == SourceLocation(file: "t.csv", line: 3, column: 6))
        _ = try reader.advance()
        #expect(reader.location(1) == SourceLocation(file: "t.csv", line: 4, column: 6))
    }

    @Test(
        "stops at its limits",
        arguments: [
            "abcdefghijk", "\"abcdefghijk\"", "\"abcdefghijk", "a,b,c,d,e", "1\n2\n3\n4\n5\n6",
        ])
    func limits(text: String) {
        let limits = CSVLimits(fieldBytes: 10, columns: 4, rows: 5)
        let fault = #expect(throws: Diagnostic.self) { try Self.rows(text, limits: limits) }
        #expect(fault?.code == .csvLimitExceeded)
    }

    @Test("takes what just fits")
    func fits() throws {
        let limits = CSVLimits(fieldBytes: 10, columns: 4, rows: 2)
        let rows = try Self.rows("abcdefghij,2,3,4\n\"abcdefghij\",,,", limits: limits)
        #expect(rows == [["abcdefghij", "2", "3", "4"], ["abcdefghij", "", "", ""]])
    }

    @Test("refuses a row of more than its cap, however its cells keep theirs")
    func longRow() throws {
        let limits = CSVLimits(fieldBytes: 10, rowBytes: 20)
        func rows(_ row: String) throws -> Int {
            let text = try DecodedText(decoding: Array(row.utf8))
            var reader = CSVReader(text, file: "t.csv", limits: limits)
            var rows = 0
            while try reader.advance() { rows += 1 }
            return rows
        }
        // Twice nine bytes and two marks are 20; the row after them begins anew.
        #expect(try rows("123456789,123456789,\n123456789,123456789,\n") == 2)
        let fault = #expect(throws: Diagnostic.self) { try rows("123456789,123456789,1\n") }
        #expect(fault?.code == .csvLimitExceeded)
    }

    @Test(
        "ends on any bytes, and gives back every cell it was given",
        arguments: 0..<200)
    func randomRows(seed: Int) throws {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("ab,;\"\r\n é".unicodeScalars)
        let rows = (0..<Int.random(in: 1...8, using: &random)).map { _ in
            (0..<Int.random(in: 1...5, using: &random)).map { _ in
                // A mark at both ends, because spaces at the ends are not kept.
                "|"
                    + String(
                        String.UnicodeScalarView(
                            (0..<Int.random(in: 0...6, using: &random)).map { _ in
                                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
                            })) + "|"
            }
        }
        let ends = ["\n", "\r\n", "\r"]
        let text = rows.map { row in
            row.map { cell in
                "\""
                    + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
            }.joined(separator: ",") + ends[Int.random(in: 0..<3, using: &random)]
        }.joined()
        let read = try Self.rows(text)
        #expect(read.map { $0.map { Array($0.utf8) } } == rows.map { $0.map { Array($0.utf8) } })
    }

    @Test("never traps and always ends on random bytes", arguments: 0..<300)
    func randomBytes(seed: Int) {
        var random = SplitMix64(seed: seed)
        let alphabet = Array("a1,;\"\r\n =-".utf8) + [0, 0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0xC3, 0xA9]
        let bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
            alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
        }
        for stated in [nil] + TextEncoding.allCases.map(Optional.some) {
            guard let text = try? DecodedText(decoding: bytes, stated: stated) else { continue }
            var reader = CSVReader(text, file: "t.csv")
            var rows = 0
            do {
                while try reader.advance() {
                    rows += 1
                    for cell in 0..<reader.count { _ = (reader.text(cell), reader.location(cell)) }
                }
            } catch {
                #expect(error.code == .csvQuoteUnclosed)
            }
            #expect(rows <= text.bytes.count)
        }
    }
}
