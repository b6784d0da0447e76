import Access
import Charter
import HTTPTypes
import Languages
import Standing
import Web

/// A time of days that is asked about, of which both ends are in it.
struct DaySpan: Sendable {
    static let from = Parameter<Day>.day("from", "The first day; that of the last day's year without it.")
    static let through = Parameter<Day>.day("through", "The last day; today without it.")

    let first: Day
    let last: Day

    /// Throws `InvalidInput` for one that ends before it begins.
    init(_ call: Call) throws {
        last = try call.value(Self.through) ?? call.context.today()
        let beginning = try Day(year: last.year, month: 1, day: 1)
        first = try call.value(Self.from) ?? beginning
        guard first <= last else {
            throw InvalidInput("through", say("The last day lies before the first. Correct one of the two."))
        }
    }
}

extension Operation {
    /// How members stand, what they earned and what that opens to them.
    static func standings(_ context: APIContext) -> [Operation] {
        [
            .getMemberStanding, .listStandingHistory, .listStandings(context), .listStandingCounts, .getMemberPoints,
            .listRanking, .listActivities, .getActivity, .addActivity(context), .withdrawActivity,
            .getMemberEntitlements,
        ]
    }

    static let getMemberStanding: Operation = {
        let asOf = Parameter<Day>.day("as_of", "The standing at the end of this day; of today without it.")
        return one(
            "/members/{key}/standing",
            id: "getMemberStanding",
            topic: .standing,
            summary: "Read the standing of a member",
            detail: "Which standing of the charter a member has on a day, why, and what would make it another one.",
            of: Shapes.standingOnDay,
            access: .token(.readStanding, .readPortal),
            parameters: [MemberKey.parameter, asOf],
            // A day before the charter.
            problems: [.conflict]
        ) { call in
            let (key, day) = (
                try call.required(MemberKey.parameter), try call.value(asOf) ?? call.context.today()
            )
            let (charter, dues) = (call.context.charter, call.context.duesRecord)
            let question = MemberStandingOnDay(key, on: day, charter: charter, dues: dues)
            return Record("standing of \(key)", Shapes.standingOnDay, question) { found, _ in ToldStanding(found) }
        }
    }()

    static let listStandingHistory: Operation = {
        let from = Parameter<Day>.day("from", "From this day on; from its first day on the roll without it.")
        let through = Parameter<Day>.day("through", "Up to this day; up to today without it.")
        return list(
            "/members/{key}/standing-history",
            id: "listStandingHistory",
            topic: .standing,
            summary: "List the standings of a member",
            detail: "The times in which a member had one standing, one after the other, the earliest first.",
            of: Shapes.standingSpan,
            named: "StandingHistory",
            access: .token(.readStanding, .readPortal),
            parameters: [MemberKey.parameter, from, through]
        ) { call in
            let question = StandingHistory(
                try call.required(MemberKey.parameter),
                from: try call.value(from) ?? .first,
                to: try call.value(through) ?? call.context.today(),
                charter: call.context.charter,
                dues: call.context.duesRecord
            )
            return try await call.ask(question).spans
        }
    }()

    static func listStandings(_ context: APIContext) -> Operation {
        let asOf = Parameter<Day>.day("as_of", "The standings at the end of this day; of today without it.")
        let standing = Parameter.choice(
            "standing",
            "Members with this standing of the charter.",
            context.keys { $0.standings.map(\.key) }
        )
        return pages(
            "/standing/members",
            id: "listStandings",
            topic: .standing,
            summary: "List the standings of everybody",
            detail: "The standing of everybody on the roll of a day with why it is so, by name.",
            of: Shapes.standingOnDay,
            named: "StandingPage",
            access: .token(.readStanding, .readStanding),
            parameters: [asOf, standing],
            size: StandingOfAll.pageSize,
            problems: [.conflict]
        ) { call, page in
            let question = StandingOfAll(
                on: try call.value(asOf) ?? call.context.today(),
                standing: try call.value(standing),
                page: page,
                charter: call.context.charter,
                dues: call.context.duesRecord
            )
            let found = try await call.ask(question)
            return Rows(rows: found.members.map { ToldStanding($0, of: found) }, total: found.total)
        }
    }

    static let listStandingCounts: Operation = {
        let asOf = Parameter<Day>.day("as_of", "The standings at the end of this day; of today without it.")
        return list(
            "/standing/counts",
            id: "listStandingCounts",
            topic: .standing,
            summary: "Count the standings",
            detail: "How many members on the roll of a day have each standing, in the charter's order.",
            of: Shapes.standingCount,
            named: "StandingCounts",
            access: .token(.readStanding, .readStanding),
            parameters: [asOf],
            problems: [.conflict]
        ) { call in
            let question = StandingOfAll(
                on: try call.value(asOf) ?? call.context.today(),
                page: 1,
                charter: call.context.charter,
                dues: call.context.duesRecord
            )
            return try await call.ask(question).counts
        }
    }()
}
