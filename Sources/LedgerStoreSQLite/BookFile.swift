internal import Glibc
internal import LedgerStore

/// The file of a book, before SQLite sees it.
struct BookFile {
    /// Begins with `/` or `.`: SQLite reads `file:…`, `:memory:` and the empty name otherwise.
    let path: String

    init(path: String) {
        self.path = path.hasPrefix("/") ? path : "./" + path
    }

    /// Makes an empty file that only its owner can read and write.
    ///
    /// - Throws: `exists`, `diskFull`, `notWritable`.
    func create() throws(LedgerStoreError) {
        let descriptor = Glibc.open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor < 0 else {
            close(descriptor)
            return
        }
        if errno == EEXIST { throw .exists }
        if LedgerStoreError.meansDiskFull(errno) { throw .diskFull }
        throw .notWritable
    }

    /// Removes a file whose creation failed, and what SQLite put beside it.
    func remove() {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(path + suffix) }
    }

    /// Brings the bytes and the name of the file onto the disk.
    ///
    /// - Throws: `diskFull`, `notWritable`.
    func synchronise() throws(LedgerStoreError) {
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        for name in [path, folder] {
            let descriptor = Glibc.open(name, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw .notWritable }
            defer { close(descriptor) }
            guard fsync(descriptor) == 0 else {
                throw LedgerStoreError.meansDiskFull(errno) ? .diskFull : .notWritable
            }
        }
    }

    /// - Throws: `missing`, `notABook` for an empty file or what is no file.
    func check() throws(LedgerStoreError) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw errno == EACCES ? .notWritable : .missing }
        guard status.st_mode & S_IFMT == S_IFREG else { throw .notABook("it is no file") }
        guard status.st_size > 0 else { throw .notABook("the file is empty") }
    }

    /// The name by which a reader opens the book.
    ///
    /// A reader of a WAL database writes a shared index beside it. Where that cannot be, on an
    /// auditor's read-only medium, the book is opened as immutable, provided that no log is left.
    var nameForReading: String {
        var status = stat()
        let hasLog = stat(path + "-wal", &status) == 0 && status.st_size > 0
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
        guard access(folder, W_OK) != 0, !hasLog else { return path }
        let escaped = path.utf8.map { byte in
            switch byte {
            case UInt8(ascii: "%"): "%25"
            case UInt8(ascii: "?"): "%3f"
            case UInt8(ascii: "#"): "%23"
            case _: String(decoding: [byte], as: UTF8.self)
            }
        }
        return "file:\(escaped.joined())?immutable=1"
    }
}

extension LedgerStoreError {
    /// True for an `errno` that says that no more can be written.
    static func meansDiskFull(_ systemError: Int32) -> Bool {
        [ENOSPC, EDQUOT, EFBIG].contains(systemError)
    }
}
