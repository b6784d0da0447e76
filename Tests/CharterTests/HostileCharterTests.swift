import Charter
import Foundation
import Testing

@Suite("Hostile charters")
struct HostileCharterTests {
    @Test("an alias bomb is refused before it is unfolded")
    func aliasBomb() {
        var lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
        for (name, before) in zip("bcdefghijklmnop", "abcdefghijklmno") {
            lines.append("\(name): &\(name) [\(Array(repeating: "*\(before)", count: 9).joined(separator: ", "))]")
        }
        let found = findings(lines.joined(separator: "\n"))
        #expect(found.count == 1 + 15 * 2 && found.allSatisfy { $0.code == "unsupported-yaml" })
    }

    @Test(
        "anchors, aliases, tags and complex keys are refused wherever they stand",
        arguments: [
            "charter: &one 1", "? &k charter\n: 1", "[&a b, *a]", "{a: &x 1, b: *x}", "- &a\n- *a", "a:\n  &b c: d",
            "<<: *base", "charter: !!int 1", "charter: !mine 1", "charter: \"*quoted\"", "{\"a\":*x}", "\u{2028}&a b",
            "? a", "{?a: b}", "[? a]",
        ]
    )
    func anchors(text: String) {
        let codes = Set(findings(text).map(\.code))
        #expect(codes == ["unsupported-yaml"])
    }

    @Test(
        "a sign within a word or alone is plain text",
        arguments: ["R&D", "this & that", "4 * 4", "Stop!", "a*b", "x!y", "Who votes?"]
    )
    func plainSigns(title: String) throws {
        let text = try CharterFile.text(CharterFile.riverPorts).replacing("Founding deed", with: title)
        #expect(findings(text) == [])
    }

    @Test("a file of 10 MB is refused unread")
    func large() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "charter-\(UUID()).yaml").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: Data(repeating: 0x61, count: 10_000_000)))
        let error = #expect(throws: CharterError.self) { try Charter.load(path: path) }
        #expect(error?.problems.map(\.code) == ["too-large"])
        #expect(findings(String(repeating: "a", count: 10_000_000)).map(\.code) == ["too-large"])
        // One byte decides: a million are read, one more is not.
        #expect(findings(String(repeating: " ", count: 1_000_000)).map(\.code) == ["empty-file"])
        #expect(findings(String(repeating: " ", count: 1_000_001)).map(\.code) == ["too-large"])
    }

    @Test("brackets are read 32 deep and refused deeper")
    func brackets() {
        let allowed = "a: " + String(repeating: "[", count: 32) + String(repeating: "]", count: 32)
        #expect(findings(allowed).contains { $0.code == "unknown-key" })
        let refused = "a: \n" + String(repeating: "[", count: 33) + String(repeating: "]", count: 33)
        #expect(findings(refused).map(\.code) == ["too-deep"])
        #expect(findings(refused).map(\.line) == [2])
    }

    @Test("a file that is not UTF-8 is refused")
    func encoding() throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "charter-\(UUID()).yaml").path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(FileManager.default.createFile(atPath: path, contents: Data([0x63, 0x3A, 0x20, 0xE9, 0x0A])))
        let error = #expect(throws: CharterError.self) { try Charter.load(path: path) }
        #expect(error?.problems.map(\.code) == ["not-utf8"])
    }

    @Test(
        "deep nesting is refused or read, and never crashes",
        arguments: [
            String(repeating: "[", count: 100_000), String(repeating: "{", count: 100_000),
            String(repeating: "- ", count: 100_000), String(repeating: "? ", count: 100_000),
            String(repeating: "{a: ", count: 100_000),
            String(repeating: "[", count: 900) + String(repeating: "]", count: 900),
            String(repeating: "? ", count: 900) + "a",
            String(repeating: "{? ", count: 450) + String(repeating: "}", count: 450),
        ]
    )
    func nesting(text: String) {
        let (charter, problems) = Charter.lint(text: text, file: "deep.yaml")
        #expect(charter == nil)
        #expect(!problems.isEmpty)
    }

    @Test(
        "what is no YAML, or no charter, is told with its line",
        arguments: [
            ("", "empty-file", 1), ("# only a comment\n", "empty-file", 1), ("charter: [1", "syntax", 2),
            ("charter: 1\n\tx: 2", "syntax", 2), ("charter: 1\n---\ncharter: 1", "syntax", 2),
            ("a: 'open", "syntax", 1), ("42", "wrong-type", 1), ("- charter", "wrong-type", 1), ("\u{0}", "syntax", 1),
            ("charter: \u{1B}[31m", "syntax", 1),
        ]
    )
    func noYAML(text: String, code: String, line: Int) {
        let found = findings(text)
        #expect(found.map(\.code) == [code])
        #expect(found.map(\.line) == [line])
    }

    @Test("a file of nothing but mistakes is told up to a bound")
    func manyProblems() {
        let text = (0..<20_000).map { "key\($0): 1" }.joined(separator: "\n")
        let found = findings(text)
        #expect(found.count == 501)
        #expect(found.last?.code == "too-many-problems")
    }

    @Test("what a file says cannot steer a terminal or flood it")
    func printable() {
        let escape = findings("\"\\e[2J\": 1")
        #expect(escape.first?.message == "unknown key '?[2J' in the charter.")
        let long = findings("\(String(repeating: "k", count: 500)): 1")
        #expect(long.allSatisfy { $0.message.count <= 400 })
    }
}
