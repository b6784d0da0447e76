import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Languages
import Membership
import Standing
import Web

/// The points of a time that the reader chooses, each with the record that earned it.
struct MemberPointsPart: Sendable {
    let key: String
    let from: String
    let to: String
    let today: Day
    /// Nil where the time is none.
    let found: PointsOf.Answer?
    let problems: FormProblems

    var status: HTTPResponse.Status { problems.isEmpty ? .ok : .unprocessableContent }

    /// Of the present year, unless the address has other days.
    static func load(_ room: Room) async throws -> MemberPointsPart {
        let query = try room.query()
        let (key, today) = (try room.itsMember.key, room.today)
        let from = try query.day("from") ?? "\(today.year)-01-01"
        let to = try query.day("to") ?? today.description
        func part(_ found: PointsOf.Answer?, _ problems: FormProblems) -> MemberPointsPart {
            MemberPointsPart(key: key, from: from, to: to, today: today, found: found, problems: problems)
        }
        guard let first = Day(from), let last = Day(to) else {
            let problem = InvalidInput("from", say("This is no day. Write it like 2026-11-21."))
            return part(nil, FormProblems(problem))
        }
        let question = PointsOf(
            key,
            from: first,
            to: last,
            charter: room.site.charter,
            dues: DuesOnRecord()
        )
        do { return part(try await room.ask(question), .none) } catch let input as InvalidInput {
            return part(nil, FormProblems(input))
        } catch let refusal as StandingRefusal {
            return part(nil, FormProblems(InvalidInput("to", refusal.sentence)))
        }
    }

    func write(_ h: HTMLWriter, _ links: RecordLinks) {
        h.section(.aria(.labelledby, "points")) {
            h.h2(.id("points"), text: say("Your points"))
            h.problems(problems, lead: say("No points can be counted. Please look at:"))
            form(h)
            guard let found else { return }
            guard found.isStated else {
                return h.p(.class("quiet"), text: say("The charter in force on the last day says nothing of points."))
            }
            sums(h, found)
            earned(h, found, links)
            activities(h, found)
        }
    }

    private func form(_ h: HTMLWriter) {
        h.form(.class("filters"), .action("\(PortalPlace.standing.address(key))#points"), .method(.get)) {
            h.div(.class("filter-grid four")) {
                dayField(h, "from", say("From", context: "a day"), from)
                dayField(h, "to", say("To", context: "a day"), to)
                h.button(.class("button"), .type(.submit), text: say("Count the points"))
            }
        }
    }

    private func dayField(_ h: HTMLWriter, _ name: String, _ words: Phrase, _ value: String) {
        let isWrong = problems.message(name) != nil
        h.div {
            h.label(.for("field-\(name)"), text: words)
            h.input(
                .type(.date),
                .id("field-\(name)"),
                .name(name),
                .value(value),
                .max(today.description),
                .when(isWrong, .aria(.invalid, true)),
                .when(isWrong, .aria(.describedby, "problems"))
            )
        }
    }

    /// Rule by rule, with what makes up each number.
    private func sums(_ h: HTMLWriter, _ found: PointsOf.Answer) {
        h.table {
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
        guard found.earned.contains(where: \.isInvented) else { return }
        h.p(.class("note")) {
            h.text(say("Some of these points rest on records that are made up."))
            h.text(" ")
            h.madeUpTag()
        }
    }

    private func earned(_ h: HTMLWriter, _ found: PointsOf.Answer, _ links: RecordLinks) {
        h.section(.aria(.labelledby, "earned")) {
            h.h3(.id("earned"), text: say("What earned them"))
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

    /// What is on record beside events and payments: what points lead to.
    private func activities(_ h: HTMLWriter, _ found: PointsOf.Answer) {
        guard !found.activities.isEmpty else { return }
        h.section(.aria(.labelledby, "activities")) {
            h.h3(.id("activities"), text: say("Activities on record"))
            h.ul(.class("rows plain-rows")) {
                for activity in found.activities {
                    h.li(.id(RecordLinks.activity(activity.id)), .data("row")) {
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
}
