internal import Diagnostics
internal import Documents
internal import Foundation
internal import TestSupport
internal import Testing

/// A text that stays in its file is read through a window that moves over it.
@Suite("A CSV reader of a large file")
struct CSVWindowTests {
    private struct Row: Equatable {
        let line: Int
        let strayQuote: Int?
        let texts: [String]
    }

    private static func rows(_ reader: CSVReader) -> (rows: [Row], fault: Diagnostic?) {
        var reader = reader
        var rows: [Row] = []
        do throws(Diagnostic) {
            while try reader.advance() {
                rows.append(
                    Row(line: reader.line, strayQuote: reader.strayQuote, texts: reader.texts))
            }
        } catch {
            return (rows, error)
        }
        return (rows, nil)
    }

    private static func random(_ seed: Int) -> [UInt8] {
        var random = SplitMix64(seed: seed)
        let words = ["a", "1,", ",", "\"", "\"\"", "\r\n", "\r", "\n", "é", "€", "😀", "x y", " "]
        let count = Int.random(in: 0...60, using: &random)
        let text = (0..<count).map { _ in words.randomElement(using: &random) ?? "" }.joined()
        let mark: [UInt8] = Bool.random(using: &random) ? [0xEF, 0xBB, 0xBF] : []
        return mark + Array(text.utf8)
    }

    /// The text in memory, and the same in a file.
    private static func texts(_ bytes: [UInt8], in folder: URL) throws -> [DecodedText] {
        let file = folder.appending(path: "t.csv")
        try Data(bytes).write(to: file)
        return try [1 << 20, 0].map { largest in
            try DecodedText(
                Document.open(
                    path: file.path, name: "t.csv", limit: 1 << 20, largestInMemory: largest))
        }
    }

    @Test("gives the same rows and faults, wherever the window ends", arguments: 0..<150)
    func cuts(seed: Int) throws {
        let bytes = Self.random(seed)
        try TemporaryFolder.with { folder in
            let texts = try Self.texts(bytes, in: folder)
            let expected = Self.rows(CSVReader(texts[0], file: "t.csv"))
            for window in [1, 2, 3, 5, 8, 13, 64, 1_000] {
                let read = Self.rows(CSVReader(texts[1], file: "t.csv", windowBytes: window))
                #expect(read.rows == expected.rows)
                #expect(read.fault == expected.fault)
            }
        }
    }

    @Test("keeps its limits, however small the window")
    func limits() throws {
        let limits = CSVLimits(fieldBytes: 10, rowBytes: 20, columns: 4, rows: 2)
        let faulty = [
            "abcdefghijk", "\"abcdefghijk", "a,b,c,d,e", "1\n2\n3", "123456789,123456789,1",
        ]
        for text in faulty {
            try TemporaryFolder.with { folder in
                let texts = try Self.texts(Array(text.utf8), in: folder)
                let read = texts.map {
                    Self.rows(CSVReader($0, file: "t.csv", limits: limits, windowBytes: 2))
                }
                #expect(read[0].fault?.code == .csvLimitExceeded)
                #expect(read[1].fault == read[0].fault)
                #expect(read[1].rows == read[0].rows)
            }
        }
    }

    @Test("refuses a file that was changed after it was opened")
    func changed() throws {
        try TemporaryFolder.with { folder in
            let texts = try Self.texts(Array("a,b\n1,2\n3,4\n".utf8), in: folder)
            let handle = try FileHandle(forWritingTo: folder.appending(path: "t.csv"))
            try handle.write(contentsOf: Data("b".utf8))
            let read = Self.rows(CSVReader(texts[1], file: "t.csv"))
            #expect(read.fault?.code == .fileMissing)
        }
    }

    @Test("leaves a file that is no UTF-8 to the encoding that is stated", arguments: 0..<4)
    func otherEncodings(place: Int) throws {
        // A character cut in two, a NUL, a lone byte of another encoding, at any distance.
        for wrong in [[0xC3], [0], [0xE9], [0xE2, 0x82]] as [[UInt8]] {
            let bytes = Array("abcdefgh".utf8.prefix(place)) + wrong + Array("\nü1234567".utf8)
            try TemporaryFolder.with { folder in
                let file = folder.appending(path: "t.csv")
                try Data(bytes).write(to: file)
                let document = try Document.open(
                    path: file.path, name: "t.csv", limit: 1 << 20, largestInMemory: 0)
                let fault = #expect(throws: Diagnostic.self) { try DecodedText(document) }
                #expect(fault?.code == .encodingRefused && fault?.location?.line == 1)
            }
        }
    }
}
