internal import Quantities

/// Normalised decimals in the order of appending, most of them in two or three bytes.
///
/// A full block is packed: whole numbers of the smallest exponent, each as its difference to the
/// one in front, in groups of seven bits, as a series chunk has them.
@usableFromInline
struct PackedDecimals: Hashable, Sendable {
    /// Values one by one.
    @usableFromInline
    struct Block: Hashable, Sendable {
        @usableFromInline var mantissas: [Int64] = []
        @usableFromInline var exponents: [Int8] = []

        @inlinable
        init() {}
    }

    /// Values of a packed block: few enough that a block is soon unpacked for one of them.
    @usableFromInline static let blockSize = 256

    private var packed: [[UInt8]] = []
    /// What the packed values of each exponent come to. 2^63 values of 63 bits fit.
    private var sums: [Int8: Int128] = [:]
    /// Whether a packed value is below zero.
    private var isAnyNegative = false
    /// What is not packed yet: fewer values than a block has.
    @usableFromInline var open = Block()
    @usableFromInline private(set) var count = 0

    @usableFromInline
    init() {}

    @inlinable
    mutating func append(mantissa: Int64, exponent: Int8) {
        open.mantissas.append(mantissa)
        open.exponents.append(exponent)
        if open.mantissas.count == Self.blockSize { pack() }
        count &+= 1
    }

    @usableFromInline
    mutating func pack() {
        let block = PackedBlock(open)
        packed.append(block.bytes)
        for (exponent, sum) in block.sums { sums[exponent, default: 0] &+= sum }
        isAnyNegative = isAnyNegative || block.isAnyNegative
        open.mantissas.removeAll(keepingCapacity: true)
        open.exponents.removeAll(keepingCapacity: true)
    }

    /// The block with this number; a value stands in block `place / blockSize`.
    @usableFromInline
    func block(_ number: Int) -> Block {
        number < packed.count ? PackedBlock.unpacked(packed[number]) : open
    }

    /// Lends the values of some places, block by block.
    func read(
        _ places: Range<Int>, _ body: (ArraySlice<Int64>, ArraySlice<Int8>) throws -> Void
    ) rethrows {
        var place = places.lowerBound
        while place < places.upperBound {
            let number = place / Self.blockSize
            let first = number * Self.blockSize
            let block = block(number)
            let end = min(places.upperBound, first + block.mantissas.count)
            let range = (place - first)..<(end - first)
            try body(block.mantissas[range], block.exponents[range])
            place = end
        }
    }

    /// The exact sum for each exponent.
    var sumsByExponent: [Int8: Int128] {
        sums.merging(PackedBlock.sums(of: open)) { $0 &+ $1 }
    }

    /// Whether any value is below zero.
    var hasNegative: Bool { isAnyNegative || open.mantissas.contains { $0 < 0 } }
}

/// A full block of values as its bytes, and what they come to.
private struct PackedBlock {
    /// In the place of an exponent: each value follows with its own.
    private static let isPlain = Int8.min
    /// An exponent and as many groups of seven bits as a number of 64 bits takes.
    private static let longest = 11

    private(set) var bytes: [UInt8] = []
    private(set) var sums: [Int8: Int128] = [:]
    private(set) var isAnyNegative = false

    init(_ block: PackedDecimals.Block) {
        let count = block.mantissas.count
        let exponent = block.exponents.min() ?? 0
        withUnsafeTemporaryAllocation(
            of: UInt8.self, capacity: 1 + count * Self.longest
        ) { buffer in
            var writer = PackedWriter(buffer)
            if !writeShared(block, exponent, to: &writer) {
                writer = PackedWriter(buffer)
                writer.append(UInt8(bitPattern: Self.isPlain))
                for place in 0..<count {
                    writer.append(UInt8(bitPattern: block.exponents[place]))
                    writer.append(signed: block.mantissas[place])
                }
                sums = Self.sums(of: block)
                isAnyNegative = block.mantissas.contains { $0 < 0 }
            }
            bytes = [UInt8](buffer[..<writer.count])
        }
    }

    /// - Returns: False where a value does not fit the exponent.
    private mutating func writeShared(
        _ block: PackedDecimals.Block, _ exponent: Int8, to writer: inout PackedWriter
    ) -> Bool {
        guard exponent != Self.isPlain else { return false }
        writer.append(UInt8(bitPattern: exponent))
        let (mantissas, exponents) = (block.mantissas.span, block.exponents.span)
        let powers = Self.powers.span
        var (last, sum): (Int64, Int128) = (0, 0)
        var isAnyNegative = false
        for place in mantissas.indices {
            var value = mantissas[place]
            let power = Int(exponents[place]) &- Int(exponent)
            if power > 0, value != 0 {
                guard power < powers.count else { return false }
                let (product, overflow) = value.multipliedReportingOverflow(by: powers[power])
                guard !overflow else { return false }
                value = product
            }
            writer.append(signed: value &- last)
            last = value
            sum &+= Int128(value)
            isAnyNegative = isAnyNegative || value < 0
        }
        sums = [exponent: sum]
        self.isAnyNegative = isAnyNegative
        return true
    }

    static func sums(of block: PackedDecimals.Block) -> [Int8: Int128] {
        var sums: [Int8: Int128] = [:]
        for (mantissa, exponent) in zip(block.mantissas, block.exponents) {
            sums[exponent, default: 0] &+= Int128(mantissa)
        }
        return sums
    }

    private static let powers: [Int64] = (0...18).map { power in
        (0..<power).reduce(1) { product, _ in product * 10 }
    }

    static func unpacked(_ bytes: [UInt8]) -> PackedDecimals.Block {
        var exponents = [Int8](repeating: 0, count: PackedDecimals.blockSize)
        var block = PackedDecimals.Block()
        block.mantissas = [Int64](
            unsafeUninitializedCapacity: PackedDecimals.blockSize
        ) { mantissas, count in
            let bytes = bytes.span
            let shared = Int8(bitPattern: bytes[0])
            var position = 1
            var value: Int64 = 0
            while position < bytes.count {
                if shared == isPlain {
                    exponents[count] = Int8(bitPattern: bytes[position])
                    position &+= 1
                    mantissas.initializeElement(at: count, to: bytes.signed(at: &position))
                } else {
                    value &+= bytes.signed(at: &position)
                    let (mantissa, exponent) = normalised(value, shared)
                    exponents[count] = exponent
                    mantissas.initializeElement(at: count, to: mantissa)
                }
                count &+= 1
            }
        }
        block.exponents = exponents
        return block
    }

    @inline(__always)
    private static func normalised(_ value: Int64, _ exponent: Int8) -> (Int64, Int8) {
        if value == 0 { return (0, 0) }
        var (mantissa, power) = (value, exponent)
        // An odd number is no multiple of ten.
        while mantissa & 1 == 0 {
            let (quotient, remainder) = mantissa.quotientAndRemainder(dividingBy: 10)
            guard remainder == 0 else { break }
            (mantissa, power) = (quotient, power &+ 1)
        }
        return (mantissa, power)
    }
}

private struct PackedWriter {
    private let buffer: UnsafeMutableBufferPointer<UInt8>
    private(set) var count = 0

    init(_ buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

    mutating func append(_ byte: UInt8) {
        buffer[count] = byte
        count &+= 1
    }

    mutating func append(signed value: Int64) {
        var rest = UInt64(bitPattern: (value << 1) ^ (value >> 63))
        while rest > 0x7F {
            append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        append(UInt8(truncatingIfNeeded: rest))
    }
}

extension Span<UInt8> {
    /// Reads a number as `PackedWriter` writes it.
    @inline(__always)
    fileprivate func signed(at position: inout Int) -> Int64 {
        var next = self[position]
        position &+= 1
        var value = UInt64(next & 0x7F)
        var shift: UInt64 = 7
        while next > 0x7F {
            next = self[position]
            position &+= 1
            value |= UInt64(next & 0x7F) &<< shift
            shift &+= 7
        }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }
}
