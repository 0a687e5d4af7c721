internal import Dispatch
internal import Synchronization

/// Work in pieces on all cores of the machine.
enum Parallel {
    private struct State<Output> {
        var results: [Output?]
        var failure: (piece: Int, refusal: Refusal)?
    }

    /// The results of all pieces, in order. The last piece begins first: what takes long and
    /// cannot be divided belongs there.
    ///
    /// - Throws: what the first failing piece throws, whichever fails earlier in time.
    static func map<Output: Sendable>(
        _ count: Int, _ piece: @Sendable (Int) throws(Refusal) -> Output
    ) throws(Refusal) -> [Output] {
        let state = Mutex(
            State<Output>(results: Array(repeating: nil, count: count), failure: nil))
        DispatchQueue.concurrentPerform(iterations: count) { turn in
            let index = count - 1 - turn
            // A piece behind the failure that is reported need not run.
            guard state.withLock({ index < $0.failure?.piece ?? count }) else { return }
            do throws(Refusal) {
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
        if let failure { throw failure.refusal }
        return results.compactMap(\.self)
    }
}
