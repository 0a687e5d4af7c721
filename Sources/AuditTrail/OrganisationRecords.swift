package import Inventory

/// The records of an organisation: one, or a first one and the parts of its lists behind it.
package enum OrganisationRecords {
    /// - Throws: what cannot be encoded.
    package static func bodies(
        of organisation: Organisation
    ) throws(CanonicalJSONError) -> [RecordBody] {
        let parts = try parts(of: OrganisationPart(listsOf: organisation))
        guard parts.count > 1 else { return [.organisation(organisation)] }
        return [.organisation(organisation.head(ofParts: parts.count))]
            + parts.map(RecordBody.organisationPart)
    }

    private static func parts(
        of lists: OrganisationPart
    ) throws(CanonicalJSONError) -> [OrganisationPart] {
        var parts = [OrganisationPart()]
        var room = PartRoom()
        func add<Element: Encodable>(
            _ list: WritableKeyPath<OrganisationPart, [Element]>
        ) throws(CanonicalJSONError) {
            for element in lists[keyPath: list] {
                if try room.isTooSmall(for: element) { parts.append(OrganisationPart()) }
                parts[parts.count - 1][keyPath: list].append(element)
            }
        }
        try add(\.facilities)
        try add(\.meters)
        try add(\.suppliers)
        try add(\.factorRules)
        try add(\.exclusions)
        return parts
    }
}

/// The room that the lists of one record have.
struct PartRoom {
    /// Canonical bytes: what is around the lists has room enough in the limit of a record.
    private static let limit = 60_000
    private var used = 0

    /// A list as one list for each record; at least one.
    static func lists<Element: Encodable>(
        of elements: [Element]
    ) throws(CanonicalJSONError) -> [[Element]] {
        var lists: [[Element]] = [[]]
        var room = PartRoom()
        for element in elements {
            if try room.isTooSmall(for: element) { lists.append([]) }
            lists[lists.count - 1].append(element)
        }
        return lists
    }

    /// Takes the next element.
    ///
    /// - Returns: Whether it begins a new record.
    mutating func isTooSmall<Element: Encodable>(
        for element: Element
    ) throws(CanonicalJSONError) -> Bool {
        let bytes = try CanonicalJSON.encode(element).count + 1
        let begins = used > 0 && used + bytes > Self.limit
        used = begins ? bytes : used + bytes
        return begins
    }
}

/// Puts the parts of organisations together again, record by record.
package struct OrganisationFold: Sendable {
    /// The last one that is whole.
    package private(set) var organisation: Organisation?
    /// One whose parts are not all there yet.
    private var open: (organisation: Organisation, missing: Int)?

    package init() {}

    /// Whether parts are still to come.
    package var isOpen: Bool { open != nil }

    /// Takes the next record of the book.
    ///
    /// - Returns: `false` for a part without its organisation, and for another record where a part
    ///   should stand.
    package mutating func add(_ body: RecordBody) -> Bool {
        switch body {
        case .organisation(var next):
            guard open == nil else { return false }
            guard let parts = next.parts?.wrappedValue else {
                organisation = next
                return true
            }
            next.parts = nil
            open = (next, parts)
            return parts > 0
        case .organisationPart(let part):
            guard var (next, missing) = open else { return false }
            next.append(part)
            missing -= 1
            open = missing > 0 ? (next, missing) : nil
            if missing == 0 { organisation = next }
            return true
        case _: return open == nil
        }
    }
}
