package import Inventory
package import LedgerCore
package import Quantities

/// Which certificates cover which electricity, in the market basis.
///
/// A certificate covers electricity of its facility whose period lies within the use it was
/// cancelled for; never more than there is, and no electricity twice (S2-4: coverage is the lesser
/// of what is cancelled and what is consumed). Each takes the earliest electricity that nothing
/// covers yet; of equal periods, from all in proportion.
package enum CertificateCoverage {
    /// Electricity as the market basis has it.
    package struct Consumption: Hashable, Sendable {
        package let activity: RecordNumber
        package let facility: FacilityID
        package let period: ReportingPeriod
        package let quantity: Quantity
        /// The factor it was posted with; `nil` for what waits in the control account.
        package let factor: BookedFactor?

        package init(
            activity: RecordNumber, facility: FacilityID, period: ReportingPeriod,
            quantity: Quantity, factor: BookedFactor?
        ) {
            self.activity = activity
            self.facility = facility
            self.period = period
            self.quantity = quantity
            self.factor = factor
        }
    }

    package struct Certificate: Hashable, Sendable {
        package let number: RecordNumber
        package let record: ActivityRecord

        package init(number: RecordNumber, record: ActivityRecord) {
            self.number = number
            self.record = record
        }
    }

    package struct Covered: Hashable, Sendable {
        package let certificate: RecordNumber
        /// The activity whose electricity is covered.
        package let activity: RecordNumber
        package let plan: EntryPlan
    }

    private struct Open {
        let consumption: Consumption
        /// Millionths of a kWh that nothing covers yet.
        var remaining: Int128
    }

    /// Shares are whole millionths of a kWh.
    static let decimals = 6

    /// - Parameter certificates: Those that may be used, in the order in which they take.
    /// - Throws: `overflow` for quantities near the limit of exact decimals.
    package static func plans(
        of certificates: [Certificate], over consumption: [Consumption]
    ) throws(QuantityError) -> [Covered] {
        var open = try inOrder(consumption)
        var plans: [Covered] = []
        for certificate in certificates {
            let use = certificate.record.period
            var rest = try millionths(certificate.record.quantity) ?? 0
            let places = open.indices.filter { place in
                let one = open[place].consumption
                return one.facility == certificate.record.facility && open[place].remaining > 0
                    && use.start <= one.period.start && one.period.end <= use.end
            }
            var next = places[...]
            while rest > 0, let first = next.first {
                let period = open[first].consumption.period
                let equals = next.prefix { open[$0].consumption.period == period }
                next = next.dropFirst(equals.count)
                let there = equals.reduce(Int128(0)) { $0 + open[$1].remaining }
                let shares = try Allocation.largestRemainder(
                    min(there, rest), weights: equals.map { open[$0].remaining })
                rest -= min(there, rest)
                for (place, share) in zip(equals, shares) where share > 0 {
                    open[place].remaining -= share
                    plans.append(
                        try covered(share, of: open[place].consumption, by: certificate.number))
                }
            }
        }
        return plans
    }

    private static func covered(
        _ millionths: Int128, of consumption: Consumption, by certificate: RecordNumber
    ) throws(QuantityError) -> Covered {
        let energy = ExactDecimal(mantissa: millionths, exponent: -decimals)
        let quantity = try Quantity(energy, .kilowattHour).converted(to: consumption.quantity.unit)
        return Covered(
            certificate: certificate, activity: consumption.activity,
            plan: EntryPlan(
                rule: .certificateCoverage,
                part: ActivityPart(period: consumption.period, quantity: quantity),
                role: RolePlan(role: .market, source: .purchasedElectricity, isRequired: true),
                factor: consumption.factor))
    }

    /// In order of time; electricity whose kWh do not end is left out. Equal slots stay apart, so
    /// that no rounding takes more out of one than was posted.
    private static func inOrder(_ consumption: [Consumption]) throws(QuantityError) -> [Open] {
        var open: [Open] = []
        for one in consumption {
            guard let amount = try millionths(one.quantity), amount > 0 else { continue }
            open.append(Open(consumption: one, remaining: amount))
        }
        return open.enumerated().sorted {
            let (left, right) = ($0.element.consumption.period, $1.element.consumption.period)
            return (left.start, left.end, $0.offset) < (right.start, right.end, $1.offset)
        }.map(\.element)
    }

    /// Whole millionths of a kWh, what is finer cut off.
    ///
    /// - Returns: `nil` where the kWh do not end.
    private static func millionths(_ quantity: Quantity) throws(QuantityError) -> Int128? {
        let amount: ExactDecimal
        do throws(QuantityError) {
            amount = try quantity.converted(to: .kilowattHour).amount
        } catch {
            return nil
        }
        return try amount.rounded(toDecimals: decimals, .towardZero).mantissa(at: -decimals)
    }
}
