internal import CZlib

/// Writes zip archives and gzip files for tests, right ones and wrong ones.
package enum ZipBytes {
    package struct Member: Sendable {
        package var name: [UInt8]
        package var content: [UInt8]
        package var deflates = true
        /// As the headers state them; `nil` for the truth.
        package var statedSize: Int?
        package var statedChecksum: UInt32?
        package var flags = 0
        package var method: Int?
        /// The kind of file in the upper bits of a Unix mode: 8 plain, 10 symbolic link.
        package var kind = 8
        /// The name in the local header; `nil` for the same.
        package var localName: [UInt8]?
        /// Where the table of contents says it begins; `nil` for the truth.
        package var statedOffset: Int?

        package init(_ name: String, _ content: String) {
            self.init(name, Array(content.utf8))
        }

        package init(_ name: String, _ content: [UInt8]) {
            self.name = Array(name.utf8)
            self.content = content
        }
    }

    package static func archive(
        _ members: [Member], comment: [UInt8] = [], statedCount: Int? = nil
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        var table: [UInt8] = []
        for member in members {
            let offset = member.statedOffset ?? bytes.count
            let packed = member.deflates ? deflated(member.content) : member.content
            let fields =
                unsigned16(member.flags)
                + unsigned16(member.method ?? (member.deflates ? 8 : 0)) + unsigned32(0)
                + unsigned32(Int(member.statedChecksum ?? checksum(member.content)))
                + unsigned32(packed.count)
                + unsigned32(member.statedSize ?? member.content.count)
            let localName = member.localName ?? member.name
            bytes += [0x50, 0x4B, 3, 4] + unsigned16(20) + fields
            bytes += unsigned16(localName.count) + unsigned16(0) + localName + packed
            table += [0x50, 0x4B, 1, 2] + unsigned16(3 << 8 | 20) + unsigned16(20) + fields
            table += unsigned16(member.name.count) + [UInt8](repeating: 0, count: 8)
            table += unsigned32(member.kind << 28) + unsigned32(offset) + member.name
        }
        let count = unsigned16(statedCount ?? members.count)
        let end = unsigned32(table.count) + unsigned32(bytes.count) + unsigned16(comment.count)
        return bytes + table + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + count + count + end + comment
    }

    /// RFC 1952, with a name in the header.
    package static func gzip(_ content: [UInt8]) -> [UInt8] {
        [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3] + Array("inner\0".utf8) + deflated(content)
            + unsigned32(Int(checksum(content))) + unsigned32(content.count & 0xFFFF_FFFF)
    }

    package static func checksum(_ content: [UInt8]) -> UInt32 {
        content.withUnsafeBufferPointer {
            UInt32(truncatingIfNeeded: crc32(0, $0.baseAddress, UInt32($0.count)))
        }
    }

    /// RFC 1950.
    package static func zlib(_ content: [UInt8]) -> [UInt8] {
        var count = compressBound(UInt(content.count))
        var packed = [UInt8](repeating: 0, count: Int(count))
        let status = content.withUnsafeBufferPointer { input in
            packed.withUnsafeMutableBufferPointer { output in
                compress2(
                    output.baseAddress, &count, input.baseAddress, UInt(input.count),
                    Z_BEST_COMPRESSION)
            }
        }
        precondition(status == Z_OK)
        return Array(packed[..<Int(count)])
    }

    /// RFC 1951: without header and checksum of RFC 1950.
    package static func deflated(_ content: [UInt8]) -> [UInt8] {
        Array(zlib(content).dropFirst(2).dropLast(4))
    }

    private static func unsigned16(_ value: Int) -> [UInt8] {
        [UInt8(value & 0xFF), UInt8(value >> 8 & 0xFF)]
    }

    private static func unsigned32(_ value: Int) -> [UInt8] {
        unsigned16(value & 0xFFFF) + unsigned16(value >> 16 & 0xFFFF)
    }
}
