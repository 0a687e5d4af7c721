internal import CZip
package import Diagnostics

/// A zip archive in memory: its members, and the bytes of one at a time. Nothing is written to
/// disk.
///
/// libzip unpacks and compares checksums; `ZipDirectory` has looked at the archive before.
package final class ZipArchive {
    package struct Entry: Hashable, Sendable {
        /// With `/` between folders.
        package let name: String
        /// Bytes, unpacked, as the archive states them; reading holds it to that.
        package let size: Int
        fileprivate let index: Int

        /// Whether it is there for a file system only: hidden files, resources of macOS.
        var isHidden: Bool {
            name.split(separator: "/").contains { $0.hasPrefix(".") || $0 == "__MACOSX" }
        }
    }

    package let document: Document
    /// The files in the order of the archive; without folders.
    package let entries: [Entry]

    private let handle: OpaquePointer
    private let copy: UnsafeMutableRawBufferPointer

    /// Whether the bytes begin as a zip archive does; an empty one begins with its end.
    package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        let head = Array(bytes.prefix(4))
        return head == [0x50, 0x4B, 3, 4] || head == [0x50, 0x4B, 5, 6]
    }

    /// - Throws: `archive-damaged`, `archive-limit-exceeded`, `archive-entry-refused`.
    package init(
        _ document: Document, limits: ArchiveLimits = .standard
    ) throws(Diagnostic) {
        let directory = try ZipDirectory(document, limits: limits)
        self.document = document
        entries = directory.entries.enumerated().filter { !$0.element.isFolder }.map {
            Entry(name: $0.element.name, size: $0.element.size, index: $0.offset)
        }
        // libzip reads later than this call, and an array promises no address for longer.
        let bytes = document.bytes
        copy = .allocate(byteCount: max(1, bytes.count), alignment: 1)
        copy.copyBytes(from: bytes)
        guard let handle = Self.open(copy, count: bytes.count) else {
            copy.deallocate()
            throw Diagnostic.archiveDamaged(document.name, "libzip does not take it")
        }
        self.handle = handle
        guard zip_get_num_entries(handle, 0) == directory.entries.count else {
            throw Diagnostic.archiveDamaged(document.name, "it has two tables of contents")
        }
    }

    deinit {
        zip_discard(handle)
        copy.deallocate()
    }

    /// The members that are documents of their own.
    package var files: [Entry] { entries.filter { !$0.isHidden } }

    package func entry(named name: String) -> Entry? { entries.first { $0.name == name } }

    /// Unpacks one member.
    ///
    /// - Throws: `archive-damaged` if it holds other bytes than the archive states.
    package func read(_ entry: Entry) throws(Diagnostic) -> [UInt8] {
        let place = "\(document.name):\(entry.name)"
        var stat = zip_stat_t()
        guard zip_stat_index(handle, UInt64(entry.index), 0, &stat) == 0,
            stat.size == UInt64(entry.size),
            let member = zip_fopen_index(handle, UInt64(entry.index), 0)
        else { throw Diagnostic.archiveDamaged(place, "it is not the member that was listed") }
        defer { zip_fclose(member) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(entry.size)
        var chunk = [UInt8](repeating: 0, count: ArchiveLimits.chunkBytes)
        while true {
            let count = chunk.withUnsafeMutableBytes {
                Int(zip_fread(member, $0.baseAddress, UInt64($0.count)))
            }
            guard count >= 0, bytes.count + count <= entry.size else {
                throw Diagnostic.archiveDamaged(place, "its bytes or their checksum are wrong")
            }
            guard count > 0 else { break }
            bytes.append(contentsOf: chunk[..<count])
        }
        guard bytes.count == entry.size else {
            throw Diagnostic.archiveDamaged(place, "it is shorter than the archive states")
        }
        return bytes
    }

    /// One member as a document of its own.
    package func member(_ entry: Entry) throws(Diagnostic) -> Document {
        Document(member: entry.name, bytes: try read(entry), of: document)
    }

    private static func open(_ copy: UnsafeMutableRawBufferPointer, count: Int) -> OpaquePointer? {
        guard let source = zip_source_buffer_create(copy.baseAddress, UInt64(count), 0, nil) else {
            return nil
        }
        guard let handle = zip_open_from_source(source, ZIP_RDONLY, nil) else {
            zip_source_free(source)
            return nil
        }
        return handle
    }
}
