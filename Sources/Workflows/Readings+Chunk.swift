internal import ImportKit
internal import Inventory
internal import Series

extension Readings.Part {
    /// The readings as a book keeps them, from one document.
    func chunk() throws(SeriesChunkError) -> SeriesChunk {
        guard let values = narrowValues else {
            return try SeriesChunk(
                map {
                    SeriesReading(
                        start: $0.start, end: $0.end, value: $0.value, quality: $0.quality,
                        line: $0.line)
                })
        }
        let runs = runs.map { run, places in
            let position = places.lowerBound - run.first
            return SeriesRun(
                start: Instant(secondsSinceEpoch: run.start &+ Int64(position) &* run.step),
                step: run.step, length: run.length, count: places.count,
                quality: run.mark.quality, line: run.line &+ position &* run.lineStep,
                lineStep: run.lineStep)
        }
        return try SeriesChunk(
            runs, mantissas: values.mantissas[...], exponents: values.exponents[...])
    }
}

extension Readings {
    /// The first reading that starts at a moment, of readings in order of time.
    func first(startingAt moment: Instant) -> Reading? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].start < moment { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].start == moment ? self[low] : nil
    }
}
