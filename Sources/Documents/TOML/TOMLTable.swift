/// Where something stands in a text, 1-based, the column in characters.
package struct TOMLPlace: Hashable, Sendable {
    package let line: Int
    package let column: Int
}

/// What stands behind a key of TOML 1.0 (https://toml.io/en/v1.0.0).
package enum TOMLValue {
    case string(String)
    case integer(Int64)
    case boolean(Bool)
    /// A local date, a day of the calendar.
    case date(year: Int, month: Int, day: Int)
    /// A float or another kind of time, as it is written: no file of ours takes one, and a float
    /// would not be exact.
    case other(String)
    case array([TOMLValue])
    case table(TOMLTable)
}

/// A table, its keys in the order of the file.
package final class TOMLTable {
    // A class, because headers come back to tables that were begun before.

    /// How a table came to be, which decides who may add to it.
    enum Origin: Equatable {
        /// In front of all headers.
        case root
        /// Named on the way to another header.
        case implicit
        case header
        /// By dotted keys of one section.
        case dotted(section: Int)
        /// In braces: whole as it stands.
        case inline
    }

    package struct Entry {
        package let value: TOMLValue
        /// Of the key, or of the header.
        package let place: TOMLPlace
    }

    /// Of the header, or of the key in front of the braces.
    package internal(set) var place: TOMLPlace
    package private(set) var keys: [String] = []
    private var entries: [String: Entry] = [:]
    /// Arrays that headers add to.
    private var tableArrays: [String: [TOMLTable]] = [:]
    var origin: Origin

    init(at place: TOMLPlace, _ origin: Origin) {
        self.place = place
        self.origin = origin
    }

    package subscript(key: String) -> Entry? {
        guard let entry = entries[key], let tables = tableArrays[key] else { return entries[key] }
        return Entry(value: .array(tables.map(TOMLValue.table)), place: entry.place)
    }

    func has(_ key: String) -> Bool { entries[key] != nil }

    /// Sets a key that is not there yet.
    func set(_ key: String, _ value: TOMLValue, at place: TOMLPlace) {
        keys.append(key)
        entries[key] = Entry(value: value, place: place)
    }

    /// Adds a table to the array of tables of a key.
    ///
    /// - Returns: `false` where the key holds something else.
    func append(_ table: TOMLTable, to key: String) -> Bool {
        if !has(key) {
            set(key, .array([]), at: table.place)
            tableArrays[key] = []
        }
        return tableArrays[key]?.append(table) != nil
    }

    /// The table of a key, of an array of tables the last one.
    func table(_ key: String) -> TOMLTable? {
        if case .table(let table)? = entries[key]?.value { return table }
        return tableArrays[key]?.last
    }
}
