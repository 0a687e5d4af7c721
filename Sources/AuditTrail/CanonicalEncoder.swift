package import Hashing

extension CanonicalJSON {
    /// The canonical bytes of a value: property names in snake case, `nil` absent.
    ///
    /// - Throws: `number` or `null` for what records do not hold, and as `bytes(of:)`.
    package static func encode(_ value: some Encodable) throws(CanonicalJSONError) -> [UInt8] {
        try bytes(of: canonicalValue(of: value))
    }

    /// The value as canonical JSON, before it is written.
    package static func canonicalValue(
        of value: some Encodable
    ) throws(CanonicalJSONError) -> CanonicalValue {
        let slot = EncodingSlot(path: nil)
        do {
            try value.encode(to: CanonicalEncoder(slot: slot))
            return try slot.finished()
        } catch let error as CanonicalJSONError {
            throw error
        } catch {
            throw .mismatch(path: "", reason: "\(error)")
        }
    }

    /// SHA-256 of the canonical bytes.
    package static func digest(
        of value: some Encodable
    ) throws(CanonicalJSONError) -> SHA256Digest {
        SHA256Digest(hashing: try encode(value))
    }
}

/// The place into which one value is written. A class, because `Encodable` hands out containers
/// that are written to after they were returned.
final class EncodingSlot {
    enum Content {
        case empty
        case value(CanonicalValue)
        case array([EncodingSlot])
        case object([(name: String, slot: EncodingSlot)])
        /// The value of an enum case, written in place of the object.
        case replaced(EncodingSlot)
    }

    private let path: CodingPath?
    var content = Content.empty

    init(path: CodingPath?) { self.path = path }

    var codingPath: [any CodingKey] { path?.keys ?? [] }

    func finished() throws(CanonicalJSONError) -> CanonicalValue {
        switch content {
        case .empty: throw .empty(path: CanonicalName.path(codingPath))
        case .value(let value): return value
        case .replaced(let slot): return try slot.finished()
        case .array(let slots):
            var elements: [CanonicalValue] = []
            elements.reserveCapacity(slots.count)
            for slot in slots { elements.append(try slot.finished()) }
            return .array(elements)
        case .object(let slots):
            var members: [String: CanonicalValue] = [:]
            members.reserveCapacity(slots.count)
            for (name, slot) in slots { members[name] = try slot.finished() }
            return .object(members)
        }
    }

    /// The slot of a member.
    ///
    /// - Returns: `nil` where the key has no name in canonical JSON, or stands beside the
    ///   unlabelled value of an enum case.
    func member(_ key: any CodingKey) -> EncodingSlot? {
        guard case .object(var slots) = content else { return nil }
        let slot = EncodingSlot(path: CodingPath(parent: path, key: key))
        if key.stringValue == CanonicalName.caseValue {
            guard slots.isEmpty else { return nil }
            content = .replaced(slot)
            return slot
        }
        guard let name = CanonicalName.encoded(key.stringValue) else { return nil }
        content = .empty
        slots.append((name, slot))
        content = .object(slots)
        return slot
    }

    func element() -> EncodingSlot {
        guard case .array(var slots) = content else {
            preconditionFailure("A value is written to one container.")
        }
        let slot = EncodingSlot(path: CodingPath(parent: path, key: ElementKey(slots.count)))
        content = .empty
        slots.append(slot)
        content = .array(slots)
        return slot
    }
}

struct CanonicalEncoder: Encoder {
    let slot: EncodingSlot

    var codingPath: [any CodingKey] { slot.codingPath }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        if case .empty = slot.content { slot.content = .object([]) }
        return KeyedEncodingContainer(MemberEncoding(slot: slot))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer {
        if case .empty = slot.content { slot.content = .array([]) }
        return ElementEncoding(slot: slot)
    }

    func singleValueContainer() -> any SingleValueEncodingContainer {
        ValueEncoding(slot: slot)
    }
}

/// The generic `encode` of each container serves all types; a number arrives at `ValueEncoding`.
private struct MemberEncoding<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let slot: EncodingSlot

    var codingPath: [any CodingKey] { slot.codingPath }

    func encodeNil(forKey key: Key) throws {
        throw CanonicalJSONError.null(path: CanonicalName.path(codingPath + [key]))
    }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
        guard let member = slot.member(key) else {
            throw CanonicalJSONError.name(key.stringValue, path: CanonicalName.path(codingPath))
        }
        try value.encode(to: CanonicalEncoder(slot: member))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
        CanonicalEncoder(slot: nested(key)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
        CanonicalEncoder(slot: nested(key)).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        preconditionFailure("Records hold no classes, so nothing has a superclass to encode.")
    }

    func superEncoder(forKey key: Key) -> any Encoder { superEncoder() }

    private func nested(_ key: Key) -> EncodingSlot {
        guard let member = slot.member(key) else {
            preconditionFailure("The name of an enum case is a Swift name in camel case.")
        }
        return member
    }
}

private struct ElementEncoding: UnkeyedEncodingContainer {
    let slot: EncodingSlot

    var codingPath: [any CodingKey] { slot.codingPath }

    var count: Int {
        guard case .array(let slots) = slot.content else { return 0 }
        return slots.count
    }

    func encodeNil() throws {
        throw CanonicalJSONError.null(path: CanonicalName.path(codingPath))
    }

    func encode<Value: Encodable>(_ value: Value) throws {
        try value.encode(to: CanonicalEncoder(slot: slot.element()))
    }

    func nestedContainer<Nested: CodingKey>(
        keyedBy type: Nested.Type
    ) -> KeyedEncodingContainer<Nested> {
        CanonicalEncoder(slot: slot.element()).container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
        CanonicalEncoder(slot: slot.element()).unkeyedContainer()
    }

    func superEncoder() -> any Encoder {
        preconditionFailure("Records hold no classes, so nothing has a superclass to encode.")
    }
}

private struct ValueEncoding: SingleValueEncodingContainer {
    let slot: EncodingSlot

    var codingPath: [any CodingKey] { slot.codingPath }

    func encodeNil() throws {
        throw CanonicalJSONError.null(path: CanonicalName.path(codingPath))
    }

    func encode(_ value: String) throws { slot.content = .value(.string(value)) }

    func encode(_ value: Bool) throws { slot.content = .value(.bool(value)) }

    func encode<Value: Encodable>(_ value: Value) throws {
        guard !(Value.self is any Numeric.Type) else {
            throw CanonicalJSONError.number(path: CanonicalName.path(codingPath))
        }
        try value.encode(to: CanonicalEncoder(slot: slot))
    }
}
