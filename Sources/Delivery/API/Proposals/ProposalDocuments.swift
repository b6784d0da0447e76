import Access
import Charter
import Files
import HTTPTypes
import Membership
import Web

extension Shapes {
    static let proposalDocument = Shape<Proposal.Document>(
        "ProposalDocument",
        [
            .text("name", "The name that the file had.") { $0.name },
            .text("type", "Its media type.", example: "application/pdf") { $0.type.mediaType },
            .integer("size", "In bytes.") { $0.bytes },
        ]
    )
}

extension Operation {
    /// A proposal with the document that shows the fact.
    static let makeDocumentedProposal: Operation = {
        let facts = OfficialFact.allCases.map(\.rawValue)
        let fact = Parameter.choice("fact", "Which fact.", facts, isRequired: true)
        let value = Parameter.text("value", "A name as written, a figure in digits.", .line(1, 160), isRequired: true)
        let detail = Parameter.text("detail", "The position of a person, or the year of a figure.", .line(1, 120))
        let effective = Parameter<Day>.day("effective", "The day from which it holds; today without it.")
        let grounds = Parameter.text(
            "grounds",
            "Where in the document it stands, or why.",
            .line(3, 200),
            isRequired: true
        )
        return Operation(
            .post,
            "/members/{key}/proposals/documented",
            id: "makeDocumentedProposal",
            topic: .proposals,
            summary: "Propose a fact with a document",
            detail: """
                Asks the secretariat to change an official fact, with a document that shows it. Otherwise as \
                `makeProposal`.
                """,
            access: .token(.writeProposals, .proposeFact),
            parameters: [
                MemberKey.parameter, fact, value, detail, effective, grounds, FileBody.name,
                WriteHeaders.idempotencyKey,
            ],
            file: .document,
            answers: [
                AnswerDescription(
                    .created,
                    "The proposal waits.",
                    Shapes.proposal.schema("The proposal."),
                    headers: [.entityTag]
                )
            ]
        ) { call in
            let member = try await call.memberID(call.required(MemberKey.parameter))
            // Whoever may not is told nothing of what would be wrong with it.
            try call.actor.require(.proposeFact, at: .member(member))
            let today = call.context.today()
            let proposed = try FactValue(
                OfficialFact(rawValue: call.required(fact)) ?? .name,
                typed: call.required(value),
                detail: call.value(detail) ?? "",
                year: today.year
            )
            let sent = try await call.document()
            return try await call.propose(
                ProposeFact(
                    member: member,
                    value: proposed,
                    effectiveOn: try call.value(effective) ?? today,
                    grounds: try call.required(grounds),
                    document: ProposeFact.Document(sent.file, name: sent.name)
                )
            )
        }
    }()

    static let getProposalDocument: Operation = {
        let id = Parameter<String>.path("id", "The proposal's id.")
        return download(
            "/proposals/{id}/document",
            id: "getProposalDocument",
            topic: .proposals,
            summary: "Get the document of a proposal",
            detail: "What shows the fact that a member proposes.",
            access: .token(.readProposals, .readProposals),
            parameters: [id]
        ) { call in KeptFile(try await call.ask(ProposalDocument(proposal: call.required(id)))) }
    }()

    static let getMemberProposalDocument: Operation = {
        let id = Parameter<String>.path("id", "The proposal's id.")
        return download(
            "/members/{key}/proposals/{id}/document",
            id: "getMemberProposalDocument",
            topic: .proposals,
            summary: "Get the document of a member's own proposal",
            detail: "What shows the fact, for the member that proposed it.",
            access: .token(.readProposals, .readPortal),
            parameters: [MemberKey.parameter, id]
        ) { call in
            let (member, wanted) = (try await call.memberID(call.required(MemberKey.parameter)), try call.required(id))
            // Whoever may not is told nothing of what there is.
            try call.actor.require(.readPortal, at: .member(member))
            let question = Reading(OwnProposalDocument(proposal: wanted)) { document, transaction -> KeptFile in
                guard try ProposalView.find(transaction, id: wanted)?.proposal.memberID == member else {
                    throw RequestProblem.noSuchRecord
                }
                return KeptFile(document)
            }
            return try await call.ask(question)
        }
    }()
}

extension KeptFile {
    fileprivate init(_ document: Proposal.Document) {
        self.init(hash: document.hash, type: document.type, name: document.name)
    }
}
