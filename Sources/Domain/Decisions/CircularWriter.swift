import Access
import Charter
import Database
import Foundation
import Identity
import Journal
import Languages

/// Writes a new circular with its items and seats, and the mail to those who answer.
struct CircularWriter {
    let transaction: Transaction
    let services: DecisionServices
    let actor: Actor
    let now: Date
    let day: Day

    func open(_ id: String, _ draft: CheckedDraft) throws -> String {
        let seats = try draft.way == .circulation ? electorate(draft.body) : []
        let number = try nextNumber()
        let closesAt = draft.terms.map(end)
        try transaction.execute(
            """
            INSERT INTO circular (id, year, number, body, matter, title, introduction, way, state, revision, opened_by,
                opened_at, closes_at, terms)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'open', 1, ?, ?, ?, ?)
            """,
            [
                .text(id), .int(day.year), .int(number), .text(draft.body.key), .text(draft.matter), .text(draft.title),
                .text(draft.introduction), .text(draft.way.rawValue),
                .optional(actor.isPerson ? actor.person.id : nil), .text(InstantText.text(now)),
                .optional(closesAt.map(InstantText.text)), .optional(try draft.terms.map(StoredTerms.text)),
            ]
        )
        try writeItems(id, draft.items)
        try writeSeats(id, seats)
        if let effect = services.matters.effect(draft.matter) {
            for subject in draft.items.compactMap(\.subject?.id) {
                try effect.opened(transaction, subject: subject, by: actor, now: now)
            }
        }
        let circular = try Circular.load(transaction, id: id)
        try note(circular, draft, seats: seats.count)
        if let closesAt {
            try CircularMail(transaction: transaction, services: services, now: now).ask(circular, until: closesAt)
        }
        return id
    }

    private func electorate(_ body: Charter.Body) throws -> [Electorate.Seat] {
        let seats = try Electorate.load(transaction, body, day: day.description).seats
        guard !seats.isEmpty else { throw DecisionRefusal.noSeats(body: body.name) }
        return seats
    }

    private func nextNumber() throws -> Int {
        let last = try transaction.first("SELECT MAX(number) FROM circular WHERE year = ?", [.int(day.year)]) {
            try $0.optionalInteger(0)
        }
        return ((last ?? nil) ?? 0) + 1
    }

    /// The beginning of the day after the last one: whoever reads "by 5 December" has the whole of that day.
    private func end(_ terms: Charter.Circulation) -> Date {
        Date(timeIntervalSince1970: Double(day.adding(days: terms.answerDays + 1).ordinal) * 86_400)
    }

    private func writeItems(_ id: String, _ items: [MatterItem]) throws {
        try transaction.execute(
            """
            INSERT INTO circular_item (id, circular_id, position, subject_kind, subject_id, words, evidence, rule)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            each: items.enumerated().map { place, item in
                [
                    .text(Identifier.make()), .text(id), .int(place + 1), .optional(item.subject?.kind),
                    .optional(item.subject?.id), .text(item.words.stored), .text(item.evidence.stored),
                    .optional(item.rule),
                ]
            }
        )
    }

    private func writeSeats(_ id: String, _ seats: [Electorate.Seat]) throws {
        try transaction.execute(
            """
            INSERT INTO circular_seat (id, circular_id, position, member_id, person_id, name) VALUES (?, ?, ?, ?, ?, ?)
            """,
            each: seats.enumerated().map { place, seat in
                [
                    .text(Identifier.make()), .text(id), .int(place + 1), .optional(seat.memberID),
                    .optional(seat.personID), .text(seat.name),
                ]
            }
        )
    }

    private func note(_ circular: Circular, _ draft: CheckedDraft, seats: Int) throws {
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "decision.opened",
                subject: .init("circular", circular.id),
                rule: draft.terms == nil ? nil : circular.rule,
                after: [
                    "reference": .text(circular.reference), "body": .text(circular.body),
                    "way": .text(circular.way.rawValue),
                    "matter": .text(circular.matter), "title": .text(circular.title),
                    "items": .list(draft.items.map { .text($0.words.english) }), "seats": .integer(seats),
                    "closes_at": .optional(circular.closesAt),
                ]
            )
        )
    }
}
