import Charter
import Foundation
import Testing

@Suite("The JSON Schema that editors use")
struct SchemaTests {
    /// One of every mapping of the language, each with a key that is none, so that the lint lists what it knows there.
    private let oneOfEach = """
        zzzzzzzzzzzz: 1
        association: {zzzzzzzzzzzz: 1, names: [{zzzzzzzzzzzz: 1}]}
        sources: [{zzzzzzzzzzzz: 1}]
        versions:
          - zzzzzzzzzzzz: 1
            categories: [{zzzzzzzzzzzz: 1, brings: [{zzzzzzzzzzzz: 1}]}]
            regions: [{zzzzzzzzzzzz: 1}]
            statuses: [{zzzzzzzzzzzz: 1}]
            membership: {zzzzzzzzzzzz: 1, withdrawal: {zzzzzzzzzzzz: 1}, appeal: {zzzzzzzzzzzz: 1},
              admission: {zzzzzzzzzzzz: 1, documents: [{zzzzzzzzzzzz: 1}], asks: [{zzzzzzzzzzzz: 1}]},
              reinstatement: {zzzzzzzzzzzz: 1}, grounds: [{zzzzzzzzzzzz: 1}]}
            bodies: [{zzzzzzzzzzzz: 1, quorum: {zzzzzzzzzzzz: 1}, circulation: {zzzzzzzzzzzz: 1},
              powers: [{zzzzzzzzzzzz: 1}]}]
            offices: [{zzzzzzzzzzzz: 1, term: {zzzzzzzzzzzz: 1}}]
            fees: [{zzzzzzzzzzzz: 1, measure: {zzzzzzzzzzzz: 1}, bands: [{zzzzzzzzzzzz: 1}], kinds: [{zzzzzzzzzzzz: 1}],
              rulings: [{zzzzzzzzzzzz: 1, fee: 1, covers: {zzzzzzzzzzzz: 1}}], statements: [{zzzzzzzzzzzz: 1}]}]
            remission: {zzzzzzzzzzzz: 1}
            dues: {zzzzzzzzzzzz: 1, joining_year: {zzzzzzzzzzzz: 1}, leaving_year: {zzzzzzzzzzzz: 1},
              bank: {zzzzzzzzzzzz: 1}, payments: {zzzzzzzzzzzz: 1}}
            standing: [{zzzzzzzzzzzz: 1, when: {zzzzzzzzzzzz: 1}}]
            points: [{zzzzzzzzzzzz: 1}]
            entitlements: [{zzzzzzzzzzzz: 1}]
            fiscal_year: {zzzzzzzzzzzz: 1}
            retention: [{zzzzzzzzzzzz: 1}]
        """

    @Test("knows the same keys as the loader, in every mapping")
    func sameKeys() throws {
        let text = try CharterFile.text(CharterFile.wego.replacing("wego.yaml", with: "charter.schema.json"))
        let root = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let known = Charter.lint(text: oneOfEach, file: "one-of-each.yaml").problems.filter { $0.code == "unknown-key" }
        #expect(known.count == 42)
        for problem in known {
            let path = try #require(problem.message.split(separator: " in ").last).dropLast()
            let steps = path == "the charter" ? [] : path.split(separator: ".").map(String.init)
            let listed = try #require(problem.remedy.split(separator: ": ").last).dropLast()
            let keys = Set(listed.split(separator: ", ").map(String.init))
            #expect(properties(steps, in: root) == keys, "\(path)")
        }
    }

    private func properties(_ steps: [String], in root: [String: Any]) -> Set<String> {
        var schemas = [root]
        for step in steps {
            schemas = schemas.flatMap { schema in
                let properties = schema["properties"] as? [String: Any]
                return resolved(properties?[step], root)
            }
        }
        return Set(schemas.flatMap { ($0["properties"] as? [String: Any] ?? [:]).keys })
    }

    /// The mappings that a schema describes: itself, what it refers to, a list's entries, or its alternatives.
    private func resolved(_ schema: Any?, _ root: [String: Any]) -> [[String: Any]] {
        guard let schema = schema as? [String: Any] else { return [] }
        if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last {
            return resolved((root["definitions"] as? [String: Any])?[String(name)], root)
        }
        if let items = schema["items"] { return resolved(items, root) }
        if schema["properties"] == nil, let alternatives = schema["oneOf"] as? [Any] {
            return alternatives.flatMap { resolved($0, root) }
        }
        return [schema]
    }
}
