internal import Diagnostics

/// What unpacking one file may cost. Beyond a limit the file is refused, not cut.
package struct ArchiveLimits: Hashable, Sendable {
    /// Bytes of the archive as it came.
    package var packedBytes = 200 << 20
    /// Bytes of everything in it, unpacked.
    package var unpackedBytes = 200 << 20
    /// Unpacked bytes for one packed byte. Bills and meter data reach 30, XML of them 60.
    package var ratio = 200
    /// Up to here the ratio does not count: a small regular file packs well.
    package var ratioFreeBytes = 1 << 20
    /// Members of one archive.
    package var entries = 10_000
    /// Bytes of the name of a member.
    package var nameBytes = 1_024

    package static let standard = ArchiveLimits()

    package init() {}

    /// Bytes that are handed over at once.
    static let chunkBytes = 64 << 10

    /// - Throws: `archive-limit-exceeded` if `unpacked` bytes are too many for `packed` ones.
    func check(unpacked: Int, packed: Int, at place: SourceLocation) throws(Diagnostic) {
        guard unpacked <= unpackedBytes else {
            throw Diagnostic.archiveExceeds(
                "unpacks to more than \(unpackedBytes >> 20) MiB", at: place)
        }
        guard unpacked <= ratioFreeBytes || unpacked / ratio <= packed else {
            throw Diagnostic.archiveExceeds(
                "unpacks to more than \(ratio) times its size", at: place)
        }
    }
}
