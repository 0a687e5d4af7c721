/// A part of a page. Text and attribute values are escaped when they are written: there is no way
/// to write markup that came from data.
indirect enum HTMLNode {
    case element(HTMLTag, [HTMLAttribute], [HTMLNode])
    case text(String)
    /// A style sheet of ours; only a literal can be one.
    case style(StaticString)

    static func element(_ tag: HTMLTag, _ children: HTMLNode...) -> HTMLNode {
        .element(tag, [], children)
    }

    static func element(
        _ tag: HTMLTag, _ attributes: [HTMLAttribute], _ text: String
    ) -> HTMLNode {
        .element(tag, attributes, [.text(text)])
    }

    /// Appends the markup to a page.
    func write(to page: inout String) {
        switch self {
        case .text(let text): page += Self.escaped(text)
        case .style(let css): page += "<style>\n\(css)\n</style>\n"
        case .element(let tag, let attributes, let children):
            page += "<\(tag.rawValue)"
            for attribute in attributes {
                page += " \(attribute.name.rawValue)=\"\(Self.escaped(attribute.value))\""
            }
            page += ">"
            if tag.isVoid {
                page += "\n"
                return
            }
            if tag.isBlock { page += "\n" }
            for child in children { child.write(to: &page) }
            page += "</\(tag.rawValue)>"
            if tag.endsLine { page += "\n" }
        }
    }

    /// The text without anything a browser would read as markup; control characters become `·`.
    static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "\"": result += "&quot;"
            case "'": result += "&#39;"
            case _:
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: result += "·"
                case _: result.unicodeScalars.append(scalar)
                }
            }
        }
        return result
    }
}

/// The elements a statement needs; none of them runs or loads anything.
enum HTMLTag: String {
    case html, head, title, meta, body, header, main, nav, section, footer, div
    case h1, h2, h3, p, ul, ol, li, dl, dt, dd, a, span, strong, code, figure, figcaption
    case table, caption, thead, tbody, tr, th, td, details, summary
    case svg, g, rect, line, text, path, pattern, defs, circle

    var isVoid: Bool { self == .meta }

    /// Begins a line of its own for what it holds.
    var isBlock: Bool {
        switch self {
        case .html, .head, .body, .header, .main, .nav, .section, .footer, .div, .ul, .ol, .dl,
            .table, .thead, .tbody, .details, .svg, .g, .defs, .figure:
            true
        case .title, .meta, .h1, .h2, .h3, .p, .li, .dt, .dd, .a, .span, .strong, .code,
            .figcaption, .caption, .tr, .th, .td, .summary, .rect, .line, .text, .path, .pattern,
            .circle:
            false
        }
    }

    var endsLine: Bool {
        switch self {
        case .a, .span, .strong, .code, .th, .td: false
        case .html, .head, .title, .meta, .body, .header, .main, .nav, .section, .footer, .div,
            .h1, .h2, .h3, .p, .ul, .ol, .li, .dl, .dt, .dd, .figure, .figcaption, .table,
            .caption, .thead, .tbody, .tr, .details, .summary, .svg, .g, .rect, .line, .text,
            .path, .pattern, .defs, .circle:
            true
        }
    }
}

/// An attribute from the list of those a statement needs.
struct HTMLAttribute {
    enum Name: String {
        case lang, charset, name, content, id, role, scope, tabindex, href, x, y, x1, x2, y1, y2
        case cssClass = "class"
        case httpEquivalent = "http-equiv"
        case ariaLabel = "aria-label"
        case ariaLabelledBy = "aria-labelledby"
        case dataFigure = "data-figure"
        case dataExact = "data-exact"
        case width, height, fill, d, r, cx, cy
        case viewBox, patternUnits
        case textAnchor = "text-anchor"
    }

    let name: Name
    let value: String

    private init(name: Name, value: String) {
        self.name = name
        self.value = value
    }

    init(_ name: Name, _ value: String) {
        precondition(name != .href, "A link is made by `link(to:)` and stays in the page.")
        self.init(name: name, value: value)
    }

    init(_ name: Name, _ value: Int) { self.init(name, String(value)) }

    /// A link to a place in the same page.
    static func link(to place: String) -> HTMLAttribute {
        HTMLAttribute(name: .href, value: "#" + place)
    }

    static func style(_ classes: String) -> HTMLAttribute { HTMLAttribute(.cssClass, classes) }
}
