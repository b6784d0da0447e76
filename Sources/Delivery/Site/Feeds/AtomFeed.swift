import Charter
import HTML
import Languages
import Membership
import NIOCore

/// The changes to the roll as an Atom feed (RFC 4287).
struct AtomFeed: Sendable {
    static let limit = 50
    /// Changes that are read to make that many entries.
    static let readAhead = 2_000

    let news: [RollNews]
    let words: Words
    let baseURL: String

    /// - Parameter changes: The newest first.
    init(_ changes: [RollChange], words: Words, baseURL: String) {
        var news = RollNews.news(changes)
        // The last of a list that was cut may be cut itself.
        if changes.count >= AtomFeed.readAhead, news.count > 1 { news.removeLast() }
        self.news = Array(news.prefix(AtomFeed.limit))
        self.words = words
        self.baseURL = baseURL
    }

    static func load(_ context: SiteContext) async throws -> AtomFeed {
        let changes = try await context.directory.changes(through: context.today(), limit: readAhead)
        return AtomFeed(changes, words: context.words, baseURL: context.baseURL)
    }

    func bytes() -> ByteBuffer {
        let address = "\(baseURL)/feed.atom"
        return XMLWriter.render { x in
            x.element("feed", ["xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "en"]) {
                x.element("id", text: address)
                x.element("title", text: "\(words.shortName): changes to the roll")
                x.element("updated", text: AtomFeed.instant(news.first?.range.latest ?? words.day.description))
                x.element("link", ["rel": "self", "type": "application/atom+xml", "href": address])
                x.element("link", ["rel": "alternate", "type": "text/html", "href": "\(baseURL)/"])
                x.element("author") { x.element("name", text: words.associationName) }
                for news in news { entry(news, x) }
            }
        }
    }

    private func entry(_ news: RollNews, _ x: XMLWriter) {
        x.element("entry") {
            // Addresses do not change with the records' order, so readers see each entry once.
            x.element("id", text: "\(baseURL)/feed.atom#\(news.key)")
            x.element("title", text: news.title(words))
            x.element("updated", text: AtomFeed.instant(news.range.latest))
            x.element("link", ["rel": "alternate", "type": "text/html", "href": address(news)])
            x.element("content", ["type": "xhtml"]) {
                x.element("div", ["xmlns": "http://www.w3.org/1999/xhtml"]) { content(news, x) }
            }
        }
    }

    private func address(_ news: RollNews) -> String {
        guard news.changes.count > 1 else { return "\(baseURL)/members/\(news.changes[0].memberKey)" }
        let list = MembersAddress().with {
            $0.standing = .only(news.status)
            $0.day = Day(news.range.latest)
        }
        return baseURL + list.address()
    }

    private func content(_ news: RollNews, _ x: XMLWriter) {
        x.element("p", text: "\(capitalisedFirst(news.range.phrase.english)). Source: \(news.source).")
        x.element("ul") {
            for change in news.changes {
                x.element("li") {
                    x.element("a", ["href": "\(baseURL)/members/\(change.memberKey)"], text: change.memberName)
                    if let grounds = change.grounds { x.text(": \(grounds)") }
                }
            }
        }
    }

    /// A day as the instant that Atom wants: its beginning in UTC.
    private static func instant(_ day: String) -> String { "\(day)T00:00:00Z" }
}
