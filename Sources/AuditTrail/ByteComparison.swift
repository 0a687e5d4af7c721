/// Whether bytes are the same, eight at a time.
enum ByteComparison {
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        var place = 0
        while place + 8 <= left.count {
            let one = left.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            let other = right.loadUnaligned(fromByteOffset: place, as: UInt64.self)
            guard one == other else { return false }
            place += 8
        }
        while place < left.count {
            guard left[place] == right[place] else { return false }
            place += 1
        }
        return true
    }
}
