import Charter
import Languages
import Membership
import Standing

extension Shapes {
    static let event = Shape<Event>(
        "Event",
        always: ["key"],
        [
            .text("key", "The event's key: it never changes.", .key(), example: "ga6") { $0.key },
            .text("name", "What it is called.") { $0.name },
            .text("kind", "The key of the body that met, or `conference`, `training` and the like.") { $0.kind },
            .day("from", "The first day; where the days are not known, the earliest that it can have been.") {
                $0.from.description
            },
            .day("through", "The last day.") { $0.through.description },
            .optionalText("place", "Where it was.") { $0.place },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .flag("has_whole_list", "Whether everybody who took part is on record.") { $0.hasWholeList },
            .optionalInstant("list_whole_at", "Since when the secretariat says so; null where it does not.") {
                $0.listWholeAt
            },
            .integer("members", "How many members are recorded.") { $0.memberCount },
        ]
    )

    static let participation = Shape<Participation>(
        "Participation",
        always: ["event", "member", "capacity"],
        [
            .text("event", "The event's key.") { $0.event },
            .text("event_name", "What it is called.") { $0.eventName },
            .day("day", "Its first day.") { $0.day },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .text("capacity", "`delegate`, `voter`, `observer`, `participant` or `speaker`.") { $0.capacity },
            .text("mode", "`on-site`, `online` or `ballot`.") { $0.mode },
            .optionalText("position", "The position of whoever came.", example: "Mayor") { $0.position },
            .object("source", "Where it was read.", Shapes.source) { $0.source },
            .optionalText("note", "What is to be known of it.") { $0.note },
            .text("etag", "Its state, for If-Match.") { ParticipationPlace($0).tag(of: $0) },
        ]
    )

    static let participationStep = Shape<ParticipationStep>(
        "ParticipationStep",
        [
            .text("id", "The step's id.") { $0.id },
            .text("kind", "`added`, `corrected` or `removed`.") { $0.kind.rawValue },
            .text("event", "The event's key.") { $0.eventKey },
            .text("member", "The member's key.") { $0.memberKey },
            .instant("made_at", "When it was made.") { $0.madeAt },
            .text("grounds", "Why.") { Phrase.record($0.grounds).english },
            .optionalText("before", "What was on record, in words.") { $0.before?.words },
            .optionalText("after", "What is on record since, in words.") { $0.after?.words },
        ]
    )

    static let circumstance = Shape<StatedCircumstance>(
        "Circumstance",
        [
            .text("circumstance", "`inactive`, or the key of the charter's ground that is said to be the case.") {
                $0.circumstance
            },
            .day("as_of", "The day that the source speaks of.") { $0.asOf.description },
            .optionalInteger("years", "Of `inactive`: for how many years.") { $0.years },
            .flag("is_more", "Whether for more than these.") { $0.isMore },
            .flag("holds", "False where the source takes it back.") { $0.holds },
            .object("source", "Where it was read.", Shapes.source) {
                MemberProfile.Source(code: $0.source, locator: $0.locator)
            },
        ]
    )
}

/// A member at an event in one capacity, as addresses name it.
struct ParticipationPlace: Sendable {
    let event: String
    let member: String
    let capacity: String

    init(event: String, member: String, capacity: String) {
        (self.event, self.member, self.capacity) = (event, member, capacity)
    }

    init(_ participation: Participation) {
        self.init(event: participation.event, member: participation.memberKey, capacity: participation.capacity)
    }

    var key: String { "participation \(event) \(member) \(capacity)" }

    /// The entity tag of what is recorded: every change by hand is a step, and imports change the rest.
    func tag(of participation: Participation) -> String {
        let state = [participation.lastStep, participation.mode, participation.position ?? ""]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key)
    }

    /// Throws `ParticipationRefusal.noSuchParticipation`.
    func find(in found: OneEvent.Answer) throws -> Participation {
        let all = found.participations
        guard let here = all.first(where: { $0.memberKey == member && $0.capacity == capacity }) else {
            throw ParticipationRefusal.noSuchParticipation
        }
        return here
    }
}
