internal import Foundation

/// Work for a list of inputs, done in their order on a thread of its own, ahead of who takes the
/// results.
///
/// A class, because two threads share it. Unchecked, because the compiler does not know that the
/// condition guards the state; nothing else reaches it.
package final class Ahead<Output: Sendable>: @unchecked Sendable {
    private struct State {
        /// Done and not taken yet.
        var results: [Output] = []
        /// The weight of what is done or in work, and not taken.
        var weight = 0
        var taken = 0
        var isCancelled = false
    }

    private let condition = NSCondition()
    private var state = State()
    private let weights: [Int]

    /// - Parameters:
    ///   - weights: What each input weighs, such as its bytes.
    ///   - limit: No input is begun while what is ahead would weigh more with it; one that weighs
    ///     more by itself is begun when nothing is ahead.
    ///   - count: No more inputs than this are ahead.
    ///   - work: Is given the index of an input.
    package init(
        weights: [Int], limit: Int, count: Int, _ work: @escaping @Sendable (Int) -> Output
    ) {
        self.weights = weights
        let thread = Thread { [self] in
            for index in weights.indices {
                guard waitForRoom(for: weights[index], limit: limit, count: count, before: index)
                else { return }
                add(work(index))
            }
        }
        // That of a main thread: what is read may nest.
        thread.stackSize = 8 << 20
        thread.start()
    }

    /// The next result, as soon as it is there; `nil` after the last, and where nothing more comes
    /// because of `cancel`.
    package func next() -> Output? {
        condition.lock()
        defer { condition.unlock() }
        guard state.taken < weights.count else { return nil }
        while state.results.isEmpty, !state.isCancelled { condition.wait() }
        guard !state.results.isEmpty else { return nil }
        state.weight -= weights[state.taken]
        state.taken += 1
        condition.broadcast()
        return state.results.removeFirst()
    }

    /// Nothing more is begun.
    package func cancel() {
        condition.lock()
        defer { condition.unlock() }
        state.isCancelled = true
        condition.broadcast()
    }

    /// - Returns: Whether to go on.
    private func waitForRoom(for weight: Int, limit: Int, count: Int, before index: Int) -> Bool {
        condition.lock()
        defer { condition.unlock() }
        func isFull() -> Bool {
            let ahead = index - state.taken
            return ahead > 0 && (ahead >= count || state.weight + weight > limit)
        }
        while isFull(), !state.isCancelled { condition.wait() }
        state.weight += weight
        return !state.isCancelled
    }

    private func add(_ result: Output) {
        condition.lock()
        defer { condition.unlock() }
        state.results.append(result)
        condition.broadcast()
    }
}
