public import Access
import Charter
public import Database
public import Files
public import Foundation
import Journal
import Languages
import Membership

/// Adds a document to an application, as one that came by letter.
///
/// Throws `InvalidInput` (`document`), `JoiningRefusal` and `FileError.tooLate`.
public struct AttachToApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let key: String
    let file: StoredFile
    let name: String
    let services: JoiningServices

    /// - Parameters:
    ///   - key: of one of the charter's wanted documents, or `ApplicationDocument.other`.
    ///   - name: the name that the file had.
    public init(_ id: String, key: String, file: StoredFile, name: String, services: JoiningServices) {
        self.id = id
        self.key = key
        self.file = file
        self.name = name
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        try ApplicationDocuments(writer: writer, services: services).attach(key, file, name: name)
    }
}

/// Asks the applicant something, by letter; until it answers it can change what it says. Asked again while it waits, it
/// is written to again.
///
/// Throws `InvalidInput` (`words`, `missing`) and `JoiningRefusal`.
public struct AskApplicant: Command {
    public static let action = Action.handleApplications

    let id: String
    let words: String
    let missing: [String]
    let services: JoiningServices

    /// - Parameter missing: the keys of documents that shall be added.
    public init(_ id: String, words: String, missing: [String] = [], services: JoiningServices) {
        self.id = id
        self.words = words
        self.missing = missing
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        let words = try Typed.optional(words, "words", atMost: 4000)
        let wanted = ApplicationCheck(transaction: transaction, services: services, now: now).wanted(writer.application)
        let asked = wanted.filter { missing.contains($0.key) }
        guard Set(missing).isSubset(of: wanted.map(\.key)) else {
            throw InvalidInput("missing", say("The charter asks for no such document. Choose one of the list."))
        }
        guard !words.isEmpty || !asked.isEmpty else {
            throw InvalidInput("words", say("Nothing is asked. Write a question, or choose what is missing."))
        }
        try writer.move(to: .asked, from: .submitted, .asked)
        let step = try writer.step(.asked, .init(words: words, missing: asked.map(\.key)))
        try writer.note(
            "asked",
            after: [
                "words": ApplicationWriter.personal("words", words),
                "missing": .list(asked.map { .text($0.key) }),
            ]
        )
        let mail = ApplicationMail(transaction: transaction, services: services, now: now)
        let names = Phrase.list(asked.map { .name($0.name) })
        let list = asked.isEmpty ? "" : mail.said(say("Please add: \(names)."), writer.application)
        let question = [words, list].filter { !$0.isEmpty }.joined(separator: "\n\n")
        try mail.send(.asked, writer.application, step: step, ["question": question])
    }
}

/// Notes something on an application, for colleagues only.
///
/// Throws `InvalidInput` (`words`) and `JoiningRefusal`.
public struct NoteOnApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let words: String

    public init(_ id: String, words: String) {
        self.id = id
        self.words = words
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let words = try Typed.required(words, "words", atMost: 4000)
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        try writer.step(.note, .init(words: words))
        try writer.note("noted", after: ["words": .personal("words", words)])
    }
}

/// Says which member of the records the applicant was; `nil`: none of those that bear its name.
///
/// Throws `MemberRefusal.noSuchMember` and `JoiningRefusal`: `memberAlready` for a member that is on the roll.
public struct MatchApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let memberKey: String?
    let services: JoiningServices

    public init(_ id: String, memberKey: String?, services: JoiningServices) {
        self.id = id
        self.memberKey = memberKey
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        try Matching(writer: writer, services: services).settle(memberKey)
    }
}

/// Recommends to admit or not to; from then on the application can be put to the body that decides, which reads it.
///
/// Throws `InvalidInput` (`words`, where it is against) and `JoiningRefusal`: `notLookedAt` where the records have what
/// may be the applicant and nobody said whether it is.
public struct RecommendApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let isFor: Bool
    let words: String
    let services: JoiningServices

    public init(_ id: String, isFor: Bool, words: String, services: JoiningServices) {
        self.id = id
        self.isFor = isFor
        self.words = words
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let words =
            try isFor
            ? Typed.optional(words, "words", atMost: 2000) : Typed.required(words, "words", atMost: 2000)
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        let application = writer.application
        let day = FormCheck.today(now)
        let open = try KnownApplicants(transaction: transaction, services: services, day: day).all(application)
            .filter { !$0.isAnother && $0.memberID != application.memberID }
        guard open.isEmpty else { throw JoiningRefusal.notLookedAt(open.map(\.name)) }
        try writer.move(to: .recommended, from: .submitted)
        try writer.step(.recommended, .init(words: words, isFor: isFor))
        try writer.note("recommended", reason: words.isEmpty ? nil : words, after: ["for": .flag(isFor)])
    }
}

/// Takes a recommendation back before the application is put to the body.
///
/// Throws `InvalidInput` (`reason`) and `JoiningRefusal`.
public struct TakeBackRecommendation: Command {
    public static let action = Action.handleApplications

    let id: String
    let reason: String

    public init(_ id: String, reason: String) {
        self.id = id
        self.reason = reason
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let reason = try Typed.required(reason, "reason", atMost: 1000)
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        try writer.move(to: .submitted, from: .recommended)
        try writer.step(.takenBack, .init(words: reason))
        try writer.note("taken-back", reason: reason)
    }
}

/// Ends an application that cannot be put to the body, and tells the applicant why. Only the body declines.
///
/// Throws `InvalidInput` (`reason`) and `JoiningRefusal`.
public struct CloseApplication: Command {
    public static let action = Action.handleApplications

    let id: String
    let reason: String
    let services: JoiningServices

    public init(_ id: String, reason: String, services: JoiningServices) {
        self.id = id
        self.reason = reason
        self.services = services
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let reason = try Typed.required(reason, "reason", atMost: 2000)
        let writer = try ApplicationWriter.open(transaction, id, actor, now)
        // Adopted and never carried out, as by a second department of a city that is a member by now: no body decides it.
        let mayBePut: [ApplicationState] = try writer.application.waitsForBody(transaction) ? [] : [.put]
        try writer.move(to: .closed, from: [.draft, .submitted, .asked, .recommended] + mayBePut)
        let step = try writer.step(.closed, .init(words: reason))
        try writer.note("closed", reason: reason, before: ["state": .text(writer.application.state.rawValue)])
        try ApplicationMail(transaction: transaction, services: services, now: now)
            .send(.closed, writer.application, step: step, ["reason": reason])
    }
}

extension ApplicationWriter {
    /// An application that the secretariat deals with, locked. Throws `JoiningRefusal` for one that is over.
    static func open(_ transaction: Transaction, _ id: String, _ actor: Actor, _ now: Date) throws -> Self {
        let application = try Application.lock(transaction, id: id)
        guard !application.state.isOver else { throw JoiningRefusal.inAnotherState(application.state) }
        return ApplicationWriter(
            transaction: transaction,
            application: application,
            author: .secretariat(actor),
            now: now
        )
    }
}
