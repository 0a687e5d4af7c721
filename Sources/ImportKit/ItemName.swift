/// The name of an item on an invoice, to be searched whatever its case.
///
/// A purchase ledger asks this once a line and rule: ASCII is searched byte by byte, without a
/// copy of either text.
struct ItemName {
    private let text: String
    /// In lower case; `nil` for a name that is not ASCII, or in which two characters are one.
    private let bytes: [UInt8]?

    init(_ text: String) {
        self.text = text
        bytes = Self.isPlain(text.utf8) ? text.utf8.map(Self.lowercased) : nil
    }

    /// Whether the name has `part` in it.
    func contains(_ part: String) -> Bool {
        guard let bytes, Self.isPlain(part.utf8) else {
            return text.lowercased().contains(part.lowercased())
        }
        let wanted = part.utf8
        guard wanted.count <= bytes.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { start in
            zip(bytes[start...], wanted).allSatisfy { $0 == Self.lowercased($1) }
        }
    }

    /// Each byte is a character: a carriage return could be one with the line feed behind it.
    private static func isPlain(_ bytes: String.UTF8View) -> Bool {
        bytes.allSatisfy { $0 < 0x80 && $0 != 0x0d }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (0x41...0x5a).contains(byte) ? byte | 0x20 : byte
    }
}
