package import Diagnostics
internal import Glibc

/// An open regular file, read at any place; closed with the last reference.
final class FileContent: Sendable {
    private let descriptor: CInt
    /// The path as the user gave it, for messages.
    private let name: String
    let size: Int
    /// When its bytes or its metadata were last changed; no program can set that time.
    private let changeTime: timespec
    /// Is told how many bytes were read, for a display of progress.
    private let observer: (@Sendable (Int) -> Void)?

    init(
        descriptor: CInt, name: String, status: stat, observer: (@Sendable (Int) -> Void)? = nil
    ) {
        self.descriptor = descriptor
        self.name = name
        size = Int(status.st_size)
        changeTime = status.st_ctim
        self.observer = observer
    }

    deinit { close(descriptor) }

    /// Fills `bytes` with exactly `count` bytes.
    ///
    /// - Throws: `file-missing` where they cannot be read: the file was cut meanwhile.
    func read(from offset: Int, count: Int, into bytes: inout [UInt8]) throws(Diagnostic) {
        if bytes.count != count { bytes = [UInt8](repeating: 0, count: count) }
        try fill(&bytes, from: 0, at: offset)
    }

    /// Appends exactly `count` bytes.
    ///
    /// - Throws: as `read`.
    func append(from offset: Int, count: Int, to bytes: inout [UInt8]) throws(Diagnostic) {
        let kept = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: count))
        try fill(&bytes, from: kept, at: offset)
    }

    private func fill(
        _ bytes: inout [UInt8], from place: Int, at offset: Int
    ) throws(Diagnostic) {
        let count = bytes.count - place
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(
                    descriptor, buffer.baseAddress.map { $0 + place + filled }, count - filled,
                    off_t(offset + filled))
            }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else { throw Self.changed(name) }
            filled += got
        }
        observer?(count)
    }

    /// - Throws: `file-missing` where the file was changed since it was opened.
    func checkUnchanged() throws(Diagnostic) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == size,
            status.st_ctim.tv_sec == changeTime.tv_sec,
            status.st_ctim.tv_nsec == changeTime.tv_nsec
        else { throw Self.changed(name) }
    }

    static func changed(_ name: String) -> Diagnostic {
        Diagnostic(
            .fileMissing, at: SourceLocation(file: name),
            "the file was changed or cut while it was read",
            hint: "wait until its download or copy has ended, then try again")
    }
}

extension Document {
    /// Opens a file.
    ///
    /// - Parameters:
    ///   - path: Where it is, as the user gave it.
    ///   - name: What messages and records call it.
    ///   - limit: Larger files are refused.
    ///   - largestInMemory: Larger files are not held in memory.
    ///   - observer: Is told how many bytes were read, each time some are.
    /// - Throws: `file-missing`, `file-too-large`, with the path.
    package static func open(
        path: String, name: String, limit: Int, largestInMemory: Int = 4 << 20,
        observer: (@Sendable (Int) -> Void)? = nil
    ) throws(Diagnostic) -> Document {
        let place = SourceLocation(file: path)
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            let isThere = errno != ENOENT && errno != ENOTDIR
            if descriptor >= 0 { close(descriptor) }
            throw Diagnostic(
                .fileMissing, at: place,
                isThere ? "the file cannot be read" : "there is no such file",
                hint: isThere ? "check its permissions" : "check the path; quote names with spaces")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            defer { close(descriptor) }
            return Document(
                name: name, bytes: try stream(descriptor, path: path, limit: limit))
        }
        let file = FileContent(
            descriptor: descriptor, name: name, status: status, observer: observer)
        guard file.size <= limit else { throw tooLarge(path, limit: limit) }
        guard file.size <= largestInMemory else {
            return try Document(name: name, file: file)
        }
        var bytes: [UInt8] = []
        try file.read(from: 0, count: file.size, into: &bytes)
        return Document(name: name, bytes: bytes)
    }

    /// Reads standard input to its end.
    ///
    /// - Throws: `file-missing`, `file-too-large`.
    package static func standardInput(name: String, limit: Int) throws(Diagnostic) -> Document {
        Document(name: name, bytes: try stream(STDIN_FILENO, path: "-", limit: limit))
    }

    /// Reads what has no size of its own, such as a pipe.
    private static func stream(
        _ descriptor: CInt, path: String, limit: Int
    ) throws(Diagnostic) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: chunkBytes)
        while true {
            let got = piece.withUnsafeMutableBytes {
                Glibc.read(descriptor, $0.baseAddress, $0.count)
            }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else {
                throw Diagnostic(
                    .fileMissing, at: SourceLocation(file: path),
                    errno == EISDIR
                        ? "this is a folder, not a file" : "it cannot be read to its end",
                    hint: errno == EISDIR ? "name the files in it: \(path)/*" : "check what it is")
            }
            guard got > 0 else { return bytes }
            bytes += piece[..<got]
            guard bytes.count <= limit else { throw tooLarge(path, limit: limit) }
        }
    }

    private static func tooLarge(_ path: String, limit: Int) -> Diagnostic {
        Diagnostic(
            .fileTooLarge, at: SourceLocation(file: path),
            "the file is larger than \(limit >> 20) MiB", hint: "split it by month or meter")
    }
}
