internal import Inventory
internal import LedgerCore
internal import Quantification
internal import Quantities
internal import Testing

@Suite("Factor resolver")
struct FactorResolverTests {
    /// The identity of the factor that is taken, or the case that is no factor.
    private func outcome(
        _ factors: [FactorSample], rules: [FactorRule] = [], role: FactorRole = .location,
        gridRegion: String? = nil, supplier: String? = nil, in span: String = "2024-06",
        unit symbol: String = "kWh", activity code: String = "electricity"
    ) throws -> String {
        let booked = try factors.enumerated().map { try $0.element.booked($0.offset) }
        let resolver = FactorResolver(catalog: FactorCatalog(booked), rules: rules)
        let request = FactorRequest(
            activity: try activity(code), role: role,
            facility: try ActivitySample.facility(gridRegion: gridRegion),
            supplier: try supplier.map { try #require(SupplierID($0)) }, period: try period(span),
            unit: try unit(symbol))
        return switch resolver.resolve(request) {
        case .resolved(let factor, rule: _, rejected: _): factor.factor.identity
        case .missing(let rejected):
            (["missing"] + rejected.map { "\($0.identity) \($0.reason.rawValue)" })
                .joined(separator: ", ")
        case .ambiguous(let candidates): "ambiguous \(candidates.count)"
        case .ruleUnusable(let rule): "unusable \(rule.factorKey)"
        case .series(let booked, rule: _): "series \(booked.series.factor.identity)"
        case .seriesUnusable(let rule, _): "series unusable \(rule.factorKey)"
        }
    }

    private func rule(
        _ key: String, role: FactorRole = .location, facility: String? = nil,
        supplier: String? = nil, period span: String? = nil, activity code: String = "electricity"
    ) throws -> FactorRule {
        FactorRule(
            activity: try activity(code), role: role,
            facility: try facility.map { try #require(FacilityID($0)) },
            supplier: try supplier.map { try #require(SupplierID($0)) },
            period: try span.map(period), factorKey: key, reason: "test")
    }

    // MARK: Region and time

    @Test("The grid region comes before the country, the country before nothing")
    func regionBeforeCountry() throws {
        let region = FactorSample(key: "region", region: "NL-NORTH")
        let country = FactorSample(key: "country", region: "NL")
        #expect(try outcome([country, region], gridRegion: "NL-NORTH") == "region@1")
        #expect(try outcome([country, region], gridRegion: "NL-SOUTH") == "country@1")
        #expect(try outcome([country, region]) == "country@1")
    }

    @Test(
        "Another region never stands in", arguments: ["DE", "GLO", "EU", "NL-NORTH", "nl", "NLX"])
    func otherRegion(_ region: String) throws {
        let sample = FactorSample(key: "other", region: region)
        #expect(try outcome([sample]) == "missing, other@1 another region")
    }

    @Test(
        "A factor must hold on every day of the part",
        arguments: [
            ("2024-01-01", "2025-01-01", "2024-01", "f@1"),
            ("2024-01-01", "2025-01-01", "2024-12", "f@1"),
            ("2024-01-01", nil, "2031-07", "f@1"),
            ("2024-01-01", "2025-01-01", "2025-01", "missing, f@1 not valid in the period"),
            ("2024-01-01", "2025-01-01", "2023-12", "missing, f@1 not valid in the period"),
            ("2024-06-02", nil, "2024-06", "missing, f@1 not valid in the period"),
            ("2024-01-01", "2024-06-30", "2024-06", "missing, f@1 not valid in the period"),
            ("2024-01-01", "2024-07-01", "2024-06", "f@1"),
        ] as [(String, String?, String, String)])
    func validity(_ from: String, _ until: String?, _ span: String, _ expected: String) throws {
        let sample = FactorSample(key: "f", validFrom: from, validUntil: until)
        #expect(try outcome([sample], in: span) == expected)
    }

    @Test("A factor declared for one product is taken by a rule and never by its region")
    func declaration() throws {
        var product = FactorSample(key: "product")
        product.isDeclared = true
        #expect(
            try outcome([product])
                == "missing, product@1 declared for one product, and no rule takes it")
        #expect(try outcome([product, FactorSample(key: "grid")]) == "grid@1")
        #expect(try outcome([product], rules: [rule("product")]) == "product@1")
    }

    @Test("A lower heating value is refused, a higher one taken")
    func heatingValue() throws {
        var gas = FactorSample(
            key: "gas", activity: "natural-gas", role: .direct, heatingValue: .lower)
        #expect(
            try outcome([gas], role: .direct, activity: "natural-gas")
                == "missing, gas@1 on the lower heating value")
        gas.heatingValue = .higher
        #expect(try outcome([gas], role: .direct, activity: "natural-gas") == "gas@1")
    }

    @Test(
        "A factor of another dimension is refused; another unit of the dimension is taken",
        arguments: [
            ("kWh", "MWh", "f@1"), ("therm", "kWh", "f@1"),
            ("L", "kWh", "missing, f@1 another kind of unit"),
            ("kg", "L", "missing, f@1 another kind of unit"),
        ])
    func dimension(_ activityUnit: String, _ factorUnit: String, _ expected: String) throws {
        let sample = FactorSample(key: "f", per: factorUnit)
        #expect(try outcome([sample], unit: activityUnit) == expected)
    }

    // MARK: Versions

    @Test(
        "A version that is not in force is never offered",
        arguments: [EmissionFactor.Status.draft, .deprecated, .withdrawn])
    func notActive(_ status: EmissionFactor.Status) throws {
        let sample = FactorSample(key: "f", status: status)
        #expect(try outcome([sample]) == "missing")
        #expect(try outcome([sample], rules: [rule("f")]) == "unusable f")
    }

    @Test("A superseded version is never offered, in whatever order the versions came")
    func superseded() throws {
        let old = FactorSample(key: "f", version: "1")
        let new = FactorSample(key: "f", version: "2", supersedes: ["f@1"])
        let newest = FactorSample(key: "g", version: "1", supersedes: ["f@2"])
        #expect(try outcome([old, new]) == "f@2")
        #expect(try outcome([new, old]) == "f@2")
        #expect(try outcome([newest, old, new]) == "g@1")
    }

    @Test("A draft supersedes nothing until it is in force")
    func draftSupersedesNothing() throws {
        let old = FactorSample(key: "f", version: "1")
        let draft = FactorSample(key: "f", version: "2", status: .draft, supersedes: ["f@1"])
        #expect(try outcome([old, draft]) == "f@1")
    }

    @Test("Two factors that fit equally are an error, not a choice")
    func ambiguous() throws {
        let first = FactorSample(key: "first")
        let second = FactorSample(key: "second")
        let region = FactorSample(key: "region", region: "NL-NORTH")
        #expect(try outcome([first, second]) == "ambiguous 2")
        #expect(try outcome([first, second, region], gridRegion: "NL-NORTH") == "region@1")
    }

    // MARK: Rules of the organisation

    @Test("The first rule that holds decides, over region and validity")
    func firstRule() throws {
        let local = FactorSample(key: "local")
        let abroad = FactorSample(
            key: "abroad", region: "DE", validFrom: "2020-01-01", validUntil: "2021-01-01")
        let factors = [local, abroad]
        #expect(try outcome(factors, rules: [rule("abroad")]) == "abroad@1")
        #expect(try outcome(factors, rules: [rule("local"), rule("abroad")]) == "local@1")
        #expect(try outcome(factors, rules: [rule("abroad"), rule("local")]) == "abroad@1")
    }

    @Test("All conditions of a rule must hold")
    func conditions() throws {
        let factors = [FactorSample(key: "local"), FactorSample(key: "ruled", region: "DE")]
        func taken(_ rule: FactorRule, supplier: String? = "wind") throws -> String {
            try outcome(factors, rules: [rule], supplier: supplier)
        }
        #expect(try taken(rule("ruled", facility: "ams1")) == "ruled@1")
        #expect(try taken(rule("ruled", facility: "lon1")) == "local@1")
        #expect(try taken(rule("ruled", supplier: "wind")) == "ruled@1")
        #expect(try taken(rule("ruled", supplier: "coal")) == "local@1")
        #expect(try taken(rule("ruled", supplier: "wind"), supplier: nil) == "local@1")
        #expect(try taken(rule("ruled", period: "2024")) == "ruled@1")
        #expect(try taken(rule("ruled", period: "2024-06")) == "ruled@1")
        #expect(try taken(rule("ruled", period: "2024-06-02/2024-07-01")) == "local@1")
        #expect(try taken(rule("ruled", period: "2025")) == "local@1")
        #expect(try taken(rule("ruled", role: .market)) == "local@1")
        #expect(try taken(rule("ruled", activity: "steam")) == "local@1")
    }

    @Test("A rule whose factor is missing or does not fit is an error, with no way round it")
    func ruleUnusable() throws {
        let local = FactorSample(key: "local")
        let perLitre = FactorSample(key: "litres", per: "L")
        let upstream = FactorSample(key: "upstream", role: .upstream)
        let twice = [
            FactorSample(key: "twice", version: "1"), FactorSample(key: "twice", version: "2"),
        ]
        #expect(try outcome([local], rules: [rule("absent")]) == "unusable absent")
        #expect(try outcome([local, perLitre], rules: [rule("litres")]) == "unusable litres")
        #expect(try outcome([local, upstream], rules: [rule("upstream")]) == "unusable upstream")
        #expect(try outcome([local] + twice, rules: [rule("twice")]) == "unusable twice")
    }

    @Test("The grid average stands for the market by a rule only, and never the other way round")
    func gridAverageForMarket() throws {
        let grid = FactorSample(key: "grid", role: .location)
        let contract = FactorSample(key: "contract", role: .market)
        #expect(try outcome([grid], role: .market) == "missing")
        #expect(
            try outcome([grid], rules: [rule("grid", role: .market)], role: .market) == "grid@1")
        #expect(
            try outcome([grid, contract], rules: [rule("contract")]) == "unusable contract")
    }
}
