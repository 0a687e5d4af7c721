package import Diagnostics

/// Reads a small document as a tree.
package enum XMLTree {
    /// - Parameter attachments: Local names of elements whose text nobody reads, such as an
    ///   embedded picture; the tree holds them empty.
    /// - Returns: The root element.
    /// - Throws: As `XMLEvents.read`.
    package static func read(
        _ document: Document, limits: XMLLimits = .tree, attachments: Set<String> = []
    ) throws(Diagnostic) -> XMLElement {
        let builder = try XMLEvents.read(
            document, limits: limits, handler: TreeBuilder(attachments: attachments))
        guard let root = builder.root else {
            throw Diagnostic(
                .xmlMalformed, at: SourceLocation(file: document.name),
                "the document has no root element")
        }
        return root
    }
}

private struct TreeBuilder: XMLHandler {
    private static let schemaInstance = "http://www.w3.org/2001/XMLSchema-instance"

    private struct Open {
        let number: Int
        var attributes: [String: String]
        var children: [XMLElement] = []
    }

    private let attachments: Set<String>
    private var open: [Open] = []
    private var elements = 0
    private(set) var root: XMLElement?

    init(attachments: Set<String>) { self.attachments = attachments }

    func name(_ name: XMLName) -> XMLName { name }

    mutating func start(
        _ name: XMLName, attributes: [XMLAttribute], line: Int
    ) throws(Diagnostic) {
        var kept: [String: String] = [:]
        for attribute in attributes where attribute.name.namespace != Self.schemaInstance {
            // An attribute without namespace is the element's own and wins over a foreign one.
            if kept[attribute.name.local] == nil || attribute.name.namespace.isEmpty {
                kept[attribute.name.local] = attribute.value
            }
        }
        elements += 1
        open.append(Open(number: elements, attributes: kept))
    }

    mutating func end(_ name: XMLName, text: ArraySlice<UInt8>, line: Int) throws(Diagnostic) {
        guard let closed = open.popLast() else { return }
        let kept = attachments.contains(name.local) ? "" : String(decoding: text, as: UTF8.self)
        let element = XMLElement(
            namespace: name.namespace, name: name.local, attributes: closed.attributes,
            children: closed.children, text: kept, line: line, number: closed.number)
        if open.isEmpty {
            root = element
        } else {
            open[open.count - 1].children.append(element)
        }
    }
}
