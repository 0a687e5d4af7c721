package import Diagnostics
package import Hashing
internal import Threads

/// The bytes of a file as they came, with the name the user gave.
///
/// Small documents are held in memory. A large one stays in its file and is read piece by piece,
/// so that memory does not grow with it.
package struct Document: Sendable {
    /// Bytes of one piece.
    package static let chunkBytes = 64 << 10

    private enum Content: Sendable {
        case memory([UInt8])
        case file(FileContent)
    }

    /// Data shown in messages, never a path to open; of a member `bills.zip:march.csv`.
    package let name: String
    /// SHA-256 of all bytes, computed before anything is parsed.
    package let digest: SHA256Digest
    /// The first 64 KiB, or all there is: enough to tell a format.
    package let head: [UInt8]
    /// How many bytes there are.
    package let size: Int
    /// What it was taken out of, the outermost first; empty for a file that came as it is.
    package let containers: [Document]
    /// Its name within the last container.
    package let member: String?
    /// By which rule the bytes were made of what was received, such as `sheet/1`; `nil` where they
    /// are as they came.
    package let rendering: String?
    /// What is worth saying about how it was taken out.
    package let remarks: [Diagnostic]
    /// Whether a document that stays in its file is UTF-8 without NUL, so that its text can be read
    /// there; of others it is not known.
    let isTextFile: Bool
    /// What `XMLRoot.recognise` found, once it has looked.
    let root = Guarded<XMLName??>(nil)
    private let content: Content

    package init(name: String, bytes: [UInt8]) {
        self.init(
            name: name, bytes: bytes, containers: [], member: nil, rendering: nil, remarks: [])
    }

    /// A member of an archive, a sheet of a workbook, or an invoice in a PDF.
    package init(
        member: String, bytes: [UInt8], of container: Document, rendering: String? = nil,
        remarks: [Diagnostic] = []
    ) {
        self.init(
            name: "\(container.name):\(member)", bytes: bytes,
            containers: container.containers + [container], member: member, rendering: rendering,
            remarks: remarks)
    }

    private init(
        name: String, bytes: [UInt8], containers: [Document], member: String?, rendering: String?,
        remarks: [Diagnostic]
    ) {
        self.name = name
        self.containers = containers
        self.member = member
        self.rendering = rendering
        self.remarks = remarks
        digest = SHA256Digest(hashing: bytes)
        head = Array(bytes.prefix(Self.chunkBytes))
        size = bytes.count
        isTextFile = false
        content = .memory(bytes)
    }

    /// A document that stays in its file.
    ///
    /// - Throws: `file-missing` where the file cannot be read.
    init(name: String, file: FileContent) throws(Diagnostic) {
        var hasher = SHA256Hasher()
        var check = UTF8Check()
        var head: [UInt8] = []
        var piece: [UInt8] = []
        var position = 0
        while position < file.size {
            try file.read(
                from: position, count: min(Self.chunkBytes, file.size - position), into: &piece)
            if position == 0 { head = piece }
            hasher.update(piece)
            check.add(piece)
            position += piece.count
        }
        self.name = name
        digest = hasher.finalize()
        self.head = head
        size = file.size
        isTextFile = check.isText
        containers = []
        member = nil
        rendering = nil
        remarks = []
        content = .file(file)
    }

    package var isEmpty: Bool { size == 0 }

    /// All bytes at once, for formats whose documents are small.
    ///
    /// A large document is read into memory here. Where its file was changed or cut meanwhile, the
    /// bytes end there, and their hash is no longer `digest`.
    package var bytes: [UInt8] {
        switch content {
        case .memory(let bytes): return bytes
        case .file:
            var all: [UInt8] = []
            all.reserveCapacity(size)
            do throws(Diagnostic) {
                try readChunks { (chunk) throws(Diagnostic) in
                    chunk.withUnsafeBytes { all.append(contentsOf: $0) }
                }
            } catch {
                return all
            }
            return all
        }
    }

    /// Lends the bytes piece by piece, in order.
    ///
    /// - Parameters:
    ///   - start: The first byte to lend.
    ///   - end: The byte to end before; `nil` for all.
    /// - Throws: What `body` throws; `file-missing` where the file was changed since it was opened.
    package func readChunks(
        from start: Int = 0, to end: Int? = nil,
        _ body: (Span<UInt8>) throws(Diagnostic) -> Void
    ) throws(Diagnostic) {
        let end = min(end ?? size, size)
        switch content {
        case .memory(let bytes):
            var position = start
            while position < end {
                let next = min(position + Self.chunkBytes, end)
                try body(bytes.span.extracting(position..<next))
                position = next
            }
        case .file(let file):
            var piece: [UInt8] = []
            var position = start
            while position < end {
                try file.read(
                    from: position, count: min(Self.chunkBytes, end - position), into: &piece)
                try body(piece.span)
                position += piece.count
            }
            // What was parsed is what the digest names; who keeps the bytes hashes them again.
            if start == 0 && end == size { try file.checkUnchanged() }
        }
    }
}

extension Document {
    /// Appends bytes of a document that stays in its file; nothing to others.
    ///
    /// The bytes are not hashed: who writes the document down hashes it once more.
    ///
    /// - Throws: `file-missing` where the file was changed or cut since it was opened.
    func append(from start: Int, count: Int, to bytes: inout [UInt8]) throws(Diagnostic) {
        guard case .file(let file) = content else { return }
        try file.append(from: start, count: count, to: &bytes)
        try file.checkUnchanged()
    }

    /// Whether it is a sheet as a table: RFC 4180, decimal point, UTF-8.
    package var isSheet: Bool { rendering == Workbook.rendering }

    /// The file that was received: the outermost container, else the document itself.
    package var received: Document { containers.first ?? self }

    /// The way from the received file to the document: `2024/march.csv`, `q1.xlsx:Sheet1`; `nil`
    /// for a file that came as it is.
    package var memberPath: String? {
        member.map { (containers.compactMap(\.member) + [$0]).joined(separator: ":") }
    }

    /// The name of the file without the folders and archives it lies in.
    package var fileName: String {
        let own = member ?? name
        return own.split { $0 == "/" || $0 == "\\" }.last.map(String.init) ?? own
    }
}
