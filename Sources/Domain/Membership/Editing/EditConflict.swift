public import Access
import Database
import Foundation
import Identity
import Journal
public import Languages

/// Two people changed one member: what the second saw, what it is now, and what they entered, field by field.
public struct EditConflict: Refusal, Equatable {
    public enum Choice: String, Sendable { case now, entered }

    public struct Field: Sendable, Equatable {
        public let field: MemberField
        public let seen: String
        public let now: String
        public let entered: String
        /// Who made it what it is now, and when (an instant); `nil` when this field is as it was seen.
        public let changedBy: Phrase?
        public let changedAt: String?
        /// The one side that changed it; `nil` when both did, and a person has to choose.
        public let preselected: Choice?
    }

    public let memberKey: String
    /// The number of the state that the member is in now; the resolved change carries it.
    public let revision: Int
    public let now: MemberDraft
    public let entered: MemberDraft
    /// Those that either side changed and that are not the same on both by now.
    public let fields: [Field]

    public var code: String { "member-changed-meanwhile" }
    public var kind: RefusalKind { .conflict }
    public var sentence: Phrase {
        say(
            "Somebody changed this member after you had opened it. Nothing was overwritten; choose, field by field, what shall stay."
        )
    }

    /// The facts as they shall be, by what was chosen: a field without a choice stays as it is now.
    public static func resolve(now: MemberDraft, entered: MemberDraft, choices: [MemberField: Choice]) -> MemberDraft {
        var draft = now
        for (field, choice) in choices where choice == .entered { draft.take(field, from: entered) }
        return draft
    }

    /// `nil` when nothing that was seen has changed, or only to what was entered as well.
    static func between(
        _ seen: MemberDraft,
        _ member: EditableMember,
        _ entered: MemberDraft,
        _ transaction: Transaction
    ) throws -> EditConflict? {
        let now = member.draft
        let differing = MemberField.allCases.filter { !entered.hasSame($0, as: now) }
        let theirs = differing.filter { !now.hasSame($0, as: seen) }
        guard !theirs.isEmpty else { return nil }
        let changes = try LastChanges.load(transaction, member: member.id, fields: theirs)
        let fields = differing.map { field in
            let isTheirs = theirs.contains(field)
            let isMine = !entered.hasSame(field, as: seen)
            return Field(
                field: field,
                seen: seen.text(field),
                now: now.text(field),
                entered: entered.text(field),
                changedBy: isTheirs ? changes[field]?.by : nil,
                changedAt: isTheirs ? changes[field]?.at : nil,
                preselected: isTheirs && isMine ? nil : isTheirs ? .now : .entered
            )
        }
        return EditConflict(
            memberKey: member.key,
            revision: member.revision,
            now: now,
            entered: entered,
            fields: fields
        )
    }
}

/// Who last changed a field of a member, as the journal tells.
enum LastChanges {
    static func load(
        _ transaction: Transaction,
        member id: String,
        fields: [MemberField]
    ) throws -> [MemberField: (by: Phrase, at: String)] {
        var found: [MemberField: (by: Phrase, at: String)] = [:]
        for recorded in try Journal.entries(transaction, of: .init("member", id), limit: 200) {
            let entry = recorded.entry
            let before = JournalFields.read(entry.before)
            let after = JournalFields.read(entry.after)
            for field in fields where found[field] == nil {
                let names = field.inputs.map(\.rawValue) + field.columns
                if names.contains(where: { after[$0] != nil && after[$0] != before[$0] }) {
                    found[field] = (try ActorNames.name(entry.actor, transaction), entry.recordedAt)
                }
            }
            if found.count == fields.count { break }
        }
        return found
    }
}

/// The fields of an entry's `before` or `after`, each as text.
enum JournalFields {
    static func read(_ json: String?) -> [String: String] {
        guard let json, let object = try? JSONSerialization.jsonObject(with: Data(json.utf8)),
            let fields = object as? [String: Any]
        else { return [:] }
        return fields.compactMapValues { text($0, isNested: false) }
    }

    private static func text(_ value: Any, isNested: Bool = true) -> String? {
        switch value {
        case is NSNull: return nil
        case let text as String: return text
        case let flag as Bool where "\(type(of: value))".contains("Bool"): return flag ? "yes" : "no"
        case let number as NSNumber: return NumberText.plain(number.doubleValue)
        case let list as [Any]: return list.compactMap { text($0) }.joined(separator: ", ")
        case let object as [String: Any]:
            if let hash = object["sha256"] as? String, object.count == 2 { return isNested ? "(personal)" : hash }
            return object.sorted { $0.key < $1.key }.compactMap { field in
                text(field.value).map { "\(field.key): \($0)" }
            }
            .joined(separator: ", ")
        default: return nil
        }
    }
}

/// The names of those who acted, for a person who reads the journal.
enum ActorNames {
    static func name(_ key: String, _ transaction: Transaction) throws -> Phrase {
        if key.hasPrefix("token:"), let token = try APIToken.find(transaction, id: String(key.dropFirst(6))) {
            return say("the program “\(token.name)”")
        }
        // What the program calls itself, as `import`.
        guard key.hasPrefix("person:") else { return .quoted(key) }
        let person = try Person.find(transaction, id: String(key.dropFirst(7)))
        return person.map { .person($0.name) } ?? say("somebody whose account is gone")
    }
}
