/// Finds the bytes that mean something in a delimited text: delimiter, quote, line feed, carriage
/// return. Sixteen bytes are compared at once.
package struct CSVMarks: Sendable {
    @usableFromInline let delimiter: SIMD16<UInt8>
    @usableFromInline let quote: SIMD16<UInt8>

    package init(_ dialect: CSVDialect) {
        delimiter = SIMD16(repeating: dialect.delimiter)
        quote = SIMD16(repeating: dialect.quote ?? dialect.delimiter)
    }

    /// The place of the next mark, or the end.
    @inlinable
    package func next(in bytes: Span<UInt8>, from start: Int) -> Int {
        let block = bytes.bytes
        let lineFeed = SIMD16<UInt8>(repeating: 0x0A)
        let carriageReturn = SIMD16<UInt8>(repeating: 0x0D)
        var index = start
        while index + 16 <= bytes.count {
            let sixteen = block.unsafeLoadUnaligned(
                fromByteOffset: index, as: SIMD16<UInt8>.self)
            let hits =
                (sixteen .== delimiter) .| (sixteen .== quote) .| (sixteen .== lineFeed)
                .| (sixteen .== carriageReturn)
            // Each hit is a byte of ones, the first one the lowest.
            let words = unsafeBitCast(hits, to: SIMD2<UInt64>.self)
            if words[0] != 0 { return index + words[0].trailingZeroBitCount / 8 }
            if words[1] != 0 { return index + 8 + words[1].trailingZeroBitCount / 8 }
            index += 16
        }
        while index < bytes.count {
            let byte = bytes[index]
            if byte == delimiter[0] || byte == quote[0] || byte == 0x0A || byte == 0x0D { break }
            index += 1
        }
        return index
    }
}
