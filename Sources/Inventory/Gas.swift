/// A greenhouse gas species that is measured and balanced on its own.
///
/// Blends are split into species before they are posted. Biogenic CO2 is a species of its own and
/// stands outside the scopes (GHG Protocol Scope 3 Standard; requirement GP-3).
package struct Gas: Hashable, Sendable, Comparable {
    package let name: String

    package static let carbonDioxide = Gas(unchecked: "CO2")
    package static let biogenicCarbonDioxide = Gas(unchecked: "CO2-biogenic")
    package static let methane = Gas(unchecked: "CH4")
    package static let nitrousOxide = Gas(unchecked: "N2O")
    package static let sulphurHexafluoride = Gas(unchecked: "SF6")
    package static let nitrogenTrifluoride = Gas(unchecked: "NF3")

    /// - Returns: `nil` for text that is no species name: letters, digits, `-`, `(`, `)`, at most
    ///   40 characters, beginning with a letter. `CO2e` is a valuation, not a species.
    package init?(_ name: String) {
        let bytes = Array(name.utf8)
        guard (1...40).contains(bytes.count), name != "CO2e", let first = name.unicodeScalars.first,
            first.isASCII, first.properties.isAlphabetic,
            bytes.allSatisfy({ byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
                    || byte == 45 || byte == 40 || byte == 41
            })
        else { return nil }
        self.name = name
    }

    private init(unchecked name: String) { self.name = name }

    /// The families of GHG Protocol chapter 9 and the accounts beside them.
    package enum Family: String, CaseIterable, Sendable, Codable {
        case carbonDioxide = "CO2", methane = "CH4", nitrousOxide = "N2O"
        case hydrofluorocarbons = "HFCs", perfluorocarbons = "PFCs"
        case sulphurHexafluoride = "SF6", nitrogenTrifluoride = "NF3"
        /// Outside the scopes.
        case biogenicCarbonDioxide = "biogenic CO2"
        /// CFCs, HCFCs and others outside the Kyoto basket.
        case outsideKyoto = "outside the Kyoto basket"
    }

    package var family: Family {
        switch name {
        case "CO2": .carbonDioxide
        case "CO2-biogenic": .biogenicCarbonDioxide
        case "CH4": .methane
        case "N2O": .nitrousOxide
        case "SF6": .sulphurHexafluoride
        case "NF3": .nitrogenTrifluoride
        case _ where name.hasPrefix("HFC-"): .hydrofluorocarbons
        case _ where name.hasPrefix("PFC-"): .perfluorocarbons
        case _: .outsideKyoto
        }
    }

    package static func < (left: Gas, right: Gas) -> Bool { left.name < right.name }
}

extension Gas: TextCodable {
    package var description: String { name }
}

/// A set of global warming potentials by which masses of gas are valued as CO2e, at report time.
package enum GWPValueSet: String, CaseIterable, Hashable, Sendable, Codable {
    /// IPCC Fourth Assessment Report (2007), 100 years.
    case ar4 = "AR4"
    /// IPCC Fifth Assessment Report (2013), 100 years, without climate-carbon feedbacks.
    case ar5 = "AR5"
    /// The same report with climate-carbon feedbacks, as EF 3.0 and EN 15804+A2 take it.
    case ar5WithFeedbacks = "AR5-CCF"
    /// IPCC Sixth Assessment Report (2021), 100 years.
    case ar6 = "AR6"
}
