public import Charter
import Database
import Languages
public import Membership

/// What a member's people see in their room: how it stands, and what it may use.
public enum StandingPortal {
    /// As doors know it; the item's id is the key of the standing.
    public static let kind = "standing"

    /// Nothing where the charter opens nothing by standing, or the member has none.
    public static func source(_ charter: Charter, dues: any DuesRecord) -> PortalSource {
        PortalSource { transaction, member, today in
            guard let day = Day(today), charter.version(on: day) != nil else { return [] }
            let answers = try Entitlements(charter: charter, dues: dues).all(member: member, on: day, transaction)
            guard case .standing(let found)? = answers.first?.standing else { return [] }
            let own = answers.filter { $0.entitlement.isFor(category: found.member.category) }
            var sentences = Charter.AccessLevel.allCases.reversed().compactMap { words($0, own) }
            if found.dues.isInvented { sentences.append(say("Some of the records behind it are made up.")) }
            return [
                PortalItem(
                    .open,
                    kind: kind,
                    id: found.standing.key,
                    title: say("Your standing: \(Phrase.name(found.standing.name))"),
                    detail: .joined(sentences, by: " ")
                )
            ]
        }
    }

    /// "Full access: training and networking."
    private static func words(_ level: Charter.AccessLevel, _ answers: [EntitlementAnswer]) -> Phrase? {
        let names = answers.filter { $0.access == level }.map { Phrase.name($0.entitlement.name) }
        guard !names.isEmpty else { return nil }
        let list = Phrase.list(names)
        return switch level {
        case .full: say("You may use: \(list).")
        case .limited: say("You may use in part: \(list).")
        case .no: say("Not open to you: \(list).")
        }
    }
}
