internal import AuditTrail
internal import Diagnostics
internal import Foundation
internal import Inventory
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing
internal import Workflows

@Suite("A backup")
struct BackupTests {
    @Test("is a book of its own that verifies, for its owner only")
    func copy() throws {
        try AttackedBook.with { book in
            let copy = book.folder.appending(path: "copy.tonne")
            let open = try book.open()
            let report = try BackupWorkflow.run(book.path, to: copy.path)
            #expect(try report.head == open.store.head())
            #expect(report.checkpoints == 1 && report.records == report.head.size)
            let attributes = try FileManager.default.attributesOfItem(atPath: copy.path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
            let restored = try BookFiles.open(copy.path, actor: "test")
            #expect(try restored.store.records(.all) == open.store.records(.all))
            let verified = try VerifyWorkflow(
                book: restored, outside: [book.held], keys: book.keys
            ).run()
            #expect(verified.head == report.head)
        }
    }

    @Test("is made while another process writes, as of one moment")
    func whileWriting() throws {
        try AttackedBook.with { book in
            let writer = try SQLiteLedgerStore.open(at: book.path)
            let grown = Book(path: book.path, store: writer, actor: "t") { SmallBook.moment }
            for month in 5...7 {
                try SampleBook.importing(
                    SampleBook.bill("\(month).csv", "2025-0\(month)-01", "2025-0\(month)-28", "7"),
                    into: grown)
                // The newest records are in the log beside the file, not in the file.
                let copy = book.folder.appending(path: "copy-\(month).tonne").path
                #expect(try BackupWorkflow.run(book.path, to: copy).head == writer.head())
            }
            try writer.close()
        }
    }

    @Test("overwrites nothing, and leaves nothing behind where the book is damaged")
    func refused() throws {
        try AttackedBook.with { book in
            let copy = book.folder.appending(path: "copy.tonne")
            try Data("mine".utf8).write(to: copy)
            let exists = #expect(throws: Refusal.self) {
                try BackupWorkflow.run(book.path, to: copy.path)
            }
            #expect(exists?.diagnostics.map(\.code) == [.bookExists])
            #expect(try Data(contentsOf: copy) == Data("mine".utf8))
            try FileManager.default.removeItem(at: copy)
            try book.raw.runWithoutTriggers(
                ["UPDATE evidence_part SET bytes = x'00' WHERE evidence = 1"])
            let damaged = #expect(throws: Refusal.self) {
                try BackupWorkflow.run(book.path, to: copy.path)
            }
            #expect(damaged?.exitCode == 5)
            let names = try FileManager.default.contentsOfDirectory(atPath: book.folder.path)
            #expect(!names.contains { $0.hasPrefix("copy") }, "\(names)")
        }
    }
}
