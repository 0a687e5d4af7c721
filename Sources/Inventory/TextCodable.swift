/// A value whose one text form is its encoding: encoded and decoded as that string.
package protocol TextCodable: Codable, LosslessStringConvertible {}

extension TextCodable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text = try container.decode(String.self)
        guard let value = Self(text) else {
            throw DecodingError.dataCorruptedError(
                in: container, debugDescription: "'\(text)' is not a \(Self.self)")
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A whole number that is encoded as its decimal text: records hold no numbers.
@propertyWrapper
package struct DecimalText: Hashable, Sendable {
    package var wrappedValue: Int

    package init(wrappedValue: Int) { self.wrappedValue = wrappedValue }
}

extension DecimalText: TextCodable {
    package init?(_ text: String) {
        guard let value = Int(text), String(value) == text else { return nil }
        self.init(wrappedValue: value)
    }

    package var description: String { String(wrappedValue) }
}
