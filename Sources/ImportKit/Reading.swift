package import Inventory
package import Quantities

/// One value of a series.
package struct Reading: Hashable, Sendable {
    /// Of a cumulative register, `start` and `end` are both the moment it was read.
    package var start: Instant
    package var end: Instant
    /// In the unit of the series; of mean power, the energy of the interval.
    package var value: ExactDecimal
    package var quality: ReadingQuality
    /// 1-based line in the document.
    package var line: Int
    /// A delivery note or bill number that tells equal slots apart.
    package var identifier: String?
    /// Who delivered or billed it, as the document names them.
    package var supplier: String?

    package init(
        start: Instant, end: Instant, value: ExactDecimal, quality: ReadingQuality, line: Int,
        identifier: String? = nil, supplier: String? = nil
    ) {
        self.supplier = supplier
        self.start = start
        self.end = end
        self.value = value
        self.quality = quality
        self.line = line
        self.identifier = identifier
    }
}

/// Readings of one series, in order of time, packed by what neighbours have in common.
package typealias Readings = CompactIntervals<Reading>

extension Reading: IntervalElement {
    package struct Mark: Hashable, Sendable {
        package let quality: ReadingQuality
        package let identifier: String?
        package let supplier: String?
    }

    package var startSeconds: Int64 { start.secondsSinceEpoch }
    package var endSeconds: Int64 { end.secondsSinceEpoch }

    package var mark: Mark {
        Mark(quality: quality, identifier: identifier, supplier: supplier)
    }

    package init(
        startSeconds: Int64, endSeconds: Int64, value: ExactDecimal, line: Int, mark: Mark
    ) {
        self.init(
            start: Instant(secondsSinceEpoch: startSeconds),
            end: Instant(secondsSinceEpoch: endSeconds), value: value, quality: mark.quality,
            line: line, identifier: mark.identifier, supplier: mark.supplier)
    }
}
