import Charter
import HTML
import Languages
import Membership
import NIOCore

/// The changes to the roll as an Atom feed (RFC 4287), one in each language.
struct AtomFeed: Sendable {
    static let path = "/feed.atom"
    static let limit = 50
    /// Changes that are read to make that many entries.
    static let readAhead = 2_000

    let news: [RollNews]
    /// In the language of the feed.
    let words: Words
    let baseURL: String
    let speech: Speech

    /// - Parameter changes: The newest first.
    init(_ changes: [RollChange], words: Words, baseURL: String, in speech: Speech = .english) {
        var news = RollNews.news(changes)
        // The last of a list that was cut may be cut itself.
        if changes.count >= AtomFeed.readAhead, news.count > 1 { news.removeLast() }
        self.news = Array(news.prefix(AtomFeed.limit))
        self.words = words
        self.baseURL = baseURL
        self.speech = speech
    }

    static func load(_ context: SiteContext) async throws -> AtomFeed {
        let changes = try await context.directory.changes(through: context.today(), limit: readAhead)
        return AtomFeed(changes, words: context.words, baseURL: context.baseURL, in: context.speech)
    }

    /// Where the pages of the feed's language are.
    private var site: String { baseURL + speech.language.addressPrefix }
    private var address: String { site + Self.path }

    func bytes() -> ByteBuffer {
        XMLWriter.render { x in
            x.element("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": speech.language.tag]) {
                x.element("id", text: address)
                x.element("title", text: speech.text(say("\(words.shortName): changes to the roll")))
                x.element("updated", text: AtomFeed.instant(news.first?.range.latest ?? words.day.description))
                x.element("link", ["rel": "self", "type": "application/atom+xml", "href": address])
                x.element("link", ["rel": "alternate", "type": "text/html", "href": "\(site)/"])
                x.element("author") { x.element("name", text: words.associationName) }
                for news in news { entry(news, x) }
            }
        }
    }

    private func entry(_ news: RollNews, _ x: XMLWriter) {
        x.element("entry") {
            // Addresses do not change with the records' order, so readers see each entry once.
            x.element("id", text: "\(address)#\(news.key)")
            x.element("title", text: speech.text(news.title(words)))
            x.element("updated", text: AtomFeed.instant(news.range.latest))
            x.element("link", ["rel": "alternate", "type": "text/html", "href": page(of: news)])
            x.element("content", ["type": "xhtml"]) {
                x.element("div", ["xmlns": "http://www.w3.org/1999/xhtml"]) { content(news, x) }
            }
        }
    }

    private func page(of news: RollNews) -> String {
        guard news.changes.count > 1 else { return "\(site)/members/\(news.changes[0].memberKey)" }
        let list = MembersAddress().with {
            $0.standing = .only(news.status)
            $0.day = Day(news.range.latest)
        }
        return site + list.address()
    }

    private func content(_ news: RollNews, _ x: XMLWriter) {
        let when = capitalisedFirst(speech.text(news.range.phrase))
        x.element("p") { write(say("\(when). Source: \(news.source)."), x) }
        x.element("ul") {
            for change in news.changes {
                x.element("li") {
                    x.element("a", ["href": "\(site)/members/\(change.memberKey)"], text: change.memberName)
                    if let grounds = change.grounds {
                        x.text(": ")
                        write(.record(grounds), x)
                    }
                }
            }
        }
    }

    /// As on a page, what stays in the language of the records says so.
    private func write(_ phrase: Phrase, _ x: XMLWriter) {
        let marked = { (text: String) in
            guard speech.language != .source else { return x.text(text) }
            x.element("span", ["xml:lang": Language.source.tag], text: text)
        }
        speech.say(phrase, { x.text($0) }, { _ in }, record: marked)
    }

    /// A day as the instant that Atom wants: its beginning in UTC.
    private static func instant(_ day: String) -> String { "\(day)T00:00:00Z" }
}
