/// A JSON document whose members keep their order.
///
/// It holds no floating point: counts are integers, every other number is a text, so that no
/// reader rounds it.
package indirect enum JSONText: Sendable {
    case object([(String, JSONText)])
    case array([JSONText])
    case string(String)
    case integer(Int)
    case boolean(Bool)
    case null

    /// A text, or `null` where there is none.
    package static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

    /// An integer, or `null` where there is none.
    package static func optional(_ integer: Int?) -> JSONText {
        integer.map(JSONText.integer) ?? .null
    }

    /// The document by RFC 8259, indented by two spaces a level, no final newline.
    package func written() -> String { written(indent: "") }

    private func written(indent: String) -> String {
        let inner = indent + "  "
        switch self {
        case .object(let members):
            let items = members.map { name, value in
                inner + Self.quoted(name) + ": " + value.written(indent: inner)
            }
            return Self.enclosed(items, "{", "}", indent: indent)
        case .array(let elements):
            let items = elements.map { inner + $0.written(indent: inner) }
            return Self.enclosed(items, "[", "]", indent: indent)
        case .string(let text): return Self.quoted(text)
        case .integer(let integer): return String(integer)
        case .boolean(let value): return value ? "true" : "false"
        case .null: return "null"
        }
    }

    private static func enclosed(
        _ items: [String], _ open: String, _ close: String, indent: String
    ) -> String {
        guard !items.isEmpty else { return open + close }
        return open + "\n" + items.joined(separator: ",\n") + "\n" + indent + close
    }

    /// Control and format characters are escaped too, so that no text can steer a terminal.
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
