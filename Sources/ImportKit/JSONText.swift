/// A JSON value that keeps the order of its members and writes `null` where it is told to.
///
/// It holds no floating point: counts are integers, every other number is text.
package enum JSONText: Hashable, Sendable {
    case null
    case integer(Int)
    case text(String)
    case list([JSONText])
    case object([Member])

    package struct Member: Hashable, Sendable {
        package let key: String
        package let value: JSONText

        package init(_ key: String, _ value: JSONText) {
            self.key = key
            self.value = value
        }
    }

    /// A text, or `null` where there is none.
    package init(_ text: String?) { self = text.map(JSONText.text) ?? .null }

    /// An integer, or `null` where there is none.
    package init(_ integer: Int?) { self = integer.map(JSONText.integer) ?? .null }

    /// The value as JSON (RFC 8259), indented by two spaces a level, no final newline.
    package func rendered(indent: String = "") -> String {
        let inner = indent + "  "
        switch self {
        case .null: return "null"
        case .integer(let integer): return String(integer)
        case .text(let text): return Self.quoted(text)
        case .list(let values):
            let items = values.map { inner + $0.rendered(indent: inner) }
            return Self.enclosed(items, "[", "]", indent: indent)
        case .object(let members):
            let items = members.map {
                inner + Self.quoted($0.key) + ": " + $0.value.rendered(indent: inner)
            }
            return Self.enclosed(items, "{", "}", indent: indent)
        }
    }

    private static func enclosed(
        _ items: [String], _ open: String, _ close: String, indent: String
    ) -> String {
        guard !items.isEmpty else { return open + close }
        return open + "\n" + items.joined(separator: ",\n") + "\n" + indent + close
    }

    /// Control and format characters are escaped too, so that no file can steer a terminal.
    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where isHidden(scalar):
                for unit in String(scalar).utf16 { result += escaped(unit) }
            case _: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        case _: false
        }
    }

    private static func escaped(_ unit: UInt16) -> String {
        let digits = String(unit, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
    }
}
