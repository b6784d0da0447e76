public import Access
public import Charter
public import Database
public import Foundation
import Journal
import Languages

/// A row of `member_name` that has not ended.
struct OpenName {
    let name: String
    let language: String
    let kind: String
    let from: String
    let source: String
    let locator: String

    /// Whether it is the member's own name.
    func isMain(_ mainName: String) -> Bool { kind == "name" && name == mainName }

    /// Says which row it is without showing the columns of the table.
    var token: String {
        [name, language, kind, from, source, locator].map { "\($0.utf8.count):\($0)" }.joined()
    }

    var shown: EditableMember.OtherName {
        .init(token: token, name: name, language: language, kind: kind, from: from.isEmpty ? nil : from)
    }

    static func all(_ transaction: Transaction, member id: String) throws -> [OpenName] {
        try transaction.query(
            """
            SELECT name, language, kind, valid_from, source, locator FROM member_name
            WHERE member_id = ? AND valid_to IS NULL AND kind <> 'printed' ORDER BY kind DESC, language, name, source, locator
            """,
            [.text(id)]
        ) {
            OpenName(
                name: try $0.text(0),
                language: try $0.text(1),
                kind: try $0.text(2),
                from: try $0.text(3),
                source: try $0.text(4),
                locator: try $0.text(5)
            )
        }
    }

    func end(_ transaction: Transaction, member id: String, on day: Day) throws {
        try transaction.execute(
            """
            UPDATE member_name SET valid_to = ?, origin = CASE WHEN origin = 'sample' THEN origin ELSE 'entry' END
            WHERE member_id = ? AND name = ? AND language = ? AND kind = ? AND source = ? AND locator = ? AND valid_from = ?
            """,
            [
                .text(day.description), .text(id), .text(name), .text(language), .text(kind), .text(source),
                .text(locator),
                .text(from),
            ]
        )
    }
}

/// Adds a name in another language, or an alias under which a member is found as well.
public struct AddMemberName: Command {
    public static let action = Action.editMember

    public enum Kind: String, Sendable, CaseIterable {
        /// The official name in another language.
        case name
        /// Another spelling or a former name.
        case alias
    }

    let memberID: String
    let name: String
    let language: String
    let kind: Kind
    let grounds: String
    let charter: Charter

    public init(memberID: String, name: String, language: String, kind: Kind, grounds: String, charter: Charter) {
        self.memberID = memberID
        self.name = name.trimmed
        self.language = language.trimmed
        self.kind = kind
        self.grounds = grounds.trimmed
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try MemberRevision.bump(transaction, memberID)
        var check = FormCheck()
        check.name(name, "name")
        check.language(language, "language")
        check.grounds(grounds)
        let names = try OpenName.all(transaction, member: memberID)
        if names.contains(where: { $0.name == name && $0.language == language }) {
            check.refuse("name", say("The member has this name in this language already."))
        }
        try check.finish()
        try transaction.execute(
            """
            INSERT INTO member_name (member_id, name, language, kind, valid_from, valid_to, source, locator, note, origin)
            VALUES (?, ?, ?, ?, '', NULL, ?, ?, NULL, 'entry')
            ON CONFLICT (member_id, name, language, kind, source, locator, valid_from) DO UPDATE SET valid_to = NULL
            """,
            [
                .text(memberID), .text(name), .text(language), .text(kind.rawValue),
                .text(try EntrySource.code(transaction, now)), .text(EntrySource.locator("secretariat", now)),
            ]
        )
        try RollProjection(charter: charter).rebuild([memberID], transaction)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "name.recorded",
                subject: .init("member", memberID),
                reason: grounds,
                after: ["name": .text(name), "language": .text(language), "kind": .text(kind.rawValue)]
            )
        )
    }
}

/// Ends a name in another language or an alias: it stays found and is shown with its last day.
public struct EndMemberName: Command {
    public static let action = Action.editMember

    let memberID: String
    let token: String
    let lastDay: String
    let grounds: String
    let charter: Charter

    /// - Parameters:
    ///   - token: of `EditableMember.OtherName`.
    ///   - lastDay: ISO day on which it was last in use.
    public init(memberID: String, token: String, lastDay: String, grounds: String, charter: Charter) {
        self.memberID = memberID
        self.token = token
        self.lastDay = lastDay.trimmed
        self.grounds = grounds.trimmed
        self.charter = charter
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        try MemberRevision.bump(transaction, memberID)
        guard let member = try EditableMember.load(transaction, id: memberID) else { throw MemberRefusal.noSuchMember }
        var check = FormCheck()
        check.grounds(grounds)
        let day = check.pastDay(lastDay, "last_day", today: FormCheck.today(now))
        let name = try OpenName.all(transaction, member: memberID).first {
            $0.token == token && !$0.isMain(member.draft[.name])
        }
        if name == nil {
            check.refuse("token", say("This name has been ended or changed meanwhile. Look at the list again."))
        }
        if let name, let day, name.from > day.description {
            check.refuse(
                "last_day",
                say("The name is in use since \(name.from), so its last day cannot be before that.")
            )
        }
        try check.finish()
        guard let name, let day else { return }
        try name.end(transaction, member: memberID, on: day)
        try RollProjection(charter: charter).rebuild([memberID], transaction)
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "name.ended",
                subject: .init("member", memberID),
                reason: grounds,
                before: ["name": .text(name.name), "language": .text(name.language), "kind": .text(name.kind)],
                after: ["valid_to": .text(day.description)]
            )
        )
    }
}
