internal import Diagnostics
package import Documents
internal import Hashing

extension ProfileDraft {
    /// The text of the profile, when nothing is open.
    ///
    /// - Parameters:
    ///   - sample: The path of the sample, relative to the folder of the profile.
    ///   - answer: What the sample gives; before it has been read, a stand-in.
    package func toml(sample file: String, answer: ProfileAnswer?) -> String {
        guard let sample, let kind = answers["kind"] else { return "" }
        var lines = TOMLLines()
        lines.comment("Drafted from \(self.file), every fact as it was answered.")
        lines.text("id", answers["id"] ?? "")
        lines.raw("version", "1")
        lines.text("kind", kind)
        lines.section("identify")
        lines.list("header", sample.header)
        lines.section("read")
        if let encoding = answers["encoding"] { lines.text("encoding", encoding) }
        let delimiter = answers["delimiter"] ?? ""
        lines.text("delimiter", delimiter == "tab" ? "\t" : delimiter)
        lines.text("decimal", answers["decimal"] ?? "")
        if sample.hasPreamble { lines.raw("skip_until_header", "true") }
        if RecordProfile.Kind(rawValue: kind) == nil {
            series(&lines, sample)
        } else {
            fields(&lines, kind)
        }
        test(&lines, file, answer, isSeries: RecordProfile.Kind(rawValue: kind) == nil)
        return lines.text
    }

    private func series(_ lines: inout TOMLLines, _ sample: ProfileSample) {
        lines.section("time")
        for key in ["start", "end", "at"] {
            guard let columns = answers[key].flatMap({ Self.columns($0, sample) }) else { continue }
            if columns.count == 1 {
                lines.text(key, columns[0])
            } else {
                lines.list(key, columns)
            }
        }
        if answers["inclusive"] == "yes" { lines.raw("end_inclusive", "true") }
        let isDelivery = answers["kind"] == Profile.Kind.fuel.rawValue
        if let label = answers["label"] ?? (isDelivery ? "start" : nil) {
            lines.text("label", label)
        }
        if let step = answers["step"] ?? (isDelivery ? "P1D" : nil) { lines.text("step", step) }
        lines.text("format", answers["format"] ?? "")
        if let zone = answers["zone"] { lines.text("zone", zone) }
        if let meter = answers["meter"], meter != "none" {
            lines.section("meter")
            lines.text("column", meter)
        }
        lines.section("[series]")
        lines.text("quantity", answers["quantity"] ?? "")
        for key in ["unit", "carrier", "direction"] {
            guard let answer = answers[key] else { continue }
            if let column = Self.column(answer) {
                lines.text("\(key)_column", column)
            } else {
                lines.text(key, answer)
            }
        }
        lines.text("behaviour", answers["behaviour"] ?? "")
    }

    private func fields(_ lines: inout TOMLLines, _ kind: String) {
        guard let kind = RecordProfile.Kind(rawValue: kind) else { return }
        let stated = (kind.required + kind.optional).compactMap { field in
            answers[field.rawValue].map { (field.rawValue, $0) }
        }
        lines.section("dates")
        lines.text("format", answers["format"] ?? "yyyy-MM-dd")
        lines.section("columns")
        for (field, answer) in stated {
            if let column = Self.column(answer) { lines.text(field, column) }
        }
        let fixed = stated.filter { $0.1.hasPrefix("value:") }
        guard !fixed.isEmpty else { return }
        lines.section("fixed")
        for (field, answer) in fixed { lines.text(field, String(answer.dropFirst(6))) }
    }

    private func test(
        _ lines: inout TOMLLines, _ file: String, _ answer: ProfileAnswer?, isSeries: Bool
    ) {
        lines.section("[test]")
        lines.text("file", file)
        lines.raw(isSeries ? "readings" : "records", "\(answer?.count ?? 0)")
        if isSeries, let missing = answer?.missing, missing > 0 {
            lines.raw("missing", "\(missing)")
        }
        if let count = answer?.quarantined, count > 0 { lines.raw("quarantined", "\(count)") }
        lines.list("total", answer?.totals ?? [])
        lines.text("start", answer?.start ?? "")
        lines.text("end", answer?.end ?? "")
    }

    /// Reads the sample by the draft.
    ///
    /// - Throws: what is wrong with the draft as a profile.
    package func reading(_ document: Document) throws(InvalidProfile) -> ImportedDocument {
        let text = toml(sample: document.name, answer: nil)
        let catalog = try ProfileCatalog(texts: [("the draft", text)])
        return CSVImporter(catalog: catalog).read(document)
    }
}

/// Writes TOML 1.0: keys, basic strings, lists and table headers.
private struct TOMLLines {
    private(set) var text = ""

    mutating func comment(_ comment: String) {
        text += "# \(DiagnosticRenderer.visible(comment))\n"
    }

    mutating func section(_ name: String) { text += "\n[\(name)]\n" }

    mutating func raw(_ key: String, _ value: String) { text += "\(key) = \(value)\n" }

    mutating func text(_ key: String, _ value: String) { raw(key, Self.quoted(value)) }

    mutating func list(_ key: String, _ values: [String]) {
        raw(key, "[\(values.map(Self.quoted).joined(separator: ", "))]")
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\t": quoted += "\\t"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            case _: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
