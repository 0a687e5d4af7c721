internal import AuditTrail
internal import Workflows

/// Counts what became of the files of one import.
struct ImportTally {
    private(set) var documents = 0
    private var known = 0
    private(set) var refused = 0
    private var activities = 0
    private var readings = 0
    private var lines = 0
    private var duplicates = 0
    private var ignored = 0
    private var quarantined = 0
    /// Lines that wait for a decision, those set aside among them.
    private(set) var waiting = 0

    mutating func add(_ report: ImportReport) {
        documents += 1
        if report.effect == .alreadyImported { known += 1 }
        activities += report.booked + report.corrected
        readings += report.readings
        lines += report.lines
        duplicates += report.duplicates
        ignored += report.ignored
        waiting += report.waitingCount
        quarantined += report.waiting.count { $0.reason == .quarantined }
    }

    mutating func addRefused() {
        documents += 1
        refused += 1
    }

    /// One column a count, with its title above it.
    var table: String {
        let counts = [
            ("documents", documents), ("known", known), ("refused", refused),
            ("activities", activities), ("readings", readings), ("lines", lines),
            ("duplicates", duplicates), ("ignored", ignored), ("waiting", waiting),
            ("quarantined", quarantined),
        ]
        var table = Table(columns: counts.map { .number($0.0) })
        table.rows = [counts.map { "\($0.1)" }]
        return table.rendered(.table)
    }
}
