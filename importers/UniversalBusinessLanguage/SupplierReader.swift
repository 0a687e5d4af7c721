internal import Documents

/// The names and identifiers of the seller (BG-4).
struct SupplierReader {
    /// BT-28, the trading name, else BT-27, the legal name.
    let name: String?
    /// BT-31, BT-29 and BT-30, then the legal name where the trading name is `name`.
    let identifiers: [String]

    init(_ party: XMLElement?) {
        let tradingName = party?.aggregate("PartyName")?.value("Name")
        let entity = party?.aggregate("PartyLegalEntity")
        let legalName = entity?.value("RegistrationName")
        name = tradingName ?? legalName
        // Other tax schemes hold texts such as an approval, which name nobody.
        let vatNumbers = (party?.aggregates("PartyTaxScheme") ?? []).filter {
            $0.aggregate("TaxScheme")?.value("ID") == "VAT"
        }
        let parties = party?.aggregates("PartyIdentification") ?? []
        var found = vatNumbers.compactMap { $0.value("CompanyID") }
        found += parties.compactMap { $0.value("ID") }
        found += [entity?.value("CompanyID"), legalName].compactMap(\.self)
        var seen: Set<String> = []
        let ownName = name
        identifiers = found.filter { $0 != ownName && seen.insert($0).inserted }
    }
}
