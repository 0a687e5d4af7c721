internal import Foundation
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
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
            try TemporaryFolder.with { folder in
                try test(SQLiteLedgerStore.create(at: folder.appending(path: "book.tonne").path))
            }
        }
    }
}
