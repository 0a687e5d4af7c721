package import Quantities

/// A value over a stretch of time, with what else is known of it.
package protocol IntervalElement: Hashable, Sendable {
    /// What neighbours mostly share: quality, supplier …
    associatedtype Mark: Hashable & Sendable

    var startSeconds: Int64 { get }
    var endSeconds: Int64 { get }
    var value: ExactDecimal { get }
    /// 1-based line in the document.
    var line: Int { get }
    var mark: Mark { get }

    init(startSeconds: Int64, endSeconds: Int64, value: ExactDecimal, line: Int, mark: Mark)
}

/// A collection of intervals that takes about nine bytes for each in a regular series.
///
/// Neighbours of one step, one length, one mark and evenly spaced lines form a run; only their
/// values are kept one by one. The order is that of appending.
package struct CompactIntervals<Element: IntervalElement>: Hashable, Sendable {
    private struct Run: Hashable, Sendable {
        /// The place of its first element.
        var first: Int
        var start: Int64
        /// Seconds from one start to the next; 0 while there is one element.
        var step: Int64 = 0
        var length: Int64
        var line: Int
        var lineStep = 0
        var mark: Element.Mark
    }

    private var runs: [Run] = []
    private var mantissas: [Int64] = []
    private var exponents: [Int8] = []
    /// Values that do not fit the two arrays, by place.
    private var wide: [Int: ExactDecimal] = [:]

    package init() {}

    package init(_ elements: some Sequence<Element>) {
        for element in elements { append(element) }
    }

    package mutating func append(_ element: Element) {
        let place = mantissas.count
        if let mantissa = Int64(exactly: element.value.mantissa),
            let exponent = Int8(exactly: element.value.exponent)
        {
            mantissas.append(mantissa)
            exponents.append(exponent)
        } else {
            mantissas.append(0)
            exponents.append(0)
            wide[place] = element.value
        }
        if extendLastRun(by: element, at: place) { return }
        runs.append(
            Run(
                first: place, start: element.startSeconds,
                length: element.endSeconds &- element.startSeconds, line: element.line,
                mark: element.mark))
    }

    /// Wrapping arithmetic throughout: a place is computed as it was compared, so that any times
    /// come back as they were.
    private mutating func extendLastRun(by element: Element, at place: Int) -> Bool {
        guard let run = runs.last, element.endSeconds &- element.startSeconds == run.length,
            element.mark == run.mark
        else { return false }
        let position = place - run.first
        if position == 1 {
            runs[runs.count - 1].step = element.startSeconds &- run.start
            runs[runs.count - 1].lineStep = element.line &- run.line
            return true
        }
        return element.startSeconds == run.start &+ Int64(position) &* run.step
            && element.line == run.line &+ position &* run.lineStep
    }

    private func element(at place: Int, of run: Run) -> Element {
        let position = place - run.first
        let start = run.start &+ Int64(position) &* run.step
        return Element(
            startSeconds: start, endSeconds: start &+ run.length, value: value(at: place),
            line: run.line &+ position &* run.lineStep, mark: run.mark)
    }

    private func value(at place: Int) -> ExactDecimal {
        if !wide.isEmpty, let value = wide[place] { return value }
        return ExactDecimal(
            normalizedMantissa: Int128(mantissas[place]), exponent: Int(exponents[place]))
    }
}

extension CompactIntervals: RandomAccessCollection {
    package var startIndex: Int { 0 }
    package var endIndex: Int { mantissas.count }

    package subscript(place: Int) -> Element {
        precondition(indices.contains(place), "The place lies in the collection.")
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].first <= place { low = middle } else { high = middle }
        }
        return element(at: place, of: runs[low])
    }

    /// Goes through the runs instead of searching them.
    package struct Iterator: IteratorProtocol {
        fileprivate let intervals: CompactIntervals
        private var place = 0
        private var run = 0

        fileprivate init(_ intervals: CompactIntervals) { self.intervals = intervals }

        package mutating func next() -> Element? {
            guard place < intervals.mantissas.count else { return nil }
            if run + 1 < intervals.runs.count, intervals.runs[run + 1].first == place { run += 1 }
            defer { place += 1 }
            return intervals.element(at: place, of: intervals.runs[run])
        }
    }

    package func makeIterator() -> Iterator { Iterator(self) }
}

extension CompactIntervals: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }
}

extension CompactIntervals {
    /// Whether each interval begins later than the one before, and not before that ends.
    package var isOrderedAndDisjoint: Bool {
        var last: (start: Int64, end: Int64)?
        for element in self {
            if let last, element.startSeconds < last.end || element.startSeconds <= last.start {
                return false
            }
            last = (element.startSeconds, element.endSeconds)
        }
        return true
    }
}
