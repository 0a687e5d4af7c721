internal import Testing

@Suite("The pages")
struct PageCompleteness {
    @Test("has a page for each target: what it takes, gives, and must never know")
    func pages() {
        let targets = SourceTree.names(in: "Sources").filter { target in
            SourceTree.swiftFiles.contains {
                $0.isIn("Sources/\(target)") && $0.name != "Placeholder.swift"
            }
        }
        expectNone(
            targets.compactMap { target in
                let path = "Sources/\(target)/\(target).docc/\(target).md"
                guard let page = SourceTree.file(path) else {
                    return Finding(path, nil, "write the page of the target")
                }
                let missing = ["Takes", "Gives", "Must never know"].filter { heading in
                    !page.lines.contains("## " + heading)
                }
                return missing.isEmpty
                    ? nil : Finding(path, nil, "add the headings \(missing)")
            })
    }
}
