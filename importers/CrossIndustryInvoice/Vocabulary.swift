internal import Documents

/// The namespaces of CII D16B.
enum Vocabulary {
    private static let data = "urn:un:unece:uncefact:data:standard:"

    static let root = data + "CrossIndustryInvoice:100"
    static let aggregate = data + "ReusableAggregateBusinessInformationEntity:100"
    static let dataTypes: Set<String> = [
        data + "UnqualifiedDataType:100", data + "QualifiedDataType:100",
    ]

    /// Root elements of the family, in any version: ZUGFeRD 1 has a root of its own, Order-X
    /// another.
    static func isOfFamily(_ root: XMLName) -> Bool {
        let isUnited = root.namespace.hasPrefix("urn:un:unece:uncefact:data:")
        return isUnited
            && (root.local.hasPrefix("CrossIndustry") || root.local.hasPrefix("SCRDMCCBDACIO"))
            || root.namespace.hasPrefix("urn:ferd:CrossIndustryDocument:")
    }
}

extension XMLElement {
    /// Every element at the end of a path of aggregate entities.
    func all(_ path: String...) -> [XMLElement] { all(path, in: Vocabulary.aggregate) }

    /// The days or truth values below an entity, in elements of the data types: `DateTimeString`,
    /// `DateTime`, `Indicator`.
    var values: [XMLElement] {
        children.filter { Vocabulary.dataTypes.contains($0.namespace) }
    }
}
