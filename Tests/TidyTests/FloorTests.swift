internal import Testing

@Suite("The floors")
struct FloorTests {
    private struct Import {
        let file: String
        let line: Int
        let target: String
        let module: String
    }

    @Test("are kept by every import")
    func imports() {
        let formats = Set(PackageManifest.formats)
        var findings: [Finding] = []
        for entry in Self.imports {
            guard let floor = Floors.floor(of: entry.target, formats: formats) else {
                findings.append(
                    Finding(entry.file, nil, "give '\(entry.target)' a floor in Floors.swift"))
                continue
            }
            if let remedy = Self.remedy(entry, floor: floor, formats: formats) {
                findings.append(Finding(entry.file, entry.line, remedy))
            }
        }
        expectNone(findings)
    }

    private static func remedy(_ entry: Import, floor: Int, formats: Set<String>) -> String? {
        let module = entry.module
        if let users = Floors.libraries[module] {
            return users.contains(entry.target)
                ? nil : "'\(module)' is for \(users.sorted()): go through one of them"
        }
        if Floors.system.contains(module) {
            let isFoundation = module.hasPrefix("Foundation")
            return isFoundation && Floors.pure.contains(entry.target)
                ? "'\(entry.target)' is pure: do without '\(module)'" : nil
        }
        guard let imported = Floors.floor(of: module, formats: formats) else {
            return "give '\(module)' a place in Floors.swift"
        }
        guard imported < floor else {
            return "'\(entry.target)' (floor \(floor)) must not import '\(module)' "
                + "(floor \(imported)): move the shared part down"
        }
        return nil
    }

    @Test("hold every target of the package")
    func targets() {
        let formats = Set(PackageManifest.formats)
        let unknown = Set(SourceTree.swiftFiles.compactMap { Self.target(of: $0) })
            .filter { Floors.floor(of: $0, formats: formats) == nil }
        expectNone(unknown.sorted().map { Finding("Package.swift", nil, "give '\($0)' a floor") })
    }

    private static let imports: [Import] = SourceTree.swiftFiles.flatMap { file -> [Import] in
        guard let target = target(of: file) else { return [] }
        let code = SwiftScanner.code(of: file.lines)
        return code.enumerated().compactMap { index, line in
            module(importedBy: line).map {
                Import(file: file.path, line: index + 1, target: target, module: $0)
            }
        }
    }

    /// The module of an import with any access, attribute or kind (`import struct M.T`).
    static func module(importedBy line: String) -> String? {
        let words = line.split(separator: " ")
        guard let index = words.firstIndex(of: "import"),
            words[..<index].allSatisfy({
                ["public", "package", "internal", "fileprivate", "private"].contains($0)
                    || $0.hasPrefix("@")
            })
        else { return nil }
        let kinds: Set<Substring> = [
            "struct", "class", "enum", "protocol", "func", "var", "let", "typealias",
        ]
        let name = words[(index + 1)...].first { !kinds.contains($0) }
        return name.map { String($0.prefix { $0 != "." }) }
    }

    private static func target(of file: SourceFile) -> String? {
        let parts = file.path.split(separator: "/").map(String.init)
        switch parts.first {
        case "Sources": return parts[1]
        case "Schemas": return "Schemas"
        case "importers": return parts[1] == "profiles" ? "ImporterProfiles" : parts[1]
        case _: return nil
        }
    }

    @Test(
        "see an import however it is written",
        arguments: [
            ("import A", "A"), ("internal import A", "A"), ("@testable import A", "A"),
            ("package import struct A.B", "A"), ("@preconcurrency public import A", "A"),
            ("let import = 1", nil), ("importers", nil), ("", nil),
        ] as [(String, String?)])
    func spelling(line: String, module: String?) {
        #expect(Self.module(importedBy: line) == module)
    }
}

/// Records one failure that lists all findings.
func expectNone(_ findings: [Finding], sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(
        findings.isEmpty,
        Comment(rawValue: "\n" + findings.map(\.description).joined(separator: "\n")),
        sourceLocation: sourceLocation)
}
