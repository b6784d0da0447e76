import HTML
import Languages
import NIOCore
import Testing

@Suite struct PhrasesInPagesTests {
    private let korean: Speech

    init() throws {
        korean = Speech(
            try Catalogue(
                .korean,
                po: """
                    msgid ""
                    msgstr ""
                    "Plural-Forms: nplurals=1; plural=0;\\n"

                    msgid "On {0} see {1}."
                    msgstr "{1}: {0} & <참조>"

                    msgid "Members"
                    msgstr "회원 \\"<b>\\""
                    """
            )
        )
    }

    private func page(_ speech: Speech, _ content: (HTMLWriter) -> Void) -> String {
        String(buffer: HTMLWriter.render(in: speech, content))
    }

    @Test func `a phrase is said in the page's language and escaped for its place`() {
        let text = page(korean) { h in h.h1(.title(say("Members")), text: say("Members")) }
        #expect(text == #"<h1 title="회원 &quot;&lt;b&gt;&quot;">회원 "&lt;b&gt;"</h1>"#)
        #expect(page(.english) { $0.h1(say("Members")) } == "<h1>Members</h1>")
    }

    @Test func `parts stand where the language wants them, and their markup is theirs`() {
        let sentence = say("On \(part: 0) see \(part: 1).")
        func write(_ h: HTMLWriter) {
            h.p { h.sentence(sentence, { h.b("A") }, { h.a(.href("/x"), text: "B<") }) }
        }
        #expect(page(.english, write) == #"<p>On <b>A</b> see <a href="/x">B&lt;</a>.</p>"#)
        #expect(page(korean, write) == #"<p><a href="/ko/x">B&lt;</a>: <b>A</b> &amp; &lt;참조&gt;</p>"#)
    }

    @Test func `parts are listed as the language does, each with its markup`() {
        func write(_ h: HTMLWriter) {
            h.sentence(Phrase.parts(3), part: { h.b("\($0)<") })
        }
        #expect(page(.english, write) == "<b>0&lt;</b>, <b>1&lt;</b> and <b>2&lt;</b>")
        #expect(page(korean, write) == "<b>0&lt;</b>, <b>1&lt;</b> 및 <b>2&lt;</b>")
        #expect(page(.english) { h in h.sentence(Phrase.parts(1), part: { h.b("\($0)") }) } == "<b>0</b>")
    }

    @Test func `links within the site keep the language, all others stay as they are`() {
        let text = page(korean) { h in
            h.a(.href("/members?q=a"))
            h.form(.action("/sign-out"), content: {})
            h.a(.href("https://example.org/a"))
            h.a(.href("#main"))
            h.a(.href(otherLanguage: "/members"))
        }
        #expect(
            text == #"<a href="/ko/members?q=a"></a><form action="/ko/sign-out"></form>"#
                + ##"<a href="https://example.org/a"></a><a href="#main"></a><a href="/members"></a>"##
        )
    }
    @Test func `a text of the records says that it is in English, on a page in another language only`() {
        let note = Phrase.record("As printed & <no more>")
        func write(_ h: HTMLWriter) {
            h.p(note)
            h.p { h.sentence(say("On \(note) see \(part: 0)."), { h.b("A") }) }
            h.p(.title(note), text: "")
        }
        #expect(
            page(.english, write) == "<p>As printed &amp; &lt;no more&gt;</p>"
                + "<p>On As printed &amp; &lt;no more&gt; see <b>A</b>.</p>"
                + #"<p title="As printed &amp; &lt;no more&gt;"></p>"#
        )
        #expect(
            page(korean, write) == #"<p><span lang="en">As printed &amp; &lt;no more&gt;</span></p>"#
                + #"<p><b>A</b>: <span lang="en">As printed &amp; &lt;no more&gt;</span> &amp; &lt;참조&gt;</p>"#
                + #"<p title="As printed &amp; &lt;no more&gt;"></p>"#
        )
    }

    @Test func `what the program kept in the records is said in the page's language`() {
        let kept = say("Members").recorded
        #expect(page(korean) { h in h.p { h.record(kept) } } == #"<p>회원 "&lt;b&gt;"</p>"#)
        #expect(page(korean) { h in h.p { h.record("Members") } } == #"<p><span lang="en">Members</span></p>"#)
    }
}
