internal import Diagnostics

/// The texts of the cells that share them (ECMA-376-1, 18.4.9).
struct SharedStrings: XMLHandler {
    enum Element { case item, text, phonetic, other }

    static let keepsSpace = true

    private(set) var texts: [String] = []
    private var current = ""
    private var phoneticDepth = 0

    func name(_ name: XMLName) -> Element {
        switch name.local {
        case "si": .item
        case "t": .text
        case "rPh": .phonetic
        case _: .other
        }
    }

    mutating func start(
        _ name: Element, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        switch name {
        case .item: current = ""
        case .phonetic: phoneticDepth += 1
        case .text, .other: break
        }
    }

    mutating func end(_ name: Element, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {
        switch name {
        case .item: texts.append(SheetText.decoded(current))
        case .phonetic: phoneticDepth -= 1
        // A hint how to pronounce the text is not part of it.
        case .text where phoneticDepth == 0: current += String(decoding: text, as: UTF8.self)
        case .text, .other: break
        }
    }
}

enum SheetText {
    /// Replaces `_x000D_` and its like by the character they stand for (ECMA-376-1, 22.9.2.19).
    static func decoded(_ text: String) -> String {
        guard text.contains("_x") else { return text }
        var result = ""
        var rest = text[...]
        while let start = rest.firstRange(of: "_x") {
            let digits = rest[start.upperBound...].prefix(4)
            let after = rest[digits.endIndex...]
            guard digits.utf8.count == 4, after.first == "_",
                let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
            else {
                result += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                continue
            }
            result += rest[..<start.lowerBound]
            result.unicodeScalars.append(scalar)
            rest = after.dropFirst()
        }
        return result + rest
    }
}

/// Reads the rows of a sheet (ECMA-376-1, 18.3.1): also hidden ones; of a formula, the value that
/// the workbook keeps.
struct SheetReader: XMLHandler {
    enum Element { case row, cell, formula, value, inline, text, phonetic, other }

    static let keepsSpace = true
    /// Stands where a program wrote a formula and never calculated it: a value is there that
    /// nobody knows, which an empty cell would hide.
    private static let notCalculated = "#NOT-CALCULATED"

    private(set) var table: SheetTable
    private let file: String
    private let strings: [String]
    private let shapes: [SheetDate.Shape]
    private let system: SheetDate.System
    private var row = 0
    private var column = -1
    private var kind = "n"
    private var style = 0
    private var content: String?
    private var hasFormula = false
    private var isInline = false
    private var phoneticDepth = 0

    init(
        file: String, strings: [String], shapes: [SheetDate.Shape], system: SheetDate.System,
        limits: ArchiveLimits
    ) {
        self.file = file
        self.strings = strings
        self.shapes = shapes
        self.system = system
        table = SheetTable(file: file, limits: limits)
    }

    func name(_ name: XMLName) -> Element {
        switch name.local {
        case "row": .row
        case "c": .cell
        case "f": .formula
        case "v": .value
        case "is": .inline
        case "t": .text
        case "rPh": .phonetic
        case _: .other
        }
    }

    mutating func start(
        _ name: Element, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        switch name {
        case .row:
            let stated = Self.value(of: "r", attributes).flatMap { Int($0) }
            row = stated ?? (row == Int.max ? row : row + 1)
            column = -1
            try table.beginRow(row)
        case .cell:
            let place = Self.value(of: "r", attributes)
            guard let next = place.map(Self.column) ?? (column + 1) else {
                throw wrong("the cell '\(DiagnosticRenderer.quoted(place ?? ""))' has no place")
            }
            column = next
            kind = Self.value(of: "t", attributes) ?? "n"
            style = Self.value(of: "s", attributes).flatMap { Int($0) } ?? 0
            content = nil
            hasFormula = false
        case .formula: hasFormula = true
        case .inline:
            isInline = true
            content = ""
        case .phonetic: phoneticDepth += 1
        case .value, .text, .other: break
        }
    }

    mutating func end(_ name: Element, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {
        switch name {
        case .value:
            let raw = String(decoding: text, as: UTF8.self)
            content = kind == "str" ? raw : raw.filter { !$0.isWhitespace }
        case .text where isInline && phoneticDepth == 0:
            content = (content ?? "") + String(decoding: text, as: UTF8.self)
        case .inline: isInline = false
        case .phonetic: phoneticDepth -= 1
        case .cell:
            let text = try content.map { text throws(Diagnostic) in try shown(text) }
            let missing = hasFormula ? Self.notCalculated : ""
            try table.add(text ?? missing, column: column)
            content = nil
        case .row, .formula, .text, .other: break
        }
    }

    /// The text that the cell shows, by its kind (ECMA-376-1, 18.18.11).
    private func shown(_ content: String) throws(Diagnostic) -> String {
        switch kind {
        case "s":
            guard let index = Int(content), strings.indices.contains(index) else {
                throw wrong("row \(row) cites the shared text '\(content)', which is none")
            }
            return strings[index]
        case "b": return content == "1" ? "TRUE" : "FALSE"
        case "n":
            guard let number = SheetNumber.decimal(content) else { return content }
            let shape = shapes.indices.contains(style) ? shapes[style] : .number
            return SheetDate.text(number, shape: shape, system: system) ?? number
        case "inlineStr", "str": return SheetText.decoded(content)
        // "e": the name of an error; "d": a date in ISO 8601.
        case _: return content
        }
    }

    private func wrong(_ what: String) -> Diagnostic {
        Diagnostic(
            .xmlStructure, at: SourceLocation(file: file), what,
            hint: "open the workbook and save it again, or save the sheet as CSV")
    }

    private static func value(of name: String, _ attributes: [XMLAttribute]) -> String? {
        attributes.first { $0.name.local == name && $0.name.namespace.isEmpty }?.value
    }

    /// The 0-based column of a place such as `AB12`.
    private static func column(_ place: String) -> Int? {
        let letters = place.utf8.prefix { (65...90).contains($0) }
        guard (1...3).contains(letters.count) else { return nil }
        return letters.reduce(0) { $0 * 26 + Int($1) - 64 } - 1
    }
}
