import DatabaseTesting
import Foundation
import Languages
import NIOCore
import Testing

@testable import Membership
@testable import Site

#if canImport(FoundationXML)
import FoundationXML
#endif

/// What a parser finds in a document: the text of each element by name, in order, and the attributes.
private final class Parsed: NSObject, XMLParserDelegate {
    private(set) var texts: [String: [String]] = [:]
    private(set) var links: [String] = []
    private(set) var isWellFormed = false
    private var open: [(name: String, text: String)] = []

    init(_ bytes: ByteBuffer) {
        super.init()
        let parser = XMLParser(data: Data(bytes.readableBytesView))
        parser.delegate = self
        isWellFormed = parser.parse()
    }

    func parser(
        _ parser: XMLParser,
        didStartElement name: String,
        namespaceURI: String?,
        qualifiedName: String?,
        attributes: [String: String]
    ) {
        open.append((name, ""))
        if let link = attributes["href"] { links.append(link) }
    }

    func parser(_ parser: XMLParser, foundCharacters string: String) {
        if !open.isEmpty { open[open.count - 1].text += string }
    }

    func parser(_ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?) {
        if let element = open.popLast() { texts[element.name, default: []].append(element.text) }
    }
}

@Suite struct FeedsTests {
    private let hostile = "]]></title><script>alert('x')</script> & \"Söhne\" \u{1F6A2}"

    private func change(
        _ key: String,
        _ name: String,
        _ status: String = "afloat",
        _ day: String = "2000-05-01",
        grounds: String? = nil,
        category: String = "port"
    ) -> RollChange {
        RollChange(
            memberKey: key,
            memberName: name,
            status: status,
            earliest: day,
            latest: day,
            grounds: grounds,
            category: category,
            country: nil,
            sourceCode: "DEED",
            locator: "List 1 <&>"
        )
    }

    private func feed(_ changes: [RollChange]) throws -> AtomFeed {
        AtomFeed(changes, words: try riverPorts(), baseURL: "https://ports.example")
    }

    @Test func `a hostile name stays text in a well-formed feed`() throws {
        let parsed = Parsed(try feed([change("x", hostile, grounds: "<b>none</b>")]).bytes())
        #expect(parsed.isWellFormed)
        #expect(parsed.texts["title"] == ["LRP: changes to the roll", "\(hostile) joined"])
        #expect(parsed.texts["a"] == [hostile])
        #expect(parsed.texts["script"] == nil)
        #expect(parsed.texts["b"] == nil)
    }

    @Test func `a feed has what Atom demands, with stable ids and the newest instant`() throws {
        let parsed = Parsed(try feed([change("b", "Basel", "sunk", "2000-06-02"), change("a", "Ulm")]).bytes())
        #expect(
            parsed.texts["id"]
                == [
                    "https://ports.example/feed.atom#sunk-2000-06-02-2000-06-02-deed-list-1",
                    "https://ports.example/feed.atom#afloat-2000-05-01-2000-05-01-deed-list-1",
                ].reduce(into: ["https://ports.example/feed.atom"]) { $0.append($1) }
        )
        #expect(
            parsed.texts["updated"] == ["2000-06-02T00:00:00Z", "2000-06-02T00:00:00Z", "2000-05-01T00:00:00Z"]
        )
        #expect(parsed.texts["name"] == ["League of River Ports"])
        #expect(
            parsed.links == [
                "https://ports.example/feed.atom", "https://ports.example/", "https://ports.example/members/b",
                "https://ports.example/members/b", "https://ports.example/members/a", "https://ports.example/members/a",
            ]
        )
    }

    @Test func `steps of one day, status and source are one entry`() throws {
        let many = ["Ulm", "Basel", "Wien", "Bonn"].map { change($0.lowercased(), $0, "aground") }
        let parsed = Parsed(try feed(many).bytes())
        #expect(parsed.texts["title"]?.last == "4 ports: aground")
        #expect(parsed.texts["li"]?.count == 4)
        #expect(parsed.texts["a"] == ["Basel", "Bonn", "Ulm", "Wien"])
        let mixed = try feed(Array(many.prefix(2)) + [change("w", "Werft", "aground", category: "shipyard")])
        #expect(Parsed(mixed.bytes()).texts["title"]?.last == "Basel, Ulm and Werft: aground")
    }

    @Test func `each language has a feed of its own, which says what stays in English`() throws {
        let words = Words(charter: Ports.charter, day: Ports.today, language: .korean)
        let changes = [change("a", "Ulm", "adrift", grounds: "No dues"), change("b", "Köln", "moored", "2000-04-01")]
        let korean = try Speeches.shipped()[.korean]
        let bytes = AtomFeed(changes, words: words, baseURL: "https://ports.example", in: korean).bytes()
        let (text, parsed) = (String(buffer: bytes), Parsed(bytes))
        #expect(parsed.isWellFormed)
        #expect(text.contains(#"<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="ko">"#))
        #expect(parsed.texts["title"]?.dropFirst() == ["Ulm: 표류", "Köln 가입"])
        #expect(parsed.texts["name"] == ["하천항만연맹"])
        #expect(text.contains(#": <span xml:lang="en">No dues</span></li>"#))
        #expect(text.contains(#"<span xml:lang="en">List 1 &lt;&amp;&gt;</span>"#))
        #expect(parsed.texts["id"]?.first == "https://ports.example/ko/feed.atom")
        #expect(parsed.links.allSatisfy { $0.hasPrefix("https://ports.example/ko/") })
        // What a body decided is said in the reader's language.
        let decided = [change("a", "Ulm", "adrift", grounds: Phrase.name("Diet").recorded)]
        let naming = korean.naming(["Diet": "의회"])
        let said = AtomFeed(decided, words: words, baseURL: "https://ports.example", in: naming).bytes()
        #expect(String(buffer: said).contains("</a>: 의회</li>"))
    }

    @Test func `an empty roll has an empty feed, and a long one at most fifty entries`() throws {
        let none = Parsed(try feed([]).bytes())
        #expect(none.isWellFormed)
        #expect(none.texts["updated"] == ["2001-01-01T00:00:00Z"])
        let days = (1...60).map { change("m\($0)", "M\($0)", "afloat", "2000-0\($0 % 9 + 1)-\(10 + $0 / 9)") }
        let ids = Parsed(try feed(days).bytes()).texts["id"] ?? []
        #expect(ids.count == 51)
        #expect(Set(ids).count == 51)
    }

    @Test func `a sitemap is well-formed whatever stands in an address`() {
        let addresses = ["https://ports.example/", "https://ports.example/members/a&b<c>"]
        let parsed = Parsed(Sitemap(addresses: addresses).bytes())
        #expect(parsed.isWellFormed)
        #expect(parsed.texts["loc"] == addresses)
        let index = Parsed(Sitemap.index(of: ["https://ports.example/sitemap.xml?part=0"]))
        #expect(index.texts["loc"] == ["https://ports.example/sitemap.xml?part=0"])
        #expect(index.texts["sitemap"]?.count == 1)
    }
}
