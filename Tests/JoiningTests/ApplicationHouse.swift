import Access
import Charter
import Database
import DatabaseTesting
import Decisions
import Files
import Foundation
import Identity
import Journal
import Membership
import Testing

@testable import Joining

// What tests of applications do in the house: an applicant at its desk, the secretariat, the committee whose one seat
// Riga holds.
extension RequestHouse {
    static let network = "192.0.2.7"
    static let letterOfIntent = "letter-of-intent"

    var desk: ApplicantDesk { ApplicantDesk(database: database, services: services) }

    static func form(
        _ name: String = "Tallinn",
        country: String = "EE",
        contact: String = "Kadri Tamm",
        email: String = "kadri@tallinn.example",
        language: String = "es",
        category: String = "local-government"
    ) -> StartForm {
        StartForm(
            category: category,
            name: name,
            country: country,
            contactName: contact,
            email: email,
            language: language
        )
    }

    /// All that a city says beside what it began with.
    static let whole: [ApplicationField: String] = [
        .website: "www.tallinn.example", .population: "461 000", .populationYear: "2025", .head: "Mari Maasikas",
        .headPosition: "Mayor", .contactPosition: "Adviser", .contactPhone: "+372 640 4000",
        .reason: "To learn from others.",
    ]

    /// Begins an application and returns the secret of the letter that it brings.
    func start(_ form: StartForm = RequestHouse.form(), at now: Date = RequestHouse.now) async throws -> Secret {
        try await desk.start(form, from: Self.network, now: now)
        return try #require(try await links(form.email).last)
    }

    /// The secrets of the letters to an address that bring a link to an application, the first first.
    func links(_ email: String) async throws -> [Secret] {
        let texts = try await database.read { transaction in
            try transaction.query(
                "SELECT body_text FROM mail WHERE recipient = ? AND cause LIKE 'application-%' ORDER BY queued_at, id",
                [.text(email)]
            ) { $0.optionalText(0) ?? "" }
        }
        return texts.compactMap { text in
            text.firstMatch(of: #/application\?key=([A-Za-z0-9_-]{43})/#).flatMap { Secret(String($0.1)) }
        }
    }

    /// Boxes as a page carries them that was made from these values.
    static func boxes(
        _ typed: [ApplicationField: String],
        seen values: ApplicationValues
    ) -> [ApplicationField: TypedField] {
        Dictionary(
            uniqueKeysWithValues: typed.map { ($0.key, TypedField($0.value, seen: values.mark($0.key))) }
        )
    }

    func values(_ secret: Secret, at now: Date = RequestHouse.now) async throws -> ApplicationValues {
        try await desk.open(secret, now: now).application.values
    }

    /// Types into boxes, on a page that shows what is there now.
    @discardableResult
    func type(
        _ secret: Secret,
        _ typed: [ApplicationField: String],
        at now: Date = RequestHouse.now
    ) async throws -> SaveOutcome {
        try await desk.save(secret, Self.boxes(typed, seen: try await values(secret, at: now)), now: now)
    }

    /// A text that lies in a store.
    static func file(_ text: String = "We want to join.", at now: Date = RequestHouse.now) async throws -> StoredFile {
        let folder = NSTemporaryDirectory() + "/joining-test-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        return try await FileStore(folder: folder).put(Array(text.utf8), as: .text, now: now)
    }

    func attach(
        _ secret: Secret,
        _ key: String = RequestHouse.letterOfIntent,
        _ text: String = "We want to join.",
        at now: Date = RequestHouse.now
    ) async throws {
        try await desk.attach(secret, key, try await Self.file(text, at: now), name: "letter.txt", now: now)
    }

    /// Fills an application with all that the charter asks of a city.
    func fill(_ secret: Secret, at now: Date = RequestHouse.now) async throws {
        try await type(secret, Self.whole, at: now)
        try await attach(secret, at: now)
    }

    /// An application that was filled and sent: its secret and its id.
    func sent(
        _ form: StartForm = RequestHouse.form(),
        at now: Date = RequestHouse.now
    ) async throws -> (secret: Secret, id: String) {
        let secret = try await start(form, at: now)
        try await fill(secret, at: now)
        _ = try await desk.submit(secret, now: now)
        return (secret, try await desk.open(secret, now: now).application.id)
    }

    /// An application before the committee: its secret, its id, and that of the question.
    func asked(
        _ form: StartForm = RequestHouse.form(),
        way: Circular.Way = .meeting
    ) async throws -> (secret: Secret, id: String, circular: String) {
        let (secret, id) = try await sent(form)
        try await recommend(id)
        return (secret, id, try await putAdmission(id, way: way))
    }

    func recommend(_ id: String) async throws {
        try await run(
            RecommendApplication(id, isFor: true, words: "A good city.", services: services),
            as: officer
        )
    }

    func putAdmission(
        _ id: String,
        way: Circular.Way = .meeting,
        at now: Date = RequestHouse.now
    ) async throws -> String {
        let draft = CircularDraft(
            body: Self.committee,
            way: way,
            matter: AdmissionMatter.kind,
            title: "New members",
            subjects: [id]
        )
        return try await run(OpenCircular(draft, services: decisions), as: officer, at: now)
    }

    func question(_ circular: String) async throws -> CircularRecord.Answer {
        try await ask(CircularRecord(circular, services: decisions), as: officer)
    }

    /// Riga, whose seat is the only one, answers every item.
    func answerForRiga(_ circular: String, _ answer: SeatAnswer, at now: Date = RequestHouse.now) async throws {
        let question = try await question(circular)
        let seat = try #require(question.seats.first).seat.id
        let answers = Dictionary(uniqueKeysWithValues: question.items.map { ($0.id, answer) })
        try await run(
            AnswerCircular(circular, seat: seat, as: ruta, answers: answers, services: decisions),
            as: ruta,
            at: now
        )
    }

    func record(_ id: String) async throws -> ApplicationRecord {
        try await ask(ApplicationByID(id, services: services), as: officer)
    }

    func state(_ id: String) async throws -> ApplicationState { try await record(id).application.state }

    /// The kinds of the steps, the first first.
    func kinds(_ id: String) async throws -> [ApplicationStep.Kind] { try await record(id).steps.map(\.kind) }

    /// What the journal tells of an application, the first first.
    func deeds(_ id: String) async throws -> [String] {
        try await database.read { transaction in
            try Journal.entries(transaction, of: .init(Application.subjectKind, id)).map(\.entry.action).reversed()
        }
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { transaction in
            try transaction.first("SELECT COUNT(*) FROM \(table)") { try $0.integer(0) } ?? 0
        }
    }

    func profile(_ key: String) async throws -> MemberProfile {
        let directory = Membership.Directory(database: database, charter: charter)
        return try #require(try await directory.member(key: key))
    }

    /// The names of the fields that an action is refused with.
    func fields(_ body: () async throws -> Void) async -> [String] {
        (await refusal(body) as? InvalidInput)?.fields.map(\.name) ?? []
    }
}
