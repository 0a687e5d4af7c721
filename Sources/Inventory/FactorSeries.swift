package import Hashing
package import Quantities

/// One immutable version of a factor whose value changes with time, such as the carbon intensity
/// of a grid by the hour. The values are a series chunk of the book.
package struct FactorSeries: Hashable, Sendable, Codable {
    /// Which emissions the values count. Publishers state one or the other, and the two differ
    /// by a third and more, so that it is never assumed.
    package enum Boundary: String, CaseIterable, Hashable, Sendable, Codable {
        /// Combustion in the power stations.
        case direct
        /// With fuel supply, construction and waste.
        case lifeCycle = "life-cycle"
    }

    /// All that is asked about any factor. It has no components: the values stand in the chunk.
    package let factor: EmissionFactor
    package let boundary: Boundary
    package let substance: Substance
    /// The unit of mass of the values, each for one `factor.activityUnit`.
    package let massUnit: Unit
    package let start: Instant
    package let end: Instant
    /// Seconds of each value.
    @DecimalText package private(set) var step: Int
    @DecimalText package private(set) var count: Int
    /// Steps between start and end for which the source gives no value.
    @DecimalText package private(set) var missing: Int
    /// SHA-256 of the bytes of the chunk.
    package let chunk: SHA256Digest
    /// The data, then the declaration that says what its columns mean.
    package let documents: [SHA256Digest]
    /// How the values were computed; `nil` where they are as published.
    package let derivation: Derivation?

    /// The mean of fuels' factors weighted by what each of them generated.
    package struct Derivation: Hashable, Sendable, Codable {
        /// The named rule, such as `generation-weighted/1`.
        package let rule: String
        /// The one rounding of a value.
        package let rounding: String
        /// What became of negative generation.
        package let negativeGeneration: String
        /// What became of the power that storage took; `nil` where none was stated.
        package let storageConsumption: String?
        /// What became of fuels of which the source holds nothing; `nil` where that is refused.
        package let absentFuel: String?
        package let fuels: [Fuel]

        package init(
            rule: String, rounding: String, negativeGeneration: String,
            storageConsumption: String? = nil, absentFuel: String? = nil, fuels: [Fuel]
        ) {
            self.storageConsumption = storageConsumption
            self.absentFuel = absentFuel
            self.rule = rule
            self.rounding = rounding
            self.negativeGeneration = negativeGeneration
            self.fuels = fuels
        }
    }

    package struct Fuel: Hashable, Sendable, Codable {
        /// The column of the data, or the production type of ENTSO-E.
        package let column: String
        /// In `massUnit` per `factor.activityUnit`.
        package let amount: ExactDecimal
        /// Publication and place.
        package let source: String

        package init(column: String, amount: ExactDecimal, source: String) {
            self.column = column
            self.amount = amount
            self.source = source
        }
    }

    package struct Times: Hashable, Sendable {
        package let start: Instant
        package let end: Instant
        package let step: Int
        package let count: Int

        package init(start: Instant, end: Instant, step: Int, count: Int) {
            self.start = start
            self.end = end
            self.step = step
            self.count = count
        }
    }

    package init(
        factor: EmissionFactor, boundary: Boundary, substance: Substance, massUnit: Unit,
        times: Times, chunk: SHA256Digest, documents: [SHA256Digest],
        derivation: Derivation? = nil
    ) {
        self.factor = factor
        self.boundary = boundary
        self.substance = substance
        self.massUnit = massUnit
        start = times.start
        end = times.end
        step = times.step
        count = times.count
        let span = Int(times.end.secondsSinceEpoch - times.start.secondsSinceEpoch)
        missing = span / max(1, times.step) - times.count
        self.chunk = chunk
        self.documents = documents
        self.derivation = derivation
    }
}
