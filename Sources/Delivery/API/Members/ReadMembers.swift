import Charter
import Database
import HTTPTypes
import Membership
import NIOCore
import Web

extension Operation {
    /// The roll of a day in pages.
    static func listMembers(_ context: APIContext) -> Operation {
        let roll = RollParameters(context)
        let shape = Shapes.member
        let whole = shape.writer
        let fields = Parameter<[String]>.fields(of: shape)
        let list = ListAnswer.shape("MemberPage", of: shape, "Members in the order asked for.")
        let writer = list.writer
        return Operation(
            .get,
            "/members",
            id: "listMembers",
            topic: .members,
            summary: "List members",
            detail: """
                The roll of a day, narrowed and sorted as the directory on the site. A page is found by where it begins and \
                not by its number, so that nobody is passed over while members come and go.
                """,
            parameters: roll.all + [fields, Cursor.limit, Cursor.parameter],
            answers: [AnswerDescription(.ok, "Members.", list.schema("Members."), headers: [.entityTag])]
        ) { call in
            var filter = try roll.filter(call)
            var mark: RollMark?
            if let cursor = try call.value(Cursor.parameter) {
                // The day of the first page is that of all.
                let read = try RollMark.read(cursor, filter)
                (mark, filter.day) = (read.mark, read.day)
            }
            let size = try call.limit
            let line = try call.value(fields).map { shape.writer(of: $0) } ?? whole
            let empty = ListData(capacityBytes: size * 300)
            let slice = try await call.context.directory.slice(filter, after: mark, size: size, into: empty) {
                $1.append($0, line)
            }
            let next = slice.next?.cursor(filter)
            let data = slice.kept.bytes
            let answer = ListAnswer<RollLine>(
                data: data,
                next: next,
                total: slice.isTotalOpen ? nil : slice.total
            )
            return Answer(
                writer.bytes(answer, capacityBytes: 512 + data.count),
                headers: call.linkToNext(next).map { [.link: $0] } ?? [:]
            )
        }
    }

    /// One member with everything that the records hold.
    static func getMember(_ context: APIContext) -> Operation {
        let asOf = Parameter<Day>.day("as_of", "Name and status as they were on this day; today without it.")
        let shape = Shapes.memberRecord
        let fields = Parameter<[String]>.fields(of: shape)
        return Operation(
            .get,
            "/members/{key}",
            id: "getMember",
            topic: .members,
            summary: "Read a member",
            detail: """
                Everything that the records hold of one member, each fact with its source. A member that was merged with \
                another leads there.
                """,
            parameters: [MemberKey.parameter, asOf, fields],
            answers: [
                AnswerDescription(
                    .ok,
                    "The member.",
                    shape.schema("The member."),
                    headers: [.entityTag]
                ),
                AnswerDescription(.permanentRedirect, "The record is one with another by now.", nil),
            ]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let day = try call.value(asOf)
            let today = call.context.today()
            let (now, then) = try await call.context.database.read { transaction -> (PublicMember?, PublicMember?) in
                let now = try PublicMember.load(transaction, key: key, on: today)
                return (now, try day.flatMap { try PublicMember.load(transaction, key: key, on: $0) })
            }
            guard let now else {
                if let kept = try await call.context.directory.keptKey(of: key) {
                    throw Moved(address: "\(API.path)/members/\(kept)")
                }
                throw RequestProblem.noSuchRecord
            }
            let writer = shape.writer(of: try call.value(fields))
            // Where no day was named, the answer tells today's.
            let tag = day == nil ? MemberTag.dated(now) : MemberTag.of(now)
            return Answer(writer.bytes(then ?? now), entityTag: tag)
        }
    }
}

/// The entity tag of a member: of all that everybody may know of it, so that any change of it is another state. The day
/// alone is no change: what was read before midnight can be changed after it.
enum MemberTag {
    private static let writer = ShapeWriter(Shapes.memberRecord.fields.filter { $0.name != "as_of" })

    static func of(_ member: PublicMember) -> String {
        StateTag.make(writer.bytes(member), of: member.profile.key)
    }

    /// The tag of an answer that tells the day too: what was read before midnight is no longer the answer after it.
    static func dated(_ member: PublicMember) -> String { StateTag.dated(of(member), member.day) }
}

/// The member whose address it is.
enum MemberKey {
    static let parameter = Parameter.text("key", in: .path, "The member's key.", .key(), isRequired: true)
}
