internal import Inventory
internal import LedgerCore
internal import Quantities

/// Values that many records spell alike, kept while records are read one after the other.
///
/// A book has few accounts, commodities and units, and each posting names some: to compare the
/// bytes with those of the last time is cheaper than to check and copy them. For one thread.
package final class RecordMemo {
    let accounts = MemoTable<Account>()
    let commodities = MemoTable<Commodity>()
    let facilities = MemoTable<FacilityID>()
    let units = MemoTable<Unit>()
    let texts = MemoTable<String>()

    package init() {}
}

/// A value for each of some spellings; a new one takes the place of an old one.
final class MemoTable<Value> {
    private static var size: Int { 256 }

    private var slots: [(key: [UInt8], value: Value)?] = []

    /// - Parameter make: Reads a spelling that is not known; `nil` if there is no such value.
    func value(of key: UnsafeRawBufferPointer, _ make: (String) -> Value?) -> Value? {
        if slots.isEmpty { slots = Array(repeating: nil, count: Self.size) }
        let place = Self.place(of: key)
        if let slot = slots[place], slot.key.withUnsafeBytes({ ByteComparison.areEqual($0, key) }) {
            return slot.value
        }
        guard let value = make(String(decoding: key, as: UTF8.self)) else { return nil }
        slots[place] = (Array(key), value)
        return value
    }

    /// Fowler, Noll and Vo's hash, eight bytes at a time.
    private static func place(of key: UnsafeRawBufferPointer) -> Int {
        let prime: UInt64 = 0x100_0000_01b3
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        var offset = 0
        while offset + 8 <= key.count {
            let word = key.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
            hash = (hash ^ word) &* prime
            hash ^= hash >> 29
            offset += 8
        }
        while offset < key.count {
            hash = (hash ^ UInt64(key[offset])) &* prime
            offset += 1
        }
        return Int(truncatingIfNeeded: (hash ^ hash >> 32) % UInt64(size))
    }
}
