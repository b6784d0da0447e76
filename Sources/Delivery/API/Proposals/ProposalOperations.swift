import Access
import Charter
import Database
import Foundation
import HTTPTypes
import Languages
import Membership
import NIOCore
import Web

extension Shapes {
    static let factValue = Shape<FactValue>(
        "FactValue",
        [
            .text("value", "A name as written, a figure as a decimal number.") { $0.value },
            .text("detail", "The position of a person, the year of a figure, else empty.") { $0.detail },
        ]
    )

    static let proposal = Shape<ProposalView>(
        "Proposal",
        [
            .text("id", "The proposal's id.") { $0.proposal.id },
            .text("etag", "Its state, for If-Match.") { ProposalTag.of($0) },
            .text("member", "The key of the member.") { $0.proposal.memberKey },
            .text("fact", "`name`, `head-of-government`, `population`, `employees` or `area`.") {
                $0.proposal.fact.rawValue
            },
            .object("proposed", "What it shall be.", Shapes.factValue) { $0.proposal.value },
            .optionalObject("current", "What the records say now; null for nothing.", Shapes.factValue) { $0.current },
            .day("effective", "The day from which it shall hold.") { $0.proposal.effectiveOn },
            .text("grounds", "Where it can be checked, or why.") { $0.proposal.grounds },
            .text("state", "`waiting`, `accepted`, `declined` or `withdrawn`.") { $0.proposal.state.rawValue },
            Field("proposed_at", .instant("When it was made.")) { $1.text($0.proposal.proposedAt) },
            Field("decided_at", Schema.instant("When it was decided; null while it waits.").orNull) {
                $1.optional($0.proposal.decidedAt)
            },
            .optionalText("reason", "Why it was declined.") { $0.proposal.reason },
            .optionalObject("document", "What shows it; null where nothing came with it.", Shapes.proposalDocument) {
                $0.proposal.document
            },
        ]
    )
}

/// The entity tag of a proposal: of its state and of what the records say of the fact.
enum ProposalTag {
    static func of(_ view: ProposalView) -> String {
        let state = [view.proposal.id, view.proposal.state.rawValue, view.proposal.decidedAt ?? "", view.mark.text]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: view.proposal.id)
    }
}

extension Operation {
    /// All proposals, for the secretariat.
    static let listProposals: Operation = {
        let state = Parameter.choice(
            "state",
            "Proposals in this state, those that wait oldest first; all without it, the latest first.",
            Proposal.State.allCases.map(\.rawValue)
        )
        let list = ListAnswer.shape("ProposalPage", of: Shapes.proposal, "Proposals.")
        let writer = list.writer
        return Operation(
            .get,
            "/proposals",
            id: "listProposals",
            topic: .proposals,
            summary: "List proposals",
            detail: "What members ask the secretariat to change, each beside what the records say now.",
            access: .token(.readProposals, .readProposals),
            parameters: [state, Cursor.parameter],
            answers: [AnswerDescription(.ok, "Proposals.", list.schema("Proposals."), headers: [.entityTag])]
        ) { call in
            let page = try call.value(Cursor.parameter).map { try Cursor.page($0, kind: "proposals") } ?? 1
            let wanted = try call.value(state).flatMap(Proposal.State.init(rawValue:))
            let found = try await call.ask(ProposalList(state: wanted, page: page))
            let total = wanted.map { found.counts[$0] ?? 0 } ?? found.counts.values.reduce(0, +)
            let hasMore = page * ProposalList.pageSize < total
            let next = hasMore ? Cursor.text(kind: "proposals", [String(page + 1)]) : nil
            let answer = ListAnswer(rows: found.proposals, next: next, total: total, writer: Shapes.proposal.writer)
            return Answer(writer.bytes(answer), headers: call.linkToNext(next).map { [.link: $0] } ?? [:])
        }
    }()

    /// A member's own proposals.
    static let listMemberProposals: Operation = {
        let list = ListAnswer.shape("ProposalPage", of: Shapes.proposal, "Proposals.")
        let writer = list.writer
        return Operation(
            .get,
            "/members/{key}/proposals",
            id: "listMemberProposals",
            topic: .proposals,
            summary: "List a member's proposals",
            detail: "What one member has asked for, the latest first.",
            access: .token(.readProposals, .readPortal),
            parameters: [MemberKey.parameter],
            answers: [AnswerDescription(.ok, "Proposals.", list.schema("Proposals."), headers: [.entityTag])]
        ) { call in
            let id = try await call.memberID(call.required(MemberKey.parameter))
            let found = try await call.ask(MemberProposals(member: id)).proposals
            let answer = ListAnswer(rows: found, next: nil, total: found.count, writer: Shapes.proposal.writer)
            return Answer(writer.bytes(answer))
        }
    }()

    /// Asks for a change of an official fact.
    static let makeProposal = Operation(
        .post,
        "/members/{key}/proposals",
        id: "makeProposal",
        topic: .proposals,
        summary: "Propose a fact",
        detail:
            "Asks the secretariat to change an official fact. It takes the place of one about the same fact that waits.",
        access: .token(.writeProposals, .proposeFact),
        parameters: [MemberKey.parameter, WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewProposal",
            isClosed: true,
            [
                .init(
                    name: "fact",
                    schema: .choice("Which fact.", OfficialFact.allCases.map(\.rawValue)),
                    isRequired: true
                ),
                .init(
                    name: "value",
                    schema: .text("A name as written, a figure in digits.", .line(1, 160)),
                    isRequired: true
                ),
                .init(
                    name: "detail",
                    schema: .text("The position of a person, or the year of a figure.", .line(1, 120)),
                    isRequired: false
                ),
                .init(name: "effective", schema: .day("The day from which it holds."), isRequired: true),
                .init(
                    name: "grounds",
                    schema: .text("Where it can be checked, or why.", .lines(3, 1000)),
                    isRequired: true
                ),
            ]
        ),
        answers: [
            AnswerDescription(
                .created,
                "The proposal waits.",
                Shapes.proposal.schema("The proposal."),
                headers: [.entityTag]
            )
        ]
    ) { call in
        let id = try await call.memberID(call.required(MemberKey.parameter))
        // Whoever may not is told nothing of what would be wrong with it.
        try call.actor.require(.proposeFact, at: .member(id))
        let body = call.body
        let fact = body.text("fact").flatMap(OfficialFact.init(rawValue:)) ?? .name
        let day = Day(body.text("effective") ?? "")
        guard let day else { throw InvalidInput("effective", say("This day lies outside the years 1900 to 2199.")) }
        let value = try FactValue(
            fact,
            typed: body.text("value") ?? "",
            detail: body.text("detail") ?? "",
            year: call.context.today().year
        )
        return try await call.propose(
            ProposeFact(member: id, value: value, effectiveOn: day, grounds: body.text("grounds") ?? "")
        )
    }

    /// Accepts or declines a proposal.
    static let decideProposal: Operation = {
        let id = Parameter.text("id", in: .path, "The proposal's id.", .key(), isRequired: true)
        return Operation(
            .post,
            "/proposals/{id}/decision",
            id: "decideProposal",
            topic: .proposals,
            summary: "Decide a proposal",
            detail:
                "Accepts a proposal, and so writes the fact, or declines it with a reason. The member is told by mail.",
            access: .token(.writeProposals, .decideProposal),
            parameters: [id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            body: ObjectSchema(
                name: "Decision",
                isClosed: true,
                [
                    .init(name: "decision", schema: .choice("Which.", ["accept", "decline"]), isRequired: true),
                    .init(
                        name: "reason",
                        schema: .text("Why it is declined; the member reads it.", .lines(3, 1000)),
                        isRequired: false
                    ),
                ]
            ),
            answers: [
                AnswerDescription(
                    .ok,
                    "The decided proposal.",
                    Shapes.proposal.schema("The proposal."),
                    headers: [.entityTag]
                )
            ]
        ) { call in
            let wanted = try call.required(id)
            let view = try await call.ask(ProposalToDecide(wanted)).view
            let accepts = call.body.text("decision") == "accept"
            let command = DecideProposal(
                proposal: wanted,
                accepts ? .accept() : .decline(reason: call.body.text("reason") ?? ""),
                seen: view.mark,
                charter: call.context.charter,
                letters: call.context.memberLetters
            )
            return try await call.run(
                command,
                on: wanted,
                tag: { transaction in
                    guard let view = try ProposalView.find(transaction, id: wanted) else {
                        throw RequestProblem.noSuchRecord
                    }
                    return ProposalTag.of(view)
                },
                answer: { transaction, _ in try KeptAnswer.proposal(transaction, wanted, status: 200) }
            )
        }
    }()
}

extension Call {
    /// Makes a proposal, and answers with it.
    func propose(_ command: ProposeFact) async throws -> Answer {
        try await run(command, tag: nil) { transaction, outcome in
            try KeptAnswer.proposal(transaction, outcome.id, status: 201)
        }
    }
}

extension KeptAnswer {
    /// A proposal as it is in this transaction, with its tag.
    static func proposal(_ transaction: Transaction, _ id: String, status: Int) throws -> KeptAnswer {
        guard let view = try ProposalView.find(transaction, id: id) else { throw RequestProblem.noSuchRecord }
        return KeptAnswer(
            status: status,
            body: Shapes.proposal.writer.bytes(view),
            entityTag: ProposalTag.of(view)
        )
    }
}
