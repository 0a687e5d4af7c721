internal import Inventory

extension SeriesChunk {
    /// The first bytes of a chunk: its format and version.
    package static let signature = Array("tsc1".utf8)

    /// The bytes of the chunk: see `Schemas/series-chunk.md`.
    package var bytes: [UInt8] {
        var writer = VarintWriter(Self.signature)
        writer.reserve(values.count * 3 + 64)
        writer.append(unsigned: UInt128(scale))
        writer.append(unsigned: UInt128(spans.count))
        var clock: Int64 = 0
        for span in spans {
            writer.append(signed: Int128(span.start.secondsSinceEpoch - clock))
            writer.append(unsigned: UInt128(span.step))
            writer.append(unsigned: UInt128(span.count))
            clock = span.end.secondsSinceEpoch
        }
        var last: Int128 = 0
        for value in values {
            let difference = value - last
            if let short = Int64(exactly: difference) {
                writer.append(signed: short)
            } else {
                writer.append(signed: difference)
            }
            last = value
        }
        for run in qualities {
            writer.append(unsigned: UInt128(run.quality.code))
            writer.append(unsigned: UInt128(run.count))
        }
        var line = 0
        for run in places {
            writer.append(unsigned: UInt128(run.source))
            writer.append(signed: Int128(run.first - line))
            writer.append(signed: Int128(run.stride))
            writer.append(unsigned: UInt128(run.count))
            line = run.last
        }
        return writer.bytes
    }
}

extension ReadingQuality {
    /// The number of a quality in a chunk; never given anew.
    var code: Int {
        switch self {
        case .unstated: 0
        case .actual: 1
        case .estimated: 2
        case .substituted: 3
        case .final: 4
        case .edited: 5
        }
    }

    static func quality(code: Int) -> ReadingQuality? { allCases.first { $0.code == code } }
}

/// Writes whole numbers in groups of seven bits, the lowest first (LEB128); a number with sign is
/// folded onto the even and odd numbers first (zig-zag), so that small ones stay short.
struct VarintWriter {
    private(set) var bytes: [UInt8]

    init(_ bytes: [UInt8] = []) { self.bytes = bytes }

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }

    mutating func append(unsigned value: UInt128) {
        var rest = value
        while rest > UInt128(UInt64.max) {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(short: UInt64(truncatingIfNeeded: rest))
    }

    private mutating func append(short value: UInt64) {
        var rest = value
        while rest > 0x7F {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// Most numbers are short.
    mutating func append(signed value: Int64) {
        append(short: UInt64(bitPattern: (value << 1) ^ (value >> 63)))
    }

    mutating func append(signed value: Int128) {
        append(unsigned: UInt128(truncatingIfNeeded: (value << 1) ^ (value >> 127)))
    }
}
