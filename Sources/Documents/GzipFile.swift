package import Diagnostics

/// A file packed by gzip (RFC 1952), unpacked in memory, within limits.
package enum GzipFile {
    /// Whether the bytes begin as a gzip file does.
    package static func begins(_ bytes: some Collection<UInt8>) -> Bool {
        bytes.prefix(2).elementsEqual([0x1F, 0x8B])
    }

    /// The one file in it, named like the packed one without `.gz`; a name in the header is not
    /// looked at.
    ///
    /// - Throws: `archive-damaged`, `archive-limit-exceeded`.
    package static func member(
        _ document: Document, limits: ArchiveLimits = .standard
    ) throws(Diagnostic) -> Document {
        let inflater = Inflater(
            form: .gzip, limits: limits, place: SourceLocation(file: document.name))
        let name = document.fileName
        let stem = name.lowercased().hasSuffix(".gz") ? String(name.dropLast(3)) : name
        return Document(member: stem, bytes: try inflater.unpack(document.bytes[...]), of: document)
    }
}
