/// What the tidy tests read from Package.swift.
enum PackageManifest {
    static let text = (SourceTree.file("Package.swift")?.lines ?? []).joined(separator: "\n")

    /// The list `let formats = […]`.
    static let formats: [String] = {
        guard let start = text.firstRange(of: "let formats = ["),
            let end = text[start.upperBound...].firstIndex(of: "]")
        else { return [] }
        return text[start.upperBound..<end].split(separator: ",").map { item in
            String(item.filter { $0.isLetter || $0.isNumber })
        }.filter { !$0.isEmpty }
    }()
}
