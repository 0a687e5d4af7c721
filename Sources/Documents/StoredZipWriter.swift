internal import CZlib

/// Writes a zip archive (PKWARE APPNOTE 6.3) of members as they are, without compression.
///
/// The bytes follow from names and contents alone: one time stamp, no extra fields, no attributes.
/// libzip promises no bytes from one version to the next.
package struct StoredZipWriter {
    package enum Fault: Error, Hashable, Sendable {
        /// More than the 4 GiB or 65,535 members that the format counts without extensions.
        case tooLarge
        /// A content gave other bytes when it was read again.
        case contentChanged(String)
    }

    /// Lends the bytes of a member, part by part; is asked twice.
    package typealias Content = (_ body: ([UInt8]) -> Void) throws -> Void

    /// 1980-01-01, 00:00:00: the first day of the format.
    private static let timeAndDate: [UInt8] = [0, 0, 0x21, 0]

    private let sink: ([UInt8]) throws -> Void
    private var offset = 0
    private var count = 0
    private var table: [UInt8] = []

    /// - Parameter sink: Takes the bytes of the archive in order.
    package init(sink: @escaping ([UInt8]) throws -> Void) { self.sink = sink }

    /// - Parameter name: In ASCII, with `/` between folders.
    package mutating func add(_ name: String, _ content: Content) throws {
        var size = 0
        var checksum: UInt32 = 0
        try content { part in
            size += part.count
            checksum = Self.checksum(part, continuing: checksum)
        }
        guard count < 0xFFFF, let head = Self.fields(name, checksum, size),
            let place = Self.unsigned32(offset)
        else { throw Fault.tooLarge }
        table += [0x50, 0x4B, 1, 2, 10, 0] + head
        // No comment, disk 0, no attributes.
        table += [UInt8](repeating: 0, count: 10) + place
        table += name.utf8
        count += 1
        try write([0x50, 0x4B, 3, 4] + head)
        try write(Array(name.utf8))
        let start = offset
        var failure: (any Error)?
        var again: UInt32 = 0
        try content { part in
            guard failure == nil else { return }
            again = Self.checksum(part, continuing: again)
            do { try write(part) } catch { failure = error }
        }
        if let failure { throw failure }
        guard offset - start == size, again == checksum else { throw Fault.contentChanged(name) }
    }

    package mutating func add(_ name: String, bytes: [UInt8]) throws {
        try add(name) { body in body(bytes) }
    }

    /// Writes the table of contents; nothing can be added after it.
    package mutating func finish() throws {
        guard let size = Self.unsigned32(table.count), let place = Self.unsigned32(offset) else {
            throw Fault.tooLarge
        }
        let members = Self.unsigned16(count)
        var end: [UInt8] = [0x50, 0x4B, 5, 6, 0, 0, 0, 0]
        for field in [members, members, size, place, [0, 0]] { end += field }
        try write(table + end)
    }

    private mutating func write(_ bytes: [UInt8]) throws {
        try sink(bytes)
        offset += bytes.count
    }

    /// What both headers hold, from the version needed to the length of the extra field.
    private static func fields(_ name: String, _ checksum: UInt32, _ size: Int) -> [UInt8]? {
        guard let size = unsigned32(size), let check = unsigned32(Int(checksum)) else { return nil }
        // Version 1.0; no flags; method 0.
        var fields: [UInt8] = [10, 0, 0, 0, 0, 0]
        for field in [timeAndDate, check, size, size, unsigned16(name.utf8.count), [0, 0]] {
            fields += field
        }
        return fields
    }

    private static func checksum(_ bytes: [UInt8], continuing checksum: UInt32) -> UInt32 {
        bytes.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32_z(UInt(checksum), $0.baseAddress, $0.count))
        }
    }

    private static func unsigned16(_ value: Int) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)]
    }

    private static func unsigned32(_ value: Int) -> [UInt8]? {
        guard value < 0xFFFF_FFFF else { return nil }
        return unsigned16(value & 0xFFFF) + unsigned16(value >> 16)
    }
}
