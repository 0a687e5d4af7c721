internal import Diagnostics
internal import Documents

/// Where the columns of a table stand: cells by position, labels above the table below zero.
struct CSVColumns {
    /// How many cells a row has.
    let count: Int
    private let indexes: [String: Int]

    /// - Throws: `csv-header-invalid` where a name that the profile uses stands twice.
    init(_ table: CSVTable, for profile: Profile) throws(Diagnostic) {
        let used = Set(profile.identification.required + profile.identification.optional)
            .subtracting([""])
        var indexes: [String: Int] = [:]
        for (index, name) in table.names.enumerated() where used.contains(name) {
            guard indexes.updateValue(index, forKey: name) == nil else {
                throw Diagnostic(
                    .csvHeaderInvalid, at: table.reader.location(index),
                    "the column '\(DiagnosticRenderer.quoted(name))' stands twice",
                    hint: "which one holds? rename or remove the other")
            }
        }
        let sections = [Profile.Sections.number, Profile.Sections.header]
        for (index, label) in profile.labels.enumerated()
        where table.labels[label] != nil || sections.contains(label) {
            indexes[label] = CSVRow.column(ofConstant: index)
        }
        count = table.names.count
        self.indexes = indexes
    }

    /// - Returns: `nil` for a column that the document does not have.
    func index(_ name: String?) -> Int? { name.flatMap { indexes[$0] } }

    func indexes(_ names: [String]) -> [Int] { names.compactMap { indexes[$0] } }

    /// - Returns: No column where one is absent.
    func all(_ names: [String]) -> [Int] {
        let found = indexes(names)
        return found.count == names.count ? found : []
    }
}

extension Profile {
    /// The columns that stand above the table, in the order of the constants of a row.
    var labels: [String] {
        let stated = preamble.map { ($0.labels + $0.optional).map { "@" + $0 } } ?? []
        return stated + (sections == nil ? [] : [Sections.number, Sections.header])
    }
}
