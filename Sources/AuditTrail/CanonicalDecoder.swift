extension CanonicalJSON {
    /// The value that canonical bytes hold. Members that the type does not read are passed over;
    /// whoever must refuse them encodes again and compares, as `RecordCoding` does.
    ///
    /// - Throws: as `value(of:)`, and `mismatch` or `number` where the type needs something else.
    package static func decode<Value: Decodable>(
        _ type: Value.Type, from bytes: [UInt8]
    ) throws(CanonicalJSONError) -> Value {
        try decode(type, from: value(of: bytes))
    }

    package static func decode<Value: Decodable>(
        _ type: Value.Type, from value: CanonicalValue
    ) throws(CanonicalJSONError) -> Value {
        do {
            return try Value(from: CanonicalDecoder(value: value, path: nil))
        } catch let error as CanonicalJSONError {
            throw error
        } catch let error as DecodingError {
            throw mismatch(error)
        } catch {
            throw .mismatch(path: "", reason: "\(error)")
        }
    }

    private static func mismatch(_ error: DecodingError) -> CanonicalJSONError {
        let context =
            switch error {
            case .typeMismatch(_, let context), .valueNotFound(_, let context),
                .keyNotFound(_, let context), .dataCorrupted(let context):
                context
            @unknown default:
                DecodingError.Context(codingPath: [], debugDescription: "\(error)")
            }
        return .mismatch(
            path: CanonicalName.path(context.codingPath), reason: context.debugDescription)
    }
}

struct CanonicalDecoder: Decoder {
    let value: CanonicalValue
    let path: CodingPath?

    var codingPath: [any CodingKey] { path?.keys ?? [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
        guard case .object(let members) = value else { throw wrong("an object") }
        return KeyedDecodingContainer(MemberDecoding(decoder: self, members: members))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        guard case .array(let elements) = value else { throw wrong("an array") }
        return ElementDecoding(decoder: self, elements: elements)
    }

    func singleValueContainer() -> any SingleValueDecodingContainer {
        ValueDecoding(decoder: self)
    }

    func wrong(_ needed: String) -> CanonicalJSONError {
        .mismatch(path: CanonicalName.path(codingPath), reason: "\(needed) must stand here")
    }
}

private struct MemberDecoding<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let decoder: CanonicalDecoder
    let members: [String: CanonicalValue]

    var codingPath: [any CodingKey] { decoder.codingPath }

    var allKeys: [Key] { members.keys.compactMap { Key(stringValue: CanonicalName.decoded($0)) } }

    func contains(_ key: Key) -> Bool { value(key) != nil }

    // Null cannot be parsed: what is there is a value.
    func decodeNil(forKey key: Key) throws -> Bool { !contains(key) }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
        try Value(from: member(key))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
        let nested = try member(key)
        guard case .object(let members) = nested.value else {
            // An enum case whose unlabelled value is no object: only that value can be read.
            return KeyedDecodingContainer(MemberDecoding<Nested>(decoder: nested, members: [:]))
        }
        return KeyedDecodingContainer(MemberDecoding<Nested>(decoder: nested, members: members))
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
        try member(key).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { decoder }

    func superDecoder(forKey key: Key) throws -> any Decoder { try member(key) }

    private func value(_ key: Key) -> CanonicalValue? {
        if key.stringValue == CanonicalName.caseValue { return decoder.value }
        return CanonicalName.encoded(key.stringValue).flatMap { members[$0] }
    }

    private func member(_ key: Key) throws(CanonicalJSONError) -> CanonicalDecoder {
        let path = CodingPath(parent: decoder.path, key: key)
        guard let value = value(key) else {
            throw .mismatch(path: CanonicalName.path(path.keys), reason: "it is missing")
        }
        return CanonicalDecoder(value: value, path: path)
    }
}

private struct ElementDecoding: UnkeyedDecodingContainer {
    let decoder: CanonicalDecoder
    let elements: [CanonicalValue]
    private(set) var currentIndex = 0

    var codingPath: [any CodingKey] { decoder.codingPath }
    var count: Int? { elements.count }
    var isAtEnd: Bool { currentIndex == elements.count }

    init(decoder: CanonicalDecoder, elements: [CanonicalValue]) {
        self.decoder = decoder
        self.elements = elements
    }

    func decodeNil() throws -> Bool { false }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        try Value(from: next())
    }

    mutating func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
        try next().container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
        try next().unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { try next() }

    private mutating func next() throws(CanonicalJSONError) -> CanonicalDecoder {
        let path = CodingPath(parent: decoder.path, key: ElementKey(currentIndex))
        guard !isAtEnd else {
            throw .mismatch(path: CanonicalName.path(path.keys), reason: "it is missing")
        }
        defer { currentIndex += 1 }
        return CanonicalDecoder(value: elements[currentIndex], path: path)
    }
}

private struct ValueDecoding: SingleValueDecodingContainer {
    let decoder: CanonicalDecoder

    var codingPath: [any CodingKey] { decoder.codingPath }

    func decodeNil() -> Bool { false }

    func decode(_ type: String.Type) throws -> String {
        guard case .string(let text) = decoder.value else { throw decoder.wrong("a string") }
        return text
    }

    func decode(_ type: Bool.Type) throws -> Bool {
        guard case .bool(let flag) = decoder.value else { throw decoder.wrong("true or false") }
        return flag
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        guard !(Value.self is any Numeric.Type) else {
            throw CanonicalJSONError.number(path: CanonicalName.path(codingPath))
        }
        return try Value(from: decoder)
    }
}
