internal import Foundation
internal import Threads

/// Shows on a terminal how far long work is, in per cent on one line that is taken off again.
///
/// It is written to standard error, and only if that is a terminal. A class, because the work
/// reports from several threads.
final class ProgressLine: Sendable {
    /// Shorter work is over before a line could be read.
    private static let shortest = 20_000

    private let isVisible: Bool
    /// The share that is shown; `nil` where nothing is.
    private let shown = Guarded<Int?>(nil)

    init(isTerminal: Bool = isatty(STDERR_FILENO) == 1) { isVisible = isTerminal }

    func show(done: Int, of all: Int) {
        guard isVisible, all >= Self.shortest else { return }
        let percent = min(100, 100 * done / all)
        shown.withLock { shown in
            guard percent > shown ?? -1 else { return }
            shown = percent
            Self.write("\r\(percent) % of the records checked\u{1B}[K")
        }
    }

    /// Takes the line off the terminal, so that other lines can be written.
    func clear() {
        shown.withLock { shown in
            guard shown != nil else { return }
            shown = nil
            Self.write("\r\u{1B}[K")
        }
    }

    private static func write(_ text: String) {
        try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
    }
}
