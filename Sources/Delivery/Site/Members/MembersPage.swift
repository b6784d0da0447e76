import Charter
import HTML
import Languages
import Membership
import Web

/// The directory in one state: what was asked for, and what was found.
struct MembersPage: Sendable {
    var address: MembersAddress
    var today: Day
    var found: RollPage
    /// The counts of the day, for the filters and for what to do when nothing is found.
    var counts: RollCounts
    var words: Words
    var countries: Countries
    /// Countries with a member in any standing on the day, by name.
    var countryChoices: [(code: String, name: String)]
    var cells = RollCells()

    var day: Day { address.day ?? today }
    var span: PageSpan {
        PageSpan(page: address.page, size: MembersAddress.pageSize, total: found.total, isOpen: found.isTotalOpen)
    }
}

/// What the page says about the whole roll of its day.
struct RollCounts: Sendable, Equatable {
    var onRoll: Int
    /// Those who are not on the roll any more as well.
    var everybody: Int
    /// Members on the roll by region.
    var byRegion: [String: Int]
    var certainty: RollCertainty

    init(onRoll: Int, everybody: Int, byRegion: [String: Int], certainty: RollCertainty) {
        self.onRoll = onRoll
        self.everybody = everybody
        self.byRegion = byRegion
        self.certainty = certainty
    }

    init(_ cube: RollCube, _ words: Words) {
        self.init(
            onRoll: cube.count(),
            everybody: cube.count(standing: .any),
            byRegion: Dictionary(words.regions.map { ($0.key, cube.count(region: $0.key)) }) { first, _ in first },
            certainty: cube.certainty
        )
    }
}

/// The directory: the form, and under it what was found, too much, or nothing with what to do about it.
func membersPage(_ model: MembersPage, _ context: SiteContext) -> Page {
    frame(membersFrame(model), context) { h in
        h.h1(say("Members"))
        membersForm(h, model)
        h.p(.id("results-status"), .class("hidden-text"), .role(.status))
        h.div(.id("results"), .data("summary", h.speech.text(MembersSummary(model).plain))) { membersResults(h, model) }
    }
}

private func membersFrame(_ model: MembersPage) -> PageFrame {
    let summary = MembersSummary(model).plain
    var page = PageFrame(
        title: model.address.isNarrowed ? say("\(summary) · Members") : say("Members"),
        description: say("The register of members: \(summary). Search by any name, in any script."),
        path: model.address.address(),
        place: .members,
        scripts: ["search.js"]
    )
    // Endless combinations of filters are of no use to a search engine.
    if model.address != MembersAddress() { page.robots = "noindex, follow" }
    return page
}

private func membersResults(_ h: HTMLWriter, _ model: MembersPage) {
    let address = model.address
    h.div(.class("result-bar")) {
        h.p { MembersSummary(model).write(h) }
        h.p(.class("result-links")) {
            if !model.found.rows.isEmpty {
                h.a(.href(address.with { _ in }.address("/members.csv")), text: say("CSV"))
                h.text(" ")
            }
            h.a(.href(mapAddress(address)), text: say("Map"))
        }
    }
    memberChips(h, model)
    if model.found.rows.isEmpty {
        membersEmpty(h, model)
    } else {
        membersNotices(h, model)
        rollTable(h, model.found.rows, RollTable(model))
        h.pages(model.span) { number in
            var next = address
            next.page = number
            return next.address()
        }
    }
    certainty(h, model)
}

/// The map of the same day, as far as the map knows the filter.
private func mapAddress(_ address: MembersAddress) -> String {
    address.day.map { "/map?on=\($0)" } ?? "/map"
}

private func membersNotices(_ h: HTMLWriter, _ model: MembersPage) {
    if model.found.isTotalOpen {
        h.div(.class("notice")) {
            h.p {
                h.b(say("That is too many to be of use."))
                h.text(" ")
                h.text(say("Shown are the first by name. Type one more letter, or choose a region:"))
            }
            h.ul(.class("legend")) {
                for region in model.words.regions {
                    h.li {
                        let narrowed = model.address.with { $0.region = region.key }
                        h.a(.class("region region-\(region.key)"), .href(narrowed.address()), text: region.name)
                    }
                }
            }
        }
    }
    if !model.found.correctedWords.isEmpty, let search = model.address.search {
        h.div(.class("notice")) {
            // What is in the records, whatever the page's language is.
            let words = model.found.correctedWords.prefix(5).map { Phrase.verbatim(capitalisedFirst($0)) }
            h.p {
                h.sentence(
                    say("Shown for \(part: 0): nothing is called “\(search)”."),
                    { h.b(Phrase.list(words)) }
                )
            }
        }
    }
}

/// What the records leave open about this day.
private func certainty(_ h: HTMLWriter, _ model: MembersPage) {
    let certainty = model.counts.certainty
    guard model.address.standing == .onRoll, certainty.perhapsMembers + certainty.perhapsGone > 0 else { return }
    let sentence = certaintySentence(certainty)
    h.p(
        .class("note"),
        text: model.address.isNarrowed ? say("On the whole roll of this day: \(sentence)") : sentence
    )
}

/// How sure the roll of a day is, in one or two sentences; empty when it is sure.
func certaintySentence(_ certainty: RollCertainty) -> Phrase {
    let (members, gone) = (certainty.perhapsMembers, certainty.perhapsGone)
    var sentences: [Phrase] = []
    if members > 0 {
        sentences.append(
            say(
                members,
                one: "For \(members) more member no report gives the day of joining; "
                    + "it may have been a member on this day.",
                other: "For \(members) more members no report gives the day of joining; "
                    + "they may have been members on this day."
            )
        )
    }
    if gone > 0 {
        sentences.append(
            say(
                gone,
                one: "\(gone) of those counted may have left before this day: "
                    + "no report gives the day on which it left.",
                other: "\(gone) of those counted may have left before this day: "
                    + "no report gives the day on which they left."
            )
        )
    }
    return .joined(sentences, by: " ")
}

private func membersEmpty(_ h: HTMLWriter, _ model: MembersPage) {
    let address = model.address
    h.div(.class("empty")) {
        if model.found.total > 0 {
            h.h2(say("There is no page \(address.page)"))
            let pages = model.span.lastPage
            h.p(say(pages, one: "The list has \(pages) page.", other: "The list has \(pages) pages."))
            h.ul {
                h.li {
                    var last = address
                    last.page = model.span.lastPage
                    h.a(.href(last.address()), text: say("The last page"))
                }
            }
        } else if address.search != nil {
            h.h2(say("Nothing by that name"))
            h.p(
                say(
                    "Names are found by their beginning, with any accents or none, with one letter wrong, and in any script."
                )
            )
            waysOut(h, model)
        } else {
            h.h2(say("Nobody fits all of that"))
            if let first = model.counts.everybody == 0 ? model.day : nil {
                h.p(say("The records know of no member on \(first, .long)."))
            }
            waysOut(h, model)
        }
    }
}

private func waysOut(_ h: HTMLWriter, _ model: MembersPage) {
    let address = model.address
    h.ul {
        if let region = address.region, address.search != nil {
            way(h, address.with { $0.region = nil }, say("Look in all regions, not only \(model.words.region(region))"))
        }
        if let country = address.country {
            way(
                h,
                address.with { $0.country = nil },
                say("Look in all countries, not only \(model.countries.name(country))")
            )
        }
        if address.standing != .any {
            way(h, address.with { $0.standing = .any }, say("Look among former members too"))
        }
        if address.day != nil { way(h, address.with { $0.day = nil }, say("Look at today’s roll")) }
        let all = model.counts.onRoll
        way(
            h,
            MembersAddress(),
            say(
                all,
                one: "The one member on the roll of the day",
                other: "All \(all) members on the roll of the day"
            )
        )
    }
}

private func way(_ h: HTMLWriter, _ address: MembersAddress, _ text: Phrase) {
    h.li { h.a(.href(address.address()), text: text) }
}
