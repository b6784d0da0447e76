public import Access
import Charter
public import Database
public import Foundation
import Identity
public import Languages

/// What bodies are asked and were asked, for the secretariat.
public struct CircularList: Question {
    public static let action = Action.readDecisions
    public static let pageSize = 50

    public struct Line: Sendable, Equatable {
        public let circular: Circular
        public let items: [CircularItem]
        public let count: CircularCount
    }

    public struct Answer: Sendable, Equatable {
        /// The latest first.
        public let lines: [Line]
        public let counts: [Circular.State: Int]
    }

    let state: Circular.State?
    let page: Int

    /// - Parameters:
    ///   - state: `nil` for all.
    ///   - page: counted from 1.
    public init(state: Circular.State? = nil, page: Int = 1) {
        self.state = state
        self.page = page
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        var counts: [Circular.State: Int] = [:]
        try transaction.forEach("SELECT state, COUNT(*) FROM circular GROUP BY state") { row in
            if let state = Circular.State(rawValue: try row.text(0)) { counts[state] = try row.integer(1) }
        }
        let circulars = try transaction.query(
            """
            SELECT \(Circular.columns) FROM \(Circular.tables) \(state == nil ? "" : "WHERE c.state = ?")
            ORDER BY c.year DESC, c.number DESC LIMIT \(Self.pageSize) OFFSET \(max(page - 1, 0) * Self.pageSize)
            """,
            state.map { [.text($0.rawValue)] } ?? []
        ) { try Circular(row: $0) }
        return Answer(
            lines: try circulars.map { circular in
                Line(
                    circular: circular,
                    items: try CircularItem.all(transaction, circular: circular.id),
                    count: try CircularCount.load(transaction, circular: circular.id)
                )
            },
            counts: counts
        )
    }
}

/// One circular with everything about it.
public struct CircularRecord: Question {
    public static let action = Action.readDecisions

    public struct Seat: Sendable, Equatable {
        public let seat: CircularSeat
        /// The key of the member's record today.
        public let memberKey: String?
        /// The names of those who answer for it today.
        public let people: [String]
        /// By item: the answers that count.
        public let answers: [String: CircularAnswer]
    }

    public struct Answer: Sendable, Equatable {
        public let circular: Circular
        public let bodyName: Phrase
        public let items: [CircularItem]
        public let count: CircularCount
        public let seats: [Seat]
        /// Answers that were replaced, the latest first.
        public let replaced: [CircularAnswer]
        public let mayWithdraw: Bool
        public let mayRecord: Bool
        public let mayOpen: Bool
        /// Whether the time to answer is over, so that it closes now.
        public let isOver: Bool
    }

    let id: String
    let services: DecisionServices

    public init(_ circular: String, services: DecisionServices) {
        id = circular
        self.services = services
    }

    /// Who sits in the body may read what it decided.
    public func place(_ transaction: Transaction) throws -> Place { .body(try Circular.load(transaction, id: id).body) }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let circular = try Circular.load(transaction, id: id)
        let answers = try CircularAnswer.all(transaction, circular: id)
        let day = Grant.day(now)
        let seats = try CircularSeat.all(transaction, circular: id).map { seat in
            Seat(
                seat: seat,
                memberKey: try seat.currentMember(transaction).flatMap { member in
                    try transaction.first("SELECT key FROM member WHERE id = ?", [.text(member)]) { try $0.text(0) }
                },
                people: try seat.people(transaction, body: circular.body, day: day).map(\.name),
                answers: Dictionary(
                    answers.filter { $0.isCurrent && $0.seatID == seat.id }.map { ($0.itemID, $0) },
                    uniquingKeysWith: { first, _ in first }
                )
            )
        }
        return Answer(
            circular: circular,
            bodyName: services.bodyName(circular.body, on: circular.openedDay),
            items: try CircularItem.all(transaction, circular: id),
            count: try CircularCount.load(transaction, circular: id),
            seats: seats,
            replaced: answers.filter { !$0.isCurrent },
            mayWithdraw: actor.may(.withdrawDecision),
            mayRecord: actor.may(.recordDecision),
            mayOpen: actor.may(.openDecision),
            isOver: circular.closesAt.map { InstantText.text(now) >= $0 } ?? false
        )
    }
}

/// What a form for asking a body starts with: the bodies, who sits in them, and the items of a matter.
public struct NewCircular: Question {
    public static let action = Action.openDecision

    public struct Body: Sendable, Equatable {
        public let key: String
        public let name: Phrase
        /// Whether the charter lets it decide without meeting, and in how many days.
        public let answerDays: Int?
        /// The names of the seats that would be asked.
        public let seats: [String]
    }

    public struct Answer: Sendable, Equatable {
        public let bodies: [Body]
        /// The items of the subjects that were asked for.
        public let items: [MatterItem]
    }

    let matter: String
    let subjects: [String]
    let services: DecisionServices

    public init(matter: String = OtherMatter.kind, subjects: [String] = [], services: DecisionServices) {
        self.matter = matter
        self.subjects = subjects
        self.services = services
    }

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let day = Day(Grant.day(now)) ?? .first
        guard let version = services.charter.version(on: day) else { throw DecisionRefusal.noCharter }
        guard let effect = services.matters.effect(matter) else { throw DecisionRefusal.noSuchSubject }
        return Answer(
            bodies: try version.bodies.map { body in
                let electorate = try Electorate.load(transaction, body, day: day.description)
                return Body(
                    key: body.key,
                    name: .name(body.name),
                    answerDays: body.circulation?.answerDays,
                    seats: try electorate.names(transaction)
                )
            },
            items: try subjects.prefix(OpenCircular.mostItems).map {
                try effect.item(transaction, subject: $0, on: day)
            }
        )
    }
}
