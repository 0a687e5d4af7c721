internal import ImportKit
internal import Inventory
internal import Quantities

/// What makes values belong together.
struct StreamKey: Hashable {
    let nmi: String
    /// The NMI suffix; in a NEM13 file without one, the register.
    let channel: String
    let carrier: Carrier
    let direction: FlowDirection
}

/// The values of one stream in the order of the file, and the records they came from.
struct MeterStream {
    let key: StreamKey
    var claims: [Claim] = []
    var readings = Readings()

    /// For messages.
    var name: String { "'\(key.nmi) \(key.channel)'" }

    /// Adds what one record says.
    mutating func add(_ record: Claim.Record, readings: [Reading], missing: [Claim.Span]) {
        let first = self.readings.count
        for reading in readings { self.readings.append(reading) }
        claims.append(
            Claim(record: record, readings: first..<self.readings.count, missing: missing))
    }
}

/// What one 300 or 250 record says about a stretch of time.
struct Claim {
    struct Record: Hashable {
        /// The day of a 300 record, the time between the reads of a 250 record.
        let span: Span
        /// UpdateDateTime: of two records about one time the newer holds.
        let updated: Instant?
        let meterSerial: String
        let line: Int
    }

    struct Span: Hashable {
        let start: Instant
        let end: Instant

        func overlaps(_ other: Span) -> Bool { start < other.end && other.start < end }
    }

    let record: Record
    /// Places in the readings of the stream.
    let readings: Range<Int>
    /// Slots that are named and have no value.
    let missing: [Span]
}
