import Access
import Decisions
import HTTPTypes
import Web

/// A decision as the secretariat and those who sit in its body see it.
enum DecisionRecords {
    static let id = Parameter<String>.path("id", "The decision's id.")

    static func of(_ id: String, _ call: Call) -> Record<CircularRecord, CircularRecord.Answer> {
        let question = CircularRecord(id, services: call.context.decisions)
        return Record("decision \(id)", Shapes.decisionRecord, question)
    }

    static func of(_ call: Call) throws -> Record<CircularRecord, CircularRecord.Answer> {
        of(try call.required(id), call)
    }
}

extension Operation {
    /// What bodies are asked and were asked.
    static let listDecisions: Operation = {
        let states = Circular.State.allCases.map(\.rawValue)
        let state = Parameter.choice("state", "Decisions in this state; all without it.", states)
        return pages(
            "/decisions",
            id: "listDecisions",
            topic: .decisions,
            summary: "List decisions",
            detail: "What bodies are asked and were asked, with how many seats have answered, the latest first.",
            of: Shapes.askedDecision,
            named: "AskedDecisionPage",
            access: .token(.readDecisions, .readDecisions),
            parameters: [state],
            size: CircularList.pageSize
        ) { call, page in
            let wanted = try call.value(state).flatMap(Circular.State.init(rawValue:))
            let found = try await call.ask(CircularList(state: wanted, page: page))
            let total = wanted.map { found.counts[$0] ?? 0 } ?? found.counts.values.reduce(0, +)
            return Rows(rows: found.lines, total: total)
        }
    }()

    static let getDecision = one(
        "/decisions/{id}",
        id: "getDecision",
        topic: .decisions,
        summary: "Read a decision",
        detail: "What a body was asked, how each seat answered and what came of it. Who sits in the body may read it.",
        of: Shapes.decisionRecord,
        access: .token(.readDecisions, .readDecisions),
        parameters: [DecisionRecords.id]
    ) { try DecisionRecords.of($0) }
}
