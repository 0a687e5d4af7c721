internal import Diagnostics

/// Looks at the brackets of TOML without reading what they hold.
///
/// toml++ 3.4 ends the program, by assertions that stay in a release, where a character that begins
/// no key follows the `[` of a header, and where a `}` stands in a list. So it must not see such a
/// text. What is followed here is what decides where they can be: strings, comments and brackets.
/// toml++ stops at the first fault, hence only a text that is sound up to there matters.
struct TOMLBrackets {
    /// What no TOML holds, 1-based, the column in characters.
    struct Fault {
        let message: String
        let hint: String
        let line: Int
        let column: Int
    }

    private let bytes: [UInt8]
    private var index = 0

    private init(_ text: String) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = Array(text.utf8)
        self.bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// The first fault; `nil` if there is none.
    static func firstFault(in text: String) -> Fault? {
        var brackets = TOMLBrackets(text)
        while brackets.index < brackets.bytes.count {
            if let fault = brackets.passStatement() { return fault }
        }
        return nil
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Passes a line, or several where brackets or strings go on.
    private mutating func passStatement() -> Fault? {
        passBlanks()
        if byte == UInt8(ascii: "[") {
            index += 1
            passBlanks()
            if byte == UInt8(ascii: "[") {
                index += 1
                passBlanks()
            }
            guard let byte, Self.mayFollow(byte) else {
                return fault("a table needs a name", hint: "write it as [name]")
            }
        }
        var open: [UInt8] = []
        while let byte {
            switch byte {
            case UInt8(ascii: "\n"):
                index += 1
                if open.isEmpty { return nil }
            case UInt8(ascii: "#"): pass { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): passString(byte)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                index += 1
                open.append(byte)
            case UInt8(ascii: "}") where open.last == UInt8(ascii: "["):
                return fault("a '}' stands in a list", hint: "a list ends with ]")
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                index += 1
                _ = open.popLast()
            case _: index += 1
            }
        }
        return nil
    }

    private mutating func passString(_ quote: UInt8) {
        let count = quotes(quote)
        index += min(count, 3)
        // Two are an empty string; three begin one of several lines.
        if count == 2 { return }
        while let byte {
            switch byte {
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""): index += 2
            case UInt8(ascii: "\n") where count < 3: return
            case quote:
                let closing = quotes(quote)
                // A string of several lines may end with two quotes of its own.
                index += count < 3 ? 1 : min(closing, 5)
                if count < 3 || closing >= 3 { return }
            case _: index += 1
            }
        }
    }

    /// How many of these quotes stand here.
    private func quotes(_ quote: UInt8) -> Int { bytes[index...].prefix { $0 == quote }.count }

    private mutating func passBlanks() {
        pass { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    private mutating func pass(_ isPassed: (UInt8) -> Bool) {
        while let byte, isPassed(byte) { index += 1 }
    }

    /// A bare key, a key in quotes, or the `]` of a header that toml++ refuses itself.
    private static func mayFollow(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
            true
        case _: false
        }
    }

    /// A fault of the next byte.
    private func fault(_ message: String, hint: String) -> Fault {
        let before = bytes[..<index]
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return Fault(
            message: message, hint: hint, line: before.count { $0 == UInt8(ascii: "\n") } + 1,
            column: String(decoding: bytes[start..<index], as: UTF8.self).count + 1)
    }
}
