internal import Inventory
internal import LedgerCore
internal import Quantities
internal import Testing

@Suite("The text forms of the ledger")
struct TextFormTests {
    @Test(
        "name accounts",
        arguments: [
            ("source:scope2:electricity", true), ("object:ams1:stock:A1-A3:hall-a:steel", true),
            ("control:unresolved-factor", true), ("physical:refrigerant:R-410A+x@1.2_3", true),
            ("object:" + String(repeating: "a", count: 64), true),
            ("object:a:b:c:d:e:f:g:h:i", true), ("object:a:b:c:d:e:f:g:h:i:j", false),
            ("object:" + String(repeating: "a", count: 65), false), ("source", false), ("", false),
            ("source:", false), (":source", false), ("source::a", false), ("Source:a", false),
            ("assets:cash", false), ("object:a b", false), ("object:ä", false),
            ("object:a\u{301}", false), ("object:a/b", false), ("object:a%", false),
        ])
    func account(text: String, isValid: Bool) {
        #expect((Account(text) != nil) == isValid)
        if isValid { #expect(Account(text)?.description == text) }
    }

    @Test("make an account of any segments, and it can be read")
    func cleaned() {
        let account = Account(.object, ["Halle Ä", "", "a:b", String(repeating: "x", count: 99)])
        #expect(account.name == "object:Halle__:_:a_b:" + String(repeating: "x", count: 64))
        #expect(Account(account.name) == account)
    }

    @Test("name an account of each source", arguments: EmissionSource.allCases)
    func source(source: EmissionSource) {
        let account = Account.source(source)
        #expect(account.name == "source:" + source.rawValue)
        #expect(Account(account.name) == account)
    }

    @Test("put an account within its segments, not within a beginning of its letters")
    func within() throws {
        let account = try #require(Account("source:scope3:15-investments"))
        #expect(account.isWithin("source") && account.isWithin("source:scope3"))
        #expect(account.isWithin("source:scope3:15-investments"))
        #expect(!account.isWithin("source:scope3:1") && !account.isWithin("source:scope"))
        #expect(account.segments == ["source", "scope3", "15-investments"])
    }

    @Test(
        "name commodities",
        arguments: [
            "mg CO2", "mg CO2-biogenic", "mg CO2e@AR5", "kWh", "kg|R-410A", "kg|HFC-134a", "EUR",
            "short ton|steel", "mg|dust", "gal (US)",
        ])
    func commodity(text: String) {
        #expect(Commodity(text)?.description == text)
        #expect(Commodity(text)?.isReadable == true)
    }

    @Test(
        "refuse other commodities",
        arguments: [
            "", "mg", "CO2", "mg CO2e", "kwh", "kg|", "kg|a|b", "|x", "mg  CO2", "kg R-410A",
        ])
    func otherCommodity(text: String) {
        // `mg` is the unit milligram: a physical commodity.
        #expect(Commodity(text) == (text == "mg" ? .physical(.milligram, of: nil) : nil))
    }

    @Test("name bases", arguments: ["common", "location", "market", "scenario:more-sun"])
    func basis(text: String) {
        #expect(Basis(text)?.description == text)
    }

    @Test(
        "refuse other bases",
        arguments: ["", "Common", "scenario", "scenario:", "scenario:A", "market ", "scenario:a:b"])
    func otherBasis(text: String) { #expect(Basis(text) == nil) }

    @Test(
        "number records without leading zero or sign",
        arguments: ["", "-1", "+1", "01", "1.0", "x"])
    func number(text: String) {
        #expect(RecordNumber(text) == nil)
        #expect(RecordNumber("0")?.value == 0)
        #expect(RecordNumber("120")?.description == "120")
    }
}
