import Database
import DatabaseTesting
import Testing

@testable import Membership

@Suite("Who bears a name, by the index of words")
struct NameWordsTests {
    /// A name as it is, and with a slip of each kind at its beginning, in its middle and at its end.
    private static func typings(_ name: String) -> [String] {
        let signs = Array(name)
        guard signs.count > 3 else { return [name] }
        var typings = [name, name.uppercased(), name.replacing(" ", with: ""), name + " x"]
        for place in [1, signs.count / 2, signs.count - 2] {
            var (less, more, parted, other, swapped) = (signs, signs, signs, signs, signs)
            less.remove(at: place)
            more.insert("x", at: place)
            parted.insert(" ", at: place)
            other[place] = "x"
            swapped.swapAt(place, place + 1)
            typings += [less, more, parted, other, swapped].map { String($0) }
        }
        return typings
    }

    private struct Comparison: Sendable {
        var differences: [String] = []
        /// How many typings found somebody who bears the name, and how many somebody whose name is nearly the same.
        var borne = 0
        var nearly = 0
    }

    @Test(arguments: TestEngine.all)
    func `the same members are found as among all names`(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { database, _ in
            let comparison = try await database.read { transaction in
                let all = try NameIndex(transaction)
                let names = try transaction.query(
                    "SELECT name FROM member UNION SELECT name FROM member_name ORDER BY name"
                ) { try $0.text(0) }
                var comparison = Comparison()
                for (number, name) in names.enumerated() where number % 5 == 0 {
                    for typed in Self.typings(name) {
                        var facts = RowFacts()
                        facts.name = typed
                        let expected = RowMatch.candidates(facts, all).map(\.id)
                        let index = try NameIndex(transaction, near: [typed])
                        let found = RowMatch.candidates(facts, index).map(\.id)
                        if found != expected { comparison.differences.append("\(typed): \(found), not \(expected)") }
                        if expected.isEmpty { continue }
                        if all.named(typed).isEmpty { comparison.nearly += 1 } else { comparison.borne += 1 }
                    }
                }
                return comparison
            }
            #expect(comparison.differences == [])
            #expect(comparison.borne > 100 && comparison.nearly > 300, "\(comparison)")
        }
    }

    @Test(arguments: TestEngine.all)
    func `a slip at a space is a slip, and words of two names are no name`(_ engine: Database.Engine) async throws {
        try await Records.with(engine) { database, _ in
            func found(_ names: String...) async throws -> [[String]] {
                try await database.read { transaction in
                    let index = try NameIndex(transaction, near: names)
                    return names.map { name in
                        var facts = RowFacts()
                        facts.name = name
                        return RowMatch.candidates(facts, index).map(\.key)
                    }
                }
            }
            let alone = try await found("SaoPaulo")
            #expect(alone == [["sao-paulo"]])
            let together = try await found("são paulo", "Nur Sultan", "Astana Nur-Sultan", "")
            #expect(together == [["sao-paulo"], ["astana"], [], []])
        }
    }
}
