package import Inventory
package import Quantities

/// A value for a half-open span of time, and where it was read.
package struct SeriesReading: Hashable, Sendable {
    package let start: Instant
    package let end: Instant
    package let value: ExactDecimal
    package let quality: ReadingQuality
    /// Which of the documents of the chunk, counted from 0.
    package let source: Int
    /// The line in that document.
    package let line: Int

    package init(
        start: Instant, end: Instant, value: ExactDecimal, quality: ReadingQuality,
        source: Int = 0, line: Int
    ) {
        self.start = start
        self.end = end
        self.value = value
        self.quality = quality
        self.source = source
        self.line = line
    }
}

/// Why readings make no chunk, or bytes are none.
package enum SeriesChunkError: Error, Hashable, Sendable {
    /// A chunk holds at least one reading.
    case empty
    /// More readings than `SeriesChunk.maximumCount`.
    case tooMany
    /// A reading overlaps the one before it, or comes before it.
    case notInOrder(Instant)
    /// A span of no or too long a time, or a time outside the years 1900 to 2200.
    case timeOutOfRange
    /// A value, or a sum, that needs more digits than a chunk holds.
    case valueOutOfRange
    /// A line or source number outside its range.
    case placeOutOfRange
    /// The bytes end early, go on too long, or hold a number outside its range.
    case malformed(offset: Int)
    /// The readings have another, shorter form: these bytes are not written by the encoder.
    case notCanonical
}
