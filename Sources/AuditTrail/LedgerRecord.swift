package import Hashing
package import Inventory
package import LedgerCore

/// One fact of the book: append-only, in canonical JSON a leaf of the tree.
package struct LedgerRecord: Hashable, Sendable {
    /// The version of the encoding, written into each record.
    package static let encodingVersion = "tonne-entry/1"

    package let number: RecordNumber
    /// When it was recorded; never before the record in front of it.
    package let recordedAt: Instant
    /// Who recorded it.
    package let actor: String
    package let body: RecordBody

    package init(number: RecordNumber, recordedAt: Instant, actor: String, body: RecordBody) {
        self.number = number
        self.recordedAt = recordedAt
        self.actor = actor
        self.body = body
    }
}

/// What a record states.
///
/// One reference, because lists of records are long: a body inline would take the room of the
/// largest kind, and each copy would count all references in it. The most frequent kinds are
/// references themselves.
package enum RecordBody: Hashable, Sendable {
    indirect case genesis(Genesis)
    indirect case organisation(Organisation)
    indirect case organisationPart(OrganisationPart)
    indirect case matchingRules([MatchingRule])
    /// The next rules, where they do not fit into one record.
    indirect case matchingRulesPart([MatchingRule])
    indirect case gwpTable(GWPTable)
    indirect case refrigerantBlend(RefrigerantBlend)
    indirect case factor(EmissionFactor)
    indirect case factorSeries(FactorSeries)
    indirect case document(ReceivedDocument)
    indirect case documentPart(DocumentPart)
    case activity(ActivityRecord)
    indirect case waitingLine(WaitingLine)
    indirect case decision(Decision)
    case journal(JournalEntry)
    indirect case periodClosing(PeriodClosing)
    indirect case periodSeal(PeriodSeal)
    indirect case periodReopening(PeriodReopening)
    indirect case periodAdjustment(PeriodAdjustment)
    indirect case keyAddition(KeyAddition)
    indirect case keyRevocation(KeyRevocation)
    indirect case roleGrant(RoleGrant)
    indirect case roleRevocation(RoleRevocation)
    indirect case erasure(Erasure)

    /// The `type` of a record in its encoding.
    package enum Kind: String, CaseIterable, Hashable, Sendable {
        case genesis, organisation
        case organisationPart = "organisation-part"
        case matchingRules = "matching-rules"
        case matchingRulesPart = "matching-rules-part"
        case gwpTable = "gwp-table"
        case refrigerantBlend = "refrigerant-blend"
        case factor
        case factorSeries = "factor-series"
        case document
        case documentPart = "document-part"
        case activity
        case waitingLine = "waiting-line"
        case decision, journal
        case periodClosing = "period-closing"
        case periodSeal = "period-seal"
        case periodReopening = "period-reopen"
        case periodAdjustment = "period-adjustment"
        case keyAddition = "key-add"
        case keyRevocation = "key-revoke"
        case roleGrant = "role-grant"
        case roleRevocation = "role-revoke"
        case erasure
    }

    package var kind: Kind {
        switch self {
        case .genesis: .genesis
        case .organisation: .organisation
        case .organisationPart: .organisationPart
        case .matchingRules: .matchingRules
        case .matchingRulesPart: .matchingRulesPart
        case .gwpTable: .gwpTable
        case .refrigerantBlend: .refrigerantBlend
        case .factor: .factor
        case .factorSeries: .factorSeries
        case .document: .document
        case .documentPart: .documentPart
        case .activity: .activity
        case .waitingLine: .waitingLine
        case .decision: .decision
        case .journal: .journal
        case .periodClosing: .periodClosing
        case .periodSeal: .periodSeal
        case .periodReopening: .periodReopening
        case .periodAdjustment: .periodAdjustment
        case .keyAddition: .keyAddition
        case .keyRevocation: .keyRevocation
        case .roleGrant: .roleGrant
        case .roleRevocation: .roleRevocation
        case .erasure: .erasure
        }
    }
}

extension RecordBody {
    /// The series chunks that the record cites.
    package var citedChunks: [SHA256Digest] {
        switch self {
        case .activity(let activity): [activity.series?.chunk].compactMap(\.self)
        case .factorSeries(let series): [series.chunk]
        case .waitingLine(let line): [line.activity?.series?.chunk].compactMap(\.self)
        case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
            .gwpTable,
            .refrigerantBlend, .factor, .document, .documentPart, .decision, .journal,
            .periodClosing, .periodSeal, .periodReopening, .periodAdjustment, .keyAddition,
            .keyRevocation, .roleGrant, .roleRevocation,
            .erasure:
            []
        }
    }
}

extension RecordBody {
    /// The places in documents that the record cites.
    package var citedEvidence: [EvidenceReference] {
        switch self {
        case .activity(let activity): [activity.evidence]
        case .factor(let factor): [factor.declaration].compactMap(\.self)
        case .factorSeries(let series): [series.factor.declaration].compactMap(\.self)
        case .waitingLine(let line): [line.evidence] + [line.activity?.evidence].compactMap(\.self)
        case .genesis, .organisation, .organisationPart, .matchingRules, .matchingRulesPart,
            .gwpTable,
            .refrigerantBlend, .document, .documentPart, .decision, .journal,
            .periodClosing, .periodSeal, .periodReopening, .periodAdjustment, .keyAddition,
            .keyRevocation, .roleGrant, .roleRevocation,
            .erasure:
            []
        }
    }
}

/// The first record of a book.
package struct Genesis: Hashable, Sendable, Codable {
    /// `tonne.<organisation>-<random8>`: the origin of the log.
    package let origin: String
    package let program: String
    /// The rounding every posting uses.
    package let rounding: String

    package init(origin: String, program: String, rounding: String) {
        self.origin = origin
        self.program = program
        self.rounding = rounding
    }
}

/// A document that was received and read.
package struct ReceivedDocument: Hashable, Sendable, Codable {
    package let digest: SHA256Digest
    /// As messages show it: `march.csv`, `bills.zip:march.csv`.
    package let name: String
    /// Bytes, as text.
    package let size: String
    package let mediaType: String
    package let format: String
    package let profile: String?
    package let profileHash: SHA256Digest?
    package let outcome: String
    /// The invoices in it, whatever became of their lines; those that do not fit into the record
    /// are in the parts behind it.
    package var invoices: [InvoiceHead]?

    /// Where the bytes lie in the file that was received; `nil` for a file of its own.
    package let place: Place?

    /// A member of a file that was received. The evidence are the bytes of that file.
    package struct Place: Hashable, Sendable, Codable {
        package let container: SHA256Digest
        /// The way to it: `2024/march.csv`, `q1.xlsx:Sheet1`.
        package let member: String
        /// By which rule its bytes were made of a sheet: `sheet/1`; `nil` where they are as they
        /// came.
        package let rendering: String?

        package init(container: SHA256Digest, member: String, rendering: String? = nil) {
            self.container = container
            self.member = member
            self.rendering = rendering
        }
    }

    /// The hash of the file that was received, whose bytes are the evidence.
    package var home: SHA256Digest { place?.container ?? digest }

    package init(
        digest: SHA256Digest, name: String, size: Int, mediaType: String, format: String,
        profile: String?, profileHash: SHA256Digest?, outcome: String, place: Place? = nil,
        invoices: [InvoiceHead]? = nil
    ) {
        self.place = place
        self.digest = digest
        self.name = name
        self.size = String(size)
        self.mediaType = mediaType
        self.format = format
        self.profile = profile
        self.profileHash = profileHash
        self.outcome = outcome
        self.invoices = invoices
    }
}

/// Something imported that nothing accounts for yet: it waits in the review.
package struct WaitingLine: Hashable, Sendable, Codable {
    package enum Reason: String, CaseIterable, Hashable, Sendable, Codable {
        /// No matching rule holds for the invoice line.
        case unmatched
        /// Another claim on the same slot has a different value.
        case conflict
        /// The row was set aside by its importer.
        case quarantined
        /// The organisation has no meter for the readings.
        case unknownMeter = "unknown-meter"
        /// Another statement of what is booked: a control, decided as it is recorded.
        case linked
    }

    package let reason: Reason
    /// What the line would book, as far as it is known.
    package let line: InvoiceLineFacts?
    package let activity: ActivityRecord?
    /// The number of the meter that is unknown.
    package let meter: String?
    package let message: String
    package let evidence: EvidenceReference

    package init(
        reason: Reason, line: InvoiceLineFacts? = nil, activity: ActivityRecord? = nil,
        meter: String? = nil, message: String, evidence: EvidenceReference
    ) {
        self.reason = reason
        self.line = line
        self.activity = activity
        self.meter = meter
        self.message = message
        self.evidence = evidence
    }
}

/// A decision on an earlier record: by a rule, or by a person with a reason.
package struct Decision: Hashable, Sendable, Codable {
    package enum Outcome: String, CaseIterable, Hashable, Sendable, Codable {
        /// A matching rule that came later holds for the waiting line.
        case matched
        /// The waiting line carries nothing to account for.
        case ignored
        /// The waiting claim is booked; an activity that was held as an outlier is posted.
        case accepted
        /// An activity is taken back: its entries are reversed and its slot is free again.
        case withdrawn
        /// A better statement of its source takes the place of an activity.
        case superseded
        /// The claim states once more what another activity accounts for.
        case linked
    }

    /// The waiting line or activity it decides on.
    package let subject: RecordNumber
    package let outcome: Outcome
    /// The name of the rule, or the person's reason.
    package let reason: String
    /// The activity that accounts for it, or takes its place.
    package let by: RecordNumber?

    package init(
        subject: RecordNumber, outcome: Outcome, reason: String, by activity: RecordNumber? = nil
    ) {
        self.subject = subject
        self.outcome = outcome
        self.reason = reason
        self.by = activity
    }
}
