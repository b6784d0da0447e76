import Access
import Charter
import Files
import HTML
import HTTPTypes
import Hummingbird
import Joining
import Languages
import Membership
import Web

extension Site {
    /// How a member stands, and what it asks about its membership.
    static func addMembership(to rooms: RoomRoutes) {
        let path = "/portal/:key/membership"
        rooms.get(path, .inMember(.readPortal)) { room in try await membershipPage(room, .none) }
        rooms.post(
            "\(path)/requests",
            .inMember(.requestMembership),
            largestBody: SentDocument.largestBody
        ) { room in try await makeRequest(room) }
        rooms.post("\(path)/requests/:id/take-back", .inMember(.requestMembership)) { room in
            let id = try room.parameter("id")
            let form = NamedForm(id)
            do {
                try await room.run(TakeBackRequest(id, reason: form.sent("reason", in: room.form)))
                return room.redirect(to: try room.portal(.membership), notice: say("The request is taken back."))
            } catch let input as InvalidInput {
                return try await membershipPage(room, form.problems(input))
            }
        }
        rooms.get("\(path)/requests/:id/documents/:document", .inMember(.readPortal)) { room in
            let (id, document) = (try room.parameter("id"), try room.parameter("document"))
            let requests = try await room.ownRequests().requests
            guard let found = requests.first(where: { $0.id == id })?.documents.first(where: { $0.id == document })
            else { throw RequestProblem.notFound }
            return try await room.attachment(found)
        }
    }

    private static func makeRequest(_ room: Room) async throws -> Response {
        guard let kind = MembershipRequestKind(rawValue: room.form["kind"]) else {
            throw InvalidInput("kind", say("There is no such request. Choose one of the page."))
        }
        let form = NamedForm(kind.rawValue)
        do {
            guard room.form.has(form.field("confirmed")) else {
                throw InvalidInput("confirmed", say("Say that you know what it means: check the box."))
            }
            let document = try await room.sentDocument(of: form)
            let command = FileRequest(
                kind,
                member: try room.itsMember.id,
                words: form.sent("words", in: room.form),
                document: document.map { FileRequest.Document($0.file, name: $0.name) },
                services: room.site.rooms.joining
            )
            let made = try await room.run(command)
            return room.redirect(
                to: try room.portal(.membership),
                notice: say("The secretariat has your request. Its number is \(made.reference).")
            )
        } catch let input as InvalidInput {
            return try await membershipPage(room, form.problems(input))
        }
    }
}

extension Room {
    fileprivate func ownRequests() async throws -> MembershipRequests.Answer {
        try await ask(MembershipRequests(itsMember.key, charter: site.charter))
    }
}

private func membershipPage(_ room: Room, _ problems: FormProblems) async throws -> Response {
    let found = try await room.ownRequests()
    guard let profile = try await room.site.directory.member(key: found.memberKey) else {
        throw RequestProblem.notFound
    }
    let decisions = try await room.site.directory.decisions(Set(profile.statuses.compactMap(\.decision)))
    let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
    return try room.portalPage(say("Membership"), .membership, status: status) { h in
        h.p(.class("lede"), text: standing(found, profile, room.site.words))
        h.problems(problems)
        standingSection(h, room, found, profile, decisions)
        MembershipForms(h: h, room: room, found: found, problems: problems).write()
    }
}

/// "Suspended since 26 Sept 2023."
private func standing(_ found: MembershipRequests.Answer, _ profile: MemberProfile, _ words: Words) -> Phrase {
    guard let standing = found.standing else { return say("The records have no status of you yet.") }
    let status = words.status(standing.status)
    let step = profile.statuses.last { $0.status == standing.status && $0.latest == standing.day.description }
    let range = DayRange(step?.earliest ?? standing.day.description, standing.day.description)
    return range.isExact || range.machine != nil
        ? say("\(status) since \(range.label).") : say("\(status) since a day \(range.phrase).")
}

/// Every step in the member's standing, and the rules that the present one rests on.
private func standingSection(
    _ h: HTMLWriter,
    _ room: Room,
    _ found: MembershipRequests.Answer,
    _ profile: MemberProfile,
    _ decisions: [String: RecordedDecision]
) {
    let words = room.site.words
    h.section(.aria(.labelledby, "standing")) {
        h.h2(.id("standing"), text: say("How you stand"))
        guard !profile.statuses.isEmpty else { return h.p(.class("quiet"), text: say("No standing is on record.")) }
        h.ol(.class("timeline")) {
            for event in profile.statuses {
                let range = DayRange(event.earliest, event.latest)
                h.timelineRow(range, source: FactSource(event.source), note: event.note) {
                    h.b(words.status(event.status))
                    if let grounds = event.grounds, !grounds.isEmpty {
                        h.text(": ")
                        h.record(grounds)
                    }
                    if let decision = event.decision.flatMap({ decisions[$0] }) {
                        h.span(.class("also")) {
                            h.sentence(say("By the decision “\(part: 0)”"), { h.record(decision.title) })
                        }
                    }
                }
            }
        }
        let rules = found.standing.map { rulesBehind($0, profile.category, room.site.charter) } ?? []
        guard !rules.isEmpty else { return }
        h.section(.aria(.labelledby, "rules")) {
            h.h3(.id("rules"), text: say("By which rules"))
            h.dl(.class("facts wide")) {
                for rule in rules {
                    h.fact(say("Rule")) {
                        h.rule(rule)
                        h.span(.class("also")) { h.code(rule.id) }
                    }
                }
            }
        }
    }
}

/// What the charter said, when the status began, of it and of the ways into it.
private func rulesBehind(_ standing: MemberStanding, _ category: String, _ charter: Charter) -> [Rule] {
    guard let version = charter.version(on: standing.day) else { return [] }
    let membership = version.membership
    var ids = membership.grounds.filter { $0.leadsTo == standing.status && $0.categories.contains(category) }
        .map { "membership.grounds.\($0.key)" }
    if membership.withdrawal?.leadsTo == standing.status { ids.append(MembershipRequestKind.withdrawal.rule) }
    if ids.isEmpty, version.status(standing.status)?.isOnRoll == true { ids.append("membership.admission") }
    return (["statuses.\(standing.status)"] + ids).compactMap(version.rule)
}
