/// A value of a JSON document, with the place where it begins.
package struct JSONNode: Sendable {
    package enum Value: Sendable {
        /// In the order of the document; names are unique.
        case object([(name: String, node: JSONNode)])
        case array([JSONNode])
        case string(String)
        /// The characters as written: no digit is lost, nothing becomes a binary fraction.
        case number(String)
        case boolean(Bool)
        case null
    }

    package let value: Value
    /// 1-based.
    package let line: Int
    /// 1-based, in characters.
    package let column: Int

    package init(value: Value, line: Int, column: Int) {
        self.value = value
        self.line = line
        self.column = column
    }

    /// The members of an object; none of any other value.
    package var members: [(name: String, node: JSONNode)] {
        if case .object(let members) = value { members } else { [] }
    }

    /// The items of an array; none of any other value.
    package var items: [JSONNode] {
        if case .array(let items) = value { items } else { [] }
    }

    /// A member of an object; `nil` where it is absent or null.
    package subscript(name: String) -> JSONNode? {
        guard let node = members.first(where: { $0.name == name })?.node else { return nil }
        if case .null = node.value { return nil }
        return node
    }

    /// The text of a string without white space around it; `nil` for any other value and for an
    /// empty string.
    package var text: String? {
        guard case .string(let text) = value else { return nil }
        let blanks: Set<Character> = [" ", "\t", "\n", "\r"]
        let head = text.drop { blanks.contains($0) }
        guard let last = head.lastIndex(where: { !blanks.contains($0) }) else { return nil }
        return String(head[...last])
    }

    /// The characters of a number, written as a number or as a string.
    package var digits: String? {
        if case .number(let digits) = value { digits } else { text }
    }
}
