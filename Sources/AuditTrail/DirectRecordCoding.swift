internal import Inventory
internal import LedgerCore

/// The encoding of the records of which a book has most, member by member.
///
/// `RecordCoding` gives the same bytes by way of `Codable`, and takes over wherever this gives
/// `nil`: for other kinds of records, rare members, and everything that is wrong. A record read
/// here has been written again and compared, as there, unless its bytes are trusted.
enum DirectRecordCoding {
    /// The canonical bytes; `nil` where the general encoder must write them.
    static func bytes(of record: LedgerRecord) -> [UInt8]? {
        var writer = DirectWriter()
        return write(record, to: &writer) ? writer.bytes : nil
    }

    /// - Returns: False where the general encoder must write the record.
    private static func write(_ record: LedgerRecord, to writer: inout DirectWriter) -> Bool {
        writer.literal("{\"actor\":")
        writer.text(record.actor)
        writer.literal(",\"body\":")
        switch record.body {
        case .journal(let entry): writer.write(entry)
        case .activity(let activity):
            guard writer.write(activity) else { return false }
        case .document(let document): writer.write(document)
        case .decision(let decision): writer.write(decision)
        case _: return false
        }
        writer.literal(",\"number\":")
        writer.number(record.number)
        writer.literal(",\"recorded_at\":")
        writer.text(record.recordedAt.description)
        writer.literal(",\"type\":")
        writer.text(record.body.kind.rawValue)
        writer.literal(",\"version\":")
        writer.text(LedgerRecord.encodingVersion)
        writer.literal("}")
        return !writer.isRefused
    }

    /// The record whose canonical bytes these are; `nil` where the general decoder must read them.
    ///
    /// - Parameter isTrusted: As in `RecordCoding.decode`.
    static func record(
        of bytes: [UInt8], _ memo: RecordMemo?, isTrusted: Bool
    ) -> LedgerRecord? {
        let read = bytes.withUnsafeBufferPointer { bytes in
            var reader = DirectReader(bytes, memo)
            return try? self.read(&reader)
        }
        guard let read, !isTrusted else { return read }
        var writer = DirectWriter()
        return write(read, to: &writer) && writer.holds(bytes) ? read : nil
    }

    private static func read(_ reader: inout DirectReader) throws(Deviation) -> LedgerRecord {
        try reader.expect("{\"actor\":")
        let actor = try reader.repeatedText()
        let body = try self.body(&reader)
        try reader.expect(",\"number\":")
        let number = RecordNumber(try reader.number())
        try reader.expect(",\"recorded_at\":")
        let recordedAt = try reader.value(Instant.self)
        try reader.expect(",\"type\":")
        guard try reader.choice(RecordBody.Kind.self) == body.kind else { throw Deviation() }
        try reader.expect(",\"version\":")
        guard try reader.text() == LedgerRecord.encodingVersion else { throw Deviation() }
        try reader.expect("}")
        guard reader.isAtEnd else { throw Deviation() }
        return LedgerRecord(number: number, recordedAt: recordedAt, actor: actor, body: body)
    }

    /// The first member tells the kind; the type that follows must confirm it.
    private static func body(_ reader: inout DirectReader) throws(Deviation) -> RecordBody {
        try reader.expect(",\"body\":{")
        if reader.skip("\"activity\":") { return .activity(try reader.activity()) }
        if reader.skip("\"digest\":") { return .document(try reader.document()) }
        if reader.stands("\"by\":") || reader.stands("\"outcome\":") {
            return .decision(try reader.decision())
        }
        return .journal(try reader.entry())
    }
}
