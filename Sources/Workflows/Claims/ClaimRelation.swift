internal import Inventory
internal import Quantities

/// How two claims on consumption in one time stand to each other.
enum ClaimRelation: Equatable {
    /// They state different energy and add up: two meters, two registers, import and export.
    case apart
    /// They state one series in one way: one of them holds.
    case same
    /// They state the same energy in two ways: the finer one is booked, the other is its control.
    /// If they must agree, nothing but an equal quantity shows that it is the same energy.
    case alternative(firstIsFiner: Bool, mustAgree: Bool)

    init(_ first: ActivityRecord, _ second: ActivityRecord) {
        guard let left = first.consumption, let right = second.consumption,
            first.activity == second.activity
        else {
            self = .apart
            return
        }
        if let meter = left.meter, let other = right.meter, meter != other {
            self = .apart
        } else if left.direction != right.direction {
            self = Self.directions(left.direction, right.direction)
        } else {
            self = Self.forms(first, second)
        }
    }

    /// A net value is import less export; where the import itself is known, it is the control.
    private static func directions(
        _ first: FlowDirection, _ second: FlowDirection
    ) -> ClaimRelation {
        switch (first, second) {
        case (.import, .net): .alternative(firstIsFiner: true, mustAgree: false)
        case (.net, .import): .alternative(firstIsFiner: false, mustAgree: false)
        case _: .apart
        }
    }

    private static func forms(
        _ first: ActivityRecord, _ second: ActivityRecord
    ) -> ClaimRelation {
        let isMetered = [first, second].map { $0.consumption?.meter != nil }
        if isMetered[0] != isMetered[1] {
            return .alternative(firstIsFiner: isMetered[0], mustAgree: true)
        }
        if first.isInterval != second.isInterval {
            let isDelivered = Carrier(activity: first.activity)?.isDelivered ?? false
            return .alternative(
                firstIsFiner: first.isInterval, mustAgree: !isMetered[0] || isDelivered)
        }
        if first.quantity.unit.dimension != second.quantity.unit.dimension {
            let isEnergy = first.quantity.unit.dimension == .energy
            return .alternative(firstIsFiner: isEnergy, mustAgree: false)
        }
        switch (first.slot.series, second.slot.series) {
        case (let left?, let right?): return left == right ? .same : .apart
        case (nil, nil): return .same
        case (.some, nil): return .alternative(firstIsFiner: true, mustAgree: true)
        case (nil, .some): return .alternative(firstIsFiner: false, mustAgree: true)
        }
    }
}

/// Which of two values of one time the sources prefer.
enum ClaimPrecedence {
    case newer, older
    /// The sources do not say.
    case undecided

    /// The later update of one source, else the better quality.
    init(
        new: ReadingQuality, updated: Instant?, booked: ReadingQuality, bookedUpdate: Instant?
    ) {
        if let updated, let bookedUpdate, updated != bookedUpdate {
            self = updated > bookedUpdate ? .newer : .older
        } else if let rank = new.rank, let other = booked.rank, rank != other {
            self = rank > other ? .newer : .older
        } else {
            self = .undecided
        }
    }
}
