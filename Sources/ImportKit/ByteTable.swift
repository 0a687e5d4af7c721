/// Numbers for byte strings, found without making an array of the bytes.
///
/// It may forget: an answer of `nil` says nothing, and costs the caller time only. So a hostile
/// choice of strings cannot make it slow.
struct ByteTable {
    private struct Entry {
        var hash: UInt64
        var start: Int
        var count: Int
        var number: Int
    }

    /// More strings than that are not kept.
    private static let largestCount = 1 << 16
    /// Places that are looked at for one string.
    private static let probes = 16

    private var entries: [Entry] = []
    /// Indices of entries, -1 where there is none; a power of two of them.
    private var slots = [Int32](repeating: -1, count: 256)
    /// The bytes of all strings.
    private var arena: [UInt8] = []
    private let seed = UInt64(truncatingIfNeeded: Hasher().finalize())
    /// The entry that was found last: neighbours are often alike.
    private var last = 0

    mutating func number(of bytes: Span<UInt8>, _ range: Range<Int>) -> Int? {
        if last < entries.count, isEqual(entries[last], bytes, range) {
            return entries[last].number
        }
        let hash = hash(bytes, range)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        for _ in 0..<Self.probes {
            let index = Int(slots[slot])
            guard index >= 0 else { return nil }
            if entries[index].hash == hash, isEqual(entries[index], bytes, range) {
                last = index
                return entries[index].number
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// Keeps a string that has no number yet.
    mutating func insert(_ bytes: [UInt8], number: Int) {
        guard entries.count < Self.largestCount,
            self.number(of: bytes.span, 0..<bytes.count) == nil
        else { return }
        entries.append(
            Entry(
                hash: hash(bytes.span, 0..<bytes.count), start: arena.count, count: bytes.count,
                number: number))
        arena += bytes
        if entries.count * 4 > slots.count {
            slots = [Int32](repeating: -1, count: slots.count * 4)
            for index in entries.indices { place(index) }
        } else {
            place(entries.count - 1)
        }
    }

    private mutating func place(_ index: Int) {
        var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
        for _ in 0..<Self.probes {
            guard slots[slot] >= 0 else {
                slots[slot] = Int32(index)
                return
            }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    private func hash(_ bytes: Span<UInt8>, _ range: Range<Int>) -> UInt64 {
        let block = bytes.bytes
        var hash = seed ^ UInt64(truncatingIfNeeded: range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let word: UInt64
            if index + 8 <= range.upperBound {
                word = block.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self)
                index += 8
            } else {
                word = UInt64(bytes[index])
                index += 1
            }
            hash = (hash ^ word) &* 0x9E37_79B9_7F4A_7C15
            hash ^= hash >> 32
        }
        return hash
    }

    private func isEqual(_ entry: Entry, _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard entry.count == range.count else { return false }
        let block = bytes.bytes
        let own = arena.span.bytes
        var offset = 0
        while offset + 8 <= entry.count {
            let left = own.unsafeLoadUnaligned(
                fromByteOffset: entry.start + offset, as: UInt64.self)
            let right = block.unsafeLoadUnaligned(
                fromByteOffset: range.lowerBound + offset, as: UInt64.self)
            guard left == right else { return false }
            offset += 8
        }
        while offset < entry.count {
            guard arena[entry.start + offset] == bytes[range.lowerBound + offset] else {
                return false
            }
            offset += 1
        }
        return true
    }
}
