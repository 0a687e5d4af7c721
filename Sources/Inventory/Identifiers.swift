/// A name that stands in account names, files and messages: lower-case ASCII letters, digits and
/// hyphens, beginning with a letter or digit, at most 64 characters.
package protocol SlugIdentifier: TextCodable, Hashable, Comparable, Sendable {
    var rawValue: String { get }
    init(unchecked rawValue: String)
}

extension SlugIdentifier {
    /// - Returns: `nil` for text outside the alphabet of identifiers.
    package init?(_ text: String) {
        guard Slug.isValid(text) else { return nil }
        self.init(unchecked: text)
    }

    package var description: String { rawValue }

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

package enum Slug {
    package static func isValid(_ text: String) -> Bool {
        let bytes = text.utf8
        guard (1...64).contains(bytes.count), bytes.first != UInt8(ascii: "-") else { return false }
        return bytes.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"):
                true
            case _: false
            }
        }
    }
}

/// A site inside the organisational boundary, such as `ams1`.
package struct FacilityID: SlugIdentifier {
    package let rawValue: String
    package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// A supplier of energy, goods or services, such as `vattenfall`.
package struct SupplierID: SlugIdentifier {
    package let rawValue: String
    package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// What an activity consumes or acquires, such as `electricity`, `natural-gas`, `diesel`,
/// `reinforcing-steel`, `ready-mixed-concrete`, `road-freight`, `refrigerant`.
package struct ActivityCode: SlugIdentifier {
    package let rawValue: String
    package init(unchecked rawValue: String) { self.rawValue = rawValue }
}

/// A building component or piece of equipment, such as `hall-a` or `chiller-1`.
package struct AssetID: SlugIdentifier {
    package let rawValue: String
    package init(unchecked rawValue: String) { self.rawValue = rawValue }
}
