import Access
import Charter
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Membership
import Web

extension Site {
    /// Two records that are one member: find them, look at what would happen, do it.
    static func addMerging(to rooms: RoomRoutes) {
        rooms.get("/console/merge", .may(.mergeMembers)) { room in
            let query = try room.query()
            let kept = try query.string("kept", maximumCharacters: 80)
            let merged = try query.string("merged", maximumCharacters: 80)
            if let kept, let merged {
                let forecast = try await room.ask(MergePreview(keptKey: kept, mergedKey: merged))
                return mergePage(room, forecast, FormProblems.none, status: .ok)
            }
            return try await chooseRecords(room, kept: kept, search: query.string("q"))
        }
        rooms.post("/console/merge", .may(.mergeMembers)) { room in try await merge(room) }
    }
}

private let mergeTrail = Site.membersTrail + [(address: "/console/merge", name: say("Doubles"))]

/// The records that may be one, or those that a name finds to be merged with the one that is kept.
private func chooseRecords(_ room: Room, kept: String?, search: String?) async throws -> Response {
    guard let kept else {
        let pairs = try await room.ask(DuplicateCandidates())
        return room.page(RoomPage(title: say("Doubles"), place: .console(.members), trail: Site.membersTrail)) { h in
            h.p(
                .class("lede"),
                text: say("Records with a name in common whose countries do not differ: they may be one member.")
            )
            pairRows(h, room, pairs)
        }
    }
    let member = try await room.ask(MemberStory(key: kept, changes: 1)).profile
    var rows: [RollRow] = []
    if let search {
        let filter = RollFilter(day: room.today, standing: .any, search: search)
        let listing = try await room.site.directory.listing(filter, page: 1, size: 20)
        rows = try await room.ask(MemberTable(listing, columns: [])).rows.map(\.roll).filter { $0.key != kept }
    }
    let page = RoomPage(title: say("Merge into \(member.name)"), place: .console(.members), trail: mergeTrail)
    return room.page(page) { h in
        h.form(.class("field-row"), .action("/console/merge"), .method(.get), .role(.search)) {
            h.input(.type(.hidden), .name("kept"), .value(kept))
            h.div {
                h.label(.for("merge-search"), text: say("Name of the record that is the same member"))
                h.input(.type(.search), .id("merge-search"), .name("q"), .value(search ?? ""), .autocomplete("off"))
            }
            h.button(.class("button"), .type(.submit), text: say("Find"))
        }
        if search != nil, rows.isEmpty { h.p(.class("quiet"), text: say("No other record is called that.")) }
        h.ul(.class("rows plain-rows")) {
            for row in rows {
                h.li(.data("row")) {
                    h.div {
                        h.a(.href(mergeAddress(kept, row.key)), text: row.name)
                        h.span(.class("also"), text: row.country.map(room.site.countries.name) ?? row.key)
                    }
                    h.code(row.key)
                }
            }
        }
    }
}

private func mergeAddress(_ kept: String, _ merged: String) -> String {
    "/console/merge?kept=\(queryEscaped(kept))&merged=\(queryEscaped(merged))"
}

private func pairRows(_ h: HTMLWriter, _ room: Room, _ pairs: [DuplicateCandidates.Pair]) {
    guard !pairs.isEmpty else {
        h.div(.class("empty")) {
            h.h2(say("No doubles"))
            h.p(
                say(
                    "No two records share a name within a country. To merge any two, open one of them and choose there."
                )
            )
        }
        return
    }
    h.ul(.class("rows plain-rows")) {
        for pair in pairs {
            h.li(.data("row")) {
                h.div {
                    h.a(
                        .href(mergeAddress(pair.first.key, pair.second.key)),
                        text: Phrase.list([.verbatim(pair.first.name), .verbatim(pair.second.name)])
                    )
                    let code = pair.first.country ?? pair.second.country
                    let country = code.map { Phrase.verbatim(room.site.countries.name($0)) } ?? say("no country")
                    h.span(
                        .class("also"),
                        text: say("\(country) · both are “\(pair.name)” · \(pair.first.key), \(pair.second.key)")
                    )
                }
                h.span(.class("quiet"), text: pair.first.isSample ? say("invented") : .empty)
            }
        }
    }
}

private func merge(_ room: Room) async throws -> Response {
    let form = room.form
    let seen = MergeForecast.Seen(kept: Int(form["kept-revision"]) ?? 0, merged: Int(form["merged-revision"]) ?? 0)
    let command = MergeMembers(
        keptKey: form["kept"],
        mergedKey: form["merged"],
        seen: seen,
        grounds: form.exact("grounds"),
        charter: room.site.charter
    )
    do {
        try await room.run(command)
        return room.redirect(
            to: memberAddress(form["kept"]),
            notice: say("The record \(form["merged"]) is part of this member now; its address leads here.")
        )
    } catch let input as InvalidInput {
        let forecast = try await room.ask(MergePreview(keptKey: form["kept"], mergedKey: form["merged"]))
        return mergePage(room, forecast, FormProblems(input), status: .unprocessableContent)
    }
}

private func mergePage(
    _ room: Room,
    _ forecast: MergeForecast,
    _ problems: FormProblems,
    status: HTTPResponse.Status
) -> Response {
    let kept = forecast.kept
    let merged = forecast.merged
    let title = say("Merge \(merged.draft[.name]) into \(kept.draft[.name])")
    return room.page(RoomPage(title: title, place: .console(.members), trail: mergeTrail), status: status) { h in
        h.problems(problems)
        h.p(.class("lede")) {
            h.sentence(
                say(
                    "\(part: 0) stays. Everything of \(part: 1) goes over to it, and its address leads there. "
                        + "\(part: 2)"
                ),
                { h.a(.href(memberAddress(kept.key)), text: "\(kept.draft[.name]) (\(kept.key))") },
                { h.a(.href(memberAddress(merged.key)), text: "\(merged.draft[.name]) (\(merged.key))") },
                { h.a(.href(mergeAddress(merged.key, kept.key)), text: say("The other way round")) }
            )
        }
        forecastLines(h, say("Contradicts"), forecast.contradictions)
        forecastLines(h, say("Goes over"), forecast.moved + forecast.filled, others: forecast.others)
        forecastLines(h, say("There already"), forecast.repeated, others: [])
        room.form(h, "/console/merge") {
            for (name, value) in [
                ("kept", kept.key), ("merged", merged.key), ("kept-revision", String(forecast.seen.kept)),
                ("merged-revision", String(forecast.seen.merged)),
            ] { h.input(.type(.hidden), .name(name), .value(value)) }
            groundsField(h, room.form.exact("grounds"), problems)
            h.div(.class("form-end")) {
                h.button(.class("button danger"), .type(.submit), text: title)
                h.a(.class("button"), .href(memberAddress(kept.key)), text: say("Leave them apart"))
            }
        }
    }
}

private func forecastLines(_ h: HTMLWriter, _ title: Phrase, _ contradictions: [MergeContradiction]) {
    guard !contradictions.isEmpty else { return }
    h.h2(title)
    h.p(
        .class("note"),
        text: say("What the kept record says stays in force; the other reading is kept beside it, as a contradiction.")
    )
    h.table {
        h.thead {
            h.tr {
                h.th(.scope(.col), text: say("About"))
                h.th(.scope(.col), text: say("Stays in force"))
                h.th(.scope(.col), text: say("Kept beside it"))
            }
        }
        h.tbody {
            for item in contradictions {
                h.tr {
                    h.th(.scope(.row), text: item.title)
                    h.td(.untranslated) {
                        h.record(item.kept)
                        h.span(.class("also")) { h.cited(item.keptSource) }
                    }
                    h.td(.untranslated) {
                        h.record(item.merged)
                        h.span(.class("also")) { h.cited(item.mergedSource) }
                    }
                }
            }
        }
    }
}

private func forecastLines(
    _ h: HTMLWriter,
    _ title: Phrase,
    _ lines: [MergeForecast.Line],
    others: [Phrase]
) {
    guard !lines.isEmpty || !others.isEmpty else { return }
    h.h2(title)
    h.ul(.class("rows plain-rows")) {
        for line in lines {
            h.li {
                h.div {
                    h.b(line.title)
                    h.span(.class("also"), text: .record(line.text))
                }
                h.span(.class("source"), text: line.source)
            }
        }
        for other in others { h.li { h.div { h.b(other) } } }
    }
}
