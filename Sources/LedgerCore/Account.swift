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
        let segments = name.split(separator: ":", omittingEmptySubsequences: false)
        guard (2...10).contains(segments.count), let root = Root(rawValue: String(segments[0])),
            segments.allSatisfy(Self.isSegment)
        else { return nil }
        self.name = name
        self.root = root
    }

    /// The account `root:segment:segment…`; characters outside the alphabet become `_`.
    package init(_ root: Root, _ segments: [String]) {
        precondition((1...9).contains(segments.count), "An account has two to ten segments.")
        let cleaned = segments.map { segment in
            let characters = segment.unicodeScalars.prefix(64).map { scalar in
                Self.isAllowed(scalar) ? Character(scalar) : "_"
            }
            return characters.isEmpty ? "_" : String(characters)
        }
        self.name = ([root.rawValue] + cleaned).joined(separator: ":")
        self.root = root
    }

    package static func source(_ source: EmissionSource) -> Account {
        Account(.source, source.rawValue.split(separator: ":").map(String.init))
    }

    package var segments: [Substring] { name.split(separator: ":") }

    /// True for the account itself and every account below it.
    package func isWithin(_ prefix: String) -> Bool {
        name == prefix || name.hasPrefix(prefix + ":")
    }

    package static func < (left: Account, right: Account) -> Bool { left.name < right.name }

    private static func isSegment(_ segment: Substring) -> Bool {
        (1...64).contains(segment.unicodeScalars.count)
            && segment.unicodeScalars.allSatisfy(isAllowed)
    }

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
