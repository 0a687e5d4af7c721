internal import Documents
internal import ILCDEPD
internal import ImportKit
internal import TestSupport

internal import struct Foundation.Data
internal import struct Foundation.URL

/// The text of a small declaration, each part of which a test can replace.
struct DataSetText {
    /// EN 15804+A2 by EF 3.1, as InData lists them.
    static let total = "a7ea142a-9749-11ed-a8fc-0242ac120002"
    static let fossil = "a7ea19c0-9749-11ed-a8fc-0242ac120002"
    static let biogenic = "a7ea186c-9749-11ed-a8fc-0242ac120002"
    static let landUse = "a7ea1ae2-9749-11ed-a8fc-0242ac120002"

    struct Result {
        var uuid: String? = DataSetText.total
        var name = "GWP"
        var unit = "kg CO2-eqv."
        /// Attributes and text of each amount.
        var amounts = [("epd:module='A1-A3'", "2.5")]

        var text: String {
            let reference = uuid.map { " refObjectId='\($0)'" } ?? ""
            let amounts = amounts.map { "<epd:amount \($0.0)>\($0.1)</epd:amount>" }.joined()
            return """
                <LCIAResult><referenceToLCIAMethodDataSet\(reference)>\
                <c:shortDescription>\(name)</c:shortDescription></referenceToLCIAMethodDataSet>
                <c:other>\(amounts)<epd:referenceToUnitGroupDataSet>\
                <c:shortDescription>\(unit)</c:shortDescription>\
                </epd:referenceToUnitGroupDataSet></c:other></LCIAResult>
                """
        }
    }

    var uuid = "<c:UUID>3f0a6c52-7d1e-4b8a-9c35-0d2b41e7a610</c:UUID>"
    var names = "<baseName xml:lang='en'>Steel bar</baseName>"
    var reference = "<referenceToReferenceFlow>7</referenceToReferenceFlow>"
    var time =
        "<c:referenceYear>2024</c:referenceYear>"
        + "<c:dataSetValidUntil>2029</c:dataSetValidUntil>"
    var type = "<typeOfDataSet>EPD</typeOfDataSet>"
    var subType = "<c:other><epd:subType>specific dataset</epd:subType></c:other>"
    var exchange =
        "<exchange dataSetInternalID='7'>"
        + "<referenceToFlowDataSet refObjectId='b7c1d0e2-5a43-4f6e-8d21-9e0f3c6b7a58'>"
        + "<c:shortDescription>Steel</c:shortDescription></referenceToFlowDataSet>"
        + "<meanAmount>1.0</meanAmount></exchange>"
    var results = [Result()]

    var text: String {
        """
        <processDataSet xmlns="http://lca.jrc.it/ILCD/Process" \
        xmlns:c="http://lca.jrc.it/ILCD/Common" xmlns:epd="http://www.iai.kit.edu/EPD/2013">
        <processInformation><dataSetInformation>\(uuid)<name>\(names)</name></dataSetInformation>
        <quantitativeReference>\(reference)</quantitativeReference><time>\(time)</time>
        </processInformation>
        <modellingAndValidation><LCIMethodAndAllocation>\(type)\(subType)</LCIMethodAndAllocation>
        </modellingAndValidation>
        <administrativeInformation><publicationAndOwnership>
        <c:dataSetVersion>01.00.000</c:dataSetVersion></publicationAndOwnership>
        </administrativeInformation>
        <exchanges>\(exchange)</exchanges>
        <LCIAResults>
        \(results.map(\.text).joined(separator: "\n"))
        </LCIAResults>
        </processDataSet>
        """
    }

    var document: Document { Document(name: "epd.xml", bytes: Array(text.utf8)) }

    func read() -> ImportedDocument { ILCDEPDImporter().read(document) }
}

/// A file beside the importer.
enum Fixture {
    static func document(_ name: String) throws -> Document {
        let path = Repository.root.appending(path: "importers/ILCDEPD/Fixtures")
        let data = try Data(contentsOf: path.appending(path: name))
        return Document(name: name, bytes: [UInt8](data))
    }
}
