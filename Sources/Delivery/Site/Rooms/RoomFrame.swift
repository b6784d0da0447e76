import Access
import Charter
import Decisions
import HTML
import HTTPTypes
import Hummingbird
import Identity
import Languages
import NIOCore
import Web

/// Where a page of the rooms stands: what its side bar shows and marks.
enum RoomPlace: Sendable, Equatable {
    case console(ConsolePlace)
    case portal(PortalPlace, RoomMember)
    case account
    /// The choice among several members.
    case members
    /// What somebody is asked as one who answers for a seat of a body.
    case decisions
}

/// What a page of the rooms is, but for its content.
struct RoomPage: Sendable {
    let title: Phrase
    let place: RoomPlace
    /// Scripts of this page alone; the frame brings `room.js`.
    var scripts: [String] = []
    /// The way up, for pages below a place.
    var trail: [(address: String, name: Phrase)] = []
}

extension Room {
    /// A whole page within the frame of the rooms. Never kept by any cache.
    func page(
        _ page: RoomPage,
        status: HTTPResponse.Status = .ok,
        counts: [ConsolePlace: Int] = [:],
        _ content: (HTMLWriter) -> Void
    ) -> Response {
        let bytes = HTMLWriter.render(capacityBytes: 64 * 1024, in: site.speech) { h in
            h.document(head(page), .class("room")) {
                h.a(.class("skip"), .href("#main"), text: say("Skip to the content"))
                h.div(.class("room-grid")) {
                    sideBar(h, page.place, counts)
                    h.div(.class("room-body")) {
                        topBar(h)
                        h.main(.id("main"), .class("room-main"), .tabindex(-1)) {
                            if !page.trail.isEmpty { h.trail(page.trail) }
                            h.h1(page.title)
                            if let notice {
                                h.div(.class("notice done"), .role(.status)) { h.p(notice) }
                            }
                            content(h)
                        }
                    }
                }
                if case .console = page.place { shortcuts(h) }
            }
        }
        return Response(
            status: status,
            headers: [.contentType: ContentType.html.value, .cacheControl: "private, no-store"],
            body: ResponseBody(byteBuffer: bytes)
        )
    }

    private func head(_ page: RoomPage) -> DocumentHead {
        var head = DocumentHead(
            title: "\(site.speech.text(page.title)) · \(site.charter.association.shortName)",
            language: site.speech.language.tag
        )
        head.styleSheets = [site.assets.url("site.css"), site.assets.url("room.css")]
        head.icon = site.assets.url("favicon.svg")
        head.scripts = (["room.js", "find.js"] + page.scripts).map { site.assets.url($0) }
        head.robots = "noindex"
        return head
    }

    private func sideBar(_ h: HTMLWriter, _ place: RoomPlace, _ counts: [ConsolePlace: Int]) {
        h.header(.class("side-bar")) {
            h.a(.class("mark"), .href("/")) {
                h.unescaped(houses)
                h.text(site.charter.association.mark)
            }
            h.details(.class("side-menu"), .data("side-menu")) {
                h.summary { h.text(say("Menu")) }
                h.nav(.aria(.label, say("Places"))) {
                    switch place {
                    case .console(let current): consolePlaces(h, current, counts)
                    case .portal(let current, let member): portalPlaces(h, current, member)
                    case .account: accountPlaces(h, "/account")
                    case .members: accountPlaces(h, "/portal")
                    case .decisions: accountPlaces(h, DecisionLetters.Path.own)
                    }
                }
                languageSwitch(h, path: ownPath, site)
            }
        }
    }

    private func consolePlaces(_ h: HTMLWriter, _ current: ConsolePlace?, _ counts: [ConsolePlace: Int]) {
        placeList(h, ConsolePlace.work, current, counts)
        let office = ConsolePlace.office.filter { mayAnywhere($0.action) }
        guard !office.isEmpty else { return }
        h.p(.class("side-group"), text: say("Office"))
        placeList(h, office, current, counts)
    }

    private func placeList(
        _ h: HTMLWriter,
        _ places: [ConsolePlace],
        _ current: ConsolePlace?,
        _ counts: [ConsolePlace: Int]
    ) {
        h.ul {
            for place in places where mayAnywhere(place.action) {
                h.li {
                    h.a(.href(place.address), .when(place == current, .aria(.current, "page"))) {
                        h.span(text: place.title)
                        if let count = counts[place], count > 0 { h.span(.class("count"), text: .number(count)) }
                    }
                }
            }
        }
    }

    private func portalPlaces(_ h: HTMLWriter, _ current: PortalPlace, _ member: RoomMember) {
        h.p(.class("side-group"), text: member.name)
        h.ul {
            for place in PortalPlace.allCases where may(place.action, at: .member(member.id)) {
                h.li {
                    h.a(
                        .href(place.address(member.key)),
                        .when(place == current, .aria(.current, "page")),
                        text: place.title
                    )
                }
            }
            h.li { h.a(.href("/members/\(member.key)"), text: say("Public page")) }
        }
        let hasOthers = (visitor?.actor.memberIDs.count ?? 0) > 1
        guard hasOthers || mayAnywhere(.readToday) || mayAnywhere(.answerDecision) else { return }
        h.p(.class("side-group"), text: say("Elsewhere"))
        h.ul {
            if hasOthers { h.li { h.a(.href("/portal"), text: say("Your members")) } }
            if mayAnywhere(.answerDecision) {
                h.li { h.a(.href(DecisionLetters.Path.own), text: say("Your decisions")) }
            }
            if mayAnywhere(.readToday) { h.li { h.a(.href("/console"), text: say("Console")) } }
        }
    }

    /// The rooms that somebody may enter, for pages that belong to none of them.
    private func accountPlaces(_ h: HTMLWriter, _ current: String) {
        func mark(_ address: String) -> Attribute { .when(address == current, .aria(.current, "page")) }
        h.ul {
            if mayAnywhere(.readToday) { h.li { h.a(.href("/console"), text: say("Console")) } }
            if !(visitor?.actor.memberIDs ?? []).isEmpty {
                h.li { h.a(.href("/portal"), mark("/portal"), text: say("Your members")) }
            }
            if mayAnywhere(.answerDecision) {
                let own = DecisionLetters.Path.own
                h.li { h.a(.href(own), mark(own), text: say("Your decisions")) }
            }
            h.li { h.a(.href("/account"), mark("/account"), text: say("Your account")) }
            h.li { h.a(.href("/members"), text: say("Directory")) }
        }
    }

    private func topBar(_ h: HTMLWriter) {
        h.div(.class("top-bar")) {
            if mayAnywhere(.readMembers) {
                h.form(
                    .class("command-field"),
                    .action("/console/find"),
                    .method(.get),
                    .role(.search),
                    .data("results", site.speech.text(say("What was found"))),
                    .data("found", site.speech.forms { say($0, one: "\("#") found", other: "\("#") found") })
                ) {
                    h.label(.for("find"), .class("hidden-text"), text: say("Find a member, person or action"))
                    h.input(
                        .type(.search),
                        .id("find"),
                        .name("q"),
                        .placeholder(say("Find a member, person or action")),
                        .autocomplete("off"),
                        .spellcheck(false),
                        .data("command-field")
                    )
                    h.kbd(.aria(.hidden, true), text: say("Ctrl K"))
                }
            }
            if let visitor {
                h.div(.class("top-end")) {
                    h.a(.class("button"), .href("/account"), text: visitor.actor.person.name)
                    form(h, "/sign-out", .class("plain")) {
                        h.button(.class("link-button"), .type(.submit), text: say("Sign out"))
                    }
                }
            }
        }
    }

    /// The keys that work on every page of the console; shown with `?`.
    private func shortcuts(_ h: HTMLWriter) {
        h.dialog(.id("shortcuts"), .class("shortcuts"), .aria(.labelledby, "shortcuts-title")) {
            h.h2(.id("shortcuts-title"), text: say("Keys"))
            h.dl {
                for (keys, meaning) in Self.keys {
                    h.div {
                        h.dt { h.kbd(keys) }
                        h.dd(meaning)
                    }
                }
            }
            h.form(.method(.get), .action("/console")) {
                h.button(.class("button"), .type(.button), .data("close"), text: say("Close"))
            }
        }
    }

    static let keys: [(String, Phrase)] = [
        ("Ctrl K", say("Find a member, person or action")), ("g t", say("Go to Today")),
        ("g m", say("Go to Members")), ("g d", say("Go to Dues")), ("g s", say("Go to Standing")),
        ("g p", say("Go to People and roles")), ("g j", say("Go to the Journal")),
        ("j", say("Next row")), ("k", say("Row before")), ("x", say("Choose the row")), ("Enter", say("Open the row")),
        ("?", say("Show these keys")), ("Esc", say("Close")),
    ]
}
