import Access
import Database
import HTTPTypes
import Journal
import Languages
import Web

/// Something that waits, with the key of the member that it concerns.
struct WaitingEntry: Sendable {
    let item: WaitingItem
    let member: String?
    /// Whether the roles of whoever asks can move it on.
    let isYours: Bool
}

/// What waits for somebody or for everybody, and what was done this week.
struct TodayEntry: Sendable {
    let waiting: [WaitingEntry]
    let yours: Int
    let everyones: Int
    let week: DoneThisWeek

    init(_ found: Today.Answer, _ scope: Today.Scope, for actor: Actor, _ transaction: Transaction) throws {
        // The roles decide what waits for somebody, and not the scopes of the token with which they ask.
        let holder = actor.byRoles
        let all = try found.waiting.map { item in
            WaitingEntry(
                item: item,
                member: try item.memberID.flatMap { try transaction.memberKey($0) },
                isYours: holder.may(item.needs)
            )
        }
        let mine = all.filter(\.isYours)
        waiting = scope == .mine ? mine : all
        yours = mine.count
        everyones = all.count
        week = found.week
    }
}

extension Shapes {
    static let today = Shape<TodayEntry>(
        "Today",
        [
            .objects("waiting", "What waits, the oldest first.", Shapes.waitingItem) { $0.waiting },
            .integer("yours", "How much waits for you.") { $0.yours },
            .integer("everyones", "How much waits in all.") { $0.everyones },
            .day("week_from", "The Monday of this week, in UTC.") { $0.week.since },
            .integer("done", "How much people did this week.") { $0.week.count },
            .objects("latest", "The latest of that, the latest first: twenty at most.", Shapes.deed) {
                $0.week.latest
            },
        ]
    )

    private static let waitingItem = Shape<WaitingEntry>(
        "WaitingItem",
        [
            .text("kind", "What it is.", example: "proposal") { $0.item.kind },
            .text("id", "Its id, or the key of the ground for proposals on standing.") { $0.item.id },
            .text("title", "What it is, in a few words.") { $0.item.title.english },
            .text("detail", "What is to be known or done.") { $0.item.detail.english },
            .text("needs", "The right that moves it on, as `hansa rights` names it.", example: "proposal.decide") {
                $0.item.needs.rawValue
            },
            .flag("is_yours", "Whether your roles have that right.") { $0.isYours },
            .instant("since", "Since when it waits.") { $0.item.since },
            .optionalText("member", "The key of the member that it concerns.") { $0.member },
        ]
    )

    private static let deed = Shape<DoneThisWeek.Deed>(
        "Deed",
        [
            .text("entry", "The id of the journal's entry.") { $0.entry.id },
            .instant("at", "When.") { $0.entry.recordedAt },
            .text("action", "What was done, in the past tense.", example: "member.edited") { $0.entry.action },
            .optionalText("person", "The name of who did it; null for a former account.") { $0.person },
            .optionalText("about", "What it was about, where that is known.") { $0.about?.english },
            .optionalText("reason", "The reason that was given.") { deed in
                deed.entry.reason.map { Phrase.record($0).english }
            },
        ]
    )
}

extension Operation {
    /// The first page of the console.
    static let getToday: Operation = {
        let whose = Parameter.choice(
            "whose",
            "What waits for you, by your roles, or for everyone; for you without it.",
            Today.Scope.allCases.map(\.rawValue)
        )
        return one(
            "/today",
            id: "getToday",
            topic: .office,
            summary: "Read what waits",
            detail: "What waits in the secretariat, from every part of it, and what people did this week.",
            of: Shapes.today,
            access: .token(.readToday, .readToday),
            parameters: [whose]
        ) { call in
            let scope = try call.value(whose).flatMap(Today.Scope.init(rawValue:)) ?? .mine
            let actor = try call.actor
            return Record("today", Shapes.today, call.context.waiting) { found, transaction in
                try TodayEntry(found, scope, for: actor, transaction)
            }
        }
    }()

    /// The settings in force.
    static let listSettings = list(
        "/settings",
        id: "listSettings",
        topic: .office,
        summary: "List the settings",
        detail: """
            What this process was started with, without what is secret. Settings change on the machine, and with a \
            restart.
            """,
        of: Shapes.setting,
        named: "Settings",
        access: .token(.readSettings, .readSettings)
    ) { call in
        try call.actor.require(.readSettings)
        return call.context.settings
    }
}

extension Shapes {
    static let setting = Shape<SettingLine>(
        "Setting",
        [
            .text("name", "The setting's name.", example: "http.port") { $0.name },
            .text("value", "Its value, without what is secret in it; empty where it is not set.") { $0.value },
            .text("origin", "Where it is from: `flag`, `environment`, `default`, or the name of a file.") { $0.origin },
            .text("variable", "The variable of the environment that sets it.") { $0.variable },
            .text("help", "What it is for.") { $0.help.english },
        ]
    )
}
