internal import CFactorData
internal import Documents

/// The data files embedded in the program.
enum ShippedFiles {
    /// The file of the global warming potentials and that of the blends are no factor packs.
    static let gwpTables = "gwp"
    static let refrigerantBlends = "refrigerant-blends"

    /// All files in the order of their names; a document is named as the file is.
    static var documents: [Document] { names.indices.map(document) }

    static var packs: [Document] {
        documents.filter { ![name(gwpTables), name(refrigerantBlends)].contains($0.name) }
    }

    /// - Parameter stem: The file name without its ending.
    static func document(named stem: String) -> Document? {
        names.firstIndex(of: stem).map(document)
    }

    static func name(_ stem: String) -> String { stem + ".csv" }

    private static var names: [String] {
        (0..<tonne_factor_file_count()).map { String(cString: tonne_factor_file_at($0).name) }
    }

    private static func document(at index: Int) -> Document {
        let file = tonne_factor_file_at(index)
        let bytes = UnsafeBufferPointer(start: file.bytes, count: file.length)
        return Document(name: name(String(cString: file.name)), bytes: Array(bytes))
    }
}
