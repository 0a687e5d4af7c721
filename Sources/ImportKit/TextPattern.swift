/// A text in which `*` stands for any text, `#` for one digit and `@` for one ASCII letter; `\`
/// before one of them stands for the character itself.
///
/// Matching takes time in proportion to the length of the text times that of the pattern, and
/// neither may be long: cells come from strangers.
struct TextPattern: Hashable, Sendable {
    /// Longer texts match no pattern; longer patterns are refused.
    static let longestText = 1_024
    static let longestPattern = 128

    private enum Element: Hashable, Sendable { case any, digit, letter, byte(UInt8) }

    private let elements: [Element]

    /// - Returns: `nil` for a pattern that is too long or ends in a lone backslash.
    init?(_ pattern: String) {
        guard pattern.utf8.count <= Self.longestPattern else { return nil }
        var elements: [Element] = []
        var isLiteral = false
        for byte in pattern.utf8 {
            switch byte {
            case UInt8(ascii: "\\") where !isLiteral:
                isLiteral = true
                continue
            case UInt8(ascii: "*") where !isLiteral: elements.append(.any)
            case UInt8(ascii: "#") where !isLiteral: elements.append(.digit)
            case UInt8(ascii: "@") where !isLiteral: elements.append(.letter)
            case _: elements.append(.byte(byte))
            }
            isLiteral = false
        }
        guard !isLiteral else { return nil }
        self.elements = elements
    }

    func matches(_ text: String) -> Bool { matches(Array(text.utf8).span) }

    func matches(_ text: Span<UInt8>) -> Bool {
        guard text.count <= Self.longestText else { return false }
        var element = 0
        var index = 0
        // The place behind the last `*`, and the text it has taken so far.
        var retry: (element: Int, index: Int)?
        while index < text.count {
            if element < elements.count, elements[element] == .any {
                element += 1
                retry = (element, index)
            } else if element < elements.count, Self.fits(elements[element], text[index]) {
                element += 1
                index += 1
            } else if let last = retry {
                element = last.element
                index = last.index + 1
                retry = (element, index)
            } else {
                return false
            }
        }
        return elements[element...].allSatisfy { $0 == .any }
    }

    private static func fits(_ element: Element, _ byte: UInt8) -> Bool {
        switch element {
        case .any: false
        case .digit: byte &- UInt8(ascii: "0") < 10
        case .letter: (byte | 0x20) &- UInt8(ascii: "a") < 26
        case .byte(let expected): byte == expected
        }
    }
}

/// What a word of the source stands for: exact words first, then patterns that hold a `*`, the
/// longest first.
struct WordTable<Value: Hashable & Sendable>: Hashable, Sendable {
    private let words: [String: Value]
    private let patterns: [(pattern: TextPattern, value: Value)]

    /// For messages.
    var known: [String] { words.keys.sorted() }

    /// - Returns: `nil` where a pattern is too long.
    init?(_ words: [String: Value]) {
        self.words = words
        var patterns: [(TextPattern, Value)] = []
        let inOrder = words.sorted {
            ($1.key.utf8.count, $0.key) < ($0.key.utf8.count, $1.key)
        }
        for (word, value) in inOrder where word.contains("*") {
            guard let pattern = TextPattern(word) else { return nil }
            patterns.append((pattern, value))
        }
        self.patterns = patterns
    }

    subscript(word: String) -> Value? {
        words[word] ?? patterns.first { $0.pattern.matches(word) }?.value
    }

    static func == (left: Self, right: Self) -> Bool { left.words == right.words }

    func hash(into hasher: inout Hasher) { hasher.combine(words) }
}
