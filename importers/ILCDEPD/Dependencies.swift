internal import Documents
internal import ImportKit
internal import Quantities

/// The data sets that came with a declaration, by UUID. A declaration alone has none.
struct Dependencies {
    private var flows: [String: XMLElement] = [:]
    private var flowProperties: [String: XMLElement] = [:]
    private var unitGroups: [String: XMLElement] = [:]

    init() {}

    /// Keeps a data set that others may point at; other documents are passed over.
    mutating func add(_ root: XMLElement) {
        switch root.kind {
        case .flow: keep(root, "flowInformation", in: &flows)
        case .flowProperty: keep(root, "flowPropertiesInformation", in: &flowProperties)
        case .unitGroup: keep(root, "unitGroupInformation", in: &unitGroups)
        case .process, nil: break
        }
    }

    private func keep(
        _ root: XMLElement, _ information: String, in sets: inout [String: XMLElement]
    ) {
        guard let uuid = root.value(information, "dataSetInformation", "UUID")?.lowercased() else {
            return
        }
        // Of two versions the higher: they are written with as many digits, `03.00.002`.
        if let present = sets[uuid], Self.version(root) < Self.version(present) { return }
        sets[uuid] = root
    }

    private static func version(_ root: XMLElement) -> String {
        root.value("administrativeInformation", "publicationAndOwnership", "dataSetVersion") ?? ""
    }

    /// The flow a reference points at, if it came along.
    func flow(_ uuid: String) -> FlowMeasure? {
        flows[uuid.lowercased()].map { FlowMeasure($0, self) }
    }

    /// The reference unit of a flow property: as the data sets state it, else of the reference
    /// data of ILCD.
    func unit(ofFlowProperty uuid: String) -> String? {
        let group = flowProperties[uuid.lowercased()]?.first(
            at: "flowPropertiesInformation", "quantitativeReference",
            "referenceToReferenceUnitGroup")?.referenced
        if let group, let set = unitGroups[group.lowercased()] {
            let reference = set.value(
                "unitGroupInformation", "quantitativeReference", "referenceToReferenceUnit")
            let units = set.first("units")?.children("unit") ?? []
            return units.first { $0.attributes["dataSetInternalID"] == reference }?.value("name")
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
    /// The reference property: amount and unit as written.
    let amount: String?
    let unit: String?
    /// kg, where the data set states a mass.
    let mass: String?

    init(_ root: XMLElement, _ dependencies: Dependencies) {
        let information = root.first("flowInformation")
        names = XMLElement.texts(
            information?.first(at: "dataSetInformation", "name")?.children("baseName") ?? [])
        let reference = information?.value(
            "quantitativeReference", "referenceToReferenceFlowProperty")
        let properties = root.first("flowProperties")?.children("flowProperty") ?? []
        let own = properties.first { $0.attributes["dataSetInternalID"] == reference }
        amount = own?.value("meanValue")
        unit = own.flatMap(Self.property).flatMap { dependencies.unit(ofFlowProperty: $0) }
        mass = properties.first { property in
            Self.property(property).map { ReferenceData.mass.contains($0.lowercased()) } ?? false
        }?.value("meanValue")
    }

    private static func property(_ element: XMLElement) -> String? {
        element.first("referenceToFlowPropertyDataSet")?.referenced
    }
}
