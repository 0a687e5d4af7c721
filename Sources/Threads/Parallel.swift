internal import Dispatch

/// Work in pieces on all cores of the machine.
package enum Parallel {
    private struct State<Output: Sendable, Failure: Error>: Sendable {
        var results: [Output?]
        var failure: (piece: Int, error: Failure)?
    }

    /// The results of all pieces, in order. The last piece begins first: what takes long and
    /// cannot be divided belongs there.
    ///
    /// - Throws: what the first failing piece throws, whichever fails earlier in time.
    package static func map<Output: Sendable, Failure: Error>(
        _ count: Int, _ piece: @Sendable (Int) throws(Failure) -> Output
    ) throws(Failure) -> [Output] {
        let state = Guarded(
            State<Output, Failure>(results: Array(repeating: nil, count: count), failure: nil))
        DispatchQueue.concurrentPerform(iterations: count) { turn in
            let index = count - 1 - turn
            // A piece behind the failure that is reported need not run.
            guard state.withLock({ index < $0.failure?.piece ?? count }) else { return }
            do throws(Failure) {
                let result = try piece(index)
                state.withLock { $0.results[index] = result }
            } catch {
                state.withLock { state in
                    guard index < state.failure?.piece ?? count else { return }
                    state.failure = (index, error)
                }
            }
        }
        let (results, failure) = state.withLock { ($0.results, $0.failure) }
        if let failure { throw failure.error }
        return results.compactMap(\.self)
    }
}
