internal import Foundation
internal import Threads

/// Shows on a terminal how far a long import is: a bar with rate and remaining time.
///
/// It is drawn on standard error, and only if that is a terminal. A class, because the pieces of
/// a file are counted where they are read.
final class ImportProgress: Sendable {
    private struct State {
        var files = 0
        /// Bytes of finished files, and of the present one.
        var finished = 0
        var current = 0
        var lastDrawn = 0.0
        var isShown = false
    }

    /// A file is read twice: to hash it, and to read what it says.
    private static let passes = 2
    /// Smaller imports are over before a bar could be read.
    private static let shortestBytes = 8 << 20
    private static let shortestFiles = 50
    private static let secondsBetweenDraws = 0.1

    private let files: Int
    private let bytes: Int
    private let start: Double
    private let isVisible: Bool
    private let state = Guarded(State())

    init(files: Int, bytes: Int, isTerminal: Bool = isatty(STDERR_FILENO) == 1) {
        self.files = files
        self.bytes = bytes
        isVisible = isTerminal && (bytes >= Self.shortestBytes || files >= Self.shortestFiles)
        start = Self.now()
    }

    /// Counts bytes that were read of the present file.
    func read(_ count: Int, of size: Int) {
        guard isVisible else { return }
        state.withLock { state in
            state.current = min(state.current + count, size * Self.passes)
            draw(&state)
        }
    }

    /// The present file is done.
    func finish(_ size: Int) {
        guard isVisible else { return }
        state.withLock { state in
            state.files += 1
            state.finished += size * Self.passes
            state.current = 0
            draw(&state)
        }
    }

    /// Takes the bar off the terminal, so that other lines can be written.
    func clear() {
        state.withLock { state in
            guard state.isShown else { return }
            state.isShown = false
            Self.write("\r\u{1B}[K")
        }
    }

    private func draw(_ state: inout State) {
        let now = Self.now()
        guard now - state.lastDrawn >= Self.secondsBetweenDraws else { return }
        state.lastDrawn = now
        state.isShown = true
        let line = Self.line(
            files: (state.files, files),
            bytes: ((state.finished + state.current) / Self.passes, bytes), seconds: now - start)
        Self.write("\r\(line)\u{1B}[K")
    }

    /// `[=======>            ]  38 %  3/8 files  24.1 MB/s  0:12 left`
    static func line(
        files: (done: Int, all: Int), bytes: (done: Int, all: Int), seconds: Double
    ) -> String {
        let width = 20
        let share = bytes.all > 0 ? min(1, Double(bytes.done) / Double(bytes.all)) : 1
        let filled = Int(share * Double(width))
        let bar =
            String(repeating: "=", count: filled)
            + (filled < width ? ">" + String(repeating: " ", count: width - filled - 1) : "")
        let percent = "\(Int(share * 100))"
        var line = "[\(bar)] \(String(repeating: " ", count: 3 - percent.count))\(percent) %"
        line += "  \(files.done)/\(files.all) files"
        guard seconds > 0, bytes.done > 0 else { return line }
        let rate = Double(bytes.done) / seconds
        let tenths = Int(rate / 100_000)
        line += "  \(tenths / 10).\(tenths % 10) MB/s"
        let left = max(0, Int((Double(bytes.all - bytes.done) / rate).rounded(.up)))
        let rest = left % 60
        return line + "  \(left / 60):\(rest < 10 ? "0" : "")\(rest) left"
    }

    private static func now() -> Double { ProcessInfo.processInfo.systemUptime }

    private static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
