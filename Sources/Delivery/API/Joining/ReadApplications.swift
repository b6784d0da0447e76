import Access
import HTTPTypes
import Joining
import Web

/// An application as it is read and changed.
enum ApplicationRecords {
    static let id = Parameter<String>.path("id", "The application's id.")

    static func of(_ id: String, _ call: Call) -> Record<ApplicationByID, ApplicationFile> {
        let question = ApplicationByID(id, services: call.context.joining)
        return Record("application \(id)", Shapes.applicationFile, question) { record, transaction in
            ApplicationFile(record: record, entry: try ApplicationEntry(record.application, transaction))
        }
    }
}

extension Parameter where Value == [String] {
    /// Records in any of these states.
    static func states(_ detail: String, _ states: [String]) -> Parameter {
        let list = Schema.list(detail, of: .choice("A state.", states), atLeast: 1, isUnique: true)
        return Parameter("state", list) { value in
            guard case .list(let values) = value else { return nil }
            return values.compactMap { if case .text(let text) = $0 { text } else { nil } }
        }
    }
}

extension Operation {
    /// Applications for membership, and what members ask about theirs.
    static func joining(_ context: APIContext) -> [Operation] {
        [
            .listApplications, .getApplication, .enterApplication(context), .correctApplication, .sendApplication,
            .askApplicant, .noteOnApplication, .matchApplication, .recommendApplication, .takeBackRecommendation,
            .closeApplication, .eraseApplicant, .addApplicationDocument, .getApplicationDocument, .listRequests,
            .getRequest, .getRequestDocument, .getMemberRequests, .getMemberRequestDocument, .fileRequest,
            .fileLetter, .takeBackRequest,
        ]
    }

    static let listApplications: Operation = {
        let state = Parameter<[String]>.states(
            "Applications in these states, with commas between; all without it.",
            ApplicationState.allCases.map(\.rawValue)
        )
        return pages(
            "/applications",
            id: "listApplications",
            topic: .joining,
            summary: "List applications",
            detail: """
                Applications for membership. Those under way come with the oldest first; where only such as are over \
                were asked for, the latest end first.
                """,
            of: Shapes.application,
            named: "ApplicationPage",
            access: .token(.readJoining, .readApplications),
            parameters: [state],
            size: ApplicationList.pageSize
        ) { call, page in
            let wanted =
                try call.value(state)?.compactMap(ApplicationState.init(rawValue:)) ?? ApplicationState.allCases
            let question = Reading(ApplicationList(wanted, page: page)) { found, transaction in
                Rows(
                    rows: try found.applications.map { try ApplicationEntry($0, transaction) },
                    total: wanted.reduce(0) { $0 + (found.counts[$1] ?? 0) }
                )
            }
            return try await call.ask(question)
        }
    }()

    static let getApplication = one(
        "/applications/{id}",
        id: "getApplication",
        topic: .joining,
        summary: "Read an application",
        detail: "One application with what it says, its documents by name, type and size, and each step.",
        of: Shapes.applicationFile,
        access: .token(.readJoining, .readApplications),
        parameters: [ApplicationRecords.id]
    ) { call in ApplicationRecords.of(try call.required(ApplicationRecords.id), call) }
}
