import Access
import Charter
import Database
import DatabaseTesting
import Foundation
import Identity
import Journal
import Languages
import Logging
import Mail
import Membership
import Testing

@testable import Decisions

/// A small committee: Visby and Riga hold offices of it, Astrid sits in it for herself. And a secretariat.
struct House: Sendable {
    /// 2026-09-21, in the middle of the day.
    static let now = Date(timeIntervalSince1970: 1_790_000_000)
    /// The instant from which no answer counts: 14 whole days after the day of opening.
    static let end = Date(timeIntervalSince1970: 1_791_244_800)
    static let body = "executive-committee"
    static let visby = "member-visby"
    static let riga = "member-riga"
    static let gdansk = "member-gdansk"
    static let migrations =
        Journal.migrations + IdentityMigrations.all + AccessMigrations.all + MailMigrations.all
        + MembershipMigrations.all + DecisionMigrations.all

    let database: Database
    let services: DecisionServices
    let effect: TestMatter
    /// Speaks for Visby.
    let inga: Actor
    /// Votes for Visby.
    let eva: Actor
    /// Keeps Visby's profile, and has no seat.
    let nils: Actor
    /// Sits in the committee and works for Riga as its editor, so she answers for Riga.
    let janis: Actor
    /// Sits in the committee for herself.
    let astrid: Actor
    /// Speaks for Gdańsk, which has no seat.
    let piotr: Actor
    let officer: Actor
    let auditor: Actor

    /// - Parameter change: text of the charter's rule and what it is changed to.
    static func with(
        _ engine: Database.Engine,
        rule change: [String: String] = [:],
        _ body: (House) async throws -> Void
    ) async throws {
        let charter = try charter(change)
        let effect = TestMatter()
        let services = try services(charter, effect)
        try await withDatabase(engine, migrations: migrations) { database in
            try await database.write { try fill($0) }
            func actor(_ name: String, _ language: String, _ roles: (Role, Place)...) async throws -> Actor {
                try await database.write { transaction in
                    let id = try person(transaction, name, language: language, roles)
                    return try #require(try Actor.load(transaction, person: id, secondFactor: true, now: now))
                }
            }
            try await body(
                House(
                    database: database,
                    services: services,
                    effect: effect,
                    inga: actor("Inga Karlsson", "es", (.representative, .member(visby))),
                    eva: actor("Eva Lund", "en", (.delegate, .member(visby))),
                    nils: actor("Nils Berg", "en", (.editor, .member(visby))),
                    janis: actor("Janis Ozols", "ko", (.committee, .body(House.body)), (.editor, .member(riga))),
                    astrid: actor("Astrid Holm", "zh", (.committee, .body(House.body))),
                    piotr: actor("Piotr Nowak", "en", (.representative, .member(gdansk))),
                    officer: actor("Oh Ji-woo", "en", (.officer, .association)),
                    auditor: actor("Ada Audit", "en", (.auditor, .association))
                )
            )
        }
    }

    static func services(_ charter: Charter, _ effect: TestMatter) throws -> DecisionServices {
        DecisionServices(
            charter: charter,
            matters: Matters([effect]),
            letters: DecisionLetters(
                templates: try MailTemplates.load(folder: DecisionLetters.folder),
                correspondence: Correspondence(
                    siteAddress: "https://hansa.example",
                    speeches: try .shipped().naming(charter.translations)
                ),
                charter: charter
            )
        )
    }

    static func charter(_ change: [String: String] = [:]) throws -> Charter {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var text = try String(contentsOf: root.appending(path: "Charters/wego.yaml"), encoding: .utf8)
        for (from, to) in change {
            #expect(text.contains(from), "the charter has no \(from)")
            text = text.replacing(from, with: to)
        }
        return try #require(Charter.lint(text: text, file: "wego.yaml").charter)
    }

    static func person(
        _ transaction: Transaction,
        _ name: String,
        language: String = "en",
        _ roles: [(Role, Place)]
    ) throws -> String {
        let address = name.lowercased().replacing(" ", with: ".") + "@example.org"
        let email = try #require(EmailAddress(address))
        let person = try Person.create(transaction, name: name, email: email, language: language, now: now)
        for (role, place) in roles { _ = try give(transaction, person.id, role, place) }
        return person.id
    }

    static func give(_ transaction: Transaction, _ person: String, _ role: Role, _ place: Place) throws -> String {
        let id = Identifier.make()
        try transaction.execute(
            """
            INSERT INTO role_grant (id, person_id, role, place_kind, place_id, starts_on, given_at)
            VALUES (?, ?, ?, ?, ?, '2026-01-01', ?)
            """,
            [
                .text(id), .text(person), .text(role.rawValue), .text(place.kind), .text(place.id),
                .text(InstantText.text(now)),
            ]
        )
        return id
    }

    private static func fill(_ transaction: Transaction) throws {
        try transaction.execute("INSERT INTO source (code, title, origin) VALUES ('R', 'Report', 'import')")
        for (id, key, name) in [(visby, "visby", "Visby"), (riga, "riga", "Riga"), (gdansk, "gdansk", "Gdańsk")] {
            try transaction.execute(
                """
                INSERT INTO member (id, key, category, country, region, name, source, origin)
                VALUES (?, ?, 'local-government', 'SE', 'europe', ?, 'R', 'import')
                """,
                [.text(id), .text(key), .text(name)]
            )
        }
        for (member, office, until) in [
            (visby, "executive-committee", "2026-12-31"), (visby, "president-city", "2026-12-31"),
            (riga, "executive-committee", "2026-12-31"), (gdansk, "executive-committee", "2026-09-20"),
            (gdansk, "host-city", "2026-12-31"),
        ] {
            try transaction.execute(
                """
                INSERT INTO member_office (member_id, office, valid_from, valid_to, source, origin)
                VALUES (?, ?, '2023-09-26', ?, 'R', 'import')
                """,
                [.text(member), .text(office), .text(until)]
            )
        }
    }
}

/// A matter about members, whose effect can be told to refuse or to fail.
struct TestMatter: MatterEffect {
    enum Trouble: Error { case outage }

    let kind = "test"
    let name = Phrase.verbatim("Test")

    func item(_ transaction: Transaction, subject: String, on day: Day) throws -> MatterItem {
        let name = try transaction.first("SELECT name FROM member WHERE id = ?", [.text(subject)]) { try $0.text(0) }
        guard let name else { throw DecisionRefusal.noSuchSubject }
        return MatterItem(
            subject: MatterSubject("member", subject),
            words: .verbatim("Praise \(name)"),
            evidence: .verbatim("It shines."),
            rule: "membership.admission"
        )
    }

    /// What it was told stands in the table of events, so that it is undone with everything else.
    func settle(_ transaction: Transaction, _ item: SettledItem, by actor: Actor, now: Date) throws {
        try transaction.execute(
            """
            INSERT INTO event (key, name, kind, date_from, date_to, place, source, locator, origin)
            VALUES (?, ?, 'settled', ?, ?, ?, 'R', ?, 'entry')
            """,
            [
                .text("\(item.itemID) \(item.outcome.rawValue)"), .text(item.words.english),
                .text(item.day.description), .text(item.day.description), .optional(item.decision),
                .text(item.outcome.rawValue),
            ]
        )
        let tags = try transaction.first("SELECT tags FROM member WHERE id = ?", [.text(item.subject?.id ?? "")]) {
            try $0.text(0)
        }
        if tags == "refuse" { throw MemberRefusal.changedMeanwhile }
        if tags == "fail" { throw Trouble.outage }
    }
}

extension House {
    func run<C: Command>(_ command: C, as actor: Actor, at now: Date = House.now) async throws -> C.Outcome {
        try await database.run(command, as: actor, now: now)
    }

    func ask<Q: Question>(_ question: Q, as actor: Actor, at now: Date = House.now) async throws -> Q.Answer {
        try await database.ask(question, as: actor, now: now)
    }

    /// Puts texts to the committee, and returns the circular's id.
    func open(_ words: String..., title: String = "Minutes", at now: Date = House.now) async throws -> String {
        let draft = CircularDraft(
            body: Self.body,
            title: title,
            typed: (words.isEmpty ? ["The minutes"] : words).map { CircularDraft.Typed(words: $0) }
        )
        return try await run(OpenCircular(draft, services: services), as: officer, at: now)
    }

    /// Puts members to the committee.
    func open(
        about members: [String],
        way: Circular.Way = .circulation,
        at now: Date = House.now
    ) async throws -> String {
        let draft = CircularDraft(body: Self.body, way: way, matter: "test", title: "Praise", subjects: members)
        return try await run(OpenCircular(draft, services: services), as: officer, at: now)
    }

    func circular(_ id: String) async throws -> Circular { try await database.read { try Circular.load($0, id: id) } }
    func items(_ id: String) async throws -> [CircularItem] {
        try await database.read { try CircularItem.all($0, circular: id) }
    }
    func seats(_ id: String) async throws -> [CircularSeat] {
        try await database.read { try CircularSeat.all($0, circular: id) }
    }
    func answers(_ id: String) async throws -> [CircularAnswer] {
        try await database.read { try CircularAnswer.all($0, circular: id) }
    }

    func seat(_ name: String, of id: String) async throws -> String {
        try #require(await seats(id).first { $0.name == name }).id
    }

    /// The same answer to all items, for the seat with that name.
    @discardableResult
    func answer(
        _ id: String,
        _ seat: String,
        _ answer: SeatAnswer,
        as actor: Actor,
        comment: String = "",
        link: Secret? = nil,
        at now: Date = House.now
    ) async throws -> AnswerOutcome {
        let answers = Dictionary(try await items(id).map { ($0.id, answer) }, uniquingKeysWith: { first, _ in first })
        let command = AnswerCircular(
            id,
            seat: try await self.seat(seat, of: id),
            as: actor,
            answers: answers,
            comment: comment,
            link: link,
            services: services
        )
        return try await run(command, as: actor, at: now)
    }

    /// All three seats, in the order Riga, Visby, Astrid.
    func answerAll(_ id: String, _ riga: SeatAnswer, _ visby: SeatAnswer, _ own: SeatAnswer) async throws {
        try await answer(id, "Riga", riga, as: janis)
        try await answer(id, "Visby", visby, as: inga)
        try await answer(id, "Astrid Holm", own, as: astrid)
    }

    func work(at now: Date) async throws -> CircularWork.Outcome {
        try await CircularWork(database: database, services: services, logger: Logger(label: "test")).run(now: now)
    }

    /// What `body` refuses with; `nil` when it goes through.
    func refusal(_ body: () async throws -> Void) async -> (any Error)? {
        do {
            try await body()
            return nil
        } catch { return error }
    }

    /// The letters of a cause to somebody, as text.
    func letters(_ cause: String, to actor: Actor? = nil) async throws -> [(subject: String, text: String)] {
        try await database.read { transaction in
            try transaction.query(
                "SELECT subject, body_text, person_id FROM mail WHERE cause LIKE ? ORDER BY queued_at, id",
                [.text("\(cause):%")]
            ) { (subject: try $0.text(0), text: $0.optionalText(1) ?? "", person: $0.optionalText(2)) }
            .filter { letter in actor.map { $0.person.id == letter.person } ?? true }
            .map { (subject: $0.subject, text: $0.text) }
        }
    }

    /// The secret of the link in the letter that asked somebody.
    func link(_ id: String, to actor: Actor) async throws -> Secret {
        let text = try #require(try await letters("decision-asked:\(id)", to: actor).first).text
        let match = try #require(text.firstMatch(of: #/answer\?key=([A-Za-z0-9_-]{43})/#))
        return try #require(Secret(String(match.1)))
    }

    /// What the effect was told, by item's words: outcomes in their order.
    func told() async throws -> [String] {
        try await database.read { transaction in
            try transaction.query("SELECT name, locator FROM event WHERE kind = 'settled' ORDER BY name, locator") {
                "\(try $0.text(0)): \(try $0.text(1))"
            }
        }
    }

    func actions(_ id: String) async throws -> [String] {
        try await database.read { try Journal.entries($0, of: .init("circular", id)).map(\.entry.action) }
    }

    func tag(_ member: String, _ tag: String) async throws {
        try await database.write { transaction in
            try transaction.execute("UPDATE member SET tags = ? WHERE id = ?", [.text(tag), .text(member)])
        }
    }

    /// So many days after the opening.
    static func later(_ days: Double) -> Date { now.addingTimeInterval(days * 86_400) }
}

extension House {
    /// The actor with the roles that they have now.
    func reloaded(_ actor: Actor) async throws -> Actor {
        let id = actor.person.id
        return try await database.read { transaction in
            try #require(try Actor.load(transaction, person: id, secondFactor: true, now: House.now))
        }
    }
}
