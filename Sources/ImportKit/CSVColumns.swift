internal import Diagnostics
internal import Documents

/// Where the columns of a header stand.
struct CSVColumns {
    let names: [String]
    private let indexes: [String: Int]

    /// - Throws: `csv-header-invalid` where a name that the profile uses stands twice.
    init(_ header: [String], for profile: Profile, reader: CSVReader) throws(Diagnostic) {
        let used = Set(profile.identification.header + profile.identification.optional)
        var indexes: [String: Int] = [:]
        for (index, name) in header.enumerated() where used.contains(name) {
            guard indexes.updateValue(index, forKey: name) == nil else {
                throw Diagnostic(
                    .csvHeaderInvalid, at: reader.location(index),
                    "the column '\(DiagnosticRenderer.quoted(name))' stands twice",
                    hint: "which one holds? rename or remove the other")
            }
        }
        names = header
        self.indexes = indexes
    }

    /// - Returns: `nil` for a column that the document does not have.
    func index(_ name: String?) -> Int? { name.flatMap { indexes[$0] } }

    func indexes(_ names: [String]) -> [Int] { names.compactMap { indexes[$0] } }
}
