internal import Foundation
internal import Testing

/// The disk takes no more bytes from one operation on, or fails.
@Suite("An import on a disk that is full")
struct FullDiskTests {
    @Test(
        "says so, and leaves a sound book with all that was acknowledged",
        .enabled(if: FaultLibrary.isUsable, "no C compiler, or a program built with a sanitizer"),
        arguments: [nil, EIO] as [Int32?])
    func everyOperation(code: Int32?) throws {
        try ImportScenario.with(ImportScenario.papers) { scenario in
            let count = try scenario.operationCount()
            let places = TortureSize.some(of: 1...count, sample: 5)
            var refused = 0
            for place in places {
                try scenario.reset()
                let context = "full from operation \(place) on, \(code.map { "\($0)" } ?? "ENOSPC")"
                var faults = ["FULL": "\(place)"]
                faults["ERRNO"] = code.map { "\($0)" }
                let outcome = try scenario.importAll(faults: faults)
                let held = try scenario.expectSound(
                    acknowledged: outcome.acknowledged, context)
                // A full disk takes back what it refused. After a sync that failed nobody knows
                // what the disk holds: the document may be there, and is then found to be.
                if code == nil { #expect(held == outcome.acknowledged.count, "\(context)") }
                let isComplete = outcome.acknowledged.count == scenario.papers.count
                #expect(outcome.status == (isComplete ? 0 : 3), "\(context)")
                let word = code == nil ? "error[disk-full]" : "error["
                #expect(
                    isComplete || outcome.errors.contains(word), "\(context): \(outcome.errors)")
                refused += isComplete ? 0 : 1
                let again = try scenario.importAll()
                #expect(again.status == 0, "\(context): \(again.errors)")
            }
            #expect(refused > 0)
            TortureSize.report("full at \(places.count) of \(count) operations, \(refused) refused")
        }
    }

    /// A file system of its own, of one size after the other.
    @Test(
        "is refused by a small file system",
        .enabled(if: SmallDisk.isPossible, "only the superuser can mount a file system"))
    func smallFileSystem() throws {
        try ImportScenario.with(ImportScenario.papers) { scenario in
            let size = try Data(contentsOf: scenario.template).count
            var refused = 0
            let pages = TortureSize.some(of: 1...60, sample: 5)
            for page in pages {
                try SmallDisk.with(bytes: size + page * 4_096) { disk in
                    let place = disk.appending(path: "book.tonne")
                    try FileManager.default.copyItem(at: scenario.template, to: place)
                    let outcome = try scenario.importAll(on: place)
                    let isComplete = outcome.acknowledged.count == scenario.papers.count
                    #expect(isComplete == (outcome.status == 0), "\(outcome.errors)")
                    #expect(isComplete || outcome.errors.contains("error[disk-full]"))
                    refused += isComplete ? 0 : 1
                    // Looked at where there is room.
                    var files: [String: [UInt8]] = [:]
                    for suffix in ["", "-wal"] {
                        let file = place.path + suffix
                        guard FileManager.default.fileExists(atPath: file) else { continue }
                        files[suffix] = Array(try Data(contentsOf: URL(filePath: file)))
                    }
                    try scenario.replaceBook(files)
                    try scenario.expectSound(
                        acknowledged: outcome.acknowledged, "\(page) pages of room")
                }
            }
            #expect(refused > 0 && refused < pages.count)
            TortureSize.report("small file systems: \(pages.count), refused on \(refused)")
        }
    }
}
