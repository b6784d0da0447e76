import Charter
import HTML
import Languages
import NIOCore
import Web

/// The parts of the site that its header leads to.
enum Place: String, CaseIterable, Sendable {
    case members, map, figures, countries, join

    var address: String { "/\(rawValue)" }

    var name: Phrase {
        switch self {
        case .members: say("Members")
        case .map: say("Map")
        case .figures: say("Figures")
        case .countries: say("Countries")
        case .join: say("Join")
        }
    }
}

/// What the frame must know of the page within it.
struct PageFrame: Sendable {
    /// Without the association's name, which the frame adds.
    var title: Phrase
    /// One or two sentences for search engines.
    var description: Phrase
    /// The canonical address from the root, with the query that belongs to it.
    var path: String
    /// The entry of the header that is marked as current.
    var place: Place?
    /// Names of scripts among the assets.
    var scripts: [String] = []
    var linkedData: JSONLD?
    /// Beside the feed, which every page names.
    var alternates: [DocumentHead.Alternate] = []
    /// For instance `noindex`.
    var robots: String?
    /// Whether the note on borders must stand in the footer.
    var showsMap = false

    init(
        title: Phrase,
        description: Phrase,
        path: String,
        place: Place? = nil,
        scripts: [String] = [],
        linkedData: JSONLD? = nil,
        alternates: [DocumentHead.Alternate] = [],
        robots: String? = nil,
        showsMap: Bool = false
    ) {
        self.title = title
        self.description = description
        self.path = path
        self.place = place
        self.scripts = scripts
        self.linkedData = linkedData
        self.alternates = alternates
        self.robots = robots
        self.showsMap = showsMap
    }
}

/// A whole page: `content` within the site's header and footer.
func frame(_ page: PageFrame, _ context: SiteContext, _ content: (HTMLWriter) -> Void) -> Page {
    Page(frameBytes(page, context, content))
}

/// The bytes of a whole page.
func frameBytes(_ page: PageFrame, _ context: SiteContext, _ content: (HTMLWriter) -> Void) -> ByteBuffer {
    HTMLWriter.render(capacityBytes: 64 * 1024, in: context.speech) { h in
        h.document(head(page, context)) {
            h.a(.class("skip"), .href("#main"), text: say("Skip to the content"))
            siteHeader(h, page.place, path: page.path, context)
            h.main(.id("main"), .class("page")) { content(h) }
            siteFooter(h, showsMap: page.showsMap, context)
        }
    }
}

private func head(_ page: PageFrame, _ context: SiteContext) -> DocumentHead {
    let shortName = context.charter.association.shortName
    let title = context.speech.text(page.title)
    let language = context.speech.language
    var head = DocumentHead(
        title: title.hasPrefix(shortName) ? title : "\(title) · \(shortName)",
        language: language.tag,
        description: context.speech.text(page.description),
        canonical: context.baseURL + language.addressPrefix + page.path
    )
    head.styleSheets = [context.assets.url("site.css")]
    head.icon = context.assets.url("favicon.svg")
    head.scripts = page.scripts.map { context.assets.url($0) }
    let feed = DocumentHead.Alternate(
        address: language.addressPrefix + AtomFeed.path,
        type: "application/atom+xml",
        title: context.speech.text(say("Changes to the roll"))
    )
    head.alternates = [feed] + page.alternates + translations(page, context)
    head.robots = page.robots
    head.linkedData = page.linkedData
    return head
}

/// The same page in the other languages, for search engines (`hreflang`).
private func translations(_ page: PageFrame, _ context: SiteContext) -> [DocumentHead.Alternate] {
    guard context.languages.count > 1, page.robots == nil else { return [] }
    let all = context.languages.map { language in
        DocumentHead.Alternate(
            address: context.baseURL + language.addressPrefix + page.path,
            language: language.tag
        )
    }
    return all + [.init(address: context.baseURL + page.path, language: "x-default")]
}

/// - Parameter path: the page's address without its language; nil where no link leads to the same page in another one, as
///   for the answer to a form.
func siteHeader(_ h: HTMLWriter, _ current: Place?, path: String?, _ context: SiteContext) {
    h.header(.class("site-header")) {
        h.div(.class("page")) {
            h.a(.class("mark"), .href("/")) {
                h.unescaped(houses)
                h.text(context.charter.association.mark)
            }
            h.nav(.class("places"), .aria(.label, say("Places"))) {
                for place in Place.allCases {
                    h.a(.href(place.address), .when(place == current, .aria(.current, "page")), text: place.name)
                }
            }
            languageSwitch(h, path: path, context)
            h.div(.class("header-end")) { h.a(.href("/sign-in"), text: say("Sign in")) }
        }
    }
}

/// The languages that the site is read in, each by its own name and with the way to this very page in it; nothing where
/// there is only one.
func languageSwitch(_ h: HTMLWriter, path: String?, _ context: SiteContext) {
    guard let path, context.languages.count > 1 else { return }
    h.nav(.class("languages"), .aria(.label, say("Language"))) {
        h.ul {
            for language in context.languages {
                h.li {
                    h.a(
                        .href(otherLanguage: language.addressPrefix + path),
                        .lang(language.tag),
                        .hreflang(language.tag),
                        .when(language == context.speech.language, .aria(.current, true)),
                        text: language.endonym
                    )
                }
            }
        }
    }
}

func siteFooter(_ h: HTMLWriter, showsMap: Bool, _ context: SiteContext) {
    h.footer(.class("site-footer")) {
        h.div(.class("page")) {
            h.ul {
                h.li(context.words.associationName)
                h.li { h.a(.href(DuesPlace.fees), text: say("What membership costs")) }
                h.li { h.a(.href("/about"), text: say("About these figures")) }
                h.li { h.a(.href(AtomFeed.path), text: say("Feed of changes")) }
                h.li { h.a(.href("/developers"), text: say("For developers")) }
            }
            h.p(.class("note")) {
                if showsMap {
                    h.text(say("Borders on the map are drawn for orientation and are not authoritative."))
                    h.text(" ")
                }
                h.sentence(
                    say("Outlines: Natural Earth, public domain. City coordinates: \(part: 0), CC BY 4.0."),
                    { h.a(.href("https://www.geonames.org/"), text: "GeoNames") }
                )
            }
        }
    }
}

/// Gabled houses on a quay: the mark beside the association's letters.
let houses = UnescapedMarkup(
    trusted: """
        <svg viewBox="0 0 26 26" aria-hidden="true"><path d="M3 22V11.5L6.5 7 10 11.5V22M10 22V8.5L14.5 3 19 8.5V22M13 \
        22v-6h3v6M19 22V12l2-2 2 2v10M1.5 22h23"/></svg>
        """
)
