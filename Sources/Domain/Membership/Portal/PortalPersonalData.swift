public import Access
import Database
import Identity
import Languages

/// What the portal holds on people: what they proposed, and contacts that are their own address.
public enum PortalPersonalData {
    public static let all: [PersonalDataSource] = [proposals, contacts]

    // What somebody proposed for their member stays part of its story; whose name it bears goes with the person.
    private static let proposals = PersonalDataSource("proposals") { transaction, person in
        .list(
            try Proposal.list(transaction, by: person.id).map { proposal in
                [
                    "id": .text(proposal.id), "member": .text(proposal.memberName),
                    "fact": .text(proposal.fact.rawValue), "value": .text(proposal.value.words.english),
                    "effective": .text(proposal.effectiveOn), "grounds": .text(proposal.grounds),
                    "state": .text(proposal.state.rawValue), "proposed-at": .text(proposal.proposedAt),
                    "reason": .optional(proposal.reason),
                ]
            }
        )
    } erase: { _, _, _ in
    }

    private static let contacts = PersonalDataSource("contacts") { transaction, person in
        guard let email = person.email else { return .list([]) }
        return .list(
            try transaction.query(
                """
                SELECT m.name, c.label FROM profile_contact c JOIN member m ON m.id = c.member_id
                WHERE c.value = ? ORDER BY m.name
                """,
                [.text(email)]
            ) { ["member": .text(try $0.text(0)), "label": .text(try $0.text(1)), "value": .text(email)] }
        )
    } erase: { transaction, person, _ in
        guard let email = person.email else { return }
        try transaction.execute("DELETE FROM profile_contact WHERE value = ?", [.text(email)])
    }
}
