package import ImportKit
package import Inventory

/// Packs readings into runs of equal step, equal quality and evenly spaced lines, and back.
package enum ReadingRuns {
    /// - Parameter readings: In order of time.
    package static func runs(of readings: [Reading]) -> [ReadingRun] {
        var runs: [ReadingRun] = []
        var open: [Reading] = []
        for reading in readings {
            if !open.isEmpty, !continues(open, reading) {
                runs.append(run(open))
                open = []
            }
            open.append(reading)
        }
        if !open.isEmpty { runs.append(run(open)) }
        return runs
    }

    /// The readings a record holds, with their lines in the document.
    ///
    /// - Returns: `nil` if a run's numbers are not whole numbers: a record not made by this code.
    package static func readings(of runs: [ReadingRun]) -> [Reading]? {
        var readings: [Reading] = []
        for run in runs {
            guard let step = Int64(run.step), let firstLine = Int(run.firstLine),
                let stride = Int(run.lineStride)
            else { return nil }
            for (index, value) in run.values.enumerated() {
                let start = run.start.adding(seconds: Int64(index) * step)
                readings.append(
                    Reading(
                        start: start, end: start.adding(seconds: step), value: value,
                        quality: run.quality, line: firstLine + index * stride))
            }
        }
        return readings
    }

    private static func continues(_ open: [Reading], _ next: Reading) -> Bool {
        guard let first = open.first, let last = open.last else { return false }
        let sameStep = seconds(first) == seconds(next)
        let stride = open.count > 1 ? open[1].line - first.line : next.line - last.line
        return sameStep && last.end == next.start && last.quality == next.quality
            && next.line - last.line == stride
    }

    private static func run(_ readings: [Reading]) -> ReadingRun {
        let first = readings[0]
        return ReadingRun(
            start: first.start, stepSeconds: Int(seconds(first)), quality: first.quality,
            firstLine: first.line,
            lineStride: readings.count > 1 ? readings[1].line - first.line : 0,
            values: readings.map(\.value))
    }

    private static func seconds(_ reading: Reading) -> Int64 {
        reading.end.secondsSinceEpoch - reading.start.secondsSinceEpoch
    }
}
