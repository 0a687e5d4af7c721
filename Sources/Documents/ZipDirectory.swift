internal import Diagnostics

/// Looks at the table of contents of a zip archive before libzip does, and refuses what would cost
/// too much or has no place in data: overlapping members, names that leave the archive, symbolic
/// links, encryption, archives in parts.
///
/// Source: PKWARE APPNOTE.TXT 6.3.10, 4.3.7 (local header), 4.3.12 (central header), 4.3.16 (end).
struct ZipDirectory {
    struct Entry {
        /// With `/` between folders.
        let name: String
        let isFolder: Bool
        /// Bytes unpacked and packed, as the archive states them.
        let size: Int
        let packedSize: Int
        /// Where its local header begins.
        let offset: Int
        /// Where its packed bytes end.
        let end: Int
    }

    private(set) var entries: [Entry] = []
    private let bytes: LittleEndianBytes
    private let file: String
    private let limits: ArchiveLimits

    private static let end = Array("PK\u{5}\u{6}".utf8)
    private static let zip64Locator = Array("PK\u{6}\u{7}".utf8)
    private static let central = Array("PK\u{1}\u{2}".utf8)
    private static let local = Array("PK\u{3}\u{4}".utf8)

    /// - Throws: `archive-damaged`, `archive-limit-exceeded`, `archive-entry-refused`.
    init(_ document: Document, limits: ArchiveLimits) throws(Diagnostic) {
        file = document.name
        self.limits = limits
        let place = SourceLocation(file: file)
        guard document.size <= limits.packedBytes else {
            throw Diagnostic.archiveExceeds(
                "has more than \(limits.packedBytes >> 20) MiB", at: place)
        }
        bytes = LittleEndianBytes(bytes: document.bytes)
        let table = try table()
        guard table.count <= limits.entries else {
            throw Diagnostic.archiveExceeds("has more than \(limits.entries) members", at: place)
        }
        var position = table.start
        for _ in 0..<table.count { position = try readEntry(at: position, before: table.start) }
        guard position == table.end else { throw damaged("its table of contents is cut or padded") }
        try checkNames()
        try checkExtents()
        try limits.check(
            unpacked: entries.reduce(0) { $0 + $1.size }, packed: document.size, at: place)
    }

    /// The table of contents lies directly in front of the end record, which ends the file.
    private func table() throws(Diagnostic) -> (start: Int, end: Int, count: Int) {
        let last = bytes.bytes.count - 22
        var offset = last
        while offset >= max(0, last - 0xFFFF) {
            defer { offset -= 1 }
            guard bytes.slice(offset, count: 4).map({ $0.elementsEqual(Self.end) }) ?? false,
                bytes.unsigned16(offset + 20) == last - offset
            else { continue }
            if let locator = bytes.slice(offset - 20, count: 4),
                locator.elementsEqual(Self.zip64Locator)
            {
                throw damaged("it is written as ZIP64, which is for more than 4 GB")
            }
            guard bytes.unsigned16(offset + 4) == 0, bytes.unsigned16(offset + 6) == 0,
                let here = bytes.unsigned16(offset + 8), let count = bytes.unsigned16(offset + 10),
                here == count
            else { throw damaged("it is one part of several") }
            guard let size = bytes.unsigned32(offset + 12),
                let start = bytes.unsigned32(offset + 16), start + size == offset
            else { throw damaged("its table of contents is not where it should be") }
            return (start, offset, count)
        }
        throw damaged("it has no end: it was cut, or bytes follow it")
    }

    private mutating func readEntry(at offset: Int, before table: Int) throws(Diagnostic) -> Int {
        guard let signature = bytes.slice(offset, count: 4), signature.elementsEqual(Self.central),
            let system = bytes.unsigned16(offset + 4), let flags = bytes.unsigned16(offset + 8),
            let method = bytes.unsigned16(offset + 10),
            let packed = bytes.unsigned32(offset + 20), let size = bytes.unsigned32(offset + 24),
            let nameCount = bytes.unsigned16(offset + 28),
            let extraCount = bytes.unsigned16(offset + 30),
            let commentCount = bytes.unsigned16(offset + 32),
            let attributes = bytes.unsigned32(offset + 38),
            let localOffset = bytes.unsigned32(offset + 42),
            let rawName = bytes.slice(offset + 46, count: nameCount)
        else { throw damaged("its table of contents is cut") }
        let name = try checkedName(rawName)
        guard flags & 0x2041 == 0 else { throw refused(name, "is encrypted") }
        guard method == 0 || method == 8 else {
            throw refused(name, "is packed by method \(method), not by 'deflate'")
        }
        // The upper byte says who wrote the attributes; 3 is Unix, with the kind of file on top.
        let kind = system >> 8 == 3 ? attributes >> 28 : 0
        guard kind == 0 || kind == 8 || kind == 4 else {
            throw refused(name, kind == 10 ? "is a symbolic link" : "is no plain file")
        }
        let end = try endOfMember(name, rawName, at: localOffset, packed: packed, before: table)
        try limits.check(
            unpacked: size, packed: packed, at: SourceLocation(file: "\(file):\(name)"))
        entries.append(
            Entry(
                name: name, isFolder: name.hasSuffix("/"), size: size, packedSize: packed,
                offset: localOffset, end: end))
        return offset + 46 + nameCount + extraCount + commentCount
    }

    /// Where the packed bytes end, by the local header, which must tell the same name.
    private func endOfMember(
        _ name: String, _ rawName: ArraySlice<UInt8>, at offset: Int, packed: Int, before table: Int
    ) throws(Diagnostic) -> Int {
        guard let signature = bytes.slice(offset, count: 4), signature.elementsEqual(Self.local),
            let flags = bytes.unsigned16(offset + 6),
            let nameCount = bytes.unsigned16(offset + 26),
            let extraCount = bytes.unsigned16(offset + 28),
            let localName = bytes.slice(offset + 30, count: nameCount),
            localName.elementsEqual(rawName)
        else { throw damaged("the member '\(name)' is not where its table of contents says") }
        guard flags & 0x2041 == 0 else { throw refused(name, "is encrypted") }
        let end = offset + 30 + nameCount + extraCount + packed
        guard end <= table else { throw damaged("the member '\(name)' is cut") }
        return end
    }

    private func checkedName(_ raw: ArraySlice<UInt8>) throws(Diagnostic) -> String {
        let name = String(decoding: raw, as: UTF8.self)
        guard !raw.isEmpty, raw.count <= limits.nameBytes else {
            throw refused(name, "has no name or one of more than \(limits.nameBytes) bytes")
        }
        guard !raw.contains(0) else { throw refused(name, "has a NUL in its name") }
        let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
        let hasDrive = parts[0].count == 2 && parts[0].last == ":"
        guard parts[0] != "", !hasDrive, !parts.contains("..") else {
            throw refused(name, "has a name that leads out of the archive")
        }
        return name
    }

    private func checkNames() throws(Diagnostic) {
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.name).inserted {
            throw refused(entry.name, "is there twice")
        }
    }

    private func checkExtents() throws(Diagnostic) {
        var last = 0
        for entry in entries.sorted(by: { $0.offset < $1.offset }) {
            guard entry.offset >= last else {
                throw refused(entry.name, "shares its bytes with another")
            }
            last = entry.end
        }
    }

    private func refused(_ name: String, _ why: String) -> Diagnostic {
        Diagnostic(
            .archiveEntryRefused, at: SourceLocation(file: file),
            "the member '\(DiagnosticRenderer.quoted(name))' \(why)",
            hint: "ask the sender for the files themselves, or for a plain zip of them")
    }

    private func damaged(_ why: String) -> Diagnostic { .archiveDamaged(file, why) }
}
