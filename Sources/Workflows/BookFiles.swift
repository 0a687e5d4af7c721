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
    package static let maximumBytes = 200 * 1024 * 1024

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

    /// Reads a file whole.
    ///
    /// - Throws: `file-missing`, `file-too-large`, with the path as the user gave it.
    package static func document(_ path: String) throws(Refusal) -> Document {
        let place = SourceLocation(file: path)
        if path == "-" { return try standardInput() }
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: place, "there is no such file",
                    hint: "check the path; quote names with spaces"))
        }
        guard !isFolder.boolValue else {
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: place, "this is a folder, not a file",
                    hint: "name the files in it: \(path)/*"))
        }
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size]) as? Int ?? 0
        guard size <= maximumBytes else { throw tooLarge(place) }
        guard let data = FileManager.default.contents(atPath: path) else {
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: place, "the file cannot be read",
                    hint: "check its permissions"))
        }
        return Document(name: (path as NSString).lastPathComponent, bytes: Array(data))
    }

    /// Reads a file by its path, or by `path:member` for a member of it.
    ///
    /// - Throws: `file-missing`, `file-too-large`, with the path as the user gave it.
    package static func received(
        _ path: String
    ) throws(Refusal) -> (document: Document, member: String?) {
        let files = FileManager.default
        if path != "-", !files.fileExists(atPath: path) {
            for colon in path.indices.reversed() where path[colon] == ":" {
                let member = String(path[path.index(after: colon)...])
                let file = String(path[..<colon])
                guard !member.isEmpty, files.fileExists(atPath: file) else { continue }
                return (try document(file), member)
            }
        }
        return (try document(path), nil)
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

    private static func standardInput() throws(Refusal) -> Document {
        let data = FileHandle.standardInput.readDataToEndOfFile()
        let place = SourceLocation(file: "-")
        guard data.count <= maximumBytes else { throw tooLarge(place) }
        return Document(name: "standard-input", bytes: Array(data))
    }

    private static func tooLarge(_ place: SourceLocation) -> Refusal {
        Refusal(
            Diagnostic(
                .fileTooLarge, at: place, "the file is larger than 200 MiB",
                hint: "split it by month or meter"))
    }
}
