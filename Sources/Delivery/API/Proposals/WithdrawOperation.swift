import Access
import Database
import HTTPTypes
import Membership
import Web

extension Operation {
    /// A proposal taken back by the member that made it.
    static let withdrawProposal: Operation = {
        let id = Parameter<String>.path("id", "The proposal's id.")
        return Operation(
            .post,
            "/members/{key}/proposals/{id}/withdrawal",
            id: "withdrawProposal",
            topic: .proposals,
            summary: "Withdraw a proposal",
            detail: "Takes back a proposal that waits.",
            access: .token(.writeProposals, .proposeFact),
            parameters: [MemberKey.parameter, id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [.one(Shapes.proposal, "The proposal as it is now.")]
        ) { call in
            let (member, wanted) = (try await call.memberID(call.required(MemberKey.parameter)), try call.required(id))
            // Whoever may not is told nothing of what there is.
            try call.actor.require(.proposeFact, at: .member(member))
            return try await call.run(
                WithdrawProposal(proposal: wanted),
                on: wanted,
                tag: { transaction in
                    guard let view = try ProposalView.find(transaction, id: wanted), view.proposal.memberID == member
                    else { throw RequestProblem.noSuchRecord }
                    return ProposalTag.of(view)
                },
                answer: { transaction, _ in try KeptAnswer.proposal(transaction, wanted, status: 200) }
            )
        }
    }()
}
