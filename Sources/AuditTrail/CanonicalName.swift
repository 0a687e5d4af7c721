/// Names of members: a Swift name in camel case becomes snake case, and back, one to one.
enum CanonicalName {
    /// Swift's name for the one unlabelled value of an enum case. It is not written: the value
    /// stands in the place of the object, so that a case reads `{"capital_good":{…}}`.
    static let caseValue = "_0"

    /// `gwpValueSet` becomes `gwp_value_set`.
    ///
    /// - Returns: `nil` for a name that does not begin with a lower-case ASCII letter, or has other
    ///   characters than ASCII letters and digits. So no dictionary with open keys is encoded.
    static func encoded(_ name: String) -> String? {
        // Most names are one word, and stay as they are.
        if name.utf8.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) {
            return name.isEmpty ? nil : name
        }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(name.utf8.count + 4)
        for byte in name.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"): bytes.append(byte)
            case UInt8(ascii: "0")...UInt8(ascii: "9") where !bytes.isEmpty: bytes.append(byte)
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where !bytes.isEmpty:
                bytes.append(UInt8(ascii: "_"))
                bytes.append(byte | 0x20)
            case _: return nil
            }
        }
        return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
    }

    /// `gwp_value_set` becomes `gwpValueSet`. A name that `encoded` never gives stays as it is
    /// and matches no key.
    static func decoded(_ name: String) -> String {
        var bytes: [UInt8] = []
        var isRaised = false
        for byte in name.utf8 {
            if byte == UInt8(ascii: "_"), !isRaised, !bytes.isEmpty {
                isRaised = true
            } else if isRaised {
                guard (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) else { return name }
                bytes.append(byte & ~0x20)
                isRaised = false
            } else {
                bytes.append(byte)
            }
        }
        return isRaised ? name : String(decoding: bytes, as: UTF8.self)
    }

    /// The place of a value in a text: `body.postings.2.amount`.
    static func path(_ keys: [any CodingKey]) -> String {
        keys.map { $0.intValue.map(String.init) ?? encoded($0.stringValue) ?? $0.stringValue }
            .joined(separator: ".")
    }
}

/// The place of an element in an array.
struct ElementKey: CodingKey {
    let index: Int

    init(_ index: Int) { self.index = index }
    init?(intValue: Int) { index = intValue }
    init?(stringValue: String) {
        guard let value = Int(stringValue) else { return nil }
        index = value
    }

    var stringValue: String { String(index) }
    var intValue: Int? { index }
}

/// The way to a value, linked towards the outside: it costs no copy of the keys around it.
indirect enum CodingPath {
    case root(any CodingKey)
    case below(CodingPath, any CodingKey)

    init(parent: CodingPath?, key: any CodingKey) {
        self = parent.map { .below($0, key) } ?? .root(key)
    }

    var keys: [any CodingKey] {
        switch self {
        case .root(let key): [key]
        case .below(let parent, let key): parent.keys + [key]
        }
    }
}
