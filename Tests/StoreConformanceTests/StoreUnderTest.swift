internal import Foundation
internal import LedgerStore
internal import LedgerStoreSQLite
internal import Testing

/// The stores that must behave alike.
enum StoreUnderTest: String, CaseIterable, CustomTestStringConvertible {
    case inMemory = "in memory"
    case sqlite = "SQLite"

    var testDescription: String { rawValue }

    /// Hands a new, empty book to a test, and removes it afterwards.
    func withEmptyBook(_ test: (any LedgerStore) throws -> Void) throws {
        switch self {
        case .inMemory:
            try test(InMemoryLedgerStore())
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory
                .appending(path: "tonne-conformance-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try test(SQLiteLedgerStore.create(at: folder.appending(path: "book.tonne").path))
        }
    }
}
