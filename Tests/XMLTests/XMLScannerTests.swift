import Languages
import Testing
import XML

@Suite struct XMLScannerTests {
    /// Every event in a line: `+name`, `-name`, `'text'`.
    private func events(_ xml: String, limits: XMLLimits = XMLLimits()) throws -> [String] {
        var scanner = try XMLScanner(Array(xml.utf8), part: "a file", limits: limits)
        var events: [String] = []
        while let event = try scanner.next() {
            switch event {
            case .start(let tag): events.append("+" + tag.name)
            case .end(let name): events.append("-" + name)
            case .text(let range): events.append("'\(try scanner.text(range))'")
            }
        }
        return events
    }

    private func branch(_ xml: String, limits: XMLBranchLimits = XMLBranchLimits()) throws -> XMLBranch {
        var scanner = try XMLScanner(Array(xml.utf8), part: "a file")
        guard case .start(let tag)? = try scanner.next() else { throw XMLError.damaged(.empty) }
        return try scanner.branch(tag, limits: limits)
    }

    @Test func `tags, texts, references and literal sections are read in their order`() throws {
        let xml = "\u{feff}<?xml version='1.0'?><!-- a --><p:a x='1'>b &amp; &#x20AC;<c/><![CDATA[<&>]]></p:a>"
        #expect(try events(xml) == ["+a", "'b & €'", "+c", "-c", "'<&>'", "-a"])
    }

    @Test func `an attribute is found by its name, and a namespace by the prefix of its tag`() throws {
        let xml = #"<p:a xmlns="urn:one" xmlns:p="urn:two" p:x='"a" &lt; b'/>"#
        var scanner = try XMLScanner(Array(xml.utf8), part: "a file")
        guard case .start(let tag)? = try scanner.next() else { throw XMLError.damaged(.empty) }
        #expect(try scanner.attribute("x", of: tag) == "\"a\" < b")
        #expect(try scanner.namespace(declaredBy: tag) == "urn:two")
        #expect(try scanner.attributes(of: tag)["x"] == "\"a\" < b")
    }

    @Test func `a branch holds what is in it, without space at the ends of texts`() throws {
        let found = try branch("<a><b><d/></b><b><c k='v'> one\n</c></b><b><c>two</c></b></a>")
        #expect(found.text(at: "b", "c") == "one")
        #expect(found.branch(at: "b", "c")?.attributes == ["k": "v"])
        #expect(found.text(at: "b", "d") == nil)
        #expect(found.all("b").count == 3)
    }

    @Test(arguments: [
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<a><!ENTITY b SYSTEM 'http://192.0.2.1/'></a>",
    ])
    func `a document type is refused before anything of it is read`(_ xml: String) {
        #expect(throws: XMLError.hasDocumentType("a file")) { try events(xml) }
    }

    @Test(arguments: [
        "", "a", "<a>", "<a><b></a>", "</a>", "<a/><b/>", "<a", "<a>&unknown;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>",
        "<a><![CDATA[</a>", "<!-- <a/>", "<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
    ])
    func `what is not well formed is refused`(_ xml: String) {
        #expect(throws: XMLError.self) { try events(xml) }
    }

    @Test func `text that is no UTF-8 is refused`() throws {
        #expect(throws: XMLError.self) { try XMLScanner([0xff, 0xfe, 0x3c, 0, 0x61, 0], part: "a file") }
        var scanner = try XMLScanner(Array("<a>".utf8) + [0xe4] + Array("</a>".utf8), part: "a file")
        _ = try scanner.next()
        guard case .text(let range)? = try scanner.next() else { throw XMLError.damaged(.empty) }
        #expect(throws: XMLError.damaged(say("\("a file") is not UTF-8"))) { try scanner.text(range) }
    }

    @Test func `depth and size have limits`() throws {
        let deep = String(repeating: "<a>", count: 65) + String(repeating: "</a>", count: 65)
        #expect(throws: XMLError.damaged(say("\("a file") is nested too deeply"))) { try events(deep) }
        #expect(try events(deep, limits: XMLLimits(depth: 65)).count == 130)
        #expect(throws: XMLError.tooLarge(say("\("a file") has more than \(3) bytes"))) {
            try events("<a/>", limits: XMLLimits(bytes: 3))
        }
        #expect(try events("<a/>", limits: XMLLimits(bytes: 4)).count == 2)
    }

    @Test func `a branch has limits of its own`() throws {
        let many = "<a>" + String(repeating: "<b>xy</b>", count: 9) + "</a>"
        #expect(try branch(many, limits: XMLBranchLimits(elements: 10, textBytes: 18)).all("b").count == 9)
        #expect(throws: XMLError.self) { try branch(many, limits: XMLBranchLimits(elements: 9)) }
        #expect(throws: XMLError.self) { try branch(many, limits: XMLBranchLimits(textBytes: 17)) }
    }
}
