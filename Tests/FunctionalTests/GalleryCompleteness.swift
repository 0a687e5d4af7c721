internal import Diagnostics
internal import Foundation
internal import TestSupport
internal import Testing

@Suite("The gallery of diagnostics")
struct GalleryCompleteness {
    private static let folder = Repository.root.appending(path: "Tests/FunctionalTests/gallery")

    /// Codes whose entry is still owed. The list only shrinks: a new code needs its entry at once,
    /// and a code that has one leaves the list.
    private static let owed: Set<String> = [
        "book-not-writable", "factor-ambiguous", "time-zone-unknown",
    ]

    /// What each file shows is checked with all other scripts; this checks that none is missing.
    @Test("shows every code but those owed, and no other")
    func complete() {
        let names = FileManager.default.enumerator(atPath: Self.folder.path)?.allObjects ?? []
        let shown = Set(
            names.compactMap { $0 as? String }.filter { $0.hasSuffix(".test") }
                .map { String($0.dropLast(".test".count)) })
        let codes = Set(DiagnosticCode.allCases.map(\.rawValue))
        let missing = codes.subtracting(shown).subtracting(Self.owed).sorted()
            .joined(separator: ", ")
        let paid = Self.owed.intersection(shown).union(Self.owed.subtracting(codes)).sorted()
        let unknown = shown.subtracting(codes).sorted().joined(separator: ", ")
        #expect(
            missing.isEmpty,
            "write Tests/FunctionalTests/gallery/<code>.test, the smallest input, for: \(missing)")
        #expect(paid.isEmpty, "take these out of the list of what is owed: \(paid)")
        #expect(unknown.isEmpty, "no code has the name of these files: \(unknown)")
    }

    @Test("shows the code that each file is named after")
    func named() throws {
        for code in DiagnosticCode.allCases {
            let file = Self.folder.appending(path: code.rawValue + ".test")
            guard FileManager.default.fileExists(atPath: file.path) else { continue }
            let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
            #expect(
                text.contains("[\(code.rawValue)]"),
                "gallery/\(code.rawValue).test expects no '[\(code.rawValue)]'")
        }
    }
}
