import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

/// The time of which points are counted, as an address says it: the present year unless it says otherwise.
struct PointsTimeAddress: Sendable, Equatable {
    let from: Day
    let to: Day

    init(_ query: QueryParameters, today: Day) throws(RequestProblem) {
        let last = try query.day("to").flatMap { Day($0) } ?? today
        to = last
        from = try query.day("from").flatMap { Day($0) } ?? Self.first(of: last)
    }

    /// The year of a day up to it.
    init(through last: Day) { (from, to) = (Self.first(of: last), last) }

    private static func first(of day: Day) -> Day { (try? Day(year: day.year, month: 1, day: 1)) ?? day }

    /// Without a question mark.
    var query: String { "from=\(from)&to=\(to)" }
}

extension HTMLWriter {
    /// The two days of a time, within a form of filters.
    func pointsTime(_ time: PointsTimeAddress) {
        filterBox("field-from", say("From", context: "a day")) { id in
            input(.type(.date), .id(id), .name("from"), .value(time.from.description))
        }
        filterBox("field-to", say("To", context: "a day")) { id in
            input(.type(.date), .id(id), .name("to"), .value(time.to.description))
        }
    }
}

extension Site {
    /// The points that a member earned in a time, each with the record that earned it; and records of them.
    static func addConsoleMemberPoints(to rooms: RoomRoutes) {
        rooms.get(memberAddress(":key", "points"), .may(.readMembers)) { try await pointsPage($0, .none) }
        rooms.post(memberAddress(":key", "points"), .may(.recordParticipation)) { room in
            let (key, form) = (try room.parameter("key"), room.form)
            return try await room.trying {
                let draft = ActivityDraft(
                    kind: form["kind"],
                    from: form["on"],
                    through: form["through"],
                    words: form.exact("words"),
                    isInvented: form.has("invented")
                )
                let grounds = form.exact("grounds")
                _ = try await room.run(
                    AddActivity(member: key, draft, grounds: grounds, charter: room.site.charter)
                )
                return room.redirect(to: memberAddress(key, "points"), notice: say("It is recorded."))
            } again: { trouble in
                // The two days of the time above bear the names by which the command knows the activity's.
                let fields = trouble.problems.fields.map { field in
                    field.name == "from" ? InvalidInput.Field("on", field.message) : field
                }
                let told = FormSetback(problems: FormProblems(fields: fields), refusal: trouble.refusal)
                return try await pointsPage(room, told)
            }
        }
        rooms.post(memberAddress(":key", "points/withdraw"), .may(.recordParticipation)) { room in
            let (key, id) = (try room.parameter("key"), room.form["activity"])
            let form = NamedForm("withdraw-\(id)")
            return try await room.trying(form) {
                try await room.run(WithdrawActivity(id, grounds: form.sent("grounds", in: room.form)))
                return room.redirect(to: memberAddress(key, "points"), notice: say("Withdrawn. It earns nothing."))
            } again: {
                try await pointsPage(room, $0)
            }
        }
    }
}

private func pointsPage(_ room: Room, _ trouble: FormSetback) async throws -> Response {
    let key = try room.parameter("key")
    let time = try PointsTimeAddress(room.query(), today: room.today)
    let (found, wrong) = try await room.points(key, time)
    let trail = Site.membersTrail + [(address: memberAddress(found.memberKey), name: .verbatim(found.memberName))]
    let page = RoomPage(title: say("Points of \(found.memberName)"), place: .console(.members), trail: trail)
    let status: HTTPResponse.Status = wrong.isEmpty ? trouble.status : .unprocessableContent
    return room.page(page, status: status) { h in
        h.trouble(trouble)
        h.problems(wrong, lead: say("No points can be counted. Please look at:"))
        h.form(.class("filters"), .action(memberAddress(key, "points")), .method(.get)) {
            h.div(.class("filter-grid four")) {
                h.pointsTime(time)
                h.button(.class("button"), .type(.submit), text: say("Count the points"))
            }
        }
        guard found.isStated else {
            return h.p(.class("quiet"), text: say("The charter in force on the last day says nothing of points."))
        }
        sums(h, found)
        earned(h, found, ConsoleRecordLinks(key: key, room: room))
        activities(h, room, found, trouble)
        if room.may(.recordParticipation) { recordForm(h, room, found, trouble) }
    }
}

extension Room {
    /// The points of a time; of the present year, with what is wrong, where the time is none.
    fileprivate func points(
        _ key: String,
        _ time: PointsTimeAddress
    ) async throws -> (found: PointsOf.Answer, wrong: FormProblems) {
        func question(_ time: PointsTimeAddress) -> PointsOf {
            PointsOf(key, from: time.from, to: time.to, charter: site.charter, dues: DuesOnRecord())
        }
        do { return (try await ask(question(time)), .none) } catch let input as InvalidInput {
            return (try await ask(question(PointsTimeAddress(through: today))), FormProblems(input))
        } catch StandingRefusal.noVersion {
            let problem = InvalidInput("to", StandingRefusal.noVersion.sentence)
            return (try await ask(question(PointsTimeAddress(through: today))), FormProblems(problem))
        }
    }
}

private func sums(_ h: HTMLWriter, _ found: PointsOf.Answer) {
    h.table(.class("dense")) {
        h.caption(.class("hidden-text"), text: say("Points by rule"))
        h.thead {
            h.tr {
                h.th(.scope(.col), text: say("For", context: "what points are given for"))
                h.th(.scope(.col), .class("num"), text: say("Each"))
                h.th(.scope(.col), .class("num"), text: say("Times"))
                h.th(.scope(.col), .class("num"), text: say("Points"))
            }
        }
        h.tbody {
            for line in found.sum.lines {
                h.tr {
                    h.th(.scope(.row)) {
                        h.ruled(line.rule.name)
                        h.span(.class("also")) { h.cited(line.rule.citation) }
                    }
                    h.td(.class("num"), text: line.weight.words)
                    h.td(.class("num"), text: .number(line.count))
                    h.td(.class("num"), text: line.points.words)
                }
            }
        }
        h.tfoot {
            h.tr {
                h.th(.scope(.row), .colspan(3), text: say("Together"))
                h.td(.class("num")) { h.b(found.sum.total.words) }
            }
        }
    }
}

private func earned(_ h: HTMLWriter, _ found: PointsOf.Answer, _ links: ConsoleRecordLinks) {
    h.section(.aria(.labelledby, "earned")) {
        h.h2(.id("earned"), text: say("What earned them"))
        guard !found.earned.isEmpty else {
            return h.p(.class("quiet"), text: say("Nothing on record of this time earns points."))
        }
        h.ol(.class("timeline")) {
            for each in found.earned {
                let range = DayRange(each.when.earliest.description, each.when.latest.description)
                h.timelineRow(range, source: each.source.map { FactSource($0) }) {
                    links.link(h, each.record, each.words)
                    h.text(": ")
                    h.b(each.points.words)
                    if each.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                    h.span(.class("also")) { h.ruled(each.rule.name) }
                }
            }
        }
    }
}

/// What is on record beside events and payments.
private func activities(_ h: HTMLWriter, _ room: Room, _ found: PointsOf.Answer, _ trouble: FormSetback) {
    guard !found.activities.isEmpty else { return }
    h.section(.aria(.labelledby, "activities")) {
        h.h2(.id("activities"), text: say("Activities on record"))
        h.ul(.class("rows plain-rows")) {
            for activity in found.activities {
                h.li(.id(ConsoleRecordLinks.activity(activity.id)), .data("row")) {
                    h.div {
                        h.record(activity.words)
                        if activity.isInvented {
                            h.text(" ")
                            h.madeUpTag()
                        }
                        h.span(.class("also")) { h.cited(activity.source) }
                        if let withdrawal = activity.withdrawal {
                            h.span(.class("also")) {
                                h.sentence(say("Withdrawn: \(part: 0)"), { h.record(withdrawal.grounds) })
                            }
                        } else if room.may(.recordParticipation) {
                            withdrawForm(h, room, found.memberKey, activity.id, trouble)
                        }
                    }
                    h.div(.class("age")) {
                        h.when(DayRange(activity.when.earliest.description, activity.when.latest.description))
                    }
                }
            }
        }
    }
}

private func withdrawForm(_ h: HTMLWriter, _ room: Room, _ key: String, _ id: String, _ trouble: FormSetback) {
    let form = NamedForm("withdraw-\(id)")
    h.details(.when(room.form.has(form.field("grounds")), .open())) {
        h.summary(say("Withdraw it"))
        room.form(h, memberAddress(key, "points/withdraw")) {
            h.hiddenField("activity", id)
            h.textField(
                form.field("grounds"),
                label: say("Grounds"),
                value: form.sent("grounds", in: room.form),
                problems: trouble.problems,
                .maxlength(1000)
            )
            h.div(.class("form-end")) { h.button(.class("button danger"), .type(.submit), text: say("Withdraw it")) }
        }
    }
}

private func recordForm(_ h: HTMLWriter, _ room: Room, _ found: PointsOf.Answer, _ trouble: FormSetback) {
    let (form, problems) = (room.form, trouble.problems)
    let kinds = AddActivity.kinds(room.site.charter, on: room.today)
    guard !kinds.isEmpty else { return }
    h.details(.class("more-forms"), .when(form.has("kind"), .open())) {
        h.summary(say("Record something that it did beside events"))
        room.form(h, memberAddress(found.memberKey, "points")) {
            h.choice(
                "kind",
                label: say("What it was", context: "an activity"),
                value: form["kind"],
                options: [(value: "", text: say("Choose"))] + kinds.map { (value: $0.key, text: Phrase.name($0.name)) },
                problems: problems
            )
            h.div(.class("field-pair")) {
                h.textField(
                    "on",
                    label: say("Day"),
                    value: form["on"],
                    type: .date,
                    problems: problems,
                    .max(room.today.description)
                )
                h.textField(
                    "through",
                    label: say("Last day, where the day is not known"),
                    value: form["through"],
                    type: .date,
                    problems: problems,
                    .max(room.today.description)
                )
            }
            h.textField(
                "words",
                label: say("In a few words"),
                value: form["words"],
                problems: problems,
                .maxlength(200)
            )
            h.div(.class("field")) {
                h.checkBox(
                    "invented",
                    label: say("It is made up, as an example: what rests on it says so"),
                    isChecked: form.has("invented")
                )
            }
            groundsField(h, form.exact("grounds"), problems)
            h.div(.class("form-end")) {
                h.button(.class("button primary"), .type(.submit), text: say("Record it"))
            }
        }
    }
}
