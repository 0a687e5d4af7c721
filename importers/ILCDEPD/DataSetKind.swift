internal import Documents

/// The data sets of ILCD that say something about a declaration.
enum DataSetKind: CaseIterable {
    case process, flow, flowProperty, unitGroup

    var root: XMLName {
        switch self {
        case .process:
            XMLName(namespace: "http://lca.jrc.it/ILCD/Process", local: "processDataSet")
        case .flow: XMLName(namespace: "http://lca.jrc.it/ILCD/Flow", local: "flowDataSet")
        case .flowProperty:
            XMLName(
                namespace: "http://lca.jrc.it/ILCD/FlowProperty", local: "flowPropertyDataSet")
        case .unitGroup:
            XMLName(namespace: "http://lca.jrc.it/ILCD/UnitGroup", local: "unitGroupDataSet")
        }
    }
}

extension XMLElement {
    /// `nil` for the root of any other document.
    var kind: DataSetKind? {
        DataSetKind.allCases.first { $0.root == XMLName(namespace: namespace, local: name) }
    }

    /// The text of a child, following first children by name; `nil` where absent or empty.
    func value(_ path: String...) -> String? {
        var current: XMLElement? = self
        for name in path { current = current?.first(name) }
        return current?.text.nonEmpty
    }

    /// The UUID a reference points at, as written; references may lack it.
    var referenced: String? { attributes["refObjectId"]?.nonEmpty }

    /// What a reference calls its target: in English where it says so, else in the first language.
    var shortDescription: String? { Self.preferred(children("shortDescription")) }

    /// All texts of elements that repeat by language.
    static func texts(_ elements: [XMLElement]) -> [String] {
        elements.compactMap(\.text.nonEmpty)
    }

    static func preferred(_ elements: [XMLElement]) -> String? {
        let stated = elements.filter { !$0.text.isEmpty }
        return (stated.first { $0.attributes["lang"] == "en" } ?? stated.first)?.text
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
