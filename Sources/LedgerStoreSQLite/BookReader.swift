internal import AuditTrail
internal import GRDB
internal import Hashing
internal import Inventory
internal import LedgerCore
internal import LedgerStore
internal import Quantities

/// The questions of the protocol as SQL, within one transaction.
struct BookReader {
    let db: Database

    func records(_ selection: RecordSelection) throws -> [StoredRecord] {
        var records: [StoredRecord] = []
        try readStoredRecords(Self.query(selection)) { records.append($0) }
        return records
    }

    func readRecords(_ selection: RecordSelection, _ body: (LedgerRecord) -> Void) throws {
        try readStoredRecords(Self.query(selection)) { body($0.record) }
    }

    private static func query(_ selection: RecordSelection) -> SQL {
        var query: SQL = "SELECT bytes FROM record WHERE 1"
        if let numbers = selection.numbers {
            query += " AND number >= \(numbers.lowerBound) AND number < \(numbers.upperBound)"
        }
        if let kinds = selection.kinds {
            query += " AND kind IN \(kinds.map(\.rawValue))"
        }
        return query + " ORDER BY number"
    }

    func entries(_ selection: EntrySelection) throws -> [BookedEntry] {
        var query: SQL = """
            SELECT record.bytes FROM entry JOIN record ON record.number = entry.number WHERE 1
            """
        if let period = selection.period {
            query += " AND effective >= \(period.start.description)"
            query += " AND effective < \(period.end.description)"
        }
        if let facility = selection.facility {
            query += " AND facility = \(facility.rawValue)"
        }
        if let activity = selection.activity {
            query += " AND activity = \(activity.value)"
        }
        if let activities = selection.activities {
            query += " AND activity >= \(activities.lowerBound)"
            query += " AND activity < \(activities.upperBound)"
        }
        if selection.isLive {
            query += " AND NOT EXISTS (SELECT 1 FROM entry AS reversal"
            query += " WHERE reversal.reverses = entry.number)"
        }
        if let reversed = selection.reversing {
            query += " AND reverses = \(reversed.value)"
        }
        if let prefix = selection.accountPrefix {
            // ';' is the character after ':': between the two lie all accounts below.
            query += " AND entry.number IN (SELECT posting.entry FROM posting"
            query += " WHERE account = \(prefix)"
            query += " OR (account > \(prefix + ":") AND account < \(prefix + ";")))"
        }
        var entries: [BookedEntry] = []
        try readStoredRecords(query + " ORDER BY entry.number") { stored in
            guard let entry = stored.record.entry else {
                throw LedgerStoreError.corrupt(
                    "record \(stored.record.number) has an entry but is no journal entry")
            }
            entries.append(entry)
        }
        return entries
    }

    func readEvidence(_ digest: SHA256Digest, _ body: ([UInt8]) -> Void) throws -> Bool {
        let number = try Int.fetchOne(
            db.cachedStatement(sql: "SELECT number FROM evidence WHERE sha256 = ?"),
            arguments: [digest.bytes.databaseBlob])
        guard let number else { return false }
        let selection = try db.cachedStatement(
            sql: "SELECT bytes, size FROM evidence_part WHERE evidence = ? ORDER BY part")
        let parts = try Row.fetchCursor(selection, arguments: [number])
        while let part = try parts.next() {
            let plain = EvidencePart.plain(
                try part.bytes(at: 0), size: try part.integer(at: 1))
            guard let plain else {
                throw LedgerStoreError.corrupt("a part of the document \(digest) does not unpack")
            }
            body(plain)
        }
        return true
    }

    func chunk(_ digest: SHA256Digest) throws -> [UInt8]? {
        let statement = try db.cachedStatement(sql: "SELECT bytes FROM chunk WHERE sha256 = ?")
        let row = try Row.fetchOne(statement, arguments: [digest.bytes.databaseBlob])
        return try row?.bytes(at: 0)
    }

    private static let excerpts = """
        SELECT evidence.sha256, salt, text, excerpt.sha256
        FROM excerpt LEFT JOIN evidence ON evidence.number = excerpt.evidence
        """

    func excerpt(
        _ commitment: SHA256Digest, of home: SHA256Digest
    ) throws -> ExcerptOpening? {
        let statement = try db.cachedStatement(
            sql: Self.excerpts + " WHERE evidence.sha256 = ? AND excerpt.sha256 = ?")
        let key: StatementArguments = [home.bytes.databaseBlob, commitment.bytes.databaseBlob]
        return try Row.fetchOne(statement, arguments: key).map(Self.excerpt)
    }

    func readExcerpts(_ body: (ExcerptOpening) -> Void) throws {
        let order = " ORDER BY excerpt.evidence, excerpt.sha256"
        let rows = try Row.fetchCursor(db, sql: Self.excerpts + order)
        while let row = try rows.next() { body(try Self.excerpt(row)) }
    }

    private static func excerpt(_ row: Row) throws -> ExcerptOpening {
        guard let home = SHA256Digest(bytes: try row.bytes(at: 0)),
            let salt = Salt(bytes: try row.bytes(at: 1))
        else { throw LedgerStoreError.corrupt("an excerpt lacks its document or its salt") }
        let opening = ExcerptOpening(home: home, salt: salt, text: try row.text(at: 2))
        guard opening.commitment.bytes == (try row.bytes(at: 3)) else {
            throw LedgerStoreError.corrupt(
                "an excerpt of document \(home) was altered: its salt and text have another hash")
        }
        return opening
    }

    /// Whole months come from `balance`, the days before and after them from the postings.
    func trialBalance(in period: ReportingPeriod?) throws -> TrialBalance {
        var total = TrialBalance()
        guard let period else {
            try add(Self.balances + "1", to: &total)
            return total
        }
        let start = period.start.calendarMonth
        let firstWhole = start.ordinal + (period.start.day == 1 ? 0 : 1)
        let end = period.end.calendarMonth
        guard firstWhole < end.ordinal else {
            try addPostings(from: period.start, to: period.end, &total)
            return total
        }
        let first = start.adding(months: firstWhole - start.ordinal)
        try addPostings(from: period.start, to: first.firstDay, &total)
        try add(
            Self.balances + "month >= \(first.description) AND month < \(end.description)",
            to: &total)
        try addPostings(from: end.firstDay, to: period.end, &total)
        return total
    }

    private static let balances: SQL =
        "SELECT facility, account, commodity, basis, amount FROM balance WHERE "

    /// Adds the postings of `[start, end)`; none if that is empty.
    private func addPostings(
        from start: CivilDate, to end: CivilDate, _ total: inout TrialBalance
    ) throws {
        guard start < end else { return }
        let query: SQL = """
            SELECT facility, account, commodity, basis, decimal_sum(amount)
            FROM entry JOIN posting ON posting.entry = entry.number
            WHERE effective >= \(start.description) AND effective < \(end.description)
            GROUP BY facility, account, commodity, basis
            """
        try add(query, to: &total)
    }

    /// Adds rows of facility, account, commodity, basis and amount.
    private func add(_ query: SQL, to total: inout TrialBalance) throws {
        let rows = try SQLRequest<Row>(literal: query).fetchCursor(db)
        while let row = try rows.next() {
            let key = TrialBalance.Key(
                facility: try StoredText.value(FacilityID.self, row.text(at: 0)),
                account: try StoredText.value(Account.self, row.text(at: 1)),
                commodity: try StoredText.value(Commodity.self, row.text(at: 2)),
                basis: try StoredText.value(Basis.self, row.text(at: 3)))
            let amount = try StoredText.decimal(row.text(at: 4))
            do throws(QuantityError) {
                try total.add(amount, to: key)
            } catch {
                throw LedgerStoreError.failed("the balance of '\(key.account)': \(error)")
            }
        }
    }

    func factorTurnovers(
        _ rules: Set<String>, in period: ReportingPeriod
    ) throws -> [FactorTurnover] {
        let (start, end) = (period.start.description, period.end.description)
        let live: SQL = """
            FROM entry WHERE effective >= \(start) AND effective < \(end)
            AND rule IN \(rules.sorted()) AND factor IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM entry AS reversal WHERE reversal.reverses = entry.number
                AND reversal.effective >= \(start) AND reversal.effective < \(end))
            """
        // ';' is the character after ':': between the two lie all source accounts.
        let sums = try SQLRequest<Row>(
            literal: """
                SELECT factor, commodity, decimal_sum(amount)
                FROM (SELECT number, factor \(live)) JOIN posting ON posting.entry = number
                WHERE account > 'source:' AND account < 'source;' GROUP BY factor, commodity
                """
        ).fetchCursor(db)
        var credited: [Int: [Commodity: ExactDecimal]] = [:]
        while let row = try sums.next() {
            let commodity = try StoredText.value(Commodity.self, row.text(at: 1))
            credited[try row.integer(at: 0), default: [:]][commodity] =
                try StoredText.decimal(row.text(at: 2)).negated
        }
        let counts = try SQLRequest<Row>(
            literal: "SELECT factor, count(*) \(live) GROUP BY factor ORDER BY factor"
        ).fetchAll(db)
        return try counts.map { row in
            let factor = try row.integer(at: 0)
            return FactorTurnover(
                factor: RecordNumber(factor), entries: try row.integer(at: 1),
                credited: credited[factor] ?? [:])
        }
    }

    func entryCounts(
        in period: ReportingPeriod, from first: RecordNumber
    ) throws -> [String: Int] {
        let rows = try SQLRequest<Row>(
            literal: """
                SELECT actor, count(*) FROM entry WHERE number >= \(first.value)
                AND effective >= \(period.start.description)
                AND effective < \(period.end.description) GROUP BY actor
                """
        ).fetchCursor(db)
        var counts: [String: Int] = [:]
        while let row = try rows.next() {
            counts[try row.text(at: 0)] = try row.integer(at: 1)
        }
        return counts
    }

    func recordBytes(_ numbers: Range<Int>) throws -> [[UInt8]] {
        var records: [[UInt8]] = []
        records.reserveCapacity(numbers.count)
        let rows = try Row.fetchCursor(
            db, sql: "SELECT bytes FROM record WHERE number >= ? AND number < ? ORDER BY number",
            arguments: [numbers.lowerBound, numbers.upperBound])
        while let row = try rows.next() { records.append(try row.bytes(at: 0)) }
        return records
    }

    func leafHashes() throws -> [SHA256Digest] {
        var hashes: [SHA256Digest] = []
        let rows = try Row.fetchCursor(db, sql: "SELECT leaf_hash FROM record ORDER BY number")
        while let row = try rows.next() {
            hashes.append(try StoredText.digest(row.bytes(at: 0)))
        }
        return hashes
    }

    func checkpoints() throws -> [StoredCheckpoint] {
        try Row.fetchAll(db, sql: "SELECT size, note FROM checkpoint ORDER BY number").map { row in
            StoredCheckpoint(size: try row.integer(at: 0), note: try row.bytes(at: 1))
        }
    }

    private func readStoredRecords(_ query: SQL, _ body: (StoredRecord) throws -> Void) throws {
        let rows = try SQLRequest<Row>(literal: query).fetchCursor(db)
        let memo = RecordMemo()
        while let row = try rows.next() {
            try body(StoredText.record(row.bytes(at: 0), memo, isTrusted: true))
        }
    }
}
