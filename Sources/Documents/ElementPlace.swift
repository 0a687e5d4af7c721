/// Where an element of an XML document stands, as evidence cites it.
package struct ElementPlace: Hashable, Sendable {
    /// 1-based line of the start tag.
    package let line: Int
    /// From the root, without prefixes: `/Invoice/InvoiceLine[2]/InvoicedQuantity`.
    package let path: String
    /// `XMLElement.number`.
    package let number: Int

    package init(_ element: XMLElement, path: String) {
        line = element.line
        number = element.number
        self.path = path
    }
}
