import Access
import Database
public import Foundation
import Identity
import Journal
import Languages
import Membership

extension ApplicantDesk {
    /// Begins an application and mails its link. Says nothing of whether the address is known.
    ///
    /// Throws `InvalidInput` with the names of `StartForm`'s parts (`category`, `name`, `country`, `contact_name`,
    /// `email`, `language`), and `JoiningRefusal.tooMany`.
    /// - Parameter network: the address of the network from which it comes.
    public func start(_ form: StartForm, from network: String, now: Date) async throws {
        let refusal = try await database.write { transaction -> JoiningRefusal? in
            let start = try ApplicationStart(form, services, transaction, now: now)
            if let refusal = try take(transaction, email: start.email, from: network, now: now) { return refusal }
            _ = try start.write(.applicant, receivedOn: nil)
            return nil
        }
        // Thrown out here: thrown inside, it would undo the count.
        if let refusal { throw refusal }
    }

    /// Mails new links to the open applications of an address, the newest first, as far as its letters of the day
    /// reach. Does and answers the same whether there are any.
    ///
    /// Throws `InvalidInput` (`email`, `language`) and `JoiningRefusal.tooMany`.
    public func sendLinks(to email: String, language: String, from network: String, now: Date) async throws {
        var form = StartCheck()
        let address = form.email(email)
        let language = form.language(language)
        try form.finish()
        let refusal = try await database.write { transaction -> JoiningRefusal? in
            if let refusal = try take(transaction, email: address, from: network, now: now) { return refusal }
            let states = ApplicationState.allCases.filter { !$0.isOver }
            let places = states.map { _ in "?" }.joined(separator: ", ")
            let open = try Application.list(
                transaction,
                "WHERE a.email = ? AND a.state IN (\(places)) ORDER BY a.started_at DESC LIMIT \(Self.dailyByMail)",
                [.text(address)] + states.map { .text($0.rawValue) }
            )
            let mail = ApplicationMail(transaction: transaction, services: services, now: now)
            for application in open {
                guard try takeLetter(transaction, to: address, now: now) else { break }
                try mail.link(application, language: language)
            }
            return nil
        }
        if let refusal { throw refusal }
    }

    /// Counts a letter with a new link. Apart from the tries, and told to nobody: were they one count, how soon it is
    /// used up would tell how many applications an address has.
    private func takeLetter(_ transaction: Transaction, to email: String, now: Date) throws -> Bool {
        try AttemptLimit.take(
            transaction,
            bucket: "application:links:\(email)",
            limit: Self.dailyByMail,
            window: 86_400,
            now: now
        )
    }

    /// Counts a try; the refusal when there were too many.
    private func take(
        _ transaction: Transaction,
        email: String,
        from network: String,
        now: Date
    ) throws -> JoiningRefusal? {
        let network = Doorstep(address: network, agent: "").network
        let buckets: [(name: String, limit: Int, window: TimeInterval)] = [
            ("application:from:\(network)", Self.hourlyByNetwork, 3600),
            ("application:mail:\(email)", Self.dailyByMail, 86_400),
        ]
        for (bucket, limit, window) in buckets {
            if try AttemptLimit.take(transaction, bucket: bucket, limit: limit, window: window, now: now) { continue }
            let wait = try AttemptLimit.retryAfter(
                transaction,
                bucket: bucket,
                limit: limit,
                window: window,
                now: now
            )
            return .tooMany(seconds: Int(wait ?? window))
        }
        return nil
    }
}

/// An application that is in order to begin.
struct ApplicationStart {
    let email: String
    private let language: String
    private let draft: Application
    private let services: JoiningServices
    private let transaction: Transaction
    private let now: Date

    /// Throws `InvalidInput`.
    init(_ form: StartForm, _ services: JoiningServices, _ transaction: Transaction, now: Date) throws {
        var values = ApplicationValues()
        var check = StartCheck()
        values[.name] = check.line(form.name, .name)
        values[.country] = check.line(form.country, .country)
        values[.contactName] = check.line(form.contactName, .contactName)
        email = check.email(form.email)
        language = check.language(form.language)
        // Most write their name in the language that they read; the form says so and can be changed.
        values[.language] = language
        let draft = Application(startedAt: now, category: form.category, email: email, language: language, values)
        let wanted: Set<String> = ["category", "name", "country", "contact_name"]
        let found = try ApplicationCheck(transaction: transaction, services: services, now: now)
            .fieldProblems(draft).filter { wanted.contains($0.name) }
        check.add(found)
        try check.finish()
        self.draft = draft
        self.services = services
        self.transaction = transaction
        self.now = now
    }

    /// Writes it and mails its link; returns its id.
    /// - Parameter receivedOn: the day on which it came on paper.
    func write(_ author: ApplicationAuthor, receivedOn: String?) throws -> String {
        let last = try transaction.first(
            "SELECT MAX(number) FROM application WHERE year = ?",
            [.int(draft.year)]
        ) { try $0.optionalInteger(0) }
        try transaction.execute(
            """
            INSERT INTO application (id, year, number, state, category, email, language, started_at, changed_at,
                received_on)
            VALUES (?, ?, ?, 'draft', ?, ?, ?, ?, ?, ?)
            """,
            [
                .text(draft.id), .int(draft.year), .int(((last ?? nil) ?? 0) + 1), .text(draft.category), .text(email),
                .text(language), .text(draft.startedAt), .text(draft.startedAt), .optional(receivedOn),
            ]
        )
        for field in ApplicationField.allCases where !draft.values[field].isEmpty {
            try draft.write(field, draft.values[field], transaction)
        }
        let application = try Application.load(transaction, id: draft.id)
        let writer = ApplicationWriter(transaction: transaction, application: application, author: author, now: now)
        try writer.step(.started, .init(day: application.receivedDay))
        let address: [String: JournalValue] = [
            "email": .personal("email", email), "letters": .text(language), "received_on": .optional(receivedOn),
        ]
        try writer.note("started", after: ApplicationWriter.whole(application).merging(address) { $1 })
        try ApplicationMail(transaction: transaction, services: services, now: now).link(application)
        return application.id
    }
}

/// Reads what an application begins with and gathers what is wrong with it.
private struct StartCheck {
    var text = TypedText()

    mutating func line(_ given: String, _ field: ApplicationField) -> String {
        text.line(given, field.rawValue, atMost: field.most)
    }

    mutating func email(_ given: String) -> String {
        let address = EmailAddress(given)
        if address == nil { text.refuse("email", say("This is no e-mail address. Write it like name@example.org.")) }
        return address?.text ?? ""
    }

    mutating func language(_ given: String) -> String {
        if !Letters.languages.contains(given) {
            text.refuse("language", say("Choose one of the languages in which letters are written."))
        }
        return given
    }

    /// Adds what is not told of a field already.
    mutating func add(_ problems: [InvalidInput.Field]) {
        let told = Set(text.problems.map(\.name))
        for problem in problems where !told.contains(problem.name) { text.refuse(problem.name, problem.message) }
    }

    func finish() throws { try text.throwProblems() }
}
