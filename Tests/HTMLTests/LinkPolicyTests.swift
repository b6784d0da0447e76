import HTML
import Testing

@Suite struct LinkPolicyTests {
    @Test(arguments: [
        "", "/", "/members?page=2&q=a:b", "members/seoul", "../up", "?q=x", "#top", "./a:b", "/a:b", "?a:b", "#a:b",
        "https://example.org", "HTTP://example.org/a b", "mailto:office@example.org", "MailTo:a@b", "/서울",
        "java&#115;cript:alert(1)", "javascript&colon;alert(1)",
    ])
    func `an ordinary address is admitted`(_ address: String) {
        #expect(LinkPolicy.admits(address))
    }

    @Test(arguments: [
        "javascript:alert(1)", "JavaScript:alert(1)", "jAvAsCrIpT:alert(1)", " javascript:alert(1)",
        "\u{1}javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "java\r\nscript:alert(1)",
        "javascript\t:alert(1)", "javascript :alert(1)", "\u{0}javascript:alert(1)", "javascript:alert(1) ",
        "javascript://example.org/%0aalert(1)", "view-source:javascript:alert(1)", "feed:javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>", "DATA:text/html;base64,PHNj", "vbscript:msgbox(1)", "file:///etc",
        "blob:https://example.org/1", "ftp://example.org", "tel:+123", "https:example.org", "http:/example.org", ":",
        "//example.org", "/\\example.org", "\\\\example.org",
        "java&#115;cript&colon;x:alert(1)/".replacing("#", with: ""),
        "javascript\u{FF1A}:x", "ｊavascript:alert(1)", "/a\u{7F}b", "/a\u{0}",
    ])
    func `a dangerous or misleading address is refused`(_ address: String) {
        #expect(!LinkPolicy.admits(address))
    }

    @Test func `a refused address leaves the attribute out, in every place for an address`() {
        let bad = "java\tscript:alert(1)"
        let page = markup { h in
            h.a(.href(bad), text: "x")
            h.img(.src(bad), .alt(""))
            h.form(.action(bad), .method(.post))
            h.use(.href(bad))
            h.blockquote(.cite(bad))
        }
        #expect(page == #"<a>x</a><img alt=""><form method="post"></form><use></use><blockquote></blockquote>"#)
    }

    @Test func `an entity in an address stays the text that it is`() {
        #expect(
            markup { $0.a(.href("java&#115;cript:alert(1)"), text: "x") }
                == #"<a href="java&amp;#115;cript:alert(1)">x</a>"#
        )
    }

    @Test func `an admitted address is escaped like any attribute`() {
        #expect(markup { $0.a(.href("/?a=1&b=\"<"), text: "x") } == #"<a href="/?a=1&amp;b=&quot;&lt;">x</a>"#)
    }
}
