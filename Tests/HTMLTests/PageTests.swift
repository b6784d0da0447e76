import HTML
import NIOCore
import Testing

@Suite struct PageTests {
    @Test func `elements nest, and what is between them is plain Swift`() {
        let names = ["Seoul", "Ulsan"]
        let page = markup { h in
            h.table(.id("t"), .class("roll")) {
                h.tbody {
                    for (index, name) in names.enumerated() {
                        h.tr {
                            h.th(.scope(.row), text: name)
                            h.td(.when(index == 0, .class("first"))) { h.text(index) }
                        }
                    }
                }
            }
        }
        #expect(
            page == #"<table id="t" class="roll"><tbody>"#
                + #"<tr><th scope="row">Seoul</th><td class="first">0</td></tr>"#
                + #"<tr><th scope="row">Ulsan</th><td>1</td></tr></tbody></table>"#
        )
    }

    @Test func `void elements have no end tag, empty elements have one`() {
        let page = markup { h in
            h.br()
            h.img(.src("/a.png"), .alt(""), .width(20), .height(10.5), .loading(.lazy))
            h.input(.type(.search), .name("q"), .required(), .disabled(false))
            h.p()
        }
        #expect(
            page == #"<br><img src="/a.png" alt="" width="20" height="10.5" loading="lazy">"#
                + #"<input type="search" name="q" required><p></p>"#
        )
    }

    @Test func `a drawing has its geometry and its name`() {
        let page = markup { h in
            h.svg(.viewBox(0, 0, 100, 50), .role(.img)) {
                h.svgTitle("Growth")
                h.polyline(.points([(0, 1.25), (2, -3)]), .fill(.none))
                h.circle(.cx(1), .cy(2.3456), .r(-0.0004)) { h.svgTitle("2020") }
                h.svgText(.x(1), .y(2), text: "1 < 2")
            }
        }
        #expect(
            page == #"<svg viewBox="0 0 100 50" role="img"><title>Growth</title>"#
                + #"<polyline points="0,1.25 2,-3" fill="none"></polyline>"#
                + #"<circle cx="1" cy="2.346" r="0"><title>2020</title></circle>"#
                + #"<text x="1" y="2">1 &lt; 2</text></svg>"#
        )
    }

    @Test(arguments: [
        (0.0, "0"), (1, "1"), (-1, "-1"), (0.5, "0.5"), (-0.125, "-0.125"), (12.3456, "12.346"), (0.05, "0.05"),
        (1e6, "1000000"), (.nan, "0"), (.infinity, "0"), (-.infinity, "0"), (1e300, "0"),
    ])
    func `a number is written without exponent`(_ value: Double, _ text: String) {
        #expect(markup { $0.rect(.x(value)) } == "<rect x=\"\(text)\"></rect>")
    }

    @Test func `the line end that browsers drop at the start of a text area is doubled`() {
        #expect(markup { $0.textarea(.name("t"), text: "\na") } == "<textarea name=\"t\">\n\na</textarea>")
        #expect(markup { $0.textarea(text: "</textarea>") } == "<textarea>&lt;/textarea&gt;</textarea>")
    }

    @Test func `a fragment goes into pages as it was rendered`() {
        let footer = HTMLFragment { $0.footer("A & B") }
        let page = markup { h in
            h.fragment(footer)
            h.fragment(footer)
        }
        #expect(page == "<footer>A &amp; B</footer><footer>A &amp; B</footer>")
    }

    @Test func `trusted literals are the only way past the escaping`() {
        #expect(markup { $0.unescaped(UnescapedMarkup(trusted: "<b>x</b>&nbsp;")) } == "<b>x</b>&nbsp;")
    }

    @Test func `an error in the content reaches the caller`() {
        struct Missing: Error, Equatable {}
        #expect(throws: Missing()) {
            try HTMLWriter.render { (h: HTMLWriter) throws(Missing) in
                try h.p { () throws(Missing) in throw Missing() }
            }
        }
    }

    @Test func `a document has its head in order and its body`() {
        var head = DocumentHead(
            title: "A & B",
            language: "ko",
            description: "\"x\"",
            canonical: "https://example.org/a"
        )
        head.alternates = [
            .init(address: "/feed", type: "application/atom+xml", title: "Changes"),
            .init(address: "/en", language: "en"),
        ]
        head.robots = "noindex"
        head.linkedData = ["@type": "City"]
        let page = markup { h in h.document(head, .class("wide")) { h.p("서울") } }
        #expect(
            page == #"""
                <!DOCTYPE html>
                <html lang="ko"><head><meta charset="utf-8">\#
                <meta name="viewport" content="width=device-width, initial-scale=1"><title>A &amp; B</title>\#
                <meta name="description" content="&quot;x&quot;"><meta name="robots" content="noindex">\#
                <meta name="color-scheme" content="light dark"><link rel="canonical" href="https://example.org/a">\#
                <link rel="alternate" href="/feed" type="application/atom+xml" title="Changes">\#
                <link rel="alternate" href="/en" hreflang="en">\#
                <script type="application/ld+json">{"@type":"City"}</script></head>\#
                <body class="wide"><p>서울</p></body></html>

                """#
        )
    }

    @Test func `a feed nests its elements`() {
        let feed = XMLWriter.render { x in
            x.element("feed", ["xmlns": "http://www.w3.org/2005/Atom"]) {
                x.element("link", ["href": "/?a&b"])
                x.element("title", text: "<x>")
            }
        }
        #expect(
            String(buffer: feed) == """
                <?xml version="1.0" encoding="UTF-8"?>
                <feed xmlns="http://www.w3.org/2005/Atom"><link href="/?a&amp;b"/><title>&lt;x&gt;</title></feed>

                """
        )
    }
}
