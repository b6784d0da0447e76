import Charter
import Testing
import Web

@testable import API

@Suite("What is sent is read by the declaration")
struct GroundTests {
    @Test(arguments: [
        (
            "{\"a\":1,\"b\":[true,null,-2.5]}",
            JSONValue.object([
                .init(name: "a", value: 1), .init(name: "b", value: [true, .null, .number(-2.5)]),
            ])
        ),
        (" \"\\u00e9\\n\\ud83d\\ude00\" ", .text("é\n😀")), ("12.0", 12), ("1000000000000000.0", 1_000_000_000_000_000),
        ("1e2", 100), ("-0", 0),
        ("[]", JSONValue.list([])),
    ])
    func `JSON is read`(_ text: String, _ expected: JSONValue) throws {
        #expect(try JSONReader.read(Array(text.utf8)) == expected)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "1e", "nul", "\"\\x\"", "\"\u{1}\"",
        "\"\\ud83d\"", "\"\\ud83d\\u0041\"", "1 2", "{a:1}", "'a'", "\"\\u+041\"", "1e999",
        String(repeating: "[", count: 40),
    ])
    func `what is no JSON is refused`(_ text: String) {
        #expect(throws: JSONReader.Fault.self) { try JSONReader.read(Array(text.utf8)) }
    }

    @Test
    func `what is written is read again`() throws {
        let value: JSONValue = [
            "quotes": "\"a\\b\"", "control": "\u{1}\u{7f}\t\r\n", "script": "서울 Łódź", "whole": 1_000_000_000_000,
            "part": .number(0.1), "none": .null, "list": [1, 2, []],
        ]
        #expect(try JSONReader.read(value.bytes) == value)
    }

    // The samples lie on both sides of every bound.
    @Test(arguments: [
        TextRule.any, .line(1, 3), .lines(1, 3), .key(3), .opaque(1, 3), .printed(1, 3), .fileName(3), .entityTag,
    ])
    func `the pattern of the document takes what the check takes`(_ rule: TextRule) throws {
        guard let pattern = rule.pattern else { return #expect(rule.accepts("\u{0}")) }
        let regex = try Regex(pattern).matchingSemantics(.unicodeScalar)
        let samples = [
            "", "a", "abc", "abcd", "A", "-", "_", " ", "é", "서울시", "서울시청", "\u{1F3D9}", "\n", "\t", "\r", "\u{0}",
            "\u{1f}", "\u{7e}", "\u{7f}", "\u{9f}", "\u{a0}", "\u{2027}", "\u{2028}", "\u{202e}", "\u{202f}",
            "\u{2065}",
            "\u{2066}", "\u{2069}", "\u{206a}", "\"a\"", "\"a", "a\"", "\"\"", "\"A\"", "\"1-f\"", "\"\u{e9}\"", "9",
            "z{", "a/b", "a\\b", "/", "\\", "a.b",
        ]
        for sample in samples {
            #expect(
                rule.accepts(sample) == (sample.wholeMatch(of: regex) != nil),
                "\(sample.debugDescription) \(pattern)"
            )
        }
    }

    @Test(arguments: [
        (Schema.integer("", 1...200), ["1", "200"], ["0", "201", "01", "+1", "1.0", " 1", "", "a", "1e2"]),
        (.choice("", ["port", "guild"]), ["port"], ["Port", "", "port,guild"]),
        (.day(""), ["2024-02-29", "0001-01-01", "9999-12-31"], ["2023-02-29", "2024-2-9", "2024-13-01", "today", ""]),
        (.flag(""), ["true", "false"], ["1", "True", ""]),
        (
            .list("", of: .choice("", ["key", "name"]), atLeast: 1, isUnique: true), ["key", "name,key"],
            ["", "key,", "key,key", "other"]
        ),
    ])
    func `a parameter takes what its schema says`(_ schema: Schema, _ good: [String], _ bad: [String]) {
        for text in good { #expect(schema.read(text) != nil, "\(text)") }
        for text in bad { #expect(schema.read(text) == nil, "\(text)") }
    }

    @Test
    func `a body is refused field by field`() throws {
        let schema = Schema(
            .object(
                ObjectSchema(
                    name: "Body",
                    isClosed: true,
                    [
                        .init(name: "name", schema: .text("", .line(1, 5)), isRequired: true),
                        .init(name: "year", schema: Schema.integer("", 1900...2000).orNull, isRequired: false),
                    ]
                )
            ),
            ""
        )
        #expect(schema.problems(["name": "Köln", "year": .null], at: "body").isEmpty)
        let wrong: JSONValue = ["year": 2001, "nmae": "Köln"]
        #expect(schema.problems(wrong, at: "body").map(\.name) == ["body.name", "body.year", "body.nmae"])
        #expect(schema.problems([], at: "body").map(\.name) == ["body"])
    }

    @Test
    func `a tag names its state, whichever day and form of the answer it came with`() throws {
        let tag = StateTag.make([1, 2, 3], of: "koeln")
        let dated = StateTag.dated(tag, try #require(Day("2024-06-01")))
        #expect(dated == "\(tag.dropLast())-20240601\"")
        for sent in [tag, dated, "\(tag.dropLast())-gz\"", "\(dated.dropLast())-gz\""] {
            #expect(StateTag.state(sent) == tag)
            #expect(StateTag.isOne(sent, of: "koeln"))
            #expect(!StateTag.isOne(sent, of: "ruhrort"))
        }
        for end in ["-x", "-2024060", "-20240601x", "-", "x"] {
            #expect(!StateTag.isOne("\(tag.dropLast())\(end)\"", of: "koeln"), "\(end)")
        }
        for other in ["\"0\"", "\"\""] { #expect(!StateTag.isOne(other, of: "koeln")) }
    }

    @Test
    func `a window of requests ends after a minute`() {
        let rates = RateLimit()
        #expect(rates.take("a", limit: 2, second: 100) == .init(limit: 2, remaining: 1, seconds: 60, isOver: false))
        #expect(rates.take("a", limit: 2, second: 130) == .init(limit: 2, remaining: 0, seconds: 30, isOver: false))
        #expect(rates.take("a", limit: 2, second: 159) == .init(limit: 2, remaining: 0, seconds: 1, isOver: true))
        #expect(!rates.take("b", limit: 2, second: 159).isOver)
        #expect(!rates.take("a", limit: 2, second: 160).isOver)
    }
}
