internal import TestSupport

/// A disk that may lose what was not synced: it writes sectors in any order, whole ones.
///
/// Changes of the size of a file, and its name in the folder, wait for a sync as its bytes do.
struct ForgetfulDisk {
    private static let sector = 512

    fileprivate struct File {
        /// What is on the disk for sure; `nil` where its name is not.
        var durable: [UInt8]?
        /// What the program sees.
        var seen: [UInt8]?
        /// What was written since, by sector: each may be on the disk or not.
        var pending: [(sector: Int, bytes: [UInt8])] = []
    }

    private var files: [String: File]
    private(set) var output: [UInt8] = []

    init(book: [UInt8]) {
        files = ["book": File(durable: book, seen: book), "wal": File()]
    }

    mutating func apply(_ operation: OperationTrace.Operation) {
        switch operation {
        case .output(let bytes): output += bytes
        case .write(let name, let offset, let bytes):
            change(name) { file in
                var seen = file.seen ?? []
                file.seen = nil
                let end = offset + bytes.count
                if seen.count < end {
                    seen += [UInt8](repeating: 0, count: end - seen.count)
                }
                seen.replaceSubrange(offset..<end, with: bytes)
                for sector in (offset / Self.sector)...((end - 1) / Self.sector) {
                    let start = sector * Self.sector
                    let content = seen[start..<min(start + Self.sector, seen.count)]
                    file.pending.append((sector, Array(content)))
                }
                file.seen = seen
            }
        case .truncate(let name, let size):
            change(name) { file in
                let seen = file.seen ?? []
                file.seen =
                    Array(seen.prefix(size))
                    + [UInt8](repeating: 0, count: max(0, size - seen.count))
            }
        case .sync("folder"):
            for name in files.keys {
                change(name) { file in
                    if file.seen == nil { file.durable = nil }
                }
            }
        case .sync(let name):
            change(name) { file in
                file.durable = file.seen
                file.pending = []
            }
        case .remove(let name):
            change(name) { file in
                file.seen = nil
                file.pending = []
            }
        }
    }

    private mutating func change(_ name: String, _ body: (inout File) -> Void) {
        // The index of the log is made anew after a crash.
        guard var file = files.removeValue(forKey: name) else { return }
        body(&file)
        files[name] = file
    }

    /// What is found after the power was lost, by the end of the name.
    func afterPowerLoss(_ random: inout SplitMix64) -> [String: [UInt8]] {
        var found: [String: [UInt8]] = [:]
        for (name, suffix) in [("book", ""), ("wal", "-wal")] {
            guard let file = files[name] else { continue }
            found[suffix] = file.afterPowerLoss(&random, sector: Self.sector)
        }
        return found
    }
}

extension ForgetfulDisk.File {
    fileprivate func afterPowerLoss(
        _ random: inout SplitMix64, sector: Int
    ) -> [UInt8]? {
        // A file that was removed or made, and that no sync has settled.
        guard let seen else { return Bool.random(using: &random) ? durable : nil }
        if durable == nil, Bool.random(using: &random) { return nil }
        var bytes = durable ?? []
        for write in pending where Bool.random(using: &random) {
            let start = write.sector * sector
            let end = start + write.bytes.count
            // What the file grew by without its bytes is whatever was there, or zeros.
            while bytes.count < end {
                bytes.append(Bool.random(using: &random) ? 0 : .random(in: 0...255, using: &random))
            }
            bytes.replaceSubrange(start..<end, with: write.bytes)
        }
        if seen.count < bytes.count, Bool.random(using: &random) {
            bytes.removeSubrange(seen.count...)
        }
        return bytes
    }
}
