package import Inventory

/// The name of an account: segments separated by `:`; the first says the side.
package struct Account: Hashable, Sendable, Comparable {
    package enum Root: String, CaseIterable, Hashable, Sendable {
        case source, object, physical, transfer, certificate, control
    }

    package let name: String
    package let root: Root

    /// - Returns: `nil` unless the first segment is a root and each further segment has 1 to 64
    ///   ASCII letters, digits, `-`, `.`, `_`, `+` or `@`, at least two segments and at most ten.
    package init?(_ name: String) {
        var segments = 1
        var length = 0
        for byte in name.utf8 {
            if byte == UInt8(ascii: ":") {
                guard (1...64).contains(length) else { return nil }
                (segments, length) = (segments + 1, 0)
            } else {
                guard Self.isAllowed(Unicode.Scalar(byte)) else { return nil }
                length += 1
            }
        }
        guard (1...64).contains(length), (2...10).contains(segments),
            let colon = name.utf8.firstIndex(of: UInt8(ascii: ":")),
            let root = Root(rawValue: String(name[..<colon]))
        else { return nil }
        self.name = name
        self.root = root
    }

    /// The account `root:segment:segment…`; characters outside the alphabet become `_`.
    package init(_ root: Root, _ segments: [String]) {
        precondition((1...9).contains(segments.count), "An account has two to ten segments.")
        var name = root.rawValue
        for segment in segments {
            name += ":"
            name += Self.isClean(segment) ? segment : Self.cleaned(segment)
        }
        self.name = name
        self.root = root
    }

    private static func isClean(_ segment: String) -> Bool {
        (1...64).contains(segment.utf8.count)
            && segment.utf8.allSatisfy { isAllowed(Unicode.Scalar($0)) }
    }

    private static func cleaned(_ segment: String) -> String {
        let characters = segment.unicodeScalars.prefix(64).map { scalar in
            isAllowed(scalar) ? Character(scalar) : "_"
        }
        return characters.isEmpty ? "_" : String(characters)
    }

    package static func source(_ source: EmissionSource) -> Account {
        sources[source] ?? made(of: source)
    }

    /// Most entries credit one, so that they are made once.
    private static let sources = Dictionary(
        uniqueKeysWithValues: EmissionSource.allCases.map { ($0, made(of: $0)) })

    private static func made(of source: EmissionSource) -> Account {
        Account(.source, source.rawValue.split(separator: ":").map(String.init))
    }

    package var segments: [Substring] { name.split(separator: ":") }

    /// True for the account itself and every account below it.
    package func isWithin(_ prefix: String) -> Bool {
        guard name.hasPrefix(prefix) else { return false }
        let rest = name.utf8.dropFirst(prefix.utf8.count)
        return rest.isEmpty || rest.first == UInt8(ascii: ":")
    }

    package static func < (left: Account, right: Account) -> Bool { left.name < right.name }

    private static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", ".", "_", "+", "@": true
        case _: false
        }
    }
}

extension Account: TextCodable {
    package var description: String { name }
}
