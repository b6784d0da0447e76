public import Access
import Charter
public import Database
public import Foundation
public import Identity
public import Languages

/// What somebody is asked as one who answers for seats, and what became of it.
public struct OwnCirculars: Question {
    public static let action = Action.ownAccount

    public struct Line: Sendable, Equatable {
        public let circular: Circular
        public let bodyName: Phrase
        /// The seats for which they answer.
        public let seats: [CircularSeat]
        /// How many of these have not answered everything.
        public let silentSeats: Int
        public let items: [CircularItem]
    }

    let personID: String
    let services: DecisionServices

    public init(person: String, services: DecisionServices) {
        personID = person
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place { .person(personID) }

    /// Open ones first, each the latest first.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [Line] {
        let members = try OwnSeats.members(transaction, of: actor)
        let places = (["?"] + members.map { _ in "?" }).joined(separator: ", ")
        let circulars = try transaction.query(
            """
            SELECT \(Circular.columns) FROM \(Circular.tables) WHERE EXISTS
                (SELECT 1 FROM circular_seat s WHERE s.circular_id = c.id AND (s.person_id = ? OR s.member_id IN (\(places))))
            ORDER BY CASE c.state WHEN 'open' THEN 0 ELSE 1 END, c.year DESC, c.number DESC LIMIT 200
            """,
            [.text(actor.person.id), .text("")] + members.map(Value.text)
        ) { try Circular(row: $0) }
        return try circulars.compactMap { circular in
            let seats = try OwnSeats.load(transaction, circular, of: actor, now: now)
            guard !seats.isEmpty else { return nil }
            let items = try CircularItem.all(transaction, circular: circular.id)
            let answers = try CircularAnswer.all(transaction, circular: circular.id).filter(\.isCurrent)
            let counts = Dictionary(grouping: answers, by: \.seatID).mapValues(\.count)
            return Line(
                circular: circular,
                bodyName: services.bodyName(circular.body, on: circular.openedDay),
                seats: seats,
                silentSeats: seats.count { counts[$0.id] ?? 0 < items.count },
                items: items
            )
        }
    }
}

/// One circular as somebody who answers for a seat sees it: their seats with the answers so far, and the result.
public struct OwnCircular: Question {
    public static let action = Action.ownAccount

    public struct Seat: Sendable, Equatable {
        public let seat: CircularSeat
        /// By item: the answers that count.
        public let answers: [String: CircularAnswer]
    }

    public struct Answer: Sendable, Equatable {
        public let circular: Circular
        public let bodyName: Phrase
        public let items: [CircularItem]
        public let seats: [Seat]
        /// How the seats have answered; only once it is closed.
        public let count: CircularCount?
        /// Whether answers are taken now.
        public let takesAnswers: Bool
    }

    let id: String
    let personID: String
    let services: DecisionServices

    public init(_ circular: String, person: String, services: DecisionServices) {
        id = circular
        personID = person
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place { .person(personID) }

    /// Throws `noSuchDecision` also to those who are not asked: they learn nothing of it.
    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> Answer {
        let circular = try Circular.load(transaction, id: id)
        let seats = try OwnSeats.load(transaction, circular, of: actor, now: now)
        guard !seats.isEmpty else { throw DecisionRefusal.noSuchDecision }
        let answers = try CircularAnswer.all(transaction, circular: id).filter(\.isCurrent)
        let isOpen = circular.state == .open
        return Answer(
            circular: circular,
            bodyName: services.bodyName(circular.body, on: circular.openedDay),
            items: try CircularItem.all(transaction, circular: id),
            seats: seats.map { seat in
                Seat(
                    seat: seat,
                    answers: Dictionary(
                        answers.filter { $0.seatID == seat.id }.map { ($0.itemID, $0) },
                        uniquingKeysWith: { first, _ in first }
                    )
                )
            },
            count: try isOpen ? nil : CircularCount.load(transaction, circular: id),
            takesAnswers: isOpen && (circular.closesAt.map { InstantText.text(now) < $0 } ?? false)
        )
    }
}

/// The seats of a circular for which an actor answers today.
enum OwnSeats {
    static func load(
        _ transaction: Transaction,
        _ circular: Circular,
        of actor: Actor,
        now: Date
    ) throws -> [CircularSeat] {
        let (own, day) = (actor.person.id, Grant.day(now))
        let members = try members(transaction, of: actor)
        return try CircularSeat.all(transaction, circular: circular.id).filter { seat in
            // A look at the people of each seat only where it can be one of theirs.
            guard seat.personID == own || seat.memberID.map(members.contains) ?? false else { return false }
            return try seat.people(transaction, body: circular.body, day: day).contains { $0.id == own }
        }
    }

    /// The records of the members in which an actor holds a role, also those that were merged into them.
    static func members(_ transaction: Transaction, of actor: Actor) throws -> [String] {
        try actor.memberIDs.flatMap { try CurrentMember.all(transaction, of: $0) }
    }
}

/// Whose link a letter's secret is, and to what it leads: for the page that asks to confirm.
public struct DecisionLink: Sendable, Equatable {
    public let person: Person
    public let circularID: String

    /// `nil` for a secret that was used, has expired, or was never made. Uses nothing up: mail scanners follow links too.
    public static func look(_ transaction: Transaction, _ secret: Secret, now: Date) throws -> DecisionLink? {
        guard let link = try OneTimeLink.look(transaction, secret, .decision, now: now),
            let person = try Person.find(transaction, id: link.personID), person.isOpen
        else { return nil }
        return DecisionLink(person: person, circularID: link.detail)
    }
}
