internal import Inventory
internal import LedgerCore

/// Why a record has no encoding, or bytes are no record.
package enum RecordCodingError: Error, Hashable, Sendable {
    /// The record cannot be written, or the bytes are not canonical JSON, or the body is not what
    /// its type asks for.
    case json(CanonicalJSONError)
    /// The members of the envelope are not `actor, body, number, recorded_at, type, version`.
    case envelope([String])
    /// An encoding that this program does not read.
    case version(String)
    case type(String)
    /// A character that no text of a record holds, in hexadecimal (see `RecordText`).
    case text(path: String, scalar: String)
    /// The body says more than its type reads, or says it in another form.
    case notCanonical
}

/// The bytes of a record: its leaf in the tree, and all that a verifier needs.
package enum RecordCoding {
    private static let names = ["actor", "body", "number", "recorded_at", "type", "version"]

    /// The canonical bytes of a record.
    ///
    /// - Returns: At most 65,535 bytes.
    /// - Throws: `json`, `text`.
    package static func encode(_ record: LedgerRecord) throws(RecordCodingError) -> [UInt8] {
        if let bytes = DirectRecordCoding.bytes(of: record) { return bytes }
        return try encodeByCodable(record)
    }

    /// The same, for every kind of record.
    package static func encodeByCodable(_ record: LedgerRecord) throws(RecordCodingError) -> [UInt8]
    {
        let value: CanonicalValue
        do throws(CanonicalJSONError) {
            value = .object([
                "actor": .string(record.actor),
                "body": try encodedBody(record.body),
                "number": .string(record.number.description),
                "recorded_at": .string(record.recordedAt.description),
                "type": .string(record.body.kind.rawValue),
                "version": .string(LedgerRecord.encodingVersion),
            ])
        } catch {
            throw .json(error)
        }
        try checkText(value)
        return try bytes(of: value)
    }

    /// The record that bytes hold. To encode it again gives the same bytes.
    ///
    /// - Parameters:
    ///   - memo: For one of many records: what those in front of it have spelled.
    ///   - isTrusted: Whether the bytes are taken to be as they were written: that they are the
    ///     canonical ones is then left to a verification, which takes nothing so.
    /// - Throws: each case of `RecordCodingError`.
    package static func decode(
        _ bytes: [UInt8], _ memo: RecordMemo? = nil, isTrusted: Bool = false
    ) throws(RecordCodingError) -> LedgerRecord {
        let record = DirectRecordCoding.record(of: bytes, memo, isTrusted: isTrusted)
        if let record { return record }
        return try decodeByCodable(bytes)
    }

    /// The same, for every kind of record; it alone says what is wrong.
    package static func decodeByCodable(_ bytes: [UInt8]) throws(RecordCodingError) -> LedgerRecord
    {
        let value: CanonicalValue
        do { value = try CanonicalJSON.value(of: bytes) } catch { throw .json(error) }
        guard case .object(let members) = value, members.keys.sorted() == names else {
            throw .envelope(members(of: value))
        }
        let version: String = try read("version", members)
        guard version == LedgerRecord.encodingVersion else { throw .version(version) }
        let type: String = try read("type", members)
        guard let kind = RecordBody.Kind(rawValue: type) else { throw .type(type) }
        let record = LedgerRecord(
            number: try read("number", members), recordedAt: try read("recorded_at", members),
            actor: try read("actor", members), body: try body(kind, members))
        guard try encodeByCodable(record) == bytes else { throw .notCanonical }
        return record
    }

    static func encodedBody(
        _ body: RecordBody
    ) throws(CanonicalJSONError) -> CanonicalValue {
        switch body {
        case .genesis(let body): try CanonicalJSON.canonicalValue(of: body)
        case .organisation(let body): try CanonicalJSON.canonicalValue(of: body)
        case .organisationPart(let body): try CanonicalJSON.canonicalValue(of: body)
        case .matchingRules(let body): try CanonicalJSON.canonicalValue(of: body)
        case .matchingRulesPart(let body): try CanonicalJSON.canonicalValue(of: body)
        case .gwpTable(let body): try CanonicalJSON.canonicalValue(of: body)
        case .refrigerantBlend(let body): try CanonicalJSON.canonicalValue(of: body)
        case .factor(let body): try CanonicalJSON.canonicalValue(of: body)
        case .factorSeries(let body): try CanonicalJSON.canonicalValue(of: body)
        case .document(let body): try CanonicalJSON.canonicalValue(of: body)
        case .documentPart(let body): try CanonicalJSON.canonicalValue(of: body)
        case .activity(let body): try CanonicalJSON.canonicalValue(of: body)
        case .waitingLine(let body): try CanonicalJSON.canonicalValue(of: body)
        case .decision(let body): try CanonicalJSON.canonicalValue(of: body)
        case .journal(let body): try CanonicalJSON.canonicalValue(of: body)
        case .periodClosing(let body): try CanonicalJSON.canonicalValue(of: body)
        case .periodSeal(let body): try CanonicalJSON.canonicalValue(of: body)
        case .periodReopening(let body): try CanonicalJSON.canonicalValue(of: body)
        case .periodAdjustment(let body): try CanonicalJSON.canonicalValue(of: body)
        case .keyAddition(let body): try CanonicalJSON.canonicalValue(of: body)
        case .keyRevocation(let body): try CanonicalJSON.canonicalValue(of: body)
        case .roleGrant(let body): try CanonicalJSON.canonicalValue(of: body)
        case .roleRevocation(let body): try CanonicalJSON.canonicalValue(of: body)
        case .erasure(let body): try CanonicalJSON.canonicalValue(of: body)
        }
    }

    /// The body that a value of its type holds.
    static func body(
        _ kind: RecordBody.Kind, _ value: CanonicalValue
    ) throws(RecordCodingError) -> RecordBody {
        try body(kind, ["body": value])
    }

    private static func body(
        _ kind: RecordBody.Kind, _ members: [String: CanonicalValue]
    ) throws(RecordCodingError) -> RecordBody {
        switch kind {
        case .genesis: .genesis(try read("body", members))
        case .organisation: .organisation(try read("body", members))
        case .organisationPart: .organisationPart(try read("body", members))
        case .matchingRules: .matchingRules(try read("body", members))
        case .matchingRulesPart: .matchingRulesPart(try read("body", members))
        case .gwpTable: .gwpTable(try read("body", members))
        case .refrigerantBlend: .refrigerantBlend(try read("body", members))
        case .factor: .factor(try read("body", members))
        case .factorSeries: .factorSeries(try read("body", members))
        case .document: .document(try read("body", members))
        case .documentPart: .documentPart(try read("body", members))
        case .activity: .activity(try read("body", members))
        case .waitingLine: .waitingLine(try read("body", members))
        case .decision: .decision(try read("body", members))
        case .journal: .journal(try read("body", members))
        case .periodClosing: .periodClosing(try read("body", members))
        case .periodSeal: .periodSeal(try read("body", members))
        case .periodReopening: .periodReopening(try read("body", members))
        case .periodAdjustment: .periodAdjustment(try read("body", members))
        case .keyAddition: .keyAddition(try read("body", members))
        case .keyRevocation: .keyRevocation(try read("body", members))
        case .roleGrant: .roleGrant(try read("body", members))
        case .roleRevocation: .roleRevocation(try read("body", members))
        case .erasure: .erasure(try read("body", members))
        }
    }

    private static func read<Value: Decodable>(
        _ name: String, _ members: [String: CanonicalValue]
    ) throws(RecordCodingError) -> Value {
        do throws(CanonicalJSONError) {
            guard let value = members[name] else {
                throw .mismatch(path: name, reason: "it is missing")
            }
            return try CanonicalJSON.decode(Value.self, from: value)
        } catch {
            throw .json(error)
        }
    }

    private static func bytes(of value: CanonicalValue) throws(RecordCodingError) -> [UInt8] {
        do { return try CanonicalJSON.bytes(of: value) } catch { throw .json(error) }
    }

    private static func members(of value: CanonicalValue) -> [String] {
        guard case .object(let members) = value else { return [] }
        return members.keys.sorted()
    }

    private static func checkText(_ value: CanonicalValue) throws(RecordCodingError) {
        var search = TextSearch()
        search.visit(value)
        // Members have no order here: the first path by name makes the answer repeatable.
        guard let first = search.found.min(by: { $0.path < $1.path }) else { return }
        throw .text(path: first.path, scalar: String(first.scalar.value, radix: 16))
    }
}

/// Collects the characters that no text of a record holds.
private struct TextSearch {
    private(set) var found: [(path: String, scalar: Unicode.Scalar)] = []
    private var path: [String] = []

    mutating func visit(_ value: CanonicalValue) {
        switch value {
        case .bool: return
        case .string(let text):
            guard let scalar = RecordText.firstForbidden(in: text) else { return }
            found.append((path.joined(separator: "."), scalar))
        case .array(let elements):
            for (index, element) in elements.enumerated() { visit(element, at: String(index)) }
        case .object(let members):
            for (name, member) in members { visit(member, at: name) }
        }
    }

    private mutating func visit(_ value: CanonicalValue, at name: String) {
        path.append(name)
        visit(value)
        path.removeLast()
    }
}
