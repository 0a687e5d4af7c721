internal import Foundation
internal import Quantities
internal import TestSupport

/// A worked example of a publication, read without binary floating point.
struct WorkedExample: Decodable, Sendable {
    let id: String
    /// `published`, `derived`, or why the printed result does not follow: `published-erratum` …
    let kind: String
    let inputs: Value
    let expected: Value
    let tolerance: Value

    /// A number or text, or a list or table of them.
    enum Value: Decodable, Sendable {
        case text(String)
        case list([Value])
        case table([String: Value])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let number = try? container.decode(Decimal.self) {
                self = .text(number.description)
            } else if let text = try? container.decode(String.self) {
                self = .text(text)
            } else if let list = try? container.decode([Value].self) {
                self = .list(list)
            } else {
                self = .table(try container.decode([String: Value].self))
            }
        }
    }

    enum Problem: Error {
        case missing(String)
    }

    static let all: [WorkedExample] = {
        guard let url = file, let data = FileManager.default.contents(atPath: url.path) else {
            return []
        }
        do {
            return try JSONDecoder().decode([WorkedExample].self, from: data)
        } catch {
            preconditionFailure("The worked examples are readable: \(error)")
        }
    }()

    /// `nil` where the reference material is not at hand.
    static let file = Repository.shared("worked-examples.json")
}

extension WorkedExample.Value {
    /// The fields of a table.
    var fields: [String: WorkedExample.Value] {
        if case .table(let fields) = self { fields } else { [:] }
    }

    subscript(name: String) -> WorkedExample.Value {
        get throws {
            guard let value = fields[name] else { throw WorkedExample.Problem.missing(name) }
            return value
        }
    }

    /// The text of a text or number.
    func text(_ name: String) throws -> String {
        guard case .text(let text) = try self[name] else {
            throw WorkedExample.Problem.missing(name)
        }
        return text
    }

    /// A number, as the publication prints it.
    func decimal(_ name: String) throws -> ExactDecimal {
        try ExactDecimal(parsing: text(name))
    }

    func ratio(_ name: String) throws -> Ratio { try Ratio(decimal(name)) }

    /// The numbers of this value, one for a number, row by row for a list of lists.
    var numbers: [Ratio] {
        get throws {
            switch self {
            case .text(let text): [try Ratio(ExactDecimal(parsing: text))]
            case .list(let values): try values.flatMap { try $0.numbers }
            case .table: throw WorkedExample.Problem.missing("a number")
            }
        }
    }

    func numbers(_ name: String) throws -> [Ratio] { try self[name].numbers }

    /// Two columns: amounts and factors.
    func pairs(_ name: String) throws -> [(Ratio, Ratio)] {
        let numbers = try numbers(name)
        return stride(from: 0, to: numbers.count - 1, by: 2).map { (numbers[$0], numbers[$0 + 1]) }
    }
}
