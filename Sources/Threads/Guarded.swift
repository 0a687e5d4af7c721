internal import Foundation

/// A value that threads use one after the other.
///
/// Like `Mutex` of the Synchronization module, but by a lock that the thread sanitizer sees: that
/// module is not instrumented on Linux, and each use of its `Mutex` is reported as a race.
///
/// A class, because all who share the value share the lock. Unchecked, because the compiler does
/// not know that the lock guards the value; nothing else reaches it.
package final class Guarded<Value: Sendable>: @unchecked Sendable {
    private let lock = NSLock()
    private var value: Value

    package init(_ value: Value) { self.value = value }

    /// Lends the value; other threads wait until `body` ends.
    package func withLock<Result, Failure: Error>(
        _ body: (inout Value) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        lock.lock()
        defer { lock.unlock() }
        return try body(&value)
    }
}
