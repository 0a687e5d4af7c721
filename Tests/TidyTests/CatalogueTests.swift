internal import Testing

@Suite("The tree")
struct CatalogueTests {
    @Test("lists each format folder in Package.swift, with its page and fixtures")
    func formats() {
        let folders = SourceTree.names(in: "importers").filter { name in
            name != "profiles"
                && SourceTree.swiftFiles.contains { $0.isIn("importers/\(name)") }
        }
        var findings: [Finding] = []
        for name in folders {
            let path = "importers/\(name)"
            if !PackageManifest.formats.contains(name) {
                findings.append(Finding(path, nil, "add \"\(name)\" to 'formats' in Package.swift"))
            }
            if !SourceTree.exists(path + "/README.md") {
                findings.append(
                    Finding(path, nil, "write README.md: what the format is, where from"))
            }
            if !SourceTree.exists(path + "/Fixtures") {
                findings.append(Finding(path, nil, "add the folder Fixtures with our own examples"))
            }
        }
        for name in PackageManifest.formats where !folders.contains(name) {
            findings.append(
                Finding(
                    "Package.swift", nil, "format '\(name)' has no folder with Swift in importers"))
        }
        expectNone(findings)
        #expect(!PackageManifest.formats.isEmpty, "'let formats = […]' is not found")
    }

    /// A golden file is used where a test source of its target holds its name, or its name
    /// without what follows the first full stop, as a whole literal or its last path component.
    @Test("holds no golden file that no test names")
    func goldenFiles() {
        let goldens = SourceTree.paths.filter {
            $0.hasPrefix("Tests/") && $0.contains("/Golden/") && !$0.hasSuffix(".gitkeep")
        }
        expectNone(
            goldens.filter { !Self.isNamed($0) }.map {
                Finding($0, nil, "no test of its target names it: remove it, or test it")
            })
    }

    private static func isNamed(_ golden: String) -> Bool {
        let parts = golden.split(separator: "/")
        let name = parts.last ?? ""
        let stem = name.prefix { $0 != "." }
        let tests = SourceTree.swiftFiles.filter { $0.isIn("Tests/\(parts[1])") }
        return tests.contains { file in
            file.lines.contains { line in
                [name, stem].contains { text in
                    line.contains("\"\(text)\"") || line.contains("/\(text)\"")
                }
            }
        }
    }

    @Test(
        "tells of each command in README.md",
        .enabled(if: SourceTree.exists("README.md"), "README.md is not written yet"))
    func commands() {
        let readme = (SourceTree.file("README.md")?.lines ?? []).joined(separator: "\n")
        let files = SourceTree.swiftFiles.filter { $0.isIn("Sources/tonne/Commands") }
        let findings = files.flatMap { file in
            Self.commandNames(in: file).filter { !readme.contains("tonne \($0)") }.map {
                Finding(file.path, nil, "write about 'tonne \($0)' in README.md")
            }
        }
        expectNone(findings)
    }

    @Test("has one command a file")
    func commandFiles() {
        let files = SourceTree.swiftFiles.filter { $0.isIn("Sources/tonne/Commands") }
        expectNone(
            files.filter { Self.commandNames(in: $0).count > 1 }.map {
                Finding($0.path, nil, "holds \(Self.commandNames(in: $0)): one command a file")
            })
    }

    /// The literals after `commandName:`, without the commands inside commands.
    private static func commandNames(in file: SourceFile) -> [String] {
        file.lines.compactMap { line in
            guard let start = line.firstRange(of: "commandName: \""),
                line.prefix(while: { $0 == " " }).count <= 8
            else { return nil }
            return String(line[start.upperBound...].prefix { $0 != "\"" })
        }
    }
}
