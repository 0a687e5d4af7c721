internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Reads a file record by record: what may follow what, and the streams that come of it.
struct MeterDataReader {
    /// The two formats of the specification; a file holds records of one.
    enum Format: String {
        case intervals = "nem12"
        case basicReads = "nem13"
    }

    var cursor: RecordCursor
    var findings: Findings
    private(set) var format: Format?
    private(set) var streams: [MeterStream] = []
    private var indexByKey: [StreamKey: Int] = [:]
    /// Whether 300 and 250 records were met, whatever became of them.
    private(set) var dataRecords = 0
    private let valueLimit: Int
    private var values = 0
    /// What is left out and why, with the line of the first.
    private(set) var leftOut: [String: Int] = [:]
    /// The line on which the file within the file begins that no 900 record has ended.
    private var openSince: Int?

    /// The 200 record that the 300 records belong to.
    var block: IntervalBlock?
    /// The 300 record that 400 records may follow.
    var day: OpenDay?

    enum OpenDay {
        case read(IntervalDay, stream: Int)
        /// Set aside or left out; so are the records that describe it.
        case passedOver
    }

    init(_ document: Document, valueLimit: Int) throws(Diagnostic) {
        self.valueLimit = valueLimit
        findings = Findings(file: document.name)
        cursor = RecordCursor(
            CSVReader(try DecodedText(document), file: document.name))
    }

    /// Reads to the end.
    ///
    /// - Throws: what makes the document one that cannot be trusted or understood.
    mutating func read() throws(Diagnostic) {
        while try cursor.advance() { try readRecord() }
        closeDay()
        guard let openSince else { return }
        findings.warn(
            .recordStructure, line: openSince, "no 900 record ends what begins here",
            hint: "was the file cut off? ask for it again, or check its last day")
    }

    private mutating func readRecord() throws(Diagnostic) {
        var indicator = cursor.text(0)
        if indicator != "400" { closeDay() }
        if indicator.utf8.count == 6, indicator.hasPrefix("900") {
            // Two files joined where the first had no line break at its end.
            end()
            indicator = String(indicator.suffix(3))
        }
        switch indicator {
        case "100": try begin(version: cursor.text(1))
        case "900": end()
        case "200": try readBlock()
        case "300": try readDay()
        case "400": try readQuality()
        case "250": try readBasicRead()
        case "500", "550": break
        case _:
            throw cursor.refusal(
                .recordStructure, at: 0,
                "'\(DiagnosticRenderer.quoted(indicator))' begins no record of NEM12 or NEM13",
                hint: "the records are 100, 200, 300, 400, 500, 900 and 250, 550")
        }
    }

    // MARK: - Beginning and end

    private mutating func begin(version: String) throws(Diagnostic) {
        if let openSince {
            findings.warn(
                .recordStructure, line: openSince,
                "no 900 record ends what begins here before the next 100 record")
        }
        switch version.uppercased() {
        case "NEM12": try settle(.intervals)
        case "NEM13": try settle(.basicReads)
        case _:
            throw cursor.refusal(
                .recordStructure, at: 1,
                "the version '\(DiagnosticRenderer.quoted(version))' is neither NEM12 nor NEM13",
                hint: "ask for the file in one of these formats")
        }
        openSince = cursor.line
        block = nil
    }

    private mutating func end() {
        openSince = nil
        block = nil
    }

    private mutating func settle(_ format: Format) throws(Diagnostic) {
        if let known = self.format, known != format {
            throw cursor.refusal(
                .recordStructure, at: 0,
                "a record of \(format.rawValue) stands in a file of \(known.rawValue)",
                hint: "split the file into one of each format")
        }
        self.format = format
    }

    /// Called by records that need a header above them.
    mutating func requireHeader(_ format: Format) throws(Diagnostic) {
        try settle(format)
        guard openSince == nil else { return }
        openSince = cursor.line
        findings.warn(
            .recordStructure, line: cursor.line,
            "no 100 record begins the file; it is read as \(format.rawValue.uppercased())")
    }

    // MARK: - Streams

    /// Counts a record that holds values.
    mutating func count(values: Int) throws(Diagnostic) {
        dataRecords += 1
        self.values += values
        guard self.values <= valueLimit else {
            throw cursor.refusal(
                .csvLimitExceeded, at: nil, "the file has more than \(valueLimit) values",
                hint: "ask for shorter periods or fewer meters a file")
        }
    }

    mutating func stream(_ key: StreamKey) -> Int {
        if let known = indexByKey[key] { return known }
        indexByKey[key] = streams.count
        streams.append(MeterStream(key: key))
        return streams.count - 1
    }

    mutating func leaveOut(_ reason: String) {
        leftOut[reason] = leftOut[reason] ?? cursor.line
    }

    mutating func add(
        _ record: Claim.Record, _ readings: [Reading], _ missing: [Claim.Span], to stream: Int
    ) {
        streams[stream].add(record, readings: readings, missing: missing)
    }

    private mutating func closeDay() {
        guard case .read(let day, let stream) = day else {
            day = nil
            return
        }
        self.day = nil
        if day.undescribed > 0 {
            findings.warn(
                .qualityUnknown, line: day.record.line,
                "\(day.undescribed) values have the quality 'V', and no 400 record says which",
                hint: "ask for the file with its 400 records: some values may be missing ones")
        }
        let slots = day.slots()
        add(day.record, slots.readings, slots.missing, to: stream)
    }

    /// Hands over the streams one by one, so that a large file is not in memory twice.
    mutating func takeStreams() -> [MeterStream] {
        defer { streams = [] }
        return streams
    }
}
