internal import Hashing
internal import Inventory

/// A record that people sign before it is recorded: a small file that goes from one to the next.
///
/// A C2SP signed note. Its text has four lines: `tonne-approval/1`, the origin of the book, the
/// type of the record, and the body without `approvals` in canonical JSON.
package struct ApprovalRequest: Hashable, Sendable {
    package let origin: String
    /// Has no approvals.
    package let record: PeriodRecord
    package let signatures: [SignedNote.Signature]

    private static let header = "tonne-approval/1"
    private static let member = "approvals"

    package init(
        origin: String, _ record: PeriodRecord, signatures: [SignedNote.Signature] = []
    ) {
        self.origin = origin
        self.record = record.approved(by: [])
        self.signatures = signatures
    }

    /// Reads the file, with or without signatures.
    package init(parsing bytes: [UInt8]) throws(NoteError) {
        let note = try Self.note(bytes)
        let lines = note.text.utf8.split(separator: 0x0a, omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard lines.count == 5, lines[0] == Self.header, lines[4].isEmpty else {
            throw .malformed("no request for an approval")
        }
        guard let kind = RecordBody.Kind(rawValue: lines[2]),
            let record = Self.body(kind, Array(lines[3].utf8))?.periodRecord
        else { throw .malformed("the request holds no record that can be approved") }
        self.init(origin: lines[1], record, signatures: note.signatures)
        guard text.utf8.elementsEqual(note.text.utf8) else {
            throw .malformed("the request says more than its record")
        }
    }

    private static func note(_ bytes: [UInt8]) throws(NoteError) -> SignedNote {
        // Nobody has signed yet: the note ends with the empty line.
        guard bytes.suffix(2) == [0x0a, 0x0a] else { return try SignedNote(parsing: bytes) }
        try SignedNote.checkText(bytes)
        return SignedNote(text: String(decoding: bytes.dropLast(), as: UTF8.self), signatures: [])
    }

    private static func body(_ kind: RecordBody.Kind, _ json: [UInt8]) -> RecordBody? {
        guard case .object(var members)? = try? CanonicalJSON.value(of: json),
            members[member] == nil
        else { return nil }
        members[member] = .array([])
        return try? RecordCoding.body(kind, .object(members))
    }

    /// What is signed; empty for a body that has no encoding.
    package var text: String {
        guard let members = bareMembers,
            let json = try? CanonicalJSON.bytes(of: .object(members))
        else { return "" }
        return [
            Self.header, origin, record.body.kind.rawValue, String(decoding: json, as: UTF8.self),
        ].map { $0 + "\n" }.joined()
    }

    /// The request as its file has it.
    package var written: String { SignedNote(text: text, signatures: signatures).written }

    /// The members of the body, for the person who is asked to sign.
    package var members: [(name: String, json: String)] {
        (bareMembers ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, Self.words($0.value)) }
    }

    /// The encoded body without its approvals.
    private var bareMembers: [String: CanonicalValue]? {
        guard case .object(var members)? = try? RecordCoding.encodedBody(record.body) else {
            return nil
        }
        members[Self.member] = nil
        return members
    }

    private static func words(_ value: CanonicalValue) -> String {
        if case .string(let text) = value { return text }
        return (try? CanonicalJSON.bytes(of: value)).map { String(decoding: $0, as: UTF8.self) }
            ?? ""
    }

    /// The request with one more signature; one of the same key is replaced.
    package func signed(by signer: NoteSigner) -> ApprovalRequest {
        let signature = signer.signature(of: text, at: 0)
        let others = signatures.filter {
            $0.name != signature.name || $0.keyID != signature.keyID
        }
        return ApprovalRequest(origin: origin, record, signatures: others + [signature])
    }

    /// The record with what was signed as its approvals.
    package var approvedRecord: PeriodRecord {
        record.approved(
            by: signatures.map { signature in
                Approval(
                    key: NoteKey.reference(name: signature.name, id: signature.keyID),
                    signature: Base64.text(signature.bytes))
            })
    }
}

extension NoteKey: TextCodable {
    package init?(_ text: String) {
        guard let key = try? NoteKey(parsing: text) else { return nil }
        self = key
    }

    /// `name+id`, by which an approval names its key.
    package var reference: String { Self.reference(name: name, id: id) }

    static func reference(name: String, id: [UInt8]) -> String {
        "\(name)+\(Self.idText(id))"
    }
}

extension Approval {
    /// True if the key signed the record.
    package func isValid(_ key: NoteKey, for request: ApprovalRequest) -> Bool {
        guard key.kind == .log, key.reference.utf8.elementsEqual(self.key.utf8),
            let bytes = Base64.bytes(signature), !request.text.isEmpty
        else { return false }
        return key.publicKey.isValid(signature: bytes, of: Array(request.text.utf8))
    }
}

extension KeyAddition {
    /// True if the log key before it signed the handover.
    package func isHandedOver(by key: NoteKey, origin: String) -> Bool {
        guard let bytes = handover.flatMap({ Base64.bytes($0) }) else { return false }
        let text = KeyHandover.text(origin: origin, to: self.key)
        return key.publicKey.isValid(signature: bytes, of: Array(text.utf8))
    }
}
