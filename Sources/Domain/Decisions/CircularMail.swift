import Charter
import Database
import Foundation
import Identity
import Languages
import Mail

/// Writes to the people who answer for the seats of a circular, one letter each, in their language.
struct CircularMail {
    let transaction: Transaction
    let services: DecisionServices
    let now: Date

    /// Somebody with the seats for which they answer.
    struct Reader {
        let person: Person
        var seats: [CircularSeat]
    }

    /// Everybody who answers for one of these seats today, in the order of the seats.
    func readers(_ circular: Circular, _ seats: [CircularSeat]) throws -> [Reader] {
        let day = String(InstantText.text(now).prefix(10))
        var readers: [Reader] = []
        for seat in seats {
            for person in try seat.people(transaction, body: circular.body, day: day) {
                if let place = readers.firstIndex(where: { $0.person.id == person.id }) {
                    readers[place].seats.append(seat)
                } else {
                    readers.append(Reader(person: person, seats: [seat]))
                }
            }
        }
        return readers
    }

    func ask(_ circular: Circular, until end: Date) throws {
        let seats = try CircularSeat.all(transaction, circular: circular.id)
        for reader in try readers(circular, seats) {
            try send(.asked, circular, to: reader, cause: "decision-asked:\(circular.id)", until: end)
        }
    }

    /// Writes to whoever answers for a seat that has not answered everything; returns how many letters.
    @discardableResult
    func remind(_ circular: Circular, days: Int, until end: Date) throws -> Int {
        let silent = try silentSeats(circular)
        let readers = try readers(circular, silent)
        for reader in readers {
            try send(.reminder, circular, to: reader, cause: "decision-reminder:\(circular.id):\(days)", until: end)
        }
        return readers.count
    }

    func tellResult(
        _ circular: Circular,
        _ results: [(item: CircularItem, outcome: MatterOutcome, tally: Charter.Tally)]
    )
        throws
    {
        let seats = try CircularSeat.all(transaction, circular: circular.id)
        for reader in try readers(circular, seats) {
            let lines = results.map { result in
                let outcome = DecisionWords.result(result.outcome, result.tally)
                return said(result.item.numberedWords + .verbatim(": ") + outcome, to: reader.person)
            }
            try send(
                .result,
                circular,
                to: reader,
                cause: "decision-result:\(circular.id)",
                more: ["results": Self.shortened(lines)]
            )
        }
    }

    func tellWithdrawn(_ circular: Circular, reason: String) throws {
        let seats = try CircularSeat.all(transaction, circular: circular.id)
        for reader in try readers(circular, seats) {
            try send(
                .withdrawn,
                circular,
                to: reader,
                cause: "decision-withdrawn:\(circular.id)",
                more: ["reason": reason]
            )
        }
    }

    private func silentSeats(_ circular: Circular) throws -> [CircularSeat] {
        let items = try CircularItem.all(transaction, circular: circular.id).count
        let answers = try CircularAnswer.all(transaction, circular: circular.id).filter(\.isCurrent)
        let counts = Dictionary(grouping: answers, by: \.seatID).mapValues(\.count)
        return try CircularSeat.all(transaction, circular: circular.id).filter { counts[$0.id] ?? 0 < items }
    }

    /// - Parameter end: until when a link answers; without it the letter leads behind sign-in.
    private func send(
        _ key: DecisionLetters.Key,
        _ circular: Circular,
        to reader: Reader,
        cause: String,
        until end: Date? = nil,
        more: [String: String] = [:]
    ) throws {
        let letters = services.letters
        let person = reader.person
        guard let email = person.email else { return }
        var values = more
        values["association"] = letters.association
        values["name"] = person.name
        values["body"] = said(services.bodyName(circular.body, on: circular.openedDay), to: person)
        values["title"] = circular.title
        values["reference"] = circular.reference
        values["seat"] = said(.list(reader.seats.map { .verbatim($0.name) }), to: person)
        values["deadline"] = circular.lastDay.map { said(.day($0, .long), to: person) } ?? ""
        values["link"] = letters.correspondence.address(
            "\(DecisionLetters.Path.own)/\(circular.id)",
            for: person.language
        )
        if let end {
            let secret = try OneTimeLink.make(
                transaction,
                .decision,
                person: person.id,
                detail: circular.id,
                until: end,
                now: now
            )
            values["link"] = letters.link(secret, for: person)
            values["text"] = try text(circular, to: person)
        }
        let mail = OutgoingMail(
            cause: "\(cause):\(person.id)",
            to: email,
            toName: person.name,
            content: try letters.templates.render(key.rawValue, language: person.language, values: values),
            person: person.id,
            isConfidential: end != nil
        )
        _ = try Outbox.queue(transaction, mail, now: now)
    }

    private func said(_ phrase: Phrase, to person: Person) -> String {
        services.letters.correspondence.text(phrase, for: person.language)
    }

    private func text(_ circular: Circular, to person: Person) throws -> String {
        let items = try CircularItem.all(transaction, circular: circular.id)
        let lines = Self.shortened(items.map { said($0.numberedWords, to: person) })
        return circular.introduction.isEmpty ? lines : "\(circular.introduction)\n\n\(lines)"
    }

    /// A letter is no register: the page behind the link has all of it.
    private static func shortened(_ lines: [String], to most: Int = 20) -> String {
        (lines.count > most ? lines.prefix(most - 1) + ["…"] : lines[...]).joined(separator: "\n")
    }
}
