internal import Diagnostics

/// Finds the headers of tables in TOML without reading what they hold.
///
/// toml++ 3.4 ends the program where a character that begins no key follows the `[` of a header: an
/// assertion, and undefined behaviour without assertions. So it must not see such a text. What is
/// followed here is what decides where a header can be: strings, comments and brackets. toml++
/// stops at the first fault, hence only a text that is sound up to the header matters.
struct TOMLHeaders {
    private let bytes: [UInt8]
    private var index = 0

    private init(_ text: String) {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let bytes = Array(text.utf8)
        self.bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(3)) : bytes
    }

    /// Where the first header without a name stands, 1-based, the column in characters; `nil` if
    /// there is none.
    static func firstWithoutName(in text: String) -> (line: Int, column: Int)? {
        var headers = TOMLHeaders(text)
        while headers.index < headers.bytes.count {
            if let place = headers.passStatement() { return headers.location(of: place) }
        }
        return nil
    }

    private var byte: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Passes a line, or several where brackets or strings go on.
    ///
    /// - Returns: The place of what follows the brackets, if it is a header without a name.
    private mutating func passStatement() -> Int? {
        passBlanks()
        if byte == UInt8(ascii: "[") {
            index += 1
            passBlanks()
            if byte == UInt8(ascii: "[") {
                index += 1
                passBlanks()
            }
            guard let byte, Self.mayFollow(byte) else { return index }
        }
        var depth = 0
        while let byte {
            switch byte {
            case UInt8(ascii: "\n"):
                index += 1
                if depth == 0 { return nil }
            case UInt8(ascii: "#"): pass { $0 != UInt8(ascii: "\n") }
            case UInt8(ascii: "\""), UInt8(ascii: "'"): passString(byte)
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                index += 1
                depth += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                index += 1
                depth = max(0, depth - 1)
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

    private func location(of place: Int) -> (line: Int, column: Int) {
        let before = bytes[..<place]
        let line = before.count { $0 == UInt8(ascii: "\n") } + 1
        let start = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
        return (line, String(decoding: bytes[start..<place], as: UTF8.self).count + 1)
    }
}
