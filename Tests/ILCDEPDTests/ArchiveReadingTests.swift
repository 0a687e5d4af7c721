internal import Diagnostics
internal import Documents
internal import ILCDEPD
internal import ImportKit
internal import Quantities
internal import TestSupport
internal import Testing

@Suite("An ILCD archive")
struct ArchiveReadingTests {
    /// Area and mass of the ILCD reference data.
    private static let area = "93a60a56-a3c8-19da-a746-0800200c9a66"
    private static let mass = "93a60a56-a3c8-11da-a746-0800200b9a66"
    private static let ownProperty = "11111111-2222-3333-4444-555555555555"
    private static let ownGroup = "66666666-7777-8888-9999-000000000000"

    private static func flow(
        _ properties: [(String, String)], version: String = "00.00.001"
    ) -> ZipBytes.Member {
        let parts = properties.enumerated().map { index, property in
            """
            <f:flowProperty dataSetInternalID="\(index)"><f:referenceToFlowPropertyDataSet \
            refObjectId="\(property.0)"/><f:meanValue>\(property.1)</f:meanValue></f:flowProperty>
            """
        }
        return .init(
            "ILCD/flows/flow_\(version).xml",
            """
            <f:flowDataSet xmlns:f="http://lca.jrc.it/ILCD/Flow" \
            xmlns:c="http://lca.jrc.it/ILCD/Common"><f:flowInformation><f:dataSetInformation>
            <c:UUID>B7C1D0E2-5A43-4F6E-8D21-9E0F3C6B7A58</c:UUID>
            <f:name><f:baseName>Steel sheet</f:baseName></f:name></f:dataSetInformation>
            <f:quantitativeReference><f:referenceToReferenceFlowProperty>0\
            </f:referenceToReferenceFlowProperty></f:quantitativeReference></f:flowInformation>
            <f:administrativeInformation><f:publicationAndOwnership>
            <c:dataSetVersion>\(version)</c:dataSetVersion>
            </f:publicationAndOwnership></f:administrativeInformation>
            <f:flowProperties>\(parts.joined())</f:flowProperties></f:flowDataSet>
            """)
    }

    private static let flowProperty = ZipBytes.Member(
        "ILCD/flowproperties/p.xml",
        """
        <p:flowPropertyDataSet xmlns:p="http://lca.jrc.it/ILCD/FlowProperty" \
        xmlns:c="http://lca.jrc.it/ILCD/Common"><p:flowPropertiesInformation>
        <p:dataSetInformation><c:UUID>\(ownProperty)</c:UUID></p:dataSetInformation>
        <p:quantitativeReference><p:referenceToReferenceUnitGroup refObjectId="\(ownGroup)"/>
        </p:quantitativeReference></p:flowPropertiesInformation></p:flowPropertyDataSet>
        """)

    private static let unitGroup = ZipBytes.Member(
        "ILCD/unitgroups/u.xml",
        """
        <u:unitGroupDataSet xmlns:u="http://lca.jrc.it/ILCD/UnitGroup" \
        xmlns:c="http://lca.jrc.it/ILCD/Common"><u:unitGroupInformation>
        <u:dataSetInformation><c:UUID>\(ownGroup)</c:UUID></u:dataSetInformation>
        <u:quantitativeReference><u:referenceToReferenceUnit>1</u:referenceToReferenceUnit>
        </u:quantitativeReference></u:unitGroupInformation>
        <u:units><u:unit dataSetInternalID="0"><u:name>kg</u:name></u:unit>
        <u:unit dataSetInternalID="1"><u:name>t</u:name></u:unit></u:units></u:unitGroupDataSet>
        """)

    private static func read(
        _ members: [ZipBytes.Member], _ text: DataSetText = DataSetText()
    ) -> ImportedDocument {
        let process = ZipBytes.Member("ILCD/processes/steel.xml", text.text)
        let document = Document(
            name: "epd.zip", bytes: ZipBytes.archive([process] + members))
        #expect(ILCDEPDImporter().recognises(document))
        return ILCDEPDImporter().read(document)
    }

    @Test("gives the declared unit by the reference data, and the mass beside it")
    func referenceData() throws {
        var text = DataSetText()
        text.exchange = text.exchange.replacing(">1.0<", with: ">2.0<")
        let read = Self.read([Self.flow([(Self.area, "1.0"), (Self.mass, "9.25")])], text)
        #expect(read.outcome == .accept)
        let declaration = try #require(read.declarations.first)
        // The flow is 1 m2 and 9.25 kg; the declaration is about two of it.
        #expect(declaration.declaredUnit?.description == "2 m2")
        #expect(declaration.declaredMass?.description == "18.5 kg")
        #expect(declaration.member == "ILCD/processes/steel.xml")
    }

    @Test("gives the declared unit by the data sets that came along")
    func dataSets() throws {
        let members = [Self.flow([(Self.ownProperty, "1")]), Self.flowProperty, Self.unitGroup]
        for order in [members, members.reversed()] {
            let declaration = try #require(Self.read(order).declarations.first)
            #expect(declaration.declaredUnit?.description == "1 t")
            #expect(declaration.declaredMass == nil)
        }
    }

    @Test("leaves the declared unit open where a data set is missing")
    func missing() throws {
        for members in [[], [Self.flow([(Self.ownProperty, "1")])]] as [[ZipBytes.Member]] {
            let read = Self.read(members)
            #expect(read.outcome == .accept)
            #expect(try #require(read.declarations.first).declaredUnit == nil)
        }
    }

    @Test("asks where the unit or the amount cannot be read")
    func doubtful() {
        let strange = ZipBytes.Member(
            String(decoding: Self.unitGroup.name, as: UTF8.self),
            String(decoding: Self.unitGroup.content, as: UTF8.self).replacing(
                ">t<", with: ">pallet<"))
        for members in [
            [Self.flow([(Self.ownProperty, "1")]), Self.flowProperty, strange],
            [Self.flow([(Self.area, "0")])], [Self.flow([(Self.area, "-1")])],
            [Self.flow([(Self.area, "many")])],
        ] {
            let read = Self.read(members)
            #expect(read.diagnostics.map(\.code) == [.declaredUnitUnresolved])
            #expect(read.declarations.first?.declaredUnit == nil)
        }
    }

    @Test("takes the higher of two versions of a data set")
    func versions() throws {
        let members = [
            Self.flow([(Self.mass, "1")], version: "00.00.009"),
            Self.flow([(Self.area, "1")], version: "00.00.010"),
        ]
        for order in [members, members.reversed()] {
            let declaration = try #require(Self.read(order).declarations.first)
            #expect(declaration.declaredUnit?.unit.symbol == "m2")
        }
    }

    @Test("holds several declarations, and other members that are not opened")
    func several() throws {
        var other = DataSetText()
        other.uuid = "<c:UUID>00000000-0000-0000-0000-00000000000a</c:UUID>"
        other.results[0].amounts.append(("epd:module='A1-A3'", "3"))
        let read = Self.read([
            .init("ILCD/processes/other.xml", other.text), .init("ILCD/sources/s.xml", "<broken"),
            .init("ILCD/external_docs/logo.jpg", [0xFF, 0xD8]),
        ])
        #expect(read.declarations.map(\.indicators.count) == [1, 1])
        #expect(read.outcome == .conflict)
        let place = try #require(read.diagnostics.first?.location)
        #expect(place.file == "epd.zip:ILCD/processes/other.xml")
    }

    @Test("with one broken data set is refused as a whole")
    func broken() {
        for member in [
            ZipBytes.Member("ILCD/processes/b.xml", "<processDataSet"),
            ZipBytes.Member("ILCD/flows/b.xml", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"),
        ] {
            let read = Self.read([member])
            #expect(read.outcome == .reject)
            #expect(read.declarations.isEmpty)
        }
    }

    @Test("is told from other archives by its folder")
    func recognition() {
        for name in ["processes.xml", "ILCD/flows/a.xml", "processes/a.csv", "a/b/c.xml"] {
            let bytes = ZipBytes.archive([.init(name, DataSetText().text)])
            #expect(!ILCDEPDImporter().recognises(Document(name: "a.zip", bytes: bytes)), "\(name)")
        }
        let cut = ZipBytes.archive([.init("processes/a.xml", "<a/>")]).dropLast(3)
        #expect(!ILCDEPDImporter().recognises(Document(name: "a.zip", bytes: Array(cut))))
    }
}
