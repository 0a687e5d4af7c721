internal import GRDB
internal import LedgerStore

extension LedgerStoreError {
    /// What an error of the engine means to a caller.
    ///
    /// - Parameter systemError: `errno` behind an input or output error; 0 if unknown.
    init(_ error: DatabaseError, systemError: Int32 = 0) {
        self.init(
            code: error.extendedResultCode.rawValue, message: error.message ?? "no message",
            systemError: systemError)
    }

    /// - Parameter code: A result code of SQLite, primary or extended.
    init(code: Int32, message: String, systemError: Int32 = 0) {
        let text = "SQLite \(code): \(message)"
        switch ResultCode(rawValue: code & 0xff) {
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .locked
        case .SQLITE_FULL: self = .diskFull
        // The index of the log could not grow: SQLite says that means a full disk.
        case .SQLITE_IOERR
        where code == ResultCode.SQLITE_IOERR_SHMSIZE.rawValue || Self.meansDiskFull(systemError):
            self = .diskFull
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .notWritable
        case .SQLITE_NOTADB: self = .notABook("it is no SQLite database")
        case .SQLITE_CORRUPT, .SQLITE_MISMATCH: self = .corrupt(text)
        case .SQLITE_CONSTRAINT, .SQLITE_TOOBIG: self = .invalid(text)
        case _: self = .failed(text)
        }
    }

    /// Runs work on a database and translates what it throws.
    static func translating<Result>(
        systemError: () -> Int32 = { 0 }, _ work: () throws -> Result
    ) throws(LedgerStoreError) -> Result {
        do {
            return try work()
        } catch let error as LedgerStoreError {
            throw error
        } catch let error as DatabaseError {
            throw LedgerStoreError(error, systemError: systemError())
        } catch {
            throw .failed("\(error)")
        }
    }
}
