internal import FactorLibrary
internal import Foundation
internal import Inventory
internal import TestSupport
internal import Testing

@Suite("The page of activities")
struct DocumentationTests {
    @Test("names every activity of the shipped factors, and no other in its tables")
    func activities() throws {
        let page = try String(
            contentsOf: Repository.root.appending(
                path: "Sources/FactorLibrary/FactorLibrary.docc/Activities.md"),
            encoding: .utf8)
        let named = page.split(separator: "\n").compactMap { line -> String? in
            guard line.hasPrefix("| `") else { return nil }
            return String(line.dropFirst(3).prefix { $0 != "`" })
        }
        let shipped = try Set(FactorLibrary.shippedFactors().map(\.activity.rawValue))
        #expect(Set(named) == shipped)
        #expect(named.count == shipped.count)
    }
}
