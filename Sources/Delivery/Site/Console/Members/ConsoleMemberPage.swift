import Access
import Charter
import HTML
import Hummingbird
import Languages
import Membership
import Standing
import Web

/// A member's whole story on one page: what is known, who its people are, and every change.
func consoleMemberPage(
    _ room: Room,
    _ story: MemberStory.Answer,
    _ participation: ParticipationOfMember.Answer,
    _ dues: ConsoleMemberDues
) -> Response {
    let site = room.site
    let model = MemberPage(
        profile: story.profile,
        today: room.today,
        words: site.words,
        charter: site.charter,
        countries: site.countries,
        nearest: [],
        similar: []
    )
    let page = RoomPage(title: .verbatim(story.profile.name), place: .console(.members), trail: Site.membersTrail)
    return room.page(page) { h in
        h.p(.class("lede"), text: standingSentence(model))
        if story.profile.isSample { h.p { h.sampleTag() } }
        memberActions(h, room, story.profile)
        h.div(.class("columns aside")) {
            h.div(.class("brief")) {
                memberFacts(h, room, story)
                memberNames(h, story.profile)
            }
            h.div(.class("account")) {
                memberRoles(h, room, story.roles)
                dues.write(h, room)
                memberEvents(h, room, participation)
                memberAccount(h, model)
                memberHistory(h, room, story)
            }
        }
    }
}

/// What the member took part in, with the way to record more.
private func memberEvents(_ h: HTMLWriter, _ room: Room, _ found: ParticipationOfMember.Answer) {
    h.section(.aria(.labelledby, "participation")) {
        let more = memberAddress(found.memberKey, "participation")
        h.sectionHead(
            say("Participation"),
            id: "participation",
            more: (more, room.may(.recordParticipation) ? say("Record more") : say("Every step"))
        )
        memberParticipation(h, room, found)
    }
}

/// The address of a member's page in the console, or of one below it.
func memberAddress(_ key: String, _ below: String? = nil) -> String {
    "\(ConsoleMembersAddress.path)/\(key)" + (below.map { "/\($0)" } ?? "")
}

private func memberActions(_ h: HTMLWriter, _ room: Room, _ profile: MemberProfile) {
    h.div(.class("actions")) {
        if room.may(.editMember) {
            h.a(.class("button primary"), .href(memberAddress(profile.key, "edit")), text: say("Edit"))
            h.a(.class("button"), .href(memberAddress(profile.key, "status")), text: say("Change status"))
            h.a(.class("button"), .href(memberAddress(profile.key, "names")), text: say("Other names"))
        }
        if room.may(.requestMembership) {
            h.a(.href(memberAddress(profile.key, "letter")), text: say("Record a letter"))
        }
        if room.may(.mergeMembers) {
            h.a(.href("/console/merge?kept=\(profile.key)"), text: say("Merge with another record"))
        }
        h.a(.href("/members/\(profile.key)"), text: say("Public page"))
        if room.may(.readJournal) { h.a(.href("/console/journal?about=member:\(profile.id)"), text: say("Journal")) }
    }
}

private func memberFacts(_ h: HTMLWriter, _ room: Room, _ story: MemberStory.Answer) {
    let profile = story.profile
    let words = room.site.words
    h.dl(.class("facts")) {
        h.fact(say("Category")) { h.text(words.category(profile.category)) }
        h.fact(say("Country")) { h.text(profile.country.map(room.site.countries.name) ?? "–") }
        h.fact(say("Region")) { h.text(profile.region.map(words.region) ?? "–") }
        h.fact(say("Website")) {
            if let website = profile.website {
                h.a(.href(website), .rel("noreferrer"), text: siteName(website))
            } else {
                h.text("–")
            }
        }
        h.fact(say("Area")) { h.text(profile.areaKm2.map { say("\(Phrase.decimal($0)) km²") } ?? .verbatim("–")) }
        h.fact(say("Place")) {
            if let latitude = profile.latitude, let longitude = profile.longitude {
                h.text("\(latitude), \(longitude)")
                if let source = profile.coordinatesSource { h.span(.class("also")) { h.cited(source, nil) } }
            } else {
                h.text("–")
            }
        }
        h.fact(say("Tags")) {
            if profile.tags.isEmpty { h.text("–") }
            for tag in profile.tags {
                h.a(
                    .class("tag"),
                    .untranslated,
                    .href("\(ConsoleMembersAddress.path)?tag=\(queryEscaped(tag))"),
                    text: tag
                )
                h.text(" ")
            }
        }
        h.fact(say("Key")) {
            h.code(profile.key)
            for merged in story.merged {
                h.span(.class("also")) {
                    h.sentence(
                        say("also \(part: 0), merged \(InstantWords(merged.mergedAt).date)"),
                        { h.code(merged.key) }
                    )
                }
            }
        }
        h.fact(say("Source")) { h.cited(profile.source) }
    }
    if let description = profile.description { h.p(.record(description)) }
    if let note = profile.note { h.p(.class("note"), text: .record(note)) }
}

private func memberNames(_ h: HTMLWriter, _ profile: MemberProfile) {
    guard !profile.names.isEmpty else { return }
    h.section(.aria(.labelledby, "names")) {
        h.h2(.id("names"), text: say("Names"))
        h.ul(.class("rows plain-rows")) {
            for name in profile.names {
                h.li {
                    h.div {
                        h.named(name.name, language: name.language)
                        h.span(.class("also")) {
                            var told = [nameKind(name.kind)]
                            if name.language != "und" { told.append(languageName(name.language)) }
                            if let time = nameTime(name.from, name.to) { told.append(time) }
                            h.text(Phrase.joined(told, by: ", "))
                            h.text(" · ")
                            h.cited(name.source)
                        }
                    }
                }
            }
        }
    }
}

/// What sort of name it is, for a person.
func nameKind(_ kind: String) -> Phrase {
    switch kind {
    case "name": say("official", context: "kind of a name")
    case "printed": say("misprint", context: "kind of a name")
    default: say("alias", context: "kind of a name")
    }
}

/// From when until when a name is in use, as far as the records say.
private func nameTime(_ from: String?, _ to: String?) -> Phrase? {
    switch (from, to) {
    case (nil, nil): nil
    case (let from?, let to?): say("\(from) to \(to)")
    case (let from?, nil): say("\(from) to now")
    case (nil, let to?): say("… to \(to)")
    }
}

private func memberRoles(_ h: HTMLWriter, _ room: Room, _ roles: [MemberRole]) {
    h.section(.aria(.labelledby, "roles")) {
        h.h2(.id("roles"), text: say("People of the member"))
        guard !roles.isEmpty else { return h.p(.class("quiet"), text: say("Nobody has a role in it yet.")) }
        h.ul(.class("rows plain-rows")) {
            for role in roles {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href("/console/people/\(role.personID)"), text: role.personName)
                        h.span(.class("also"), text: role.email.map { Phrase.verbatim($0) } ?? say("no address"))
                    }
                    h.div(.class("who")) {
                        h.text(role.grant.role.name)
                        h.span(
                            .class("also"),
                            text: role.grant.period
                        )
                    }
                }
            }
        }
    }
}

private func memberHistory(_ h: HTMLWriter, _ room: Room, _ story: MemberStory.Answer) {
    h.section(.aria(.labelledby, "history")) {
        h.h2(.id("history"), text: say("Every change"))
        guard !story.history.isEmpty else { return h.p(.class("quiet"), text: say("No change is on record.")) }
        h.ol(.class("timeline changes")) {
            for change in story.history { changeRow(h, room, change) }
        }
        if let older = story.older {
            h.nav(.class("pages"), .aria(.label, say("Changes"))) {
                h.a(
                    .href("\(memberAddress(story.profile.key))?before=\(older)#history"),
                    .rel("next"),
                    text: say("Older changes")
                )
            }
        }
    }
}

private func changeRow(_ h: HTMLWriter, _ room: Room, _ change: MemberChange) {
    h.li {
        let at = InstantWords(change.at)
        h.time(.datetime(at.machine), .title(at.full), text: at.date)
        h.div {
            h.sentence(
                say("\(part: 0) by \(change.by)", context: "a change and who made it"),
                {
                    if room.may(.readJournal) {
                        h.a(.href("/console/journal/\(change.id)"), text: actionWords(change.action))
                    } else {
                        h.b(actionWords(change.action))
                    }
                }
            )
            if let reason = change.reason { h.span(.class("also"), text: .record(reason)) }
            changedFields(h, change)
        }
    }
}

/// What became what; of something new, only what it is.
private func changedFields(_ h: HTMLWriter, _ change: MemberChange) {
    guard change.fields.contains(where: { $0.before != nil }) else {
        let hidden: Set<String> = ["source", "locator", "note", "coordinates_source", "key", "member_id", "position"]
        let told = change.fields.filter { !hidden.contains($0.name) }.compactMap(\.after)
        if !told.isEmpty {
            h.span(.class("also"), text: shortened(Phrase.joined(told.map { valueWords($0) }, by: " · ")))
        }
        return
    }
    let shown = change.fields.prefix(8)
    h.dl(.class("change-fields")) {
        for field in shown { changedField(h, field) }
    }
    if change.fields.count > shown.count {
        let more = change.fields.count - shown.count
        h.span(
            .class("also"),
            text: say(more, one: "and \(more) more in the journal", other: "and \(more) more in the journal")
        )
    }
}

private func changedField(_ h: HTMLWriter, _ field: MemberChange.Field) {
    h.div {
        h.dt(fieldWords(field.name))
        h.dd {
            if let before = field.before, !before.isEmpty {
                h.span(.class("old"), text: valueWords(before))
                h.text(" ")
                h.span(.class("hidden-text"), text: say("became", context: "between an old and a new value"))
                h.text(" ")
            }
            h.span(.class("new"), text: field.after.map { valueWords($0) } ?? say("nothing"))
        }
    }
}

/// A value of the journal; what was personal stands beside it, as long as it is kept.
private func valueWords(_ text: String) -> Phrase {
    switch text {
    case "(erased)": say("(erased)")
    case "(personal)": say("(personal)")
    default: shortened(.record(text))
    }
}

/// What is long is cut; of that the journal has the whole.
private func shortened(_ words: Phrase) -> Phrase {
    let text = words.english
    return text.count > 160 ? .quoted(text.prefix(158) + "…") : words
}
