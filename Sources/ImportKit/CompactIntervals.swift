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

/// A collection of intervals that takes about three bytes for each in a regular series.
///
/// Neighbours of one step, one length, one mark and evenly spaced lines form a run; only their
/// values are kept one by one, packed in blocks: to go through them in order is cheap, each
/// element that is taken by its place unpacks a block. The order is that of appending.
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
    @usableFromInline var values = PackedDecimals()
    /// Values that are wider than those, by place.
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
            wide[values.count] = element.value
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
        let place = values.count
        values.append(mantissa: mantissa, exponent: exponent)
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
        index + 1 < runs.count ? runs[index + 1].first : values.count
    }

    @inlinable
    func element(at place: Int, of run: Run) -> Element {
        element(at: place, of: run, values.block(place / PackedDecimals.blockSize))
    }

    /// - Parameter block: In which the value of the place stands.
    @inlinable
    func element(at place: Int, of run: Run, _ block: PackedDecimals.Block) -> Element {
        let position = place - run.first
        let start = run.start &+ Int64(position) &* run.step
        return Element(
            startSeconds: start, endSeconds: start &+ run.length,
            value: value(at: place, in: block), line: run.line &+ position &* run.lineStep,
            mark: run.mark)
    }

    @inlinable
    func value(at place: Int, in block: PackedDecimals.Block) -> ExactDecimal {
        if !wide.isEmpty, let value = wide[place] { return value }
        let position = place % PackedDecimals.blockSize
        return ExactDecimal(
            normalizedMantissa: Int128(block.mantissas[position]),
            exponent: Int(block.exponents[position]))
    }
}

extension CompactIntervals: RandomAccessCollection {
    @inlinable
    package var startIndex: Int { 0 }
    @inlinable
    package var endIndex: Int { values.count }

    @inlinable
    package subscript(place: Int) -> Element {
        precondition(indices.contains(place), "The place lies in the collection.")
        return element(at: place, of: runs[runIndex(at: place)])
    }

    @inlinable
    package subscript(places: Range<Int>) -> Part { Part(self, places) }

    /// Some elements in a row; to go through them unpacks each block once.
    package struct Part: RandomAccessCollection {
        @usableFromInline let intervals: CompactIntervals
        package let indices: Range<Int>

        @inlinable
        init(_ intervals: CompactIntervals, _ places: Range<Int>) {
            precondition(
                intervals.indices.contains(places) || places.isEmpty,
                "The places lie in the collection.")
            (self.intervals, indices) = (intervals, places)
        }

        @inlinable
        package var startIndex: Int { indices.lowerBound }
        @inlinable
        package var endIndex: Int { indices.upperBound }
        @inlinable
        package subscript(place: Int) -> Element { intervals[place] }
        @inlinable
        package subscript(places: Range<Int>) -> Part { Part(intervals, places) }
        @inlinable
        package func makeIterator() -> Iterator { Iterator(intervals, indices) }

        @inlinable
        package func map<Mapped, Failure: Error>(
            _ transform: (Element) throws(Failure) -> Mapped
        ) throws(Failure) -> [Mapped] {
            var mapped: [Mapped] = []
            mapped.reserveCapacity(count)
            var rest = makeIterator()
            while let element = rest.next() { mapped.append(try transform(element)) }
            return mapped
        }
    }

    /// Goes through the runs instead of searching them, and unpacks each block once.
    package struct Iterator: IteratorProtocol {
        @usableFromInline let intervals: CompactIntervals
        @usableFromInline var place: Int
        @usableFromInline let end: Int
        @usableFromInline var run = 0
        @usableFromInline var block: PackedDecimals.Block

        @inlinable
        init(_ intervals: CompactIntervals, _ places: Range<Int>) {
            self.intervals = intervals
            (place, end) = (places.lowerBound, places.upperBound)
            guard !places.isEmpty else {
                block = PackedDecimals.Block()
                return
            }
            run = intervals.runIndex(at: place)
            block = intervals.values.block(place / PackedDecimals.blockSize)
        }

        @inlinable
        package mutating func next() -> Element? {
            guard place < end else { return nil }
            let isNext =
                run + 1 < intervals.runs.count && intervals.runs[run + 1].first == place
            if isNext { run += 1 }
            if place % PackedDecimals.blockSize == 0 {
                block = intervals.values.block(place / PackedDecimals.blockSize)
            }
            defer { place += 1 }
            return intervals.element(at: place, of: intervals.runs[run], block)
        }
    }

    @inlinable
    package func makeIterator() -> Iterator { Iterator(self, indices) }

    /// What `map` of any collection gives; that one takes each element by its place.
    @inlinable
    package func map<Mapped, Failure: Error>(
        _ transform: (Element) throws(Failure) -> Mapped
    ) throws(Failure) -> [Mapped] {
        try self[...].map(transform)
    }
}

extension CompactIntervals: ExpressibleByArrayLiteral {
    package init(arrayLiteral elements: Element...) { self.init(elements) }
}
