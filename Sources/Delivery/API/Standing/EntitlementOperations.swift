import Access
import Charter
import HTTPTypes
import Languages
import Standing
import Web

/// What a member may use on a day.
struct ToldEntitlements: Sendable {
    let day: Day
    let answer: EntitlementsOf.Answer
}

extension Shapes {
    static let entitlements = Shape<ToldEntitlements>(
        "Entitlements",
        [
            .text("member", "The member's key.") { $0.answer.memberKey },
            .text("member_name", "The member's name.") { $0.answer.memberName },
            .day("as_of", "The day on which it is so.") { $0.day.description },
            .optionalText("standing", "The key of its standing; null for none.") { $0.answer.standing.key },
            .flag("is_stated", "Whether the charter of the day says anything of what members may use.") {
                $0.answer.isStated
            },
            .objects("entitlements", "What the charter opens by standing, in its order.", Shapes.entitlement) {
                $0.answer.entitlements
            },
        ]
    )

    static let entitlement = Shape<EntitlementAnswer>(
        "Entitlement",
        [
            .text("key", "The key of what may be used.", .key(), example: "training") { $0.entitlement.key },
            .text("name", "What it is called.") { $0.entitlement.name },
            .text("access", "`full`, `limited` or `none`.") { $0.access.rawValue },
            .text("sentence", "Why, in sentences.") { $0.reason.english },
            .optionalText("remedy", "What would open more; null where nothing would.") { $0.remedy?.english },
            .text("rule", "The id of the charter's rule.") { $0.rule },
            .texts("offices", "The keys of the offices that it opens.") { $0.entitlement.offices },
            .objects("records", "On what it rests, the rule first.", Shapes.recordLink) { $0.records },
        ]
    )
}

extension Operation {
    static let getMemberEntitlements: Operation = {
        let asOf = Parameter<Day>.day("as_of", "By the standing at the end of this day; of today without it.")
        return one(
            "/members/{key}/entitlements",
            id: "getMemberEntitlements",
            topic: .standing,
            summary: "Read what a member may use",
            detail: "What the charter opens to a member by its standing, why, and what would open more.",
            of: Shapes.entitlements,
            access: .token(.readStanding, .readPortal),
            parameters: [MemberKey.parameter, asOf],
            problems: [.conflict]
        ) { call in
            let key = try call.required(MemberKey.parameter)
            let day = try call.value(asOf) ?? call.context.today()
            let question = EntitlementsOf(
                key,
                on: day,
                charter: call.context.charter,
                dues: call.context.duesRecord
            )
            return Record("entitlements of \(key)", Shapes.entitlements, question) { found, _ in
                ToldEntitlements(day: day, answer: found)
            }
        }
    }()
}
