internal import Hashing
internal import Inventory
internal import Quantities

extension DirectWriter {
    /// - Returns: False for an activity with a member that is left to the general encoder.
    mutating func write(_ record: ActivityRecord) -> Bool {
        guard record.revisions == nil else { return false }
        literal("{\"activity\":")
        text(record.activity.rawValue)
        if let estimated = record.estimated {
            literal(",\"estimated\":")
            decimal(estimated)
        }
        literal(",\"evidence\":")
        write(record.evidence)
        literal(",\"facility\":")
        text(record.facility.rawValue)
        if let invoice = record.invoice { write(invoice) }
        literal(",\"period\":")
        period(record.period)
        text(record.quality?.rawValue, ",\"quality\":")
        literal(",\"quantity\":")
        write(record.quantity)
        if let register = record.register {
            literal(",\"register\":{\"closing\":")
            decimal(register.closing)
            literal(",\"opening\":")
            decimal(register.opening)
            literal("}")
        }
        if let series = record.series { write(series) }
        write(record.slot)
        text(record.supplier?.rawValue, ",\"supplier\":")
        guard write(record.treatment) else { return false }
        literal("}")
        return true
    }

    private mutating func write(_ evidence: EvidenceReference) {
        literal("{\"document\":")
        digest(evidence.document)
        if let excerpt = evidence.excerpt {
            literal(",\"excerpt\":")
            digest(excerpt)
        }
        text(evidence.line, ",\"line\":")
        literal(",\"name\":")
        text(evidence.name)
        text(evidence.place, ",\"place\":")
        literal("}")
    }

    private mutating func write(_ invoice: InvoiceReference) {
        literal(",\"invoice\":{\"corrects\":[")
        for (index, corrected) in invoice.corrects.enumerated() {
            if index > 0 { literal(",") }
            text(corrected)
        }
        literal("],\"is_replacement\":")
        if invoice.isReplacement { literal("true") } else { literal("false") }
        if let isUndated = invoice.isUndated {
            literal(isUndated ? ",\"is_undated\":true" : ",\"is_undated\":false")
        }
        literal(",\"line\":")
        text(invoice.line)
        literal(",\"number\":")
        text(invoice.number)
        literal(",\"party\":")
        text(invoice.party)
        literal("}")
    }

    private mutating func write(_ series: SeriesReference) {
        literal(",\"series\":{\"chunk\":")
        digest(series.chunk)
        literal(",\"count\":")
        text(String(series.count))
        literal(",\"documents\":[")
        for (index, document) in series.documents.enumerated() {
            if index > 0 { literal(",") }
            digest(document)
        }
        literal("]}")
    }

    private mutating func write(_ slot: ClaimSlot) {
        literal(",\"slot\":{")
        if let end = slot.end {
            text(end.description, "\"end\":")
            literal(",")
        }
        if let series = slot.series {
            text(series, "\"series\":")
            literal(",")
        }
        if let start = slot.start {
            text(start.description, "\"start\":")
            literal(",")
        }
        literal("\"subject\":")
        text(slot.subject)
        literal("}")
    }

    private mutating func write(_ treatment: ActivityRecord.Treatment) -> Bool {
        switch treatment {
        case .consumption(let consumption):
            literal(",\"treatment\":{\"consumption\":{\"direction\":")
            text(consumption.direction.rawValue)
            text(consumption.meter, ",\"meter\":")
            literal(",\"role\":")
            text(consumption.role.rawValue)
        case .capitalGood(let good):
            literal(",\"treatment\":{\"capital_good\":{\"asset\":")
            text(good.asset.rawValue)
            literal(",\"component\":")
            text(good.component.rawValue)
            literal(",\"module\":")
            text(good.module.rawValue)
            literal(",\"service_life_months\":")
            text(good.serviceLifeMonths)
            literal(",\"source\":")
            text(good.source.rawValue)
        case .expense(let expense):
            literal(",\"treatment\":{\"expense\":{\"module\":")
            text(expense.module.rawValue)
            literal(",\"source\":")
            text(expense.source.rawValue)
        case .refrigerantCharge, .refrigerantRecovery, .refrigerantLeak, .certificate,
            .statedEmission:
            return false
        }
        literal("}}")
        return true
    }
}

extension DirectReader {
    /// What follows the name of the first member of an activity.
    mutating func activity() throws(Deviation) -> ActivityRecord {
        let activity = try value(ActivityCode.self)
        let estimated = skip(",\"estimated\":") ? try decimal() : nil
        try expect(",\"evidence\":")
        let evidence = try evidence()
        try expect(",\"facility\":")
        let facility = try remembered(memo?.facilities, FacilityID.init)
        let invoice = skip(",\"invoice\":{\"corrects\":[") ? try self.invoice() : nil
        try expect(",\"period\":")
        let period = try period()
        let quality = skip(",\"quality\":") ? try choice(ReadingQuality.self) : nil
        try expect(",\"quantity\":")
        let quantity = try quantity()
        let register = skip(",\"register\":{\"closing\":") ? try self.register() : nil
        let series = skip(",\"series\":{\"chunk\":") ? try self.series() : nil
        try expect(",\"slot\":{")
        let slot = try slot()
        let supplier = skip(",\"supplier\":") ? try value(SupplierID.self) : nil
        try expect(",\"treatment\":{")
        let treatment = try treatment()
        try expect("}}}")
        return ActivityRecord(
            activity: activity, facility: facility, period: period, quantity: quantity,
            treatment: treatment, supplier: supplier, slot: slot, series: series,
            quality: quality, estimated: estimated, register: register, invoice: invoice,
            evidence: evidence)
    }

    private mutating func evidence() throws(Deviation) -> EvidenceReference {
        try expect("{\"document\":")
        let document = try digest()
        let excerpt = skip(",\"excerpt\":") ? try digest() : nil
        let line = skip(",\"line\":") ? try number() : nil
        try expect(",\"name\":")
        let name = try repeatedText()
        let place = try text(",\"place\":")
        try expect("}")
        return EvidenceReference(
            document: document, name: name, line: line, place: place, excerpt: excerpt)
    }

    private mutating func invoice() throws(Deviation) -> InvoiceReference {
        var corrects: [String] = []
        if !skip("]") {
            repeat { corrects.append(try text()) } while skip(",")
            try expect("]")
        }
        try expect(",\"is_replacement\":")
        let isReplacement = try flag()
        let isUndated = skip(",\"is_undated\":") ? try flag() : nil
        try expect(",\"line\":")
        let line = try text()
        try expect(",\"number\":")
        let number = try text()
        try expect(",\"party\":")
        let party = try repeatedText()
        try expect("}")
        return InvoiceReference(
            party: party, number: number, line: line, corrects: corrects,
            isReplacement: isReplacement, isUndated: isUndated)
    }

    private mutating func register() throws(Deviation) -> RegisterSpan {
        let closing = try decimal()
        try expect(",\"opening\":")
        let opening = try decimal()
        try expect("}")
        return RegisterSpan(opening: opening, closing: closing)
    }

    private mutating func series() throws(Deviation) -> SeriesReference {
        let chunk = try digest()
        try expect(",\"count\":")
        let count = try number()
        try expect(",\"documents\":[")
        var documents: [SHA256Digest] = []
        if !skip("]") {
            repeat { documents.append(try digest()) } while skip(",")
            try expect("]")
        }
        try expect("}")
        return SeriesReference(chunk: chunk, count: count, documents: documents)
    }

    /// What follows the brace of a slot.
    private mutating func slot() throws(Deviation) -> ClaimSlot {
        var end: Instant?
        if skip("\"end\":") {
            end = try value(Instant.self)
            try expect(",")
        }
        var series: String?
        if skip("\"series\":") {
            series = try text()
            try expect(",")
        }
        var start: Instant?
        if skip("\"start\":") {
            start = try value(Instant.self)
            try expect(",")
        }
        try expect("\"subject\":")
        let subject = try text()
        try expect("}")
        return ClaimSlot(subject: subject, series: series, start: start, end: end)
    }

    /// What follows the brace of a treatment, up to the end of what it states.
    private mutating func treatment() throws(Deviation) -> ActivityRecord.Treatment {
        if skip("\"consumption\":{\"direction\":") {
            let direction = try choice(FlowDirection.self)
            let meter = try repeatedText(",\"meter\":")
            try expect(",\"role\":")
            return .consumption(
                .init(direction: direction, role: try choice(Meter.Role.self), meter: meter))
        }
        if skip("\"expense\":{\"module\":") {
            let module = try choice(LifeCycleModule.self)
            try expect(",\"source\":")
            return .expense(.init(module: module, source: try choice(EmissionSource.self)))
        }
        try expect("\"capital_good\":{\"asset\":")
        let asset = try value(AssetID.self)
        try expect(",\"component\":")
        let component = try value(AssetID.self)
        try expect(",\"module\":")
        let module = try choice(LifeCycleModule.self)
        try expect(",\"service_life_months\":")
        let months = try number()
        try expect(",\"source\":")
        return .capitalGood(
            .init(
                asset: asset, component: component, module: module,
                source: try choice(EmissionSource.self), serviceLifeMonths: months))
    }
}
