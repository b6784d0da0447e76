public import Access
public import Database
public import Foundation
import Journal
import Languages

/// Changes what a member says of itself in one language. An empty text takes the language away.
public struct EditDescription: Command {
    public static let action = Action.editProfile
    public static let mostLanguages = 8
    /// In Unicode scalars.
    public static let longest = 4000

    let memberID: String
    let language: String
    let text: String
    let seen: PartMark

    /// - Parameter seen: the mark of the text in this language as the editor saw it.
    public init(member: String, language: String, text: String, seen: PartMark) {
        memberID = member
        self.language = language
        self.text = text
        self.seen = seen
    }

    public func place(_ transaction: Transaction) throws -> Place { .member(memberID) }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        var typed = TypedText()
        let wanted = typed.lines(text, "text", atMost: Self.longest)
        guard let tag = LanguageTag(language) else {
            throw InvalidInput("language", say("This is no language. Use a tag such as en, ko or pt-BR."))
        }
        try typed.throwProblems()
        let texts = try ProfileText.load(transaction, member: memberID)
        let before = texts.first { $0.language == tag.text }?.text ?? ""
        guard before != wanted else { return }
        try ProfileConflict.check(
            transaction,
            member: memberID,
            action: "profile.description-changed",
            seen: seen,
            now: ProfileText.fields(before),
            wanted: ProfileText.fields(wanted)
        )
        try MemberRevision.bump(transaction, memberID)
        if before.isEmpty, texts.count >= Self.mostLanguages { throw ProfileRefusal.tooManyLanguages }
        try write(transaction, tag, wanted)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "profile.description-changed",
                subject: .init("member", memberID),
                before: ["language": .text(tag.text), "text": .text(before)],
                after: ["language": .text(tag.text), "text": .text(wanted)]
            )
        )
    }

    private func write(_ transaction: Transaction, _ tag: LanguageTag, _ text: String) throws {
        if text.isEmpty {
            try transaction.execute(
                "DELETE FROM profile_text WHERE member_id = ? AND language = ?",
                [.text(memberID), .text(tag.text)]
            )
        } else {
            try transaction.execute(
                """
                INSERT INTO profile_text (member_id, language, text) VALUES (?, ?, ?)
                ON CONFLICT (member_id, language) DO UPDATE SET text = excluded.text
                """,
                [.text(memberID), .text(tag.text), .text(text)]
            )
        }
    }
}

/// What a member says of itself in one language.
public struct ProfileText: Sendable, Equatable {
    /// BCP 47.
    public let language: String
    /// Plain text; an empty line parts paragraphs.
    public let text: String

    /// The mark of this text, for the form that changes it.
    public var mark: PartMark { ProfileConflict.mark(Self.fields(text)) }

    /// The mark of a language in which nothing is written yet.
    public static let unwritten = ProfileConflict.mark(fields(""))

    public var paragraphs: [String] { text.split(separator: "\n\n").map(String.init) }

    static func fields(_ text: String) -> [ProfileConflict.Field] {
        [.init(name: say("Description"), value: .verbatim(text))]
    }

    static func load(_ transaction: Transaction, member: String) throws -> [ProfileText] {
        try transaction.query(
            "SELECT language, text FROM profile_text WHERE member_id = ? ORDER BY language",
            [.text(member)]
        ) { ProfileText(language: try $0.text(0), text: try $0.text(1)) }
    }
}
