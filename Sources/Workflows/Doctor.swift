internal import Diagnostics
internal import FactorLibrary
internal import Foundation
internal import ImportKit
internal import LedgerStore

/// Checks that the program and the book it would use are fit for work.
package enum Doctor {
    package struct Finding: Sendable {
        package let passed: Bool
        package let text: String
    }

    package static func examine(bookPath: String) -> [Finding] {
        [program(), profiles(), factors(), timeZones(), book(bookPath)]
    }

    private static func program() -> Finding { Finding(passed: true, text: ProgramVersion.text) }

    private static func profiles() -> Finding {
        do {
            let catalog = try ImporterCatalog()
            let formats = catalog.importers.map(\.format).joined(separator: ", ")
            return Finding(passed: true, text: "importers: \(formats)")
        } catch {
            return Finding(
                passed: false,
                text: "importers: " + error.diagnostics.map(\.message).joined(separator: "; "))
        }
    }

    private static func factors() -> Finding {
        do {
            let count = try FactorLibrary.shippedFactors().count
            return Finding(passed: true, text: "factor library: \(count) factors")
        } catch {
            return Finding(passed: false, text: "factor library: \(error)")
        }
    }

    private static func timeZones() -> Finding {
        let known = TimeZone(identifier: "Europe/Amsterdam") != nil
        return Finding(
            passed: known,
            text: known ? "time zones: present" : "time zones: missing, install tzdata")
    }

    private static func book(_ path: String) -> Finding {
        guard FileManager.default.fileExists(atPath: path) else {
            return Finding(passed: true, text: "book: none at \(path)")
        }
        do {
            let state = try BookFiles.open(path, actor: "doctor").state()
            return Finding(
                passed: true, text: "book: \(path), \(state.head.size) records")
        } catch {
            return Finding(
                passed: false,
                text: "book: " + error.diagnostics.map(\.message).joined(separator: "; "))
        }
    }
}
