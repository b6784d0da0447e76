import HTML
import NIOCore
import Testing

/// What `content` writes, as a string.
func markup(_ content: (HTMLWriter) -> Void) -> String {
    String(buffer: HTMLWriter.render(content))
}

@Suite struct EscapingTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let input: String
        let text: String
        let attribute: String
        var testDescription: String { name }

        init(_ name: String, _ input: String, text: String, attribute: String? = nil) {
            self.name = name
            self.input = input
            self.text = text
            self.attribute = attribute ?? text
        }
    }

    static let cases = [
        Case("nothing", "", text: ""),
        Case("plain", "Seoul", text: "Seoul"),
        Case("script element", "<script>alert(1)</script>", text: "&lt;script&gt;alert(1)&lt;/script&gt;"),
        Case("ampersand", "Tom & Jerry &amp;", text: "Tom &amp; Jerry &amp;amp;"),
        Case("double quote", "a\" b", text: "a\" b", attribute: "a&quot; b"),
        Case("breaking out", "\"><img>", text: "\"&gt;&lt;img&gt;", attribute: "&quot;&gt;&lt;img&gt;"),
        Case("single quote", "a' b", text: "a' b"),
        Case("only markup", "<", text: "&lt;"),
        Case("comment", "<!-- -->", text: "&lt;!-- --&gt;"),
        Case("CDATA end", "]]>", text: "]]&gt;"),
        Case("line ends and tab", "a\tb\nc\r\nd", text: "a\tb\nc\r\nd"),
        Case("NUL", "a\u{0}b", text: "a\u{FFFD}b"),
        Case("controls", "\u{1}\u{B}\u{C}\u{1B}\u{1F}\u{7F}", text: String(repeating: "\u{FFFD}", count: 6)),
        Case("C1 controls", "\u{80}\u{9F}\u{A0}", text: "\u{FFFD}\u{FFFD}\u{A0}"),
        Case("noncharacters", "\u{FFFE}\u{FFFF}\u{1FFFE}\u{10FFFF}", text: String(repeating: "\u{FFFD}", count: 4)),
        Case("beside noncharacters", "\u{FFFD}\u{FB01}\u{1FFFD}", text: "\u{FFFD}\u{FB01}\u{1FFFD}"),
        Case("accents", "Łódź, Zürich, Beyoğlu", text: "Łódź, Zürich, Beyoğlu"),
        Case("Hangul and Chinese", "서울 首尔", text: "서울 首尔"),
        Case("right to left", "القاهرة", text: "القاهرة"),
        Case("emoji", "👩‍👩‍👧 & 🇰🇷", text: "👩‍👩‍👧 &amp; 🇰🇷"),
        Case("full width", "<b>＜b＞", text: "&lt;b&gt;＜b＞"),
    ]

    @Test(arguments: cases) func `text is escaped`(_ example: Case) {
        #expect(markup { $0.text(example.input) } == example.text)
        #expect(markup { $0.p(example.input) } == "<p>\(example.text)</p>")
        #expect(markup { $0.text(example.input[...]) } == example.text)
    }

    @Test(arguments: cases) func `attribute values are escaped`(_ example: Case) {
        #expect(markup { $0.i(.title(example.input)) } == "<i title=\"\(example.attribute)\"></i>")
        #expect(markup { $0.i(.data("x", example.input)) } == "<i data-x=\"\(example.attribute)\"></i>")
        #expect(markup { $0.i(.aria(.label, example.input)) } == "<i aria-label=\"\(example.attribute)\"></i>")
    }

    @Test(arguments: cases) func `XML is escaped`(_ example: Case) {
        let xml = XMLWriter.render { $0.element("a", ["b": example.input], text: example.input) }
        let expected = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a b=\"\(example.attribute)\">\(example.text)</a>\n"
        #expect(String(buffer: xml) == expected)
    }

    @Test func `a large text is escaped all through`() {
        let text = String(repeating: "0123456789 Łódź <&> 서울 ", count: 20_000)
        let expected = String(repeating: "0123456789 Łódź &lt;&amp;&gt; 서울 ", count: 20_000)
        #expect(markup { $0.text(text) } == expected)
    }

    @Test func `a text that looks clean but for its last byte is escaped`() {
        for length in 0..<70 {
            let text = String(repeating: "x", count: length)
            #expect(markup { $0.text(text + "<") } == text + "&lt;")
        }
    }

    @Test func `linked data cannot end its element`() {
        let data: JSONLD = [
            "@type": "City", "name": "</script><script>&\"\\\u{0}\n\u{2028}서울", "n": .integer(3),
            "list": [.boolean(true), .number(1.5), .number(.nan)],
        ]
        let name = #"\u003c/script\u003e\u003cscript\u003e\u0026\"\\\u0000\n\u2028서울"#
        #expect(
            markup { $0.linkedData(data) }
                == #"<script type="application/ld+json">{"@type":"City","name":""# + name
                + #"","n":3,"list":[true,1.5,null]}</script>"#
        )
    }
}
