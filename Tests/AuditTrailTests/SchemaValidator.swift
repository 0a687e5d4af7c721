internal import Foundation

/// The part of JSON Schema 2020-12 that the schemas of records use. A keyword it does not know is
/// itself an error, so that no schema says something that is not checked.
struct SchemaValidator {
    let folder: URL

    private typealias Object = [String: Any]

    private static let annotations: Set = ["$schema", "$id", "$defs", "title", "description"]

    struct UnreadableSchema: Error { let name: String }

    /// What is wrong with a value, each with its path; empty where the value fits.
    func errors(in value: Any, schema name: String) throws -> [String] {
        try errors(in: value, at: "", schema: ["$ref": name + ".schema.json"], file: "")
    }

    private func errors(
        in value: Any, at path: String, schema: Object, file: String
    ) throws -> [String] {
        var errors: [String] = []
        for (keyword, argument) in schema where !Self.annotations.contains(keyword) {
            switch keyword {
            case "$ref":
                let (target, targetFile) = try resolve(argument as? String ?? "", file: file)
                errors += try self.errors(in: value, at: path, schema: target, file: targetFile)
            case "oneOf":
                let choices = argument as? [Object] ?? []
                let fitting = try choices.filter {
                    try self.errors(in: value, at: path, schema: $0, file: file).isEmpty
                }
                if fitting.count != 1 { errors.append("\(path): fits \(fitting.count) of oneOf") }
            case "properties", "required", "additionalProperties":
                errors += try memberErrors(in: value, at: path, schema: schema, file: file)
            case "items":
                for (index, element) in (value as? [Any] ?? []).enumerated() {
                    errors += try self.errors(
                        in: element, at: "\(path).\(index)", schema: argument as? Object ?? [:],
                        file: file)
                }
            case _:
                if !fits(value, keyword, argument) { errors.append("\(path): not \(keyword)") }
            }
        }
        return errors
    }

    private func memberErrors(
        in value: Any, at path: String, schema: Object, file: String
    ) throws -> [String] {
        guard let members = value as? Object else { return ["\(path): not an object"] }
        let properties = schema["properties"] as? Object ?? [:]
        var errors = (schema["required"] as? [String] ?? []).filter { members[$0] == nil }
            .map { "\(path).\($0): missing" }
        for (name, member) in members {
            if let property = properties[name] as? Object {
                errors += try self.errors(
                    in: member, at: "\(path).\(name)", schema: property, file: file)
            } else if schema["additionalProperties"] as? Bool == false {
                errors.append("\(path).\(name): not in the schema")
            }
        }
        return errors
    }

    private func fits(_ value: Any, _ keyword: String, _ argument: Any) -> Bool {
        switch (keyword, argument) {
        case ("type", let type as String):
            switch type {
            case "string": value is String
            case "boolean": value is Bool
            case "array": value is [Any]
            case "object": value is Object
            case _: false
            }
        case ("enum", let choices as [String]): choices.contains(value as? String ?? "")
        case ("const", let constant as String): value as? String == constant
        case ("minItems", let count as Int): (value as? [Any] ?? []).count >= count
        case ("minLength", let count as Int): (value as? String ?? "").count >= count
        case ("pattern", let pattern as String):
            (value as? String)?.range(of: pattern, options: .regularExpression) != nil
        case _: false
        }
    }

    private func resolve(_ reference: String, file: String) throws -> (Object, String) {
        let parts = reference.split(separator: "#", omittingEmptySubsequences: false)
        let name = parts[0].isEmpty ? file : String(parts[0])
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        guard var schema = try JSONSerialization.jsonObject(with: data) as? Object else {
            throw UnreadableSchema(name: name)
        }
        for step in parts.dropFirst().joined().split(separator: "/") {
            guard let next = schema[String(step)] as? Object else {
                throw UnreadableSchema(name: reference)
            }
            schema = next
        }
        return (schema, name)
    }
}
