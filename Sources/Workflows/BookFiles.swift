internal import AuditTrail
internal import Diagnostics
package import Documents
internal import Foundation
package import Inventory
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Quantification

/// Opens and creates books, and reads files: the edge where paths become values.
package enum BookFiles {
    /// Larger files are refused.
    package static let maximumBytes = 4 << 30
    /// Standard input is held in memory; more than this is refused.
    package static let maximumStreamBytes = 200 << 20

    /// The moment, to the second.
    package static func now() -> Instant {
        Instant(secondsSinceEpoch: Int64(Date().timeIntervalSince1970))
    }

    package static func open(
        _ path: String, actor: String, clock: @escaping @Sendable () -> Instant = now
    ) throws(Refusal) -> Book {
        do {
            return Book(
                path: path, store: try SQLiteLedgerStore.open(at: path), actor: actor,
                clock: clock)
        } catch {
            throw Refusal(error, book: path)
        }
    }

    /// Creates a book whose first record names its origin.
    ///
    /// - Parameter entropy: Eight random bytes as 16 hexadecimal digits; part of the origin.
    package static func create(
        _ path: String, name: String, entropy: String, program: String, actor: String
    ) throws(Refusal) -> Book {
        do {
            let book = Book(
                path: path, store: try SQLiteLedgerStore.create(at: path), actor: actor, clock: now)
            try book.append(
                [
                    .genesis(
                        Genesis(
                            origin: "tonne.\(name)-\(entropy)", program: program,
                            rounding: PostingRounding.name))
                ], onto: 0)
            return book
        } catch let error as LedgerStoreError {
            throw Refusal(error, book: path)
        } catch let refusal as Refusal {
            throw refusal
        } catch {
            throw Refusal(.failed("\(error)"), book: path)
        }
    }

    /// Asks the tables of a book in SQL, on a connection that can only read.
    ///
    /// - Throws: `query-refused` with the words of the engine.
    package static func query(
        _ sql: String, book path: String, rowLimit: Int
    ) throws(Refusal) -> (columns: [String], rows: [[String?]]) {
        do {
            return try SQLiteLedgerStore.open(at: path).query(sql, rowLimit: rowLimit)
        } catch .failed(let why), .invalid(let why) {
            throw Refusal(
                Diagnostic(
                    .queryRefused, at: SourceLocation(file: path), why,
                    hint: "one SELECT over the tables of Schemas/README.md"))
        } catch {
            throw Refusal(error, book: path)
        }
    }

    /// Opens a file; `-` is standard input.
    ///
    /// - Throws: `file-missing`, `file-too-large`, with the path as the user gave it.
    package static func document(_ path: String) throws(Refusal) -> Document {
        try document(path, name: nil, nil)
    }

    private static func document(
        _ path: String, name: String?, _ observer: (@Sendable (Int) -> Void)?
    ) throws(Refusal) -> Document {
        do throws(Diagnostic) {
            guard path != "-" else {
                return try Document.standardInput(name: "standard-input", limit: maximumStreamBytes)
            }
            return try Document.open(
                path: path, name: name ?? (path as NSString).lastPathComponent,
                limit: maximumBytes, observer: observer)
        } catch {
            throw Refusal(error)
        }
    }

    /// Opens a file by its path, or by `path:member` for a member of it.
    ///
    /// - Throws: `file-missing`, `file-too-large`, with the path as the user gave it.
    package static func received(
        _ path: String
    ) throws(Refusal) -> (document: Document, member: String?) {
        try received(ImportSource(path: path, name: nil, size: 0))
    }

    /// - Parameter observer: Is told how many bytes were read, each time some are.
    package static func received(
        _ source: ImportSource, observer: (@Sendable (Int) -> Void)? = nil
    ) throws(Refusal) -> (document: Document, member: String?) {
        let path = source.path
        let files = FileManager.default
        if path != "-", !files.fileExists(atPath: path) {
            for colon in path.indices.reversed() where path[colon] == ":" {
                let member = String(path[path.index(after: colon)...])
                let file = String(path[..<colon])
                guard !member.isEmpty, files.fileExists(atPath: file) else { continue }
                return (try document(file, name: nil, observer), member)
            }
        }
        return (try document(path, name: source.name, observer), nil)
    }

    /// Writes a text whole or not at all; the file is replaced.
    ///
    /// - Throws: `output-refused` with the path.
    package static func write(_ text: String, to path: String) throws(Refusal) {
        let ended = text.hasSuffix("\n") ? text : text + "\n"
        do {
            try Data(ended.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: path),
                    "the file cannot be written",
                    hint: "check that the folder exists and has space; nothing was changed"))
        }
    }

    /// Writes a file in parts, whole or not at all; the file is replaced.
    ///
    /// - Parameter body: Hands the parts to its argument.
    /// - Throws: a `Refusal` of `body`, else `output-refused` with the path.
    static func write(
        to path: String, _ body: (_ sink: @escaping ([UInt8]) throws -> Void) throws -> Void
    ) throws(Refusal) {
        let part = URL(fileURLWithPath: path + ".part")
        do {
            try Data().write(to: part)
            let file = try FileHandle(forWritingTo: part)
            try body { try file.write(contentsOf: $0) }
            try file.synchronize()
            try file.close()
            guard rename(part.path, URL(fileURLWithPath: path).path) == 0 else {
                throw CocoaError(.fileWriteUnknown)
            }
        } catch {
            try? FileManager.default.removeItem(at: part)
            if let refusal = error as? Refusal { throw refusal }
            let why =
                error as? StoredZipWriter.Fault == .tooLarge
                ? "the file would be larger than 4 GiB" : "the file cannot be written"
            throw Refusal(
                Diagnostic(
                    .outputRefused, at: SourceLocation(file: path), why,
                    hint: "check that the folder exists and has space; nothing was changed"))
        }
    }
}
