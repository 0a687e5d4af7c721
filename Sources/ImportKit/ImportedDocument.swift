package import Diagnostics
package import Hashing
package import Inventory
package import Quantities

/// What an importer read from one document. It books nothing and knows neither factors nor
/// accounts; `tonne inspect` shows it.
package struct ImportedDocument: Hashable, Sendable {
    package enum Outcome: String, CaseIterable, Hashable, Sendable {
        case accept
        case acceptWithWarning = "accept-with-warning"
        case acceptEmpty = "accept-empty"
        case quarantineRows = "quarantine-rows"
        case conflict, reject
    }

    /// Whom the values are about.
    package enum Subject: Hashable, Sendable {
        /// The organisation: what it used, bought and gave.
        case organisation
        /// A grid. Its series make factors; booked as activity they would be the consumption of
        /// a country.
        case grid(GridValues)
    }

    package enum GridValues: Hashable, Sendable {
        /// What each production type of a zone generated: what an intensity is computed from.
        case generationByType
        case other
    }

    /// `green-button`, `ubl`, `csv` … or `unknown`.
    package var format: String
    /// IANA media type of the document, as the importer of its format says.
    package var mediaType = "application/octet-stream"
    package var profile: String?
    package var profileHash: SHA256Digest?
    package var subject: Subject
    package var outcome: Outcome
    package var series: [ReadingSeries]
    package var invoices: [Invoice]
    /// What rows state that are neither readings nor invoice lines.
    package var records: [StatedRecord]
    package var declarations: [ProductDeclaration]
    /// Rows or readings set aside.
    package var quarantined: Int
    package var diagnostics: [Diagnostic]
    /// What is set aside beyond what the diagnostics list.
    package var unlisted: UnlistedFaults

    package init(
        format: String, profile: String? = nil, profileHash: SHA256Digest? = nil,
        subject: Subject = .organisation, outcome: Outcome, series: [ReadingSeries] = [],
        invoices: [Invoice] = [], declarations: [ProductDeclaration] = [],
        records: [StatedRecord] = [], quarantined: Int = 0,
        diagnostics: [Diagnostic] = [], unlisted: UnlistedFaults = UnlistedFaults()
    ) {
        self.unlisted = unlisted
        self.format = format
        self.profile = profile
        self.profileHash = profileHash
        self.subject = subject
        self.outcome = outcome
        self.series = series
        self.invoices = invoices
        self.records = records
        self.declarations = declarations
        self.quarantined = quarantined
        self.diagnostics = diagnostics
    }

    /// A document that cannot be trusted or understood: no data, and the reasons.
    package static func rejected(
        format: String, profile: String? = nil, _ diagnostics: [Diagnostic]
    ) -> ImportedDocument {
        ImportedDocument(
            format: format, profile: profile, outcome: .reject, diagnostics: diagnostics)
    }
}

/// Values of one meter, channel, carrier, direction and unit. Bills are series with long intervals,
/// fuel deliveries are series of a tank with one day a reading.
package struct ReadingSeries: Hashable, Sendable {
    /// NMI, EAN, MPAN, usage point or tank; `nil` where the file names none.
    package var meter: String?
    /// Register, channel or tariff.
    package var channel: String?
    package var carrier: Carrier
    package var direction: FlowDirection
    /// What the times of the readings are.
    package var clock: Clock
    package var behaviour: ReadingBehaviour
    package var unit: Unit
    /// In order of time; exact duplicates once, contested slots left out.
    package var readings: Readings
    /// Slots that the file names and leaves empty or flags as null.
    package var missing: Int
    /// The span of the slots the file names, with or without a value.
    package var start: Instant?
    package var end: Instant?
    /// Sum of the quantities, computed by the importer: deltas added, or last minus first.
    package var total: ExactDecimal
    /// How many readings have each quality in the words of the source, where it makes finer
    /// distinctions than `ReadingQuality`; `nil` where the qualities of the readings say it all.
    package var qualityWords: [String: Int]?
    /// When the source last changed the readings, in order of time; empty where it does not say.
    package var revisions: [ReadingRevision] = []

    package enum Clock: Hashable, Sendable {
        /// Instants, resolved from the document.
        case utc
        /// The document states days without a zone, meant in the zone of the facility, which an
        /// importer does not know. Each reading holds the local midnights of its first day and
        /// of the day after its last **written as if they were UTC**; `start` and `end` of the
        /// series are `nil`. Take `days(of:)` and the zone of the facility, never the instants.
        case facilityDays
        /// The same for times of day: each reading holds what the clock of the facility shows,
        /// **written as if it were UTC**; `start` and `end` of the series are `nil`. Take
        /// `LocalTimeZone.instant(ofClock:)` of the facility.
        case facilityTimes
    }

    /// The local days of a reading; `nil` where the document states instants.
    package func days(of reading: Reading) -> ReportingPeriod? {
        switch clock {
        case .utc, .facilityTimes: nil
        case .facilityDays:
            ReportingPeriod(start: reading.start.utcDate, end: reading.end.utcDate)
        }
    }

    package init(
        meter: String?, channel: String? = nil, carrier: Carrier, direction: FlowDirection,
        clock: Clock = .utc, behaviour: ReadingBehaviour, unit: Unit,
        readings: some Sequence<Reading>,
        missing: Int = 0, start: Instant?, end: Instant?, total: ExactDecimal
    ) {
        self.clock = clock
        self.meter = meter
        self.channel = channel
        self.carrier = carrier
        self.direction = direction
        self.behaviour = behaviour
        self.unit = unit
        self.readings = readings as? Readings ?? Readings(readings)
        self.missing = missing
        self.start = start
        self.end = end
        self.total = total
    }
}
