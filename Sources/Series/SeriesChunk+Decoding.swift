internal import Inventory

extension SeriesChunk {
    /// The chunk that bytes hold. To encode it again gives the same bytes.
    ///
    /// - Throws: `malformed`, `notCanonical`, and what readings out of range throw. Memory and
    ///   time are in proportion to the number of bytes.
    package init(decoding bytes: [UInt8]) throws(SeriesChunkError) {
        self.init()
        var reader = VarintReader(bytes)
        try reader.expect(Self.signature)
        scale = try reader.number(in: 0...Self.maximumScale)
        let total = try readSpans(&reader)
        // A value takes a byte at least, so that a short text cannot claim a long list.
        guard total <= reader.remaining else { throw .malformed(offset: reader.offset) }
        try readValues(total, &reader)
        try readQualities(total, &reader)
        try readPlaces(total, &reader)
        guard reader.remaining == 0 else { throw .malformed(offset: reader.offset) }
    }

    /// - Returns: How many readings there are.
    private mutating func readSpans(_ reader: inout VarintReader) throws(SeriesChunkError) -> Int {
        var total = 0
        var clock: Int64 = 0
        for index in 0..<(try reader.number(in: 1...Self.maximumCount)) {
            let gap = try reader.signed(
                within: index == 0 ? Instant.readableSeconds.lowerBound : 0,
                Instant.readableSeconds.upperBound * 2)
            let step = try reader.number(in: 1...Int(Self.maximumStep))
            let count = try reader.number(in: 1...Self.maximumCount)
            let span = Span(
                start: Instant(secondsSinceEpoch: clock + gap), step: Int64(step), count: count)
            guard Instant.readableSeconds.contains(span.start.secondsSinceEpoch),
                Instant.readableSeconds.contains(span.end.secondsSinceEpoch)
            else { throw .timeOutOfRange }
            if let last = spans.last, gap == 0, last.step == span.step { throw .notCanonical }
            spans.append(span)
            clock = span.end.secondsSinceEpoch
            total += count
            guard total <= Self.maximumCount else { throw .tooMany }
        }
        return total
    }

    private mutating func readValues(
        _ total: Int, _ reader: inout VarintReader
    ) throws(SeriesChunkError) {
        values.reserveCapacity(total)
        var value: Int128 = 0
        var isScaled = scale == 0
        for _ in 0..<total {
            let difference: Int128
            if let short = reader.shortSigned() {
                difference = Int128(short)
            } else {
                difference = try reader.signed()
            }
            let (next, overflow) = value.addingReportingOverflow(difference)
            guard !overflow, next.magnitude < Self.valueLimit else { throw .valueOutOfRange }
            value = next
            values.append(value)
            if !isScaled { isScaled = value % 10 != 0 }
        }
        guard isScaled else { throw .notCanonical }
    }

    private mutating func readQualities(
        _ total: Int, _ reader: inout VarintReader
    ) throws(SeriesChunkError) {
        var covered = 0
        while covered < total {
            let code = try reader.number(in: 0...255)
            guard let quality = ReadingQuality.quality(code: code) else {
                throw .malformed(offset: reader.offset)
            }
            let count = try reader.number(in: 1...(total - covered))
            guard qualities.last?.quality != quality else { throw .notCanonical }
            qualities.append(QualityRun(quality: quality, count: count))
            covered += count
        }
    }

    private mutating func readPlaces(
        _ total: Int, _ reader: inout VarintReader
    ) throws(SeriesChunkError) {
        var covered = 0
        var line = 0
        let limit = Int64(Self.maximumLine)
        while covered < total {
            let source = try reader.number(in: 0...Self.maximumSource)
            let first = line + Int(try reader.signed(within: -limit, limit))
            let stride = Int(try reader.signed(within: -limit, limit))
            let run = PlaceRun(
                source: source, first: first, stride: stride,
                count: try reader.number(in: 1...(total - covered)))
            let (length, overflow) = stride.multipliedReportingOverflow(by: run.count - 1)
            guard !overflow, length.magnitude <= Self.maximumLine,
                (0...Self.maximumLine).contains(first),
                (0...Self.maximumLine).contains(first + length)
            else { throw .placeOutOfRange }
            guard run.count > 1 || stride == 0 else { throw .notCanonical }
            if let last = places.last, last.takes(source: source, line: first) {
                throw .notCanonical
            }
            places.append(run)
            line = run.last
            covered += run.count
        }
    }
}

/// Reads what `VarintWriter` writes, each number in its shortest form.
struct VarintReader {
    private let bytes: [UInt8]
    private(set) var offset = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    var remaining: Int { bytes.count - offset }

    mutating func expect(_ prefix: [UInt8]) throws(SeriesChunkError) {
        guard bytes.starts(with: prefix) else { throw .malformed(offset: 0) }
        offset = prefix.count
    }

    mutating func unsigned() throws(SeriesChunkError) -> UInt128 {
        var value: UInt128 = 0
        var shift: UInt128 = 0
        while offset < bytes.count {
            let byte = bytes[offset]
            let group = UInt128(byte & 0x7F)
            // 18 groups are 126 bits; of the 19th two bits are left.
            guard shift < 126 || (shift == 126 && group < 4) else { break }
            value |= group << shift
            offset += 1
            if byte < 0x80 {
                guard byte != 0 || shift == 0 else { throw .notCanonical }
                return value
            }
            shift += 7
        }
        throw .malformed(offset: offset)
    }

    /// A number of at most eight bytes, as most are.
    ///
    /// - Returns: `nil`, and nothing is read, for a longer one and for one that is wrong.
    mutating func shortSigned() -> Int64? {
        var folded: UInt64 = 0
        var place = offset
        let end = min(bytes.count, offset + 8)
        while place < end {
            let byte = bytes[place]
            folded |= UInt64(byte & 0x7F) << (UInt64(place - offset) * 7)
            place += 1
            guard byte < 0x80 else { continue }
            guard byte != 0 || place == offset + 1 else { return nil }
            offset = place
            return Int64(folded >> 1) ^ -Int64(folded & 1)
        }
        return nil
    }

    mutating func signed() throws(SeriesChunkError) -> Int128 {
        let folded = try unsigned()
        return Int128(truncatingIfNeeded: folded >> 1) ^ -Int128(folded & 1)
    }

    mutating func signed(
        within lower: Int64, _ upper: Int64
    ) throws(SeriesChunkError) -> Int64 {
        guard let value = Int64(exactly: try signed()), lower <= value, value <= upper else {
            throw .malformed(offset: offset)
        }
        return value
    }

    mutating func number(in range: ClosedRange<Int>) throws(SeriesChunkError) -> Int {
        guard let value = Int(exactly: try unsigned()), range.contains(value) else {
            throw .malformed(offset: offset)
        }
        return value
    }
}
