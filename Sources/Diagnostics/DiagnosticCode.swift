/// Every reason for which the product refuses, sets aside or questions something.
///
/// The codes are stable: scripts and manuals refer to them. Each has an entry in the gallery.
package enum DiagnosticCode: String, CaseIterable, Hashable, Sendable {
    // Files
    case fileMissing = "file-missing"
    case fileEmpty = "file-empty"
    case fileTooLarge = "file-too-large"
    case formatUnknown = "format-unknown"
    case encodingRefused = "encoding-refused"
    // Archives
    case archiveDamaged = "archive-damaged"
    case archiveEntryRefused = "archive-entry-refused"
    case archiveLimitExceeded = "archive-limit-exceeded"
    case archiveMemberUnclear = "archive-member-unclear"
    // XML
    case xmlMalformed = "xml-malformed"
    case xmlDoctypeRefused = "xml-doctype-refused"
    case xmlLimitExceeded = "xml-limit-exceeded"
    case xmlStructure = "xml-structure"
    // JSON
    case jsonMalformed = "json-malformed"
    case jsonLimitExceeded = "json-limit-exceeded"
    case jsonStructure = "json-structure"
    // CSV
    case csvQuoteUnclosed = "csv-quote-unclosed"
    case csvQuoteStray = "csv-quote-stray"
    case csvLimitExceeded = "csv-limit-exceeded"
    case csvRowRagged = "csv-row-ragged"
    case csvHeaderInvalid = "csv-header-invalid"
    case profileUnknown = "profile-unknown"
    case profileAmbiguous = "profile-ambiguous"
    case profileInvalid = "profile-invalid"
    case profileIncomplete = "profile-incomplete"
    // Values
    case numberInvalid = "number-invalid"
    case numberOutOfRange = "number-out-of-range"
    case dateInvalid = "date-invalid"
    case timeAmbiguous = "time-ambiguous"
    case timeInGap = "time-in-gap"
    case unitUnknown = "unit-unknown"
    case currencyUnknown = "currency-unknown"
    case textSuspicious = "text-suspicious"
    case valueMissing = "value-missing"
    // Meter data and invoices
    case periodReversed = "period-reversed"
    case periodOverlap = "period-overlap"
    case readingDuplicate = "reading-duplicate"
    case readingConflict = "reading-conflict"
    case readingMissing = "reading-missing"
    case recordStructure = "record-structure"
    case qualityUnknown = "quality-unknown"
    case readingTypeUnresolved = "reading-type-unresolved"
    case consumptionNegative = "consumption-negative"
    case seriesNotActivity = "series-not-activity"
    case registerFalls = "register-falls"
    case controlTotalDiffers = "control-total-differs"
    case quarantineLimit = "quarantine-limit"
    case invoiceTotalDiffers = "invoice-total-differs"
    case invoiceQuantityImplausible = "invoice-quantity-implausible"
    case meterUnknown = "meter-unknown"
    case supplierUnknown = "supplier-unknown"
    case lineUnmatched = "line-unmatched"
    // Certificates
    case certificateRangeInvalid = "certificate-range-invalid"
    case certificateClaimedTwice = "certificate-claimed-twice"
    case certificateCriteria = "certificate-criteria"
    // Declarations
    case declaredUnitUnresolved = "declared-unit-unresolved"
    case declarationExpired = "declaration-expired"
    case declarationUnusable = "declaration-unusable"
    // Organisation, rules, factors
    case organisationInvalid = "organisation-invalid"
    case ruleInvalid = "rule-invalid"
    case factorInvalid = "factor-invalid"
    case factorAmbiguous = "factor-ambiguous"
    case factorMissing = "factor-missing"
    case timeZoneUnknown = "time-zone-unknown"
    // Book
    case bookMissing = "book-missing"
    case bookExists = "book-exists"
    case bookInvalid = "book-invalid"
    case bookLocked = "book-locked"
    case bookNotWritable = "book-not-writable"
    case diskFull = "disk-full"
    case periodClosed = "period-closed"
    case periodNotClosed = "period-not-closed"
    case checklistOpen = "checklist-open"
    case documentUnknown = "document-unknown"
    case documentErased = "document-erased"
    case entryUnknown = "entry-unknown"
    case entryReversed = "entry-reversed"
    case figureUnknown = "figure-unknown"
    case queryRefused = "query-refused"
    case integrityFailure = "integrity-failure"
    case outputRefused = "output-refused"
    case programMissing = "program-missing"
    // Proof
    case keyRefused = "key-refused"
    case checkpointRefused = "checkpoint-refused"
    // Controls
    case roleMissing = "role-missing"
    case roleConflict = "role-conflict"
    case approvalRefused = "approval-refused"

    /// The severity where a caller states no other.
    package var severity: Diagnostic.Severity { Self.warnings.contains(self) ? .warning : .error }

    private static let warnings: Set<DiagnosticCode> = [
        .readingDuplicate, .readingMissing, .textSuspicious,
        .controlTotalDiffers, .invoiceTotalDiffers, .invoiceQuantityImplausible,
        .supplierUnknown, .lineUnmatched, .factorMissing, .declaredUnitUnresolved,
        .declarationExpired, .certificateCriteria,
    ]
}
