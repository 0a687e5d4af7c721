internal import Foundation

/// How much of what could be tried is tried: all of it where `TONNE_TORTURE` is set, by
/// `make torture`, else a sample that takes seconds.
enum TortureSize {
    static let isWhole = ProcessInfo.processInfo.environment["TONNE_TORTURE"] != nil

    /// All of the numbers, or about as many as `sample`, evenly spread, from end to end.
    static func some(of numbers: ClosedRange<Int>, sample: Int) -> [Int] {
        guard !isWhole, numbers.count > sample else { return Array(numbers) }
        return (0..<sample).map {
            numbers.lowerBound + $0 * (numbers.count - 1) / (sample - 1)
        }
    }

    /// A line of what was tried.
    static func report(_ text: String) {
        FileHandle.standardError.write(Data("durability: \(text)\n".utf8))
    }
}
