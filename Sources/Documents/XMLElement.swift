/// An element of a small XML document held as a tree, with the place it stood.
///
/// For documents of bounded size (invoices, declarations). Feeds are read as events instead.
package struct XMLElement: Sendable {
    /// The namespace URI; empty for none. Prefixes carry no meaning and are not kept.
    package let namespace: String
    package let name: String
    /// By local name; attributes in the `xsi` namespace are left out.
    package let attributes: [String: String]
    package let children: [XMLElement]
    /// The text directly inside the element, without leading and trailing white space.
    package let text: String
    /// 1-based line of the start tag.
    package let line: Int
    /// Which start tag of the document it is, from 1; `XMLExcerpts` finds its source text by it.
    package let number: Int

    package init(
        namespace: String, name: String, attributes: [String: String], children: [XMLElement],
        text: String, line: Int, number: Int = 0
    ) {
        self.namespace = namespace
        self.name = name
        self.attributes = attributes
        self.children = children
        self.text = text
        self.line = line
        self.number = number
    }

    package func children(_ name: String) -> [XMLElement] { children.filter { $0.name == name } }

    package func first(_ name: String) -> XMLElement? { children.first { $0.name == name } }

    /// Follows first children by name: `element.first(at: "Party", "PartyName", "Name")`.
    package func first(at path: String...) -> XMLElement? {
        var current: XMLElement? = self
        for name in path { current = current?.first(name) }
        return current
    }

    /// Every element that a path of names leads to, all of them in one namespace.
    package func all(_ path: some Sequence<String>, in namespace: String) -> [XMLElement] {
        path.reduce([self]) { elements, name in
            elements.flatMap { element in
                element.children.filter { $0.name == name && $0.namespace == namespace }
            }
        }
    }
}
