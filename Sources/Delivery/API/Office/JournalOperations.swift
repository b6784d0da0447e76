import Access
import Charter
import Database
import HTTPTypes
import Journal
import Languages
import Membership
import Web

/// An entry of the journal with what those are called of whom it tells.
struct JournalRow: Sendable {
    let recorded: RecordedEntry
    let names: SubjectNames

    /// `member:seoul`, `circular:0198…`: members by their key, everything else by its id.
    var subject: String {
        let subject = recorded.entry.subject
        return "\(subject.kind):\(names.members[subject.id]?.key ?? subject.id)"
    }

    var subjectName: String? {
        let id = recorded.entry.subject.id
        return names.members[id]?.name ?? names.people[id]
    }
}

extension Shapes {
    static let journalEntry = Shape<JournalRow>("JournalEntry", always: ["id"], entryFields({ $0 }, []))

    static let journalRecord = Shape<JournalDetail>(
        "JournalRecord",
        always: ["id"],
        entryFields(
            { JournalRow(recorded: $0.recorded, names: $0.names) },
            [.objects("changes", "What changed, field by field.", Shapes.fieldChange) { $0.changes }]
        )
    )

    static let fieldChange = Shape<FieldChange>(
        "FieldChange",
        [
            .text("field", "Which one.") { $0.field },
            .optionalText("before", "What it was; null for nothing, and for what was erased.") { $0.before?.told },
            .optionalText("after", "What it is; null for nothing, and for what was erased.") { $0.after?.told },
            .flag("is_erased", "Whether a value about a person was erased.") {
                $0.before == .withheld || $0.after == .withheld
            },
        ]
    )

    /// What is told of every entry, and `more`.
    private static func entryFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> JournalRow,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The entry's id.") { of($0).recorded.entry.id },
            .instant("at", "When it was written.") { of($0).recorded.entry.recordedAt },
            .text("actor", "Who acted: `person:`, `token:` and an id, or the name of a program.") {
                of($0).recorded.entry.actor
            },
            .text("actor_name", "What they are called.") { row in
                of(row).names.actor(of(row).recorded.entry.actor).english
            },
            .text("action", "What was done, in the past tense.", example: "member.edited") {
                of($0).recorded.entry.action
            },
            .text("subject", "What it is about: its kind, a colon, and its key or id.", example: "member:seoul") {
                of($0).subject
            },
            .optionalText("subject_name", "What a member or person is called.") { of($0).subjectName },
            .optionalText("rule", "The rule of the charter that it rests on.") { of($0).recorded.entry.rule },
            .optionalText("reason", "The reason that was given.") { row in
                of(row).recorded.entry.reason.map { Phrase.record($0).english }
            },
            .optionalInteger("position", "Its place in the sealed log, from 0; null until it is sealed.") {
                of($0).recorded.position
            },
        ]
        return fields + more
    }
}

extension Operation {
    /// The journal, the newest first.
    static let listJournal: Operation = {
        let action = Parameter.text(
            "action",
            "Entries of this action, or of all whose name begins with it and a dot: `member` finds `member.edited`.",
            .printed(1, 60)
        )
        let actor = Parameter.text("actor", "What this actor did, as `actor` of an entry has it.", .printed(1, 120))
        let about = Parameter.text("about", "What was done to this, as `subject` of an entry has it.", .printed(1, 120))
        let from = Parameter<Day>.day("from", "Entries of this day or later, in UTC.")
        let through = Parameter<Day>.day("through", "Entries of this day or earlier, in UTC.")
        let list = ListAnswer.shape("JournalPage", of: Shapes.journalEntry, "Entries, the newest first.")
        let writer = list.writer
        let fields = Parameter<[String]>.fields(of: Shapes.journalEntry)
        return Operation(
            .get,
            "/journal",
            id: "listJournal",
            topic: .office,
            summary: "Search the journal",
            detail: "Who changed what, when, why and by which rule, the newest first.",
            access: .token(.readJournal, .readJournal),
            parameters: [action, actor, about, from, through, fields, Cursor.parameter],
            answers: [AnswerDescription(.ok, "Entries.", list.schema("Entries."), headers: [.entityTag])]
        ) { call in
            var filter = JournalFilter(
                action: try call.value(action),
                actor: try call.value(actor),
                from: try call.value(from)?.description,
                through: try call.value(through)?.description
            )
            if let text = try call.value(about) { filter.subject = try await call.subject(text) }
            let before = try call.value(Cursor.parameter).map { try Cursor.entry($0) }
            let page = try await call.ask(ReadJournal(filter, before: before))
            let next = page.next.map { Cursor.text(kind: "journal", [$0]) }
            let answer = ListAnswer(
                rows: page.entries.map { JournalRow(recorded: $0, names: page.names) },
                next: next,
                total: nil,
                writer: Shapes.journalEntry.writer(of: try call.value(fields))
            )
            return Answer(writer.bytes(answer), headers: call.linkToNext(next).map { [.link: $0] } ?? [:])
        }
    }()

    static let getJournalEntry: Operation = {
        let id = Parameter<String>.path("id", "The entry's id.")
        return one(
            "/journal/{id}",
            id: "getJournalEntry",
            topic: .office,
            summary: "Read an entry of the journal",
            detail: "One entry with what it changed. Values about people are there as long as they are not erased.",
            of: Shapes.journalRecord,
            access: .token(.readJournal, .readJournal),
            parameters: [id]
        ) { call in
            let wanted = try call.required(id)
            return Record("entry \(wanted)", Shapes.journalRecord, ReadEntry(id: wanted)) { detail, _ in
                guard let detail else { throw RequestProblem.noSuchRecord }
                return detail
            }
        }
    }()
}

extension FieldChange.Shown {
    /// The value; `nil` for one that was erased.
    fileprivate var told: String? {
        if case .text(let text) = self { Phrase.record(text).english } else { nil }
    }
}

extension Call {
    /// What `member:seoul` names. A text that names nothing finds nothing.
    fileprivate func subject(_ text: String) async throws -> JournalEntry.Subject {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let (kind, name) = (parts[0], parts.count == 2 ? parts[1] : "")
        guard kind == "member" else { return JournalEntry.Subject(kind, name) }
        let id = try await context.database.read { transaction in
            try transaction.first("SELECT id FROM member WHERE key = ?", [.text(name)]) { try $0.text(0) }
        }
        return JournalEntry.Subject(kind, id ?? name)
    }
}

extension Cursor {
    /// The id of the last entry of the page before. Throws 404 for any other cursor.
    fileprivate static func entry(_ cursor: String) throws(RequestProblem) -> String {
        let parts = try parts(cursor, kind: "journal", count: 1)
        guard let id = parts[0], TextRule.key(36).accepts(id) else { throw RequestProblem.oldCursor }
        return id
    }
}
