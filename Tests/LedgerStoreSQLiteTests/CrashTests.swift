internal import AuditTrail
internal import Foundation
internal import LedgerStore
internal import LedgerStoreSQLite
internal import TestSupport
internal import Testing

@Suite("A book whose program or disk fails")
struct CrashTests {
    @Test(
        "keeps every acknowledged batch, whole, when the program is killed",
        arguments: [1, 3, 7, 13, 22, 40])
    func killed(milliseconds: Int) async throws {
        try await TemporaryBook.with { book in
            let before = try book.filled().head().size
            let path = book.path
            await #expect(processExitsWith: .signal(SIGKILL)) {
                [path = path as String, milliseconds = milliseconds as Int] in
                let store = try SQLiteLedgerStore.open(at: path)
                Thread.detachNewThread {
                    usleep(UInt32(milliseconds * 1_000))
                    kill(getpid(), SIGKILL)
                }
                for index in 0... {
                    let bodies = try (0..<3).map { try Sample.entry(index * 3 + $0) }
                    let head = try store.append(
                        Sample.batch(bodies.map { .journal($0) }, evidence: [[UInt8(index % 256)]]))
                    try Data(String(head.size).utf8).write(to: URL(filePath: path + ".seen"))
                }
            }
            let store = try SQLiteLedgerStore.open(at: path)
            let size = try store.head().size
            #expect((size - before).isMultiple(of: 3))
            if let data = FileManager.default.contents(atPath: path + ".seen"),
                let seen = Int(String(decoding: data, as: UTF8.self))
            {
                #expect(size >= seen)
            }
            #expect(try store.firstProjectionDifference() == nil)
            try store.append(Sample.batch([.journal(Sample.entry(0))]))
        }
    }

    @Test("refuses a batch that the disk has no room for, and lives on")
    func diskFull() async throws {
        try await TemporaryBook.with { book in
            let head = try book.filled().head()
            let path = book.path
            await #expect(processExitsWith: .success) { [path = path as String] in
                let store = try SQLiteLedgerStore.open(at: path)
                // Writing beyond the limit fails as it does on a full disk.
                signal(SIGXFSZ, SIG_IGN)
                var limit = rlimit(rlim_cur: 300_000, rlim_max: 300_000)
                guard setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0 else {
                    exit(2)
                }
                // Noise, which does not become smaller.
                var random = SplitMix64(seed: 7)
                let large = random.bytes(1_000_000)
                do throws(LedgerStoreError) {
                    try store.append(Sample.batch([Sample.genesis], evidence: [large]))
                    exit(3)
                } catch {
                    guard error == .diskFull else { exit(4) }
                }
                // A small batch still finds room.
                try store.append(Sample.batch([Sample.genesis]))
            }
            let store = try SQLiteLedgerStore.open(at: path)
            #expect(try store.head().size == head.size + 1)
            #expect(try store.firstProjectionDifference() == nil)
        }
    }

    @Test("says so where it may not be written, and is still read")
    func unwritable() async throws {
        try await TemporaryBook.with { book in
            try book.filled().close()
            let manager = FileManager.default
            try manager.setAttributes([.posixPermissions: 0o444], ofItemAtPath: book.path)
            try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: book.folder)
            defer {
                _ = chmod(book.folder, 0o755)
            }
            let path = book.path
            await #expect(processExitsWith: .success) { [path = path as String] in
                // The superuser may write anywhere: become nobody.
                if geteuid() == 0 { guard setuid(65_534) == 0 else { exit(2) } }
                do throws(LedgerStoreError) {
                    _ = try SQLiteLedgerStore.open(at: path)
                    exit(3)
                } catch {
                    guard error == .notWritable else { exit(4) }
                }
                do throws(LedgerStoreError) {
                    _ = try SQLiteLedgerStore.create(at: path + "-new")
                    exit(5)
                } catch {
                    guard error == .notWritable else { exit(6) }
                }
                let reader = try SQLiteLedgerStore.openReadOnly(at: path)
                guard try reader.firstProjectionDifference() == nil else { exit(7) }
                let result = try reader.query("SELECT count(*) FROM record", rowLimit: 1)
                guard result.rows == [["5"]] else { exit(8) }
            }
        }
    }
}
