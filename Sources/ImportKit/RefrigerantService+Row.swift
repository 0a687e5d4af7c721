internal import Diagnostics
internal import Inventory
internal import Quantities

extension RefrigerantService {
    /// Reads a row. What was lost follows from the stated reason alone: of a top-up and of a repair
    /// what was added minus what was recovered, of a disposal the charge minus what was recovered.
    init(_ row: RecordRow) throws(CSVRowFault) {
        date = try row.requiredDate(.date)
        facility = try row.required(.facility)
        equipment = try Self.equipment(row)
        refrigerant = try Self.designation(row)
        unit = try row.unit(of: .mass)
        reason = try row.word(.reason, of: Reason.self)
        let added = try Self.stated(row, .added)
        let recovered = try Self.stated(row, .recovered)
        let charge = try Self.stated(row, .charge)
        technician = try row.text(.technician)
        certificate = try row.text(.certificate)
        reference = try row.text(.reference)
        line = row.line
        self.added = added ?? .zero
        self.recovered = recovered ?? .zero
        switch reason {
        case .firstFill:
            guard let added, !added.isZero else { throw row.missing(.added) }
            try Self.refuse(recovered, .recovered, reason, row)
            lost = .zero
        case .recovery:
            guard let recovered, !recovered.isZero else { throw row.missing(.recovered) }
            try Self.refuse(added, .added, reason, row)
            lost = .zero
        case .topUp, .leakRepair:
            guard let added else { throw row.missing(.added) }
            if reason == .leakRepair, recovered == nil { throw row.missing(.recovered) }
            lost = try Self.difference(added, recovered ?? .zero, .recovered, row)
        case .disposal:
            guard let charge else { throw row.missing(.charge) }
            guard let recovered else { throw row.missing(.recovered) }
            try Self.refuse(added, .added, reason, row)
            lost = try Self.difference(charge, recovered, .recovered, row)
        }
    }

    private static func stated(
        _ row: RecordRow, _ field: RecordField
    ) throws(CSVRowFault) -> ExactDecimal? {
        guard let number = try row.number(field) else { return nil }
        return try row.notNegative(number, field)
    }

    private static func equipment(_ row: RecordRow) throws(CSVRowFault) -> String {
        let text = try row.required(.equipment)
        if AssetID(text) != nil { return text }
        throw CSVRowFault(
            .readingTypeUnresolved, column: row.column(.equipment),
            "'\(DiagnosticRenderer.quoted(text))' is no identifier of equipment",
            hint: "write lower-case letters, digits and hyphens, or name it in [words] of the "
                + "profile")
    }

    /// A designation has letters, digits and few marks, so that it can name a commodity.
    private static func designation(_ row: RecordRow) throws(CSVRowFault) -> String {
        let text = try row.required(.refrigerant)
        let isName =
            text.utf8.count <= 40
            && text.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || [UInt8(ascii: "-"), UInt8(ascii: "("), UInt8(ascii: ")")].contains(byte)
            }
        guard isName else {
            throw CSVRowFault(
                .readingTypeUnresolved, column: row.column(.refrigerant),
                "'\(DiagnosticRenderer.quoted(text))' is no designation of a refrigerant",
                hint: "write it as R-410A or HFC-134a")
        }
        return text
    }

    private static func refuse(
        _ number: ExactDecimal?, _ field: RecordField, _ reason: Reason, _ row: RecordRow
    ) throws(CSVRowFault) {
        guard let number, !number.isZero else { return }
        throw CSVRowFault(
            .readingTypeUnresolved, column: row.column(field),
            "a \(reason.rawValue) states '\(number)' \(field.rawValue)",
            hint: "which reason is it? a service that takes out and fills in is a leak-repair")
    }

    private static func difference(
        _ whole: ExactDecimal, _ part: ExactDecimal, _ field: RecordField, _ row: RecordRow
    ) throws(CSVRowFault) -> ExactDecimal {
        let difference: ExactDecimal
        do throws(QuantityError) {
            difference = try whole.subtracting(part)
        } catch {
            throw CSVRowFault(
                .numberOutOfRange, column: row.column(field), "the difference is out of range")
        }
        guard !difference.isNegative else {
            throw CSVRowFault(
                .consumptionNegative, column: row.column(field),
                "more was recovered ('\(part)') than there was ('\(whole)')",
                hint: "a service that only takes refrigerant out is a recovery")
        }
        return difference
    }
}
