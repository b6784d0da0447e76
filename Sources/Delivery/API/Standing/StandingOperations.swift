import Access
import Charter
import HTTPTypes
import Standing
import Web

private enum StandingRecords {
    static let id = Parameter<String>.path("id", "The proposal's id.")

    static func of(_ call: Call) throws -> Record<OneStandingProposal, StandingEntry> {
        let id = try call.required(id)
        let question = OneStandingProposal(id, charter: call.context.charter)
        return Record("standing proposal \(id)", Shapes.standingProposal, question) { found, _ in
            StandingEntry(proposal: found.proposal, words: found.words)
        }
    }
}

extension Operation {
    /// What the nightly rule proposed.
    static let listStandingProposals: Operation = {
        let states = StandingProposal.State.allCases
        let state = Parameter.choice(
            "state",
            "Proposals in this state; those that are open or put without it.",
            states.map(\.rawValue)
        )
        return pages(
            "/standing/proposals",
            id: "listStandingProposals",
            topic: .standing,
            summary: "List proposals on standing",
            detail: "The steps in members' standing that the rule proposes each night, and what became of them.",
            of: Shapes.standingProposal,
            named: "StandingProposalPage",
            access: .token(.readStanding, .readStanding),
            parameters: [state],
            size: StandingProposals.pageSize
        ) { call, page in
            let one = try call.value(state).flatMap(StandingProposal.State.init(rawValue:))
            let wanted = one.map { [$0] } ?? states.filter(\.isLive)
            let found = try await call.ask(StandingProposals(wanted, page: page, charter: call.context.charter))
            return Rows(
                rows: found.proposals.map { StandingEntry(proposal: $0, words: found.words) },
                total: wanted.reduce(0) { $0 + (found.counts[$1] ?? 0) }
            )
        }
    }()

    static let getStandingProposal = one(
        "/standing/proposals/{id}",
        id: "getStandingProposal",
        topic: .standing,
        summary: "Read a proposal on standing",
        detail: "One proposal with its evidence and what became of it.",
        of: Shapes.standingProposal,
        access: .token(.readStanding, .readStanding),
        parameters: [StandingRecords.id]
    ) { try StandingRecords.of($0) }

    /// How many members the last night found alike.
    static let listStandingSummary = list(
        "/standing/summary",
        id: "listStandingSummary",
        topic: .standing,
        summary: "Read what the last night found",
        detail: "How many members were found alike under each ground, and why: also those of whom nothing can be told.",
        of: Shapes.standingSummary,
        named: "StandingSummaries",
        access: .token(.readStanding, .readStanding)
    ) { call in
        let found = try await call.ask(StandingProposals([.open], charter: call.context.charter))
        return found.summary.map { CountedStanding(summary: $0, words: found.words) }
    }

    static let putStandingProposal = Operation(
        .post,
        "/standing/proposals/{id}/put",
        id: "putStandingProposal",
        topic: .standing,
        summary: "Put a proposal forward",
        detail: """
            Puts a proposal forward to the body that decides. `openDecision` with the matter `standing` asks the body \
            and puts its subjects forward in the same step.
            """,
        access: .token(.writeStanding, .proposeStanding),
        parameters: [StandingRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        answers: [.one(Shapes.standingProposal, "The proposal as it is now.")]
    ) { call in
        let command = PutForward([try call.required(StandingRecords.id)])
        return try await call.change(command, on: StandingRecords.of(call))
    }

    static let dropStandingProposal = Operation(
        .post,
        "/standing/proposals/{id}/drop",
        id: "dropStandingProposal",
        topic: .standing,
        summary: "Drop a proposal",
        detail: "Does not put a proposal forward. The rule does not make it again for the same inactivity.",
        access: .token(.writeStanding, .proposeStanding),
        parameters: [StandingRecords.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        body: ObjectSchema(name: "DropGrounds", isClosed: true, [.grounds]),
        answers: [.one(Shapes.standingProposal, "The proposal as it is now.")]
    ) { call in
        let command = DropProposal(try call.required(StandingRecords.id), reason: call.body.text("grounds") ?? "")
        return try await call.change(command, on: StandingRecords.of(call))
    }

    /// What the rule says on a day.
    static let listStandingFindings: Operation = {
        let asOf = Parameter<Day>.day("as_of", "The day on which the grounds are put to everybody; today without it.")
        let roll = Parameter.choice(
            "roll",
            "Whose standing: the roll as the day `began`, as a meeting of that day found it, or as it `ended`.",
            ["began", "ended"]
        )
        let evidence = Parameter.choice(
            "evidence",
            "`all`, or what the `records` alone show, without what sources state.",
            ["all", "records"]
        )
        let outcomes = StandingOutcome.Kind.allCases.map(\.rawValue)
        let outcome = Parameter.choice("outcome", "Findings with this outcome.", outcomes)
        let size = 200
        return pages(
            "/standing/findings",
            id: "listStandingFindings",
            topic: .standing,
            summary: "Ask the rule on standing",
            detail: """
                What the charter's grounds come to for everybody on the roll of a day, worked out anew: proposed with \
                its evidence, not met, or not to be told with what is missing. Nothing is written.
                """,
            of: Shapes.standingFinding,
            named: "StandingFindingPage",
            access: .token(.readStanding, .readStanding),
            parameters: [asOf, roll, evidence, outcome],
            size: size,
            // A day on which no version of the charter was in force.
            problems: [.conflict]
        ) { call, page in
            let found = try await call.ask(
                StandingOnDay(
                    try call.value(asOf) ?? call.context.today(),
                    roll: try call.value(roll) == "ended" ? .asTheDayEnded : .asTheDayBegan,
                    evidence: try call.value(evidence) == "records" ? .recordsAlone : .recordsAndStatements,
                    charter: call.context.charter,
                    payments: call.context.payments
                )
            )
            let wanted = try call.value(outcome)
            let all = found.findings.filter { wanted == nil || $0.outcome.kind.rawValue == wanted }
            return Rows(
                rows: all.dropFirst((page - 1) * size).prefix(size).map {
                    FoundStanding(finding: $0, words: found.words)
                },
                total: all.count
            )
        }
    }()
}
