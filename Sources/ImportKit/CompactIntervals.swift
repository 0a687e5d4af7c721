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
    package struct Run: Hashable, Sendable {
        /// The place of its first element.
        package let first: Int
        /// Seconds, as of its first element.
        package let start: Int64
        /// Seconds from one start to the next; 0 while there is one element.
        package internal(set) var step: Int64 = 0
        package let length: Int64
        package let line: Int
        package internal(set) var lineStep = 0
        package let mark: Element.Mark

        @inlinable
        init(first: Int, start: Int64, length: Int64, line: Int, mark: Element.Mark) {
            (self.first, self.start, self.length) = (first, start, length)
            (self.line, self.mark) = (line, mark)
        }

        /// Takes the element behind the first, which says how the run goes on.
        @inlinable
        mutating func setSteps(start: Int64, line: Int) {
            step = start &- self.start
            lineStep = line &- self.line
        }
    }

    /// Where the last run would go on.
    @usableFromInline
    struct Tail: Hashable, Sendable {
        @usableFromInline var count = 0
        @usableFromInline var length: Int64 = 0
        @usableFromInline var start: Int64 = 0
        @usableFromInline var line = 0

        @inlinable
        init(count: Int = 0, length: Int64 = 0) { (self.count, self.length) = (count, length) }
    }

    // The formats keep elements of their own in it: what is done for each is open to the compiler
    // there.
    package internal(set) var runs: [Run] = []
    @usableFromInline var tail = Tail()
    @usableFromInline var mantissas: [Int64] = []
    @usableFromInline var exponents: [Int8] = []
    /// Values that do not fit the two arrays, by place.
    @usableFromInline var wide: [Int: ExactDecimal] = [:]

    package init() {}

    package init(_ elements: some Sequence<Element>) {
        for element in elements { append(element) }
    }

    @inlinable
    package mutating func append(_ element: Element) {
        var mantissa = Int64(truncatingIfNeeded: element.value.mantissa)
        var exponent = Int8(truncatingIfNeeded: element.value.exponent)
        if Int128(mantissa) != element.value.mantissa || Int(exponent) != element.value.exponent {
            wide[mantissas.count] = element.value
            (mantissa, exponent) = (0, 0)
        }
        append(
            from: element.startSeconds, to: element.endSeconds, mantissa: mantissa,
            exponent: exponent, line: element.line, mark: element.mark)
    }

    /// Appends an element by its parts.
    ///
    /// - Parameters:
    ///   - mantissa: Of a normalised `ExactDecimal`, as is its exponent.
    ///   - mark: What it shares with its neighbours.
    @inlinable
    package mutating func append(
        from start: Int64, to end: Int64, mantissa: Int64, exponent: Int8, line: Int,
        mark: Element.Mark
    ) {
        let place = mantissas.count
        mantissas.append(mantissa)
        exponents.append(exponent)
        if extendLastRun(from: start, to: end, line: line, mark: mark) { return }
        runs.append(
            Run(first: place, start: start, length: end &- start, line: line, mark: mark))
        tail = Tail(count: 1, length: end &- start)
    }

    /// Wrapping arithmetic throughout: a place is computed as it was compared, so that any times
    /// come back as they were.
    @inlinable
    mutating func extendLastRun(
        from start: Int64, to end: Int64, line: Int, mark: Element.Mark
    ) -> Bool {
        let last = runs.count - 1
        guard last >= 0, end &- start == tail.length,
            tail.count == 1 || start == tail.start && line == tail.line, runs[last].mark == mark
        else { return false }
        if tail.count == 1 {
            runs[last].setSteps(start: start, line: line)
        }
        tail.count += 1
        tail.start = start &+ runs[last].step
        tail.line = line &+ runs[last].lineStep
        return true
    }

    /// Appends elements of another collection, run by run.
    package mutating func append(contentsOf other: CompactIntervals, at places: Range<Int>) {
        var place = places.lowerBound
        while place < places.upperBound {
            let index = other.runIndex(at: place)
            let run = other.runs[index]
            let end = Swift.min(places.upperBound, other.runEnd(index))
            // Once two elements in a row belong to the last run, the rest of theirs does.
            let goesOn =
                tail.count > 1 && tail.length == run.length && other.wide.isEmpty
                && runs[runs.count - 1].step == run.step
                && runs[runs.count - 1].lineStep == run.lineStep
                && runs[runs.count - 1].mark == run.mark
                && tail.start == run.start &+ Int64(place - run.first) &* run.step
                && tail.line == run.line &+ (place - run.first) &* run.lineStep
            guard goesOn else {
                append(other.element(at: place, of: run))
                place += 1
                continue
            }
            let count = end - place
            mantissas += other.mantissas[place..<end]
            exponents += other.exponents[place..<end]
            tail.count += count
            tail.start &+= Int64(count) &* run.step
            tail.line &+= count &* run.lineStep
            place = end
        }
    }

    /// The run of a place.
    @inlinable
    package func runIndex(at place: Int) -> Int {
        var (low, high) = (0, runs.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].first <= place { low = middle } else { high = middle }
        }
        return low
    }

    /// The place behind the last element of a run.
    @inlinable
    package func runEnd(_ index: Int) -> Int {
        index + 1 < runs.count ? runs[index + 1].first : mantissas.count
    }

    @inlinable
    func element(at place: Int, of run: Run) -> Element {
        let position = place - run.first
        let start = run.start &+ Int64(position) &* run.step
        return Element(
            startSeconds: start, endSeconds: start &+ run.length, value: value(at: place),
            line: run.line &+ position &* run.lineStep, mark: run.mark)
    }

    @inlinable
    func value(at place: Int) -> ExactDecimal {
        if !wide.isEmpty, let value = wide[place] { return value }
        return ExactDecimal(
            normalizedMantissa: Int128(mantissas[place]), exponent: Int(exponents[place]))
    }
}

extension CompactIntervals: RandomAccessCollection {
    @inlinable
    package var startIndex: Int { 0 }
    @inlinable
    package var endIndex: Int { mantissas.count }

    @inlinable
    package subscript(place: Int) -> Element {
        precondition(indices.contains(place), "The place lies in the collection.")
        return element(at: place, of: runs[runIndex(at: place)])
    }

    /// Goes through the runs instead of searching them.
    package struct Iterator: IteratorProtocol {
        @usableFromInline let intervals: CompactIntervals
        @usableFromInline var place = 0
        @usableFromInline var run = 0

        @inlinable
        init(_ intervals: CompactIntervals) { self.intervals = intervals }

        @inlinable
        package mutating func next() -> Element? {
            guard place < intervals.mantissas.count else { return nil }
            if run + 1 < intervals.runs.count, intervals.runs[run + 1].first == place { run += 1 }
            defer { place += 1 }
            return intervals.element(at: place, of: intervals.runs[run])
        }
    }

    @inlinable
    package func makeIterator() -> Iterator { Iterator(self) }
}

extension CompactIntervals: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }
}
