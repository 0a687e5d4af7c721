/// A JSON document; numbers are texts, so that no reader rounds them.
indirect enum JSONText {
    case object([(String, JSONText)])
    case array([JSONText])
    case string(String)
    case boolean(Bool)
    case null

    static func optional(_ text: String?) -> JSONText { text.map(JSONText.string) ?? .null }

    /// Two spaces a level, members in the order given.
    func written(indent: Int = 0) -> String {
        let margin = String(repeating: "  ", count: indent + 1)
        let end = "\n" + String(repeating: "  ", count: indent)
        switch self {
        case .object(let members):
            if members.isEmpty { return "{}" }
            let lines = members.map { name, value in
                margin + Self.quoted(name) + ": " + value.written(indent: indent + 1)
            }
            return "{\n" + lines.joined(separator: ",\n") + end + "}"
        case .array(let elements):
            if elements.isEmpty { return "[]" }
            let lines = elements.map { margin + $0.written(indent: indent + 1) }
            return "[\n" + lines.joined(separator: ",\n") + end + "]"
        case .string(let text): return Self.quoted(text)
        case .boolean(let value): return value ? "true" : "false"
        case .null: return "null"
        }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case _ where scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value):
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
