public import Access
public import Database
public import Foundation

/// Applications in some states, and how many there are in each.
public struct ApplicationList: Question {
    public static let action = Action.readApplications
    public static let pageSize = 50

    public struct Answer: Sendable, Equatable {
        /// Those under way with the oldest first, those that are over with the latest end first.
        public let applications: [Application]
        public let counts: [ApplicationState: Int]
    }

    let states: [ApplicationState]
    let page: Int

    /// - Parameters:
    ///   - states: none for all.
    ///   - page: counted from 1.
    public init(_ states: [ApplicationState] = [], page: Int = 1) {
        self.states = states.isEmpty ? ApplicationState.allCases : states
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [ApplicationState: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM application GROUP BY state") { row in
            if let state = ApplicationState(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        let places = states.map { _ in "?" }.joined(separator: ", ")
        let order = states.allSatisfy(\.isOver) ? "a.ended_at DESC" : "COALESCE(a.submitted_at, a.started_at)"
        let applications = try Application.list(
            transaction,
            """
            WHERE a.state IN (\(places)) ORDER BY \(order), a.id
            LIMIT \(Self.pageSize) OFFSET \(max(page - 1, 0) * Self.pageSize)
            """,
            states.map { .text($0.rawValue) }
        )
        return Answer(applications: applications, counts: counts)
    }
}

/// One application with everything about it. Throws `JoiningRefusal.noSuchApplication`.
public struct ApplicationByID: Question {
    public static let action = Action.readApplications

    let id: String
    let services: JoiningServices

    public init(_ id: String, services: JoiningServices) {
        self.id = id
        self.services = services
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> ApplicationRecord {
        try ApplicationReading(transaction: transaction, services: services, now: now)
            .record(try Application.load(transaction, id: id))
    }
}
