import Access
import Charter
import Dues
import HTML
import HTTPTypes
import Hummingbird
import Languages
import Standing
import Web

/// What the ranking asks for, as its address says it.
struct RankingAddress: Sendable, Equatable {
    /// How many rows are shown, unless all are asked for.
    static let rows = 100

    let time: PointsTimeAddress
    /// Points that a record earns instead of those of the charter, as they were typed: by the rule's key.
    let weights: [String: String]
    let isAll: Bool

    init(_ query: QueryParameters, charter: Charter, today: Day) throws(RequestProblem) {
        time = try PointsTimeAddress(query, today: today)
        isAll = try query.string("all") == "1"
        var weights: [String: String] = [:]
        for rule in charter.version(on: time.to)?.points ?? [] {
            weights[rule.key] = try query.string(Self.field(rule.key), maximumCharacters: 20)
        }
        self.weights = weights
    }

    static func field(_ rule: String) -> String { "weight-\(rule)" }

    /// The address of all rows.
    var allAddress: String {
        let told = weights.sorted { $0.key < $1.key }.map { "\(Self.field($0.key))=\(queryEscaped($0.value))" }
        return "\(ConsoleStanding.ranking)?\(([time.query] + told + ["all=1"]).joined(separator: "&"))"
    }

    /// What was typed, as `PointWeights` reads it; what is the charter's own is left out.
    func texts(_ version: CharterVersion?) -> [String] {
        let stated = Dictionary((version?.points ?? []).map { ($0.key, $0.points) }) { first, _ in first }
        return weights.filter { key, text in stated[key].map { $0.words.english != text } ?? true }
            .map { "\($0.key)=\($0.value)" }.sorted()
    }
}

extension Site {
    /// The members by the points that they earned in a time, and by other weights to see what would be.
    static func addRanking(to rooms: RoomRoutes) {
        rooms.get(ConsoleStanding.ranking, .may(.readStanding)) { room in
            let charter = room.site.charter
            let address = try RankingAddress(room.query(), charter: charter, today: room.today)
            do {
                let weights = try PointWeights(
                    address.texts(charter.version(on: address.time.to)),
                    charter: charter,
                    on: address.time.to
                )
                let question = Ranking(
                    from: address.time.from,
                    to: address.time.to,
                    weights: weights,
                    limit: address.isAll ? nil : RankingAddress.rows,
                    charter: charter,
                    dues: DuesOnRecord()
                )
                return rankingPage(room, address, try await room.ask(question), .none)
            } catch let input as InvalidInput {
                return rankingPage(room, address, nil, FormProblems(input))
            } catch StandingRefusal.noVersion {
                let problem = InvalidInput("to", StandingRefusal.noVersion.sentence)
                return rankingPage(room, address, nil, FormProblems(problem))
            }
        }
    }
}

private func rankingPage(
    _ room: Room,
    _ address: RankingAddress,
    _ found: Ranking.Answer?,
    _ problems: FormProblems
) -> Response {
    let trail = [(address: ConsolePlace.standing.address, name: ConsolePlace.standing.title)]
    let page = RoomPage(title: say("Members by points"), place: .console(.standing), trail: trail)
    return room.page(page, status: problems.isEmpty ? .ok : .unprocessableContent) { h in
        h.problems(problems, lead: say("No points can be counted. Please look at:"))
        timeAndWeights(h, room, address)
        guard let found else { return }
        guard found.isStated else {
            return h.p(.class("quiet"), text: say("The charter in force on the last day says nothing of points."))
        }
        h.p(
            .class("quiet"),
            text: say("Members with points: \(found.ranked). On the roll without points: \(found.without).")
        )
        table(h, address, found)
    }
}

/// The time, and for each rule of the charter what a record of it earns.
private func timeAndWeights(_ h: HTMLWriter, _ room: Room, _ address: RankingAddress) {
    let rules = room.site.charter.version(on: address.time.to)?.points ?? []
    h.form(.class("filters"), .action(ConsoleStanding.ranking), .method(.get)) {
        h.div(.class("filter-grid four")) { h.pointsTime(address.time) }
        if !rules.isEmpty {
            h.fieldset(.id("field-weight"), .tabindex(-1)) {
                h.legend(say("Points of one record"))
                h.div(.class("filter-grid four")) {
                    for rule in rules {
                        h.filterBox("ranking-\(rule.key)", .name(rule.name)) { id in
                            h.input(
                                .type(.text),
                                .id(id),
                                .name(RankingAddress.field(rule.key)),
                                .value(address.weights[rule.key] ?? rule.points.words.english),
                                .inputmode(.decimal),
                                .autocomplete("off")
                            )
                        }
                    }
                }
            }
        }
        h.div(.class("form-end")) {
            h.button(.class("button primary"), .type(.submit), text: say("Count the points"))
            h.a(.class("button"), .href(ConsoleStanding.ranking), text: say("As the charter has it"))
        }
    }
}

private func table(_ h: HTMLWriter, _ address: RankingAddress, _ found: Ranking.Answer) {
    guard !found.rows.isEmpty else {
        return h.p(.class("quiet"), text: say("Nobody earned points in this time."))
    }
    h.table(.class("dense")) {
        h.caption(.class("hidden-text"), text: say("Members by points, the most first"))
        h.thead {
            h.tr {
                h.th(.scope(.col), .class("num"), text: say("Rank"))
                h.th(.scope(.col), text: say("Member"))
                h.th(.scope(.col), .class("num"), text: say("Points"))
            }
        }
        h.tbody { for row in found.rows { rankingRow(h, address, row) } }
    }
    if found.sharingLast > 0 {
        h.p(
            .class("note"),
            text: say(
                found.sharingLast,
                one: "1 more shares the last rank.",
                other: "\(found.sharingLast) more share the last rank."
            )
        )
    }
    if !address.isAll, found.rows.count < found.ranked {
        h.p { h.a(.href(address.allAddress), text: say("All \(found.ranked)", context: "members")) }
    }
}

private func rankingRow(_ h: HTMLWriter, _ address: RankingAddress, _ row: Ranking.Row) {
    h.tr(.data("row")) {
        h.td(.class("num")) {
            h.text(Phrase.number(row.rank))
            if row.isShared { h.span(.class("also"), text: say("shared", context: "a rank")) }
        }
        h.th(.scope(.row)) {
            h.a(.href("\(memberAddress(row.memberKey, "points"))?\(address.time.query)"), text: row.memberName)
            if row.isInvented {
                h.text(" ")
                h.madeUpTag()
            }
            // What makes up the number, rule by rule.
            let parts = row.sum.lines.filter { $0.count > 0 }.map { line in
                say("\(Phrase.name(line.rule.name)): \(line.count) × \(line.weight.words)", context: "points of a rule")
            }
            h.span(.class("also"), text: Phrase.joined(parts, by: " · "))
        }
        h.td(.class("num")) { h.b(row.sum.total.words) }
    }
}
