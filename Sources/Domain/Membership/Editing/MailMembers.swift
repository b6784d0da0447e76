public import Access
public import Database
public import Foundation
import Identity
import Journal
import Languages
import Mail

/// Writes one mail to each representative and contact address of many members, as one action that can be stopped while mails wait.
///
/// Throws `InvalidInput` (`subject`, `text`) and `MemberRefusal`.
public struct MailMembers: Command {
    public static let action = Action.mailMembers

    let selection: MemberSelection
    let subject: String
    let text: String

    public init(_ selection: MemberSelection, subject: String, text: String) {
        self.selection = selection
        self.subject = subject.trimmed
        self.text = text.replacing("\r\n", with: "\n").trimmed
    }

    public struct Outcome: Sendable, Equatable {
        /// To stop it by; `nil` when nobody could be written to.
        public let actionID: String?
        public let mails: Int
        /// Members without a representative or contact whose address is known.
        public let without: Int
        /// The names of the first of them.
        public let withoutNames: [String]
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let content = try content()
        let ids = try selection.ids(transaction)
        let recipients = try MemberRecipient.all(of: ids, transaction, day: Grant.day(now))
        let reached = Set(recipients.map(\.memberID))
        let missed = ids.filter { !reached.contains($0) }
        var names: [String] = []
        try MemberRows.inParts(Array(missed.prefix(20)), transaction, "SELECT name FROM member WHERE id IN") {
            names.append(try $0.text(0))
        }
        let chosen = ids.filter(reached.contains)
        let action =
            try chosen.isEmpty
            ? nil
            : BulkAction.record(
                transaction,
                kind: "mail",
                detail: subject,
                selection: selection.words(ids.count),
                members: chosen,
                actor: actor,
                now: now
            )
        let mails = try action.map { try queue($0, recipients, content, transaction, now) } ?? 0
        try Journal.append(transaction, chosen.map { entry($0, recipients, actor, now) })
        return Outcome(actionID: action, mails: mails, without: missed.count, withoutNames: names.sorted())
    }

    static func cause(_ action: String) -> String { "message:\(action):" }

    private func queue(
        _ action: String,
        _ recipients: [MemberRecipient],
        _ content: MailContent,
        _ transaction: Transaction,
        _ now: Date
    ) throws -> Int {
        var mails = 0
        var written: Set<String> = []
        // Who represents two members, or is a contact as well, gets one mail.
        for recipient in recipients where written.insert(recipient.address).inserted {
            let mail = OutgoingMail(
                cause: Self.cause(action) + recipient.id,
                to: recipient.address,
                toName: recipient.name,
                content: content,
                person: recipient.isPerson ? recipient.id : nil,
                member: recipient.memberID
            )
            if try Outbox.queue(transaction, mail, now: now) { mails += 1 }
        }
        return mails
    }

    private func entry(_ id: String, _ recipients: [MemberRecipient], _ actor: Actor, _ now: Date) -> JournalEntry {
        JournalEntry(
            at: now,
            actor: actor.key,
            action: "member.mailed",
            subject: .init("member", id),
            after: ["subject": .text(subject), "people": .integer(recipients.filter { $0.memberID == id }.count)]
        )
    }

    /// The words that somebody typed as a mail: paragraphs between empty lines.
    private func content() throws -> MailContent {
        var check = FormCheck()
        if subject.isEmpty { check.refuse("subject", say("Say in a few words what the mail is about.")) }
        check.text(subject, "subject", most: 150)
        if text.isEmpty { check.refuse("text", say("Write what the mail shall say.")) }
        check.text(text, "text", most: 20_000, isLong: true)
        try check.finish()
        var values = ["subject": subject]
        var paragraphs: [String] = []
        for lines in text.split(separator: "\n", omittingEmptySubsequences: false).split(whereSeparator: {
            $0.allSatisfy(\.isWhitespace)
        }) {
            let name = "p\(paragraphs.count)"
            values[name] = lines.map { String($0).trimmed }.joined(separator: " ")
            paragraphs.append("{\(name)}")
        }
        let template = "Subject: {subject}\n\n" + paragraphs.joined(separator: "\n\n") + "\n"
        do {
            return try MailTemplates(["en": ["message": template]]).render("message", language: "en", values: values)
        } catch let problem as MailProblem { throw InvalidInput("subject", problem.sentence) }
    }
}

/// Somebody who can be written to for a member.
struct MemberRecipient {
    let memberID: String
    /// The person's id, or the contact's.
    let id: String
    let isPerson: Bool
    let name: String?
    let address: String

    /// The representatives of these members whose role is in force on the day, then the members' contact addresses.
    static func all(of ids: [String], _ transaction: Transaction, day: String) throws -> [MemberRecipient] {
        var found: [MemberRecipient] = []
        try MemberRows.inParts(
            ids,
            transaction,
            """
            SELECT DISTINCT g.place_id, p.id, p.name, p.email FROM role_grant g JOIN person p ON p.id = g.person_id
            WHERE g.place_kind = 'member' AND g.role = 'representative' AND g.starts_on <= '\(day)'
                AND (g.ends_on IS NULL OR g.ends_on >= '\(day)') AND p.email IS NOT NULL AND p.closed_at IS NULL
                AND g.place_id IN
            """,
            after: "ORDER BY g.place_id, p.id"
        ) {
            found.append(
                MemberRecipient(
                    memberID: try $0.text(0),
                    id: try $0.text(1),
                    isPerson: true,
                    name: try $0.text(2),
                    address: try $0.text(3)
                )
            )
        }
        try MemberRows.inParts(
            ids,
            transaction,
            "SELECT member_id, id, label, value FROM profile_contact WHERE kind = 'email' AND member_id IN",
            after: "ORDER BY member_id, position, id"
        ) {
            let label = try $0.text(2)
            found.append(
                MemberRecipient(
                    memberID: try $0.text(0),
                    id: try $0.text(1),
                    isPerson: false,
                    name: label.isEmpty ? nil : label,
                    address: try $0.text(3)
                )
            )
        }
        return found
    }
}

/// Stops those mails of an action that were not sent yet.
public struct StopMailing: Command {
    public static let action = Action.mailMembers
    let actionID: String

    public init(actionID: String) { self.actionID = actionID }

    public struct Outcome: Sendable, Equatable {
        public let stopped: Int
        /// Those that were on their way already.
        public let gone: Int
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        guard let action = try BulkAction.find(transaction, id: actionID) else { throw MemberRefusal.noSuchAction }
        guard action.undoneAt == nil else { throw MemberRefusal.undoneAlready }
        guard action.kind == "mail" else { throw MemberRefusal.notUndoable }
        let cause = MailMembers.cause(actionID)
        let mails = try transaction.query(
            "SELECT id, state, member_id FROM mail WHERE cause >= ? AND cause < ? ORDER BY id",
            [.text(cause), .text(NameSearch.end(ofPrefix: cause))]
        ) { (id: try $0.text(0), state: try $0.text(1), member: $0.optionalText(2)) }
        let waiting = mails.filter { $0.state == MailState.waiting.rawValue }
        for mail in waiting { try Outbox.stop(transaction, id: mail.id, now: now) }
        try BulkAction.close(transaction, id: actionID, actor: actor, now: now)
        try Journal.append(
            transaction,
            Set(waiting.compactMap(\.member)).sorted().map { member in
                JournalEntry(
                    at: now,
                    actor: actor.key,
                    action: "member.mail_stopped",
                    subject: .init("member", member),
                    after: ["subject": .text(action.detail)]
                )
            }
        )
        return Outcome(stopped: waiting.count, gone: mails.count - waiting.count)
    }
}
