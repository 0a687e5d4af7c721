internal import Diagnostics

/// What a document is about, told by its root and its type.
enum DocumentContents: Hashable {
    /// Energy that was generated or used.
    case realised
    /// Energy that was expected.
    case forecast
    /// The answer that there are no data.
    case noData(String)
    /// Something else, in words.
    case other(String)

    init(_ document: MarketDocument) {
        switch document.kind {
        case "GL_MarketDocument": self = Self.energy(document)
        case "Acknowledgement_MarketDocument": self = Self.acknowledgement(document.reasons)
        case let kind:
            let type = document.type.map { " of type \($0)" } ?? ""
            let what = Self.others[document.type ?? ""] ?? Self.kinds[kind] ?? "another document"
            self = .other("\(kind)\(type): \(what), no energy of a bidding zone")
        }
    }

    private static func energy(_ document: MarketDocument) -> DocumentContents {
        guard let type = document.type else {
            return .other("a GL_MarketDocument that does not state its type")
        }
        switch type {
        case "A65", "A73", "A74", "A75":
            let isRealised = document.process == nil || document.process == "A16"
            return isRealised ? .realised : .forecast
        case "A69", "A71": return .forecast
        case _:
            let what = others[type] ?? "a type that is not read"
            return .other("a GL_MarketDocument of type \(type): \(what), no energy")
        }
    }

    /// An empty answer and a refused question come in the same document, even with the same code:
    /// the text tells them apart.
    private static func acknowledgement(_ reasons: [MarketDocument.Reason]) -> DocumentContents {
        let text = reasons.map(\.text).filter { !$0.isEmpty }.joined(separator: "; ")
        let lowered = text.lowercased()
        let isEmpty = ["no matching data", "no data", "data is not available"].contains {
            lowered.contains($0)
        }
        if isEmpty { return .noData(text) }
        return .other(
            "an acknowledgement that the request was refused: "
                + "'\(DiagnosticRenderer.quoted(text.isEmpty ? "no reason given" : text))'")
    }

    /// Document types, from the code list StandardMessageTypeList.
    private static let others = [
        "A11": "flows between zones", "A09": "schedules", "A44": "prices",
        "A68": "installed capacity", "A70": "forecast margin", "A72": "filling of reservoirs",
        "A33": "installed capacity", "A76": "outages of load", "A77": "outages of production",
        "A78": "outages of transmission", "A80": "outages of units",
    ]

    private static let kinds = [
        "Publication_MarketDocument": "prices, flows or capacities",
        "Unavailability_MarketDocument": "outages", "Balancing_MarketDocument": "balancing",
        "TransmissionNetwork_MarketDocument": "projects of transmission",
        "Configuration_MarketDocument": "master data of units",
        "CriticalNetworkElement_MarketDocument": "network constraints",
    ]
}
