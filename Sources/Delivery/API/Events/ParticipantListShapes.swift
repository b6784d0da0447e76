import Access
import Languages
import Membership
import Standing

/// A list of participants as it is read and changed.
enum ParticipantLists {
    static let id = Parameter<String>.path("list", "The list's id.")

    /// What bringing it in would do, as things stand now. Throws 404 for another event's list.
    static func of(_ id: String, _ event: String, _ call: Call) -> Record<ParticipantsPlan, ParticipantsPlan.Answer> {
        let question = ParticipantsPlan(list: id, rules: call.context.uploadRules)
        return Record("participant list \(id)", Shapes.participantList, question) { plan, _ in
            guard plan.event.key == event else { throw ParticipationRefusal.noSuchList }
            return plan
        }
    }

    static func of(_ call: Call) throws -> Record<ParticipantsPlan, ParticipantsPlan.Answer> {
        of(try call.required(id), try call.required(EventRecords.event), call)
    }
}

extension Shapes {
    static let participantBrief = Shape<ParticipantList.Brief>("ParticipantListBrief", participantFields({ $0 }, []))

    static let participantList = Shape<ParticipantsPlan.Answer>(
        "ParticipantList",
        participantFields(
            { $0.list },
            [
                .integer("add", "Rows that would be added.") { $0.count(.add) },
                .integer("correct", "Rows that would be corrected.") { $0.count(.correct) },
                .integer("same", "Rows that are on record already.") { $0.count(.same) },
                .integer("left_out", "Rows that somebody left out.") { $0.count(.leftOut) },
                .integer("in_the_way", "Rows that must be settled before any is written.") { plan in
                    plan.rows.count { $0.outcome.isInTheWay }
                },
                .text("mark", "Stands for what each row would do: another one where any of it changes.") { $0.mark },
            ]
        )
    )

    static let participantRow = Shape<ParticipantRow>(
        "ParticipantRow",
        [
            .integer("line", "The line in the file, from 1.") { $0.line },
            .text("told", "The name or key as it stands there.") { $0.told },
            .text("outcome", "`add`, `correct`, `same`, `left-out`, `unclear`, `unknown` or `refused`.") {
                $0.outcome.rawValue
            },
            .optionalText("member", "The key of the member that it means.") { $0.member?.key },
            .optionalText("member_name", "Its name.") { $0.member?.name },
            .objects("candidates", "Those that it can mean.", Shapes.importCandidate) { $0.candidates },
            .optionalText("before", "What is on record, in words.") { $0.beforeWords },
            .optionalText("after", "What would be on record, in words.") { $0.afterWords },
            .optionalText("problem", "Why it cannot be taken, or what is to be known.") { $0.problem?.english },
        ]
    )

    /// What is told of every list, and `more`.
    private static func participantFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> ParticipantList.Brief,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The list's id.") { of($0).id },
            .text("event", "The event's key.") { of($0).event },
            .text("file", "The file's name.") { of($0).file },
            .text("reading", "How it was read.") { of($0).reading.english },
            .integer("rows", "How many rows it has.") { of($0).rowCount },
            .text("state", "`read`, or `applied` once it was brought in.") { of($0).isApplied ? "applied" : "read" },
            .flag("is_whole", "Whether everybody who took part is said to be in it.") { of($0).isWhole },
            .instant("read_at", "When it was read.") { of($0).readAt },
            .optionalInstant("applied_at", "When it was brought in.") { of($0).appliedAt },
            .integer("written", "How many rows were written.") { of($0).written },
        ]
        return fields + more
    }
}
