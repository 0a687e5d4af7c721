internal import Diagnostics
package import Documents
internal import Foundation
package import ImportKit
internal import ImporterProfiles

/// The profiles at hand: those that come with the program, and those of a folder of the user.
package struct ProfileFolder: Sendable {
    package struct Entry: Sendable {
        package let profile: ProfileFile
        /// The name that messages show.
        package let name: String
        /// `nil` for a profile that comes with the program.
        package let folder: String?
        package let text: String
    }

    package let entries: [Entry]

    /// - Parameters:
    ///   - folder: Where the user's profiles are; every `*.toml` in it is one.
    ///   - isStated: Whether the user named the folder; else it may be absent.
    /// - Throws: a `Refusal` for a named folder that is not there, and for faults of profiles.
    package init(_ folder: String?, isStated: Bool) throws(Refusal) {
        var texts = ShippedProfiles.texts.map {
            (name: $0.name, folder: String?.none, text: $0.text)
        }
        for name in try Self.names(folder, isStated: isStated) {
            let path = (folder ?? "") + "/" + name
            let document = try BookFiles.document(path)
            guard let text = String(validating: document.bytes, as: UTF8.self) else {
                throw Refusal(
                    Diagnostic(
                        .encodingRefused, at: SourceLocation(file: path),
                        "the profile is not UTF-8", hint: "save the file as UTF-8"))
            }
            texts.append((name: path, folder: folder, text: text))
        }
        let catalog: ProfileCatalog
        do {
            catalog = try ProfileCatalog(texts: texts.map { (name: $0.name, text: $0.text) })
        } catch {
            throw Refusal(error.diagnostics)
        }
        entries = zip(catalog.profiles, texts).map {
            Entry(profile: $0, name: $1.name, folder: $1.folder, text: $1.text)
        }
        self.catalog = catalog
    }

    let catalog: ProfileCatalog

    private static func names(_ folder: String?, isStated: Bool) throws(Refusal) -> [String] {
        guard let folder else { return [] }
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            guard isStated else { return [] }
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: SourceLocation(file: folder), "there is no such folder",
                    hint: "check --profiles and TONNE_PROFILES"))
        }
        return names.filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
    }

    /// The sample of a test.
    package func sample(_ file: String, of entry: Entry) throws(Refusal) -> Document {
        if let folder = entry.folder { return try BookFiles.document(folder + "/" + file) }
        guard let bytes = ShippedSamples.bytes(file) else {
            throw Refusal(
                Diagnostic(
                    .fileMissing, at: SourceLocation(file: file),
                    "the program holds no such sample"))
        }
        return Document(name: file, bytes: bytes)
    }

    /// Runs every test of a profile, with all profiles at hand, so that a layout which two of them
    /// claim is found.
    ///
    /// - Returns: What differs, empty for a test that passes.
    package func trials(
        of entry: Entry
    ) throws(Refusal) -> [(file: String, differences: [String])] {
        var trials: [(file: String, differences: [String])] = []
        for (index, file) in entry.profile.samples.enumerated() {
            let sample = try sample(file, of: entry)
            let read = CSVImporter(catalog: catalog).read(sample)
            trials.append(
                (
                    file,
                    ProfileTrial.differences(of: entry.profile, test: index, reading: read)
                ))
        }
        return trials
    }
}
