/// The life-cycle modules of EN 15978 and EN 15804.
package enum LifeCycleModule: String, CaseIterable, Hashable, Sendable, Codable {
    /// Product stage as one sum, as most declarations give it.
    case a1ToA3 = "A1-A3"
    case a1 = "A1", a2 = "A2", a3 = "A3", a4 = "A4", a5 = "A5"
    case b1 = "B1", b2 = "B2", b3 = "B3", b4 = "B4", b5 = "B5", b6 = "B6", b7 = "B7"
    case c1 = "C1", c2 = "C2", c3 = "C3", c4 = "C4", d = "D"

    package enum Stage: String, CaseIterable, Sendable {
        case product, construction, use, endOfLife = "end of life"
        case beyondBoundary = "beyond the boundary"
    }

    package var stage: Stage {
        switch self {
        case .a1ToA3, .a1, .a2, .a3: .product
        case .a4, .a5: .construction
        case .b1, .b2, .b3, .b4, .b5, .b6, .b7: .use
        case .c1, .c2, .c3, .c4: .endOfLife
        case .d: .beyondBoundary
        }
    }
}
