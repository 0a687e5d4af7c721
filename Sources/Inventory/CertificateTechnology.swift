/// From what certified energy was produced.
package enum CertificateTechnology: String, CaseIterable, Hashable, Sendable, Codable {
    case wind, solar, hydro, marine, nuclear, geothermal, biomass, fossil

    /// Whether its generation emits nothing by itself. Of the others a certificate would have to
    /// state a rate; without one it covers nothing.
    package var emitsNothing: Bool {
        switch self {
        case .wind, .solar, .hydro, .marine, .nuclear: true
        case .geothermal, .biomass, .fossil: false
        }
    }
}
