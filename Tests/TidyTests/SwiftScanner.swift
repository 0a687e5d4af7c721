/// A line of Swift without its comments and the text of its literals.
///
/// A simple scan, not a parser: it knows `//`, `/* */`, `"…"` and `"""`, which is enough for the
/// rules here. Interpolations are dropped with the literal that holds them.
struct SwiftScanner {
    private var isInComment = false
    private var isInLongLiteral = false

    /// The code of each line of a file.
    static func code(of lines: [String]) -> [String] {
        var scanner = SwiftScanner()
        return lines.map { scanner.code(of: $0) }
    }

    private mutating func code(of line: String) -> String {
        var code: [UInt8] = []
        var rest = Array(line.utf8)[...]
        while !rest.isEmpty {
            if isInComment {
                isInComment = !Self.skip(past: "*/", &rest)
            } else if isInLongLiteral {
                isInLongLiteral = !Self.skip(past: "\"\"\"", &rest)
            } else if rest.starts(with: "//".utf8) {
                return String(decoding: code, as: UTF8.self)
            } else if rest.starts(with: "/*".utf8) {
                isInComment = true
                rest = rest.dropFirst(2)
            } else if rest.starts(with: "\"\"\"".utf8) {
                isInLongLiteral = true
                rest = rest.dropFirst(3)
            } else if rest.first == UInt8(ascii: "\"") {
                Self.skipLiteral(&rest, hashes: code.reversed().prefix { $0 == 35 }.count)
                code += Array("\"\"".utf8)
            } else if let byte = rest.popFirst() {
                code.append(byte)
            }
        }
        return String(decoding: code, as: UTF8.self)
    }

    /// - Returns: Whether the mark is in the line; the rest then begins after it.
    private static func skip(past mark: String, _ rest: inout ArraySlice<UInt8>) -> Bool {
        while !rest.isEmpty {
            if rest.starts(with: mark.utf8) {
                rest = rest.dropFirst(mark.utf8.count)
                return true
            }
            rest = rest.dropFirst()
        }
        return false
    }

    private static func skipLiteral(_ rest: inout ArraySlice<UInt8>, hashes: Int) {
        rest = rest.dropFirst()
        var depth = 0
        while let byte = rest.popFirst() {
            let isEscape = byte == UInt8(ascii: "\\") && hashes == 0
            if isEscape, rest.first == UInt8(ascii: "(") {
                depth += 1
                rest = rest.dropFirst()
            } else if isEscape {
                rest = rest.dropFirst()
            } else if depth > 0 {
                depth += byte == UInt8(ascii: "(") ? 1 : byte == UInt8(ascii: ")") ? -1 : 0
            } else if byte == UInt8(ascii: "\""), rest.prefix(hashes).allSatisfy({ $0 == 35 }) {
                return
            }
        }
    }

    /// A function, initialiser or subscript: the line of its name and how many lines it has.
    struct Function: Hashable {
        let name: String
        let line: Int
        let length: Int
    }

    /// The functions of a file, from the line of the declaration to the closing brace.
    static func functions(in lines: [String]) -> [Function] {
        let code = code(of: lines)
        return code.indices.compactMap { index in
            guard let name = declaration(code[index]) else { return nil }
            var depth = 0
            var isOpen = false
            for end in code.indices[index...] {
                for byte in code[end].utf8 {
                    if byte == UInt8(ascii: "{") { (depth, isOpen) = (depth + 1, true) }
                    if byte == UInt8(ascii: "}") { depth -= 1 }
                }
                if isOpen, depth <= 0 {
                    return Function(name: name, line: index + 1, length: end - index + 1)
                }
                // The end of a protocol that only declares it.
                if !isOpen, depth < 0 { return nil }
            }
            return nil
        }
    }

    private static func declaration(_ code: String) -> String? {
        let words = code.split { !($0.isLetter || $0.isNumber || $0 == "_") }
        if let index = words.firstIndex(of: "func"), index + 1 < words.count {
            return String(words[index + 1])
        }
        let modifiers: Set<Substring> = [
            "package", "public", "private", "fileprivate", "convenience", "required", "override",
        ]
        let rest = words.drop { modifiers.contains($0) }
        guard let first = rest.first, first == "init", code.contains("init") else { return nil }
        return String(first)
    }
}
