internal import Foundation
internal import Inventory
internal import Reporting
internal import Testing

/// What a reader with a screen reader, without colour, or without a network needs of the page.
@Suite("The page of a statement")
struct PageStructureTests {
    private let page: String

    init() throws { page = HTMLRenderer().render(try StatementSample.statement()) }

    private func count(_ text: String) -> Int { page.components(separatedBy: text).count - 1 }

    @Test("runs no script and loads nothing from elsewhere")
    func selfContained() {
        let refused = [
            "<script", "<link", "<iframe", "<img", "<object", "//", "@import", "javascript:",
        ]
        for forbidden in refused {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.matches(of: /\son[a-z]+="/).isEmpty)
        for match in page.matches(of: /href="([^"]*)"/) { #expect(match.1.hasPrefix("#")) }
        for match in page.matches(of: /url\(([^)]*)\)/) { #expect(match.1.hasPrefix("#")) }
    }

    @Test("says its language, title and view")
    func head() {
        #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en-GB\">"))
        #expect(count("<title>") >= 1)
        #expect(page.contains("name=\"viewport\""))
        #expect(page.contains("charset=\"utf-8\""))
        #expect(count("<main ") == 1)
        #expect(page.contains("<a class=\"skip\" href=\"#main\">"))
    }

    @Test("captions each table and scopes each heading cell")
    func tables() {
        #expect(count("<table>") > 10)
        #expect(count("<table>") == count("<caption>"))
        #expect(page.matches(of: /<th(?![a-z])/).count == count("<th scope="))
        #expect(page.matches(of: /<th scope="(col|row)"[^>]*><\/th>/).isEmpty)
        #expect(count("class=\"scroll") == count("tabindex=\"0\" role=\"region\" aria-label="))
    }

    @Test("names each drawing")
    func drawings() {
        #expect(count("<svg ") == 2)
        let named = /<svg [^>]*role="img" aria-labelledby="([^"]+)">\s*<title id="([^"]+)">/
        for match in page.matches(of: named) { #expect(match.1 == match.2) }
        #expect(page.matches(of: named).count == 2)
    }

    @Test("skips no level of heading")
    func headings() {
        let levels = page.matches(of: /<h([1-6])>/).compactMap { Int($0.1) }
        #expect(levels.first == 1)
        #expect(levels.filter { $0 == 1 }.count == 1)
        for (before, after) in zip(levels, levels.dropFirst()) { #expect(after <= before + 1) }
    }

    @Test("uses each identifier once and links only to places it has")
    func identifiers() {
        let identifiers = page.matches(of: /\sid="([^"]+)"/).map { String($0.1) }
        #expect(Set(identifiers).count == identifiers.count)
        for match in page.matches(of: /(?:href="#|url\(#)([^")]+)/) {
            #expect(identifiers.contains(String(match.1)), "\(match.1)")
        }
    }

    @Test("closes every element it opens")
    func wellFormed() throws {
        var open: [Substring] = []
        for match in page.matches(of: /<(\/?)([a-zA-Z0-9]+)[^>]*>/) {
            if ["meta"].contains(match.2) { continue }
            if match.1.isEmpty {
                open.append(match.2)
            } else {
                #expect(open.popLast() == match.2)
            }
        }
        #expect(open.isEmpty)
    }

    @Test("marks an incomplete figure by a sign, not by colour alone")
    func marks() {
        #expect(count("<span class=\"mark\">†</span>") > 5)
        #expect(page.contains("† Incomplete: "))
    }
}
