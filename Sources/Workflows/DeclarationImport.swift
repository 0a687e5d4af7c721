internal import Diagnostics
internal import Documents
internal import ImportKit
internal import Inventory
internal import Quantities

/// Turns the declarations of a document into factor versions of the book.
///
/// The same version again changes nothing, a newer one supersedes the older, an older one is kept
/// and never offered.
struct DeclarationImport {
    /// The versions that are there, and those that are added, by key.
    private var versions: [String: [EmissionFactor]]
    let citations: Citations
    /// In UTC; only warnings depend on it.
    let today: CivilDate

    init(factors: [EmissionFactor], citations: Citations, today: CivilDate) {
        versions = Dictionary(grouping: factors, by: \.key)
        self.citations = citations
        self.today = today
    }

    private var document: Document { citations.document }

    /// - Throws: every question the document leaves open; then nothing is booked.
    mutating func add(
        _ imported: ImportedDocument, declaredUnit: Quantity?, to report: inout ImportReport
    ) throws(Refusal) {
        if declaredUnit != nil, imported.declarations.count != 1 {
            throw Refusal(
                Diagnostic(
                    .declaredUnitUnresolved, severity: .error,
                    at: SourceLocation(file: document.name),
                    "a declared unit was stated, and the file is not one declaration",
                    hint: "leave out --declared-unit"))
        }
        guard !imported.declarations.isEmpty else { return }
        var faults: [Diagnostic] = []
        var present = 0
        for declaration in imported.declarations {
            do throws(Diagnostic) {
                for factor in try read(declaration, imported.format, declaredUnit) {
                    switch try placed(factor, declaration, imported.format) {
                    case nil: present += 1
                    case let placed?:
                        versions[placed.key, default: []].append(placed)
                        report.factors.append(placed)
                    }
                }
            } catch {
                faults.append(error)
            }
            let warnings = [expiry(declaration), otherAmount(declaration, declaredUnit)]
            report.diagnostics += warnings.compactMap(\.self)
        }
        guard faults.isEmpty else { throw Refusal(faults) }
        if report.factors.isEmpty, present > 0 { report.effect = .alreadyImported }
    }

    private func read(
        _ declaration: ProductDeclaration, _ format: String, _ stated: Quantity?
    ) throws(Diagnostic) -> [EmissionFactor] {
        // The lines of a member are not lines of the archive.
        let member = declaration.member.map(RecordText.sanitised)
        return try DeclarationFactors(
            statedUnit: stated, format: format,
            file: member.map { "\(document.name):\($0)" } ?? document.name
        ) { line in
            citations.reference(
                line: line, place: member ?? declaration.uuid.map(RecordText.sanitised),
                text: member == nil ? citations.text(line: line) : nil)
        }.factors(of: declaration)
    }

    /// The factor with its place among the versions that the book holds.
    ///
    /// - Returns: `nil` where the book holds it already, read from these or other bytes.
    /// - Throws: `factor-invalid` where it holds another content under the same version.
    private func placed(
        _ factor: EmissionFactor, _ declaration: ProductDeclaration, _ format: String
    ) throws(Diagnostic) -> EmissionFactor? {
        let own = versions[factor.key, default: []]
        if let same = own.first(where: { $0.version == factor.version }) {
            guard same.states(factor) else {
                throw Diagnostic(
                    .factorInvalid, at: SourceLocation(file: document.name),
                    "factor '\(factor.identity)' is in the book with another content",
                    hint: "ask the publisher why two declarations bear one version")
            }
            return nil
        }
        let suffix = factor.key.dropFirst(format.utf8.count + 1).drop { $0 != "." }
        let others = declaration.replaces.flatMap {
            versions["\(format).\($0.lowercased())\(suffix)", default: []]
        }
        guard own.allSatisfy({ DeclarationVersion($0.version) < .init(factor.version) }) else {
            return factor.deprecated
        }
        return factor.superseding((own + others).map(\.identity))
    }

    /// Units in which flow data sets of ILCD count, in the dimensions a declared unit may have.
    private static let referenceUnits: [Unit] = ["kg", "m3", "m2", "m", "piece", "MJ"]
        .compactMap { UnitCatalog.unit(symbol: $0) }

    /// A stated unit that is another amount than the reference flow: a thousandfold error, or a
    /// flow that is counted by the tonne.
    private func otherAmount(
        _ declaration: ProductDeclaration, _ stated: Quantity?
    ) -> Diagnostic? {
        guard let stated, let text = declaration.referenceFlow.amount,
            let unit = Self.referenceUnits.first(where: {
                $0.dimension == stated.unit.dimension
            })
        else { return nil }
        let isSame: Bool
        do throws(QuantityError) {
            isSame = try ExactDecimal(parsing: text) == stated.converted(to: unit).amount
        } catch {
            isSame = false
        }
        guard !isSame else { return nil }
        return Diagnostic(
            .declaredUnitUnresolved, severity: .warning,
            at: SourceLocation(file: document.name, line: declaration.line),
            "'\(stated)' was stated, the reference flow amounts to "
                + "'\(DiagnosticRenderer.quoted(text))'",
            hint: "compare with the declared unit in the printed declaration")
    }

    /// A declaration whose validity has passed may be used by rule; the user must know.
    private func expiry(_ declaration: ProductDeclaration) -> Diagnostic? {
        guard let end = declaration.endOfValidity, end <= today else { return nil }
        return Diagnostic(
            .declarationExpired, at: SourceLocation(file: document.name, line: declaration.line),
            "the declaration was valid until '\(end.adding(days: -1))'",
            hint: "ask the manufacturer for the one in force; a rule may take this one, with its "
                + "reason")
    }
}

/// A version as publishers count: numbers between points.
struct DeclarationVersion: Comparable {
    private let parts: [Int]
    private let text: String

    init(_ text: String) {
        self.text = text
        parts = text.split(separator: ".").map { Int($0) ?? 0 }
    }

    static func < (left: DeclarationVersion, right: DeclarationVersion) -> Bool {
        for index in 0..<max(left.parts.count, right.parts.count) {
            let (one, other) = (left.part(index), right.part(index))
            if one != other { return one < other }
        }
        return left.text < right.text
    }

    private func part(_ index: Int) -> Int { index < parts.count ? parts[index] : 0 }
}

extension EmissionFactor {
    /// Whether both say the same, whatever document they were read from, whether it stated the
    /// declared unit or the user did, and what they replace.
    fileprivate func states(_ other: EmissionFactor) -> Bool {
        let stated = DeclarationFactors.statedUnitFlag
        return copy(status: .active, supersedes: [], flags: qualityFlags.filter { $0 != stated })
            == other.copy(
                status: .active, supersedes: [], flags: other.qualityFlags.filter { $0 != stated },
                declaration: declaration)
    }

    fileprivate var deprecated: EmissionFactor {
        copy(status: .deprecated, supersedes: supersedes, flags: qualityFlags)
    }

    fileprivate func superseding(_ identities: [String]) -> EmissionFactor {
        copy(status: status, supersedes: identities, flags: qualityFlags)
    }

    private func copy(
        status: Status, supersedes: [String], flags: [String],
        declaration other: EvidenceReference? = nil
    ) -> EmissionFactor {
        EmissionFactor(
            key: key, version: version, status: status, supersedes: supersedes, name: name,
            activity: activity, role: role, region: region, validFrom: validFrom,
            validUntil: validUntil, dataPeriod: dataPeriod, activityUnit: activityUnit,
            heatingValueBasis: heatingValueBasis, components: components, modules: modules,
            uncertaintyPercent: uncertaintyPercent, biogenicSeparated: biogenicSeparated,
            qualityFlags: flags, source: source, licence: licence, notes: notes,
            declaration: other ?? declaration)
    }
}
