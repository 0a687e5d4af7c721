internal import Diagnostics
internal import Documents
package import Hashing
package import Inventory

/// The factors, global warming potentials and refrigerant blends that come with the program.
package enum FactorLibrary {
    /// A file of factors: one publisher, one edition, one licence.
    package struct PackInfo: Hashable, Sendable {
        /// The file name without its ending, such as `epa.egrid2022`.
        package let name: String
        package let publisher: String
        package let edition: String
        package let licence: String
        /// The sentence to show wherever a factor of the pack is shown; empty if none is asked.
        package let attribution: String
        /// SHA-256 of the bytes of the file.
        package let digest: SHA256Digest
        /// The number of factor versions in the file.
        package let factorCount: Int
    }

    /// Every shipped factor version, drafts and deprecated ones included.
    ///
    /// - Throws: `packRefused` if a file does not pass the checks that users' packs must pass.
    package static func shippedFactors() throws(FactorLibraryError) -> [EmissionFactor] {
        var factors: [EmissionFactor] = []
        for document in ShippedFiles.packs { factors += try read(document) }
        return factors
    }

    /// The shipped packs in the order of their names.
    package static func shippedPacks() throws(FactorLibraryError) -> [PackInfo] {
        var packs: [PackInfo] = []
        for document in ShippedFiles.packs {
            let factors = try read(document)
            guard let first = factors.first else { throw .packMissing(document.name) }
            packs.append(
                PackInfo(
                    name: String(document.name.dropLast(4)), publisher: first.source.publisher,
                    edition: first.source.edition, licence: first.licence.name,
                    attribution: first.licence.attribution, digest: document.digest,
                    factorCount: factors.count))
        }
        return packs
    }

    /// The potentials over 100 years of AR4, AR5, AR5 with feedbacks and AR6, kg CO2e per kg.
    ///
    /// CO2 is 1 by definition and stands in no table.
    package static func gwpTables() throws(FactorLibraryError) -> [GWPTable] {
        try GWPTableReader.read(document(ShippedFiles.gwpTables))
    }

    /// Compositions of refrigerant blends; the shares of each sum to exactly 1.
    package static func refrigerantBlends() throws(FactorLibraryError) -> [RefrigerantBlend] {
        try RefrigerantBlendReader.read(document(ShippedFiles.refrigerantBlends))
    }

    private static func read(_ document: Document) throws(FactorLibraryError) -> [EmissionFactor] {
        let (factors, diagnostics) = FactorPackReader.read(document)
        guard diagnostics.isEmpty else {
            throw .packRefused(document.name, diagnostics)
        }
        return factors
    }

    private static func document(_ stem: String) throws(FactorLibraryError) -> Document {
        guard let document = ShippedFiles.document(named: stem) else { throw .packMissing(stem) }
        return document
    }
}
