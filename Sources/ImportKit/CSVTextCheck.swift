/// Looks for characters in identifiers that make one look like another.
struct CSVTextCheck {
    private var bySkeleton: [String: Set<String>] = [:]

    /// What is suspicious in an identifier, as the end of a sentence.
    ///
    /// - Returns: `nil` for text that shows what it is.
    static func suspicion(in text: String) -> String? {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        if let hidden = text.unicodeScalars.first(where: {
            $0.properties.generalCategory == .format
        }) {
            return "holds the invisible character \(codePoint(hidden))"
        }
        let hasLatin = text.unicodeScalars.contains { $0.isASCII && $0.properties.isAlphabetic }
        guard hasLatin, let alike = text.unicodeScalars.first(where: { lookalikes[$0] != nil })
        else { return nil }
        return "mixes Latin letters with \(codePoint(alike)), which looks like one"
    }

    /// Remembers an identifier.
    ///
    /// - Returns: Another one seen before that looks the same.
    mutating func twin(of text: String) -> String? {
        let skeleton = Self.skeleton(text)
        let twin = bySkeleton[skeleton, default: []].filter { $0 != text }.min()
        bySkeleton[skeleton, default: []].insert(text)
        return twin
    }

    private static func skeleton(_ text: String) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return text }
        var skeleton = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where scalar.properties.generalCategory != .format {
            skeleton.append(lookalikes[scalar] ?? scalar)
        }
        return String(skeleton)
    }

    private static func codePoint(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Cyrillic and Greek letters that print like a Latin one, and full-width letters and digits.
    /// Source: Unicode Technical Standard 39, confusables, the rows of one letter each.
    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = {
        let pairs: [(String, String)] = [
            ("АВЕЅІЈКМНОРСТХУаеорсухіјѕ", "ABESIJKMHOPCTXYaeopcyxijs"),
            ("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEZHIKMNOPTYXo"),
        ]
        var table: [Unicode.Scalar: Unicode.Scalar] = [:]
        for (other, latin) in pairs {
            for (one, two) in zip(other.unicodeScalars, latin.unicodeScalars) { table[one] = two }
        }
        // Full-width forms stand in the order of ASCII, from U+FF01 for "!".
        for offset in UInt32(0)..<94 {
            if let wide = Unicode.Scalar(0xFF01 + offset), let plain = Unicode.Scalar(0x21 + offset)
            {
                table[wide] = plain
            }
        }
        return table
    }()
}
