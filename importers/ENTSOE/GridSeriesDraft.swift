internal import Diagnostics
internal import ImportKit
internal import Inventory
internal import Quantities

/// The positions of one series, as they are collected.
struct GridSeriesDraft {
    struct Key: Hashable {
        let zone: String
        let channel: String?
        /// A generating unit; several of one type and zone are series of their own.
        let resource: String?
        let direction: FlowDirection
        let unit: GridUnit
    }

    let key: Key
    let line: Int
    /// With their weighted quantities for values.
    private var readings = Readings()
    private var missing: [ReadingSlots.Slot] = []
    private var start: Instant?
    private var end: Instant?

    init(key: Key, line: Int) {
        self.key = key
        self.line = line
    }

    /// Adds a position.
    ///
    /// - Parameter point: What stands there; `nil` for nothing.
    mutating func add(
        _ point: GridPoint?, from start: Instant, to end: Instant, at line: Int,
        quality: ReadingQuality, _ findings: inout Findings
    ) throws(Diagnostic) {
        self.start = min(self.start ?? start, start)
        self.end = max(self.end ?? end, end)
        switch point?.quantity ?? .absent {
        case .absent:
            missing.append(ReadingSlots.Slot(start: start, end: end, line: point?.line ?? line))
        case .contested: break
        case .invalid(let text):
            findings.quarantine(
                .numberInvalid, line: point?.line ?? line,
                "the quantity '\(DiagnosticRenderer.quoted(text))' is no number",
                hint: "ask for the document again")
        case .value(let quantity):
            do throws(QuantityError) {
                let seconds = end.secondsSinceEpoch - start.secondsSinceEpoch
                readings.append(
                    Reading(
                        start: start, end: end,
                        value: try key.unit.weighted(quantity, seconds: seconds),
                        quality: quality, line: point?.line ?? line))
            } catch {
                throw tooLarge(point?.line ?? line, findings)
            }
        }
    }

    /// Settles what is claimed twice, and adds up.
    ///
    /// - Throws: `number-out-of-range` where a sum does not fit.
    func series(_ findings: inout Findings) throws(Diagnostic) -> ReadingSeries {
        let slots = ReadingSlots(
            settling: readings, behaviour: key.unit.behaviour, distinguishesIdentifiers: false)
        for issue in slots.issues { report(issue, &findings) }
        var empty = Set(missing)
        if !empty.isEmpty { for reading in readings { empty.remove(ReadingSlots.Slot(reading)) } }
        if let first = missing.first, !empty.isEmpty {
            findings.warn(
                .readingMissing, line: first.line,
                "\(empty.count) positions of \(name) have no value",
                hint: "missing is not zero: ask for them")
        }
        do throws(QuantityError) {
            let total = try key.unit.total(ExactDecimal.sum(slots.kept.lazy.map(\.value)))
            var kept = Readings()
            for var reading in slots.kept {
                reading.value = try key.unit.reading(reading.value)
                kept.append(reading)
            }
            return ReadingSeries(
                meter: key.zone, channel: key.channel, carrier: .electricity,
                direction: key.direction, behaviour: key.unit.behaviour, unit: .kilowattHour,
                readings: kept, missing: empty.count, start: start, end: end, total: total)
        } catch {
            throw tooLarge(line, findings)
        }
    }

    private func report(_ issue: ReadingSlots.Issue, _ findings: inout Findings) {
        if issue.code == .readingDuplicate {
            findings.warn(issue.code, line: issue.line, issue.message, hint: issue.hint)
        } else {
            findings.conflict(
                issue.code, line: issue.line, "\(name): \(issue.message)", hint: issue.hint)
        }
    }

    private func tooLarge(_ line: Int, _ findings: Findings) -> Diagnostic {
        findings.refusal(
            .numberOutOfRange, line: line,
            "the quantities of \(name) do not make a number that fits",
            hint: "look for a misplaced decimal point")
    }

    /// For messages.
    private var name: String {
        let parts = [key.zone, key.channel, key.resource].compactMap(\.self)
        return "'\(DiagnosticRenderer.quoted(parts.joined(separator: " ")))'"
    }
}
