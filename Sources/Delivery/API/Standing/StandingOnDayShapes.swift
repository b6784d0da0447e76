import Charter
import Dues
import Languages
import Standing

/// The standing of a member on a day.
struct ToldStanding: Sendable {
    let member: String
    let memberName: String
    let day: Day
    let found: StandingFound

    init(_ answer: MemberStandingOnDay.Answer) {
        (member, memberName, day, found) = (answer.memberKey, answer.memberName, answer.day, answer.found)
    }

    init(_ line: StandingOfAll.Line, of all: StandingOfAll.Answer) {
        (member, memberName, day) = (line.member.key, line.member.name, all.day)
        found = all.explained(line)
    }
}

extension Shapes {
    static let standingOnDay = Shape<ToldStanding>(
        "StandingOnDay",
        always: ["member"],
        standingFields(
            [
                .text("member", "The member's key.") { $0.member },
                .text("member_name", "The member's name.") { $0.memberName },
                .day("as_of", "The day at whose end it stands so.") { $0.day.description },
            ],
            { $0.found }
        )
    )

    static let standingSpan = Shape<StandingHistory.Span>(
        "StandingSpan",
        standingFields(
            [
                .day("from", "The first day of the time.") { $0.from.description },
                .day("through", "Its last day.") { $0.to.description },
            ],
            { $0.found }
        )
    )

    static let standingCount = Shape<StandingOfAll.Count>(
        "StandingCount",
        [
            .text("standing", "The key of a standing of the charter.") { $0.standing.key },
            .text("name", "What it is called.") { $0.standing.name },
            .text("rule", "The id of the rule.") { $0.standing.id },
            .integer("members", "How many on the roll have it.") { $0.members },
            .integer("invented", "How many of these by records that are made up.") { $0.invented },
        ]
    )

    static let recordLink = Shape<RecordLink>(
        "RecordLink",
        [
            .text("kind", "`rule`, `statuses`, `account`, `invoice`, `event` or `activity`.") { $0.kind },
            .optionalText("id", "Its id or key; null for the member's own statuses and account.") { $0.id },
            .text("text", "What it is.") { $0.words.english },
        ]
    )

    /// What is found of a standing on a day, after `first`.
    private static func standingFields<Value: Sendable>(
        _ first: [Field<Value>],
        _ of: @escaping @Sendable (Value) -> StandingFound
    ) -> [Field<Value>] {
        let found: [Field<Value>] = [
            .optionalText("standing", "The key of a standing of the charter; null for who has none.") { of($0).key },
            .optionalText("name", "What it is called.") { of($0).known?.standing.name },
            .optionalText("status", "The key of the member's status; null before the first.") { of($0).status },
            .optionalText("rule", "The id of the rule that decides.") { of($0).known?.standing.rule.id },
            .text("sentence", "Why, in sentences.") { of($0).reason.english },
            .optionalText("change", "What would make it another one.") { of($0).known?.standing.change?.english },
            .objects("records", "On what it rests, the rule first.", Shapes.recordLink) {
                of($0).known?.records ?? []
            },
            .objects("owed", "What the member owes, by currency.", Shapes.money) { of($0).dues.owed.money },
            .objects("past_due", "What of that is past due.", Shapes.money) { of($0).dues.pastDue.money },
            .optionalDay("last_payment", "The day of its last payment.") { of($0).dues.lastPayment?.description },
            Field("paid_years", .list("The years of which nothing is owed any more.", of: .integer(""))) { told, json in
                json.list(of(told).dues.paidYears) { year, json in json.integer(year) }
            },
            .flag("is_invented", "Whether any of it rests on a record that is made up.") { of($0).dues.isInvented },
        ]
        return first + found
    }
}

extension StandingFound {
    fileprivate var known: StandingOfMember? {
        if case .standing(let found) = self { found } else { nil }
    }

    fileprivate var status: String? {
        switch self {
        case .standing(let found): found.member.status
        case .notOnRoll(let status): status
        case .notStated: nil
        }
    }

    fileprivate var dues: DuesFacts { known?.dues ?? DuesFacts.none }
}

extension [DuesFacts.Amount] {
    fileprivate var money: [Money] {
        compactMap { amount in
            (try? Currency(amount.currency)).map { Money(minor: amount.minor, $0) }
        }
    }
}

extension RecordLink {
    fileprivate var kind: String {
        switch self {
        case .rule: "rule"
        case .statuses: "statuses"
        case .account: "account"
        case .invoice: "invoice"
        case .event: "event"
        case .activity: "activity"
        }
    }

    fileprivate var id: String? {
        switch self {
        case .rule(let id), .activity(let id), .invoice(let id, _): id
        case .event(let key): key
        case .statuses, .account: nil
        }
    }
}
