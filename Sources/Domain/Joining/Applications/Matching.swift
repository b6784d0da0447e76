import Database
import Journal
import Languages
import Membership

/// Notes which member of the records an applicant was, or that it is none of those that bear its name.
struct Matching {
    let writer: ApplicationWriter
    let services: JoiningServices

    /// Throws `MemberRefusal.noSuchMember` and `JoiningRefusal.memberAlready`.
    func settle(_ memberKey: String?) throws {
        let known = KnownApplicants(
            transaction: writer.transaction,
            services: services,
            day: FormCheck.today(writer.now)
        )
        guard let memberKey, !memberKey.isEmpty else { return try none(try known.all(writer.application)) }
        let member = try known.named(memberKey)
        try known.requireFormer(member)
        // The others that bear the name are looked at with it: also those that a change of the name brought since.
        let others = Set(try known.all(writer.application).map(\.memberID)).subtracting([member.memberID])
        let isSaid = member.memberID == writer.application.memberID && others.isSubset(of: writer.application.lookedAt)
        guard !isSaid else { return }
        try write(member.memberID, lookedAt: others)
        try writer.step(.matched, .init(words: member.name))
        try writer.note("matched", after: ["member": .text(member.key), "member_id": .text(member.memberID)])
    }

    private func none(_ known: [KnownApplicant]) throws {
        let all = Set(known.map(\.memberID))
        let isSaid = all.isSubset(of: writer.application.lookedAt)
        guard writer.application.memberID != nil || !isSaid else { return }
        try write(nil, lookedAt: all)
        let names = known.map(\.name).joined(separator: ", ")
        try writer.step(.unmatched, .init(words: names))
        try writer.note("unmatched", after: ["not_the_same_as": .text(known.map(\.key).joined(separator: " "))])
    }

    private func write(_ memberID: String?, lookedAt: Set<String>) throws {
        try writer.transaction.execute(
            "UPDATE application SET member_id = ?, looked_at = ? WHERE id = ?",
            [
                .optional(memberID), .text(lookedAt.sorted().joined(separator: " ")),
                .text(writer.application.id),
            ]
        )
    }
}
