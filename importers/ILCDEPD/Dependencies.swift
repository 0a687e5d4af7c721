internal import Documents
internal import ImportKit
internal import Quantities

/// What the data sets that came with a declaration say, by UUID. A declaration alone has none.
struct Dependencies {
    private struct Kept<Content> {
        let version: String
        let content: Content
    }

    private var flows: [String: Kept<FlowMeasure>] = [:]
    /// The unit group of a flow property.
    private var unitGroups: [String: Kept<String?>] = [:]
    /// The reference unit of a unit group.
    private var units: [String: Kept<String?>] = [:]

    init() {}

    /// Keeps what others may ask; other documents are passed over.
    mutating func add(_ root: XMLElement) {
        switch root.kind {
        case .flow:
            keep(FlowMeasure(root), of: root, "flowInformation", in: &flows)
        case .flowProperty:
            let group = root.first(
                at: "flowPropertiesInformation", "quantitativeReference",
                "referenceToReferenceUnitGroup")?.referenced
            keep(group, of: root, "flowPropertiesInformation", in: &unitGroups)
        case .unitGroup:
            let reference = root.value(
                "unitGroupInformation", "quantitativeReference", "referenceToReferenceUnit")
            let all = root.first("units")?.children("unit") ?? []
            let unit = all.first { $0.attributes["dataSetInternalID"] == reference }
            keep(unit?.value("name"), of: root, "unitGroupInformation", in: &units)
        case .process, nil: break
        }
    }

    private func keep<Content>(
        _ content: Content, of root: XMLElement, _ information: String,
        in sets: inout [String: Kept<Content>]
    ) {
        guard let uuid = root.value(information, "dataSetInformation", "UUID")?.lowercased()
        else { return }
        let version =
            root.value("administrativeInformation", "publicationAndOwnership", "dataSetVersion")
            ?? ""
        // Of two versions the higher: they are written with as many digits, `03.00.002`.
        if let present = sets[uuid], version < present.version { return }
        sets[uuid] = Kept(version: version, content: content)
    }

    /// The flow a reference points at, if it came along.
    func flow(_ uuid: String) -> FlowMeasure? { flows[uuid.lowercased()]?.content }

    /// The reference unit of a flow property: as the data sets state it, else of the reference
    /// data of ILCD.
    func unit(ofFlowProperty uuid: String) -> String? {
        if let group = unitGroups[uuid.lowercased()]?.content,
            let unit = units[group.lowercased()]
        {
            return unit.content
        }
        return ReferenceData.units[uuid.lowercased()]
    }
}

/// Flow properties of the ILCD reference data, whose identifiers and units are fixed.
///
/// Source: InData, "Flow properties and unit groups".
enum ReferenceData {
    static let mass: Set<String> = [
        "93a60a56-a3c8-11da-a746-0800200b9a66", "7e18d0ad-e78e-47a0-8e96-1c0a581902e2",
    ]

    static let units: [String: String] = [
        "93a60a56-a3c8-11da-a746-0800200b9a66": "kg", "7e18d0ad-e78e-47a0-8e96-1c0a581902e2": "kg",
        "93a60a56-a3c8-22da-a746-0800200c9a66": "m3", "93a60a56-a3c8-19da-a746-0800200c9a66": "m2",
        "838aaa23-0117-11db-92e3-0800200c9a66": "m",
        "01846770-4cfe-4a25-8ad9-919d8d378345": "Item(s)",
        "93a60a56-a3c8-14da-a746-0800200c9a66": "MJ", "93a60a56-a3c8-11da-a746-0800200c9a66": "MJ",
        "838aaa20-0117-11db-92e3-0800200c9a66": "t*km",
    ]

    /// Units that ILCD and our catalogue spell differently.
    private static let spellings = ["Item(s)": "piece", "pcs.": "piece", "t*km": "t.km"]

    static func unit(_ name: String) -> Unit? {
        UnitCatalog.unit(symbol: spellings[name] ?? name)
    }
}

/// How much of what one unit of a flow is.
struct FlowMeasure {
    let names: [String]
    /// The reference property: its UUID, and the amount as written.
    let property: String?
    let amount: String?
    /// kg, where the data set states a mass.
    let mass: String?

    init(_ root: XMLElement) {
        let information = root.first("flowInformation")
        names = XMLElement.texts(
            information?.first(at: "dataSetInformation", "name")?.children("baseName") ?? [])
        let reference = information?.value(
            "quantitativeReference", "referenceToReferenceFlowProperty")
        let properties = root.first("flowProperties")?.children("flowProperty") ?? []
        let own = properties.first { $0.attributes["dataSetInternalID"] == reference }
        amount = own?.value("meanValue")
        property = own.flatMap(Self.property)
        mass = properties.first { property in
            Self.property(property).map { ReferenceData.mass.contains($0.lowercased()) } ?? false
        }?.value("meanValue")
    }

    private static func property(_ element: XMLElement) -> String? {
        element.first("referenceToFlowPropertyDataSet")?.referenced
    }
}
