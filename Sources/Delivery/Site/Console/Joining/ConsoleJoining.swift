import Access
import Hummingbird
import Joining
import Languages
import Web

/// Where the console shows applications and members' requests.
enum ConsoleJoining {
    static let path = ConsolePlace.joining.address
    static let newApplication = "\(path)/new"
    static let trail: [(address: String, name: Phrase)] = [(path, ConsolePlace.joining.title)]

    /// The address of an application, or of something below it.
    static func application(_ id: String, _ below: String...) -> String {
        (["\(path)/applications", id] + below).joined(separator: "/")
    }

    /// The address of a member's request, or of something below it.
    static func request(_ id: String, _ below: String...) -> String {
        (["\(path)/requests", id] + below).joined(separator: "/")
    }

    /// Where something leads that the journal or the page Today names by kind; nil for what is not of joining.
    static func of(_ kind: String, _ id: String) -> String? {
        switch kind {
        case "application": application(id)
        case "membership-request": request(id)
        default: nil
        }
    }

    /// The form that asks a body, with its matter and the one thing that it is about.
    static func put(_ matter: String, _ subject: String) -> String {
        "\(Site.decisionsAddress)/new?matter=\(queryEscaped(matter))&subject=\(queryEscaped(subject))"
    }
}

extension Site {
    /// Who wants to join, and what members ask about their membership.
    static func addJoining(to rooms: RoomRoutes) {
        rooms.get(ConsoleJoining.path, .may(.readApplications)) { room in
            let address = try JoiningListAddress(room.query())
            let (applications, requests) = try await room.ask(
                ApplicationList(address.states, page: address.page),
                RequestList(address.requestStates, page: address.requestPage)
            )
            return joiningListPage(room, address, applications, requests)
        }
        addApplications(to: rooms)
        addApplicationChanges(to: rooms)
        addRequests(to: rooms)
    }
}

/// What the list asks for, as its address says it: applications and requests, each with a state and a page of its own.
struct JoiningListAddress: Sendable {
    /// Nil for all that are under way.
    var state: ApplicationState?
    var page: Int
    /// Nil for all that are under way.
    var request: MembershipRequestState?
    var requestPage: Int

    init(_ query: QueryParameters) throws(RequestProblem) {
        state = try query.choice("state", of: ApplicationState.self)
        page = try query.int("page", in: 1...100_000, default: 1)
        request = try query.choice("request", of: MembershipRequestState.self)
        requestPage = try query.int("requests", in: 1...100_000, default: 1)
    }

    /// An application that was not sent is nobody's work yet.
    static let underWay = ApplicationState.allCases.filter { !$0.isOver && $0 != .draft }
    static let requestsUnderWay = MembershipRequestState.allCases.filter(\.isLive)

    var states: [ApplicationState] { state.map { [$0] } ?? Self.underWay }
    var requestStates: [MembershipRequestState] { request.map { [$0] } ?? Self.requestsUnderWay }

    /// The address of the list after a change of what it asks for.
    func with(_ change: (inout JoiningListAddress) -> Void) -> String {
        var changed = self
        change(&changed)
        return changed.text
    }

    private var text: String {
        let parts: [String?] = [
            state.map { "state=\($0.rawValue)" }, page == 1 ? nil : "page=\(page)",
            request.map { "request=\($0.rawValue)" }, requestPage == 1 ? nil : "requests=\(requestPage)",
        ]
        let query = parts.compactMap { $0 }.joined(separator: "&")
        return ConsoleJoining.path + (query.isEmpty ? "" : "?" + query)
    }
}
