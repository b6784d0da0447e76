import Access
import Database
import HTTPTypes
import Languages
import Membership
import Web

extension Shapes {
    static let bulkAction = Shape<BulkAction>(
        "BulkAction",
        always: ["id"],
        [
            .text("id", "The action's id.") { $0.id },
            .text("kind", "`tag`, `untag` or `mail`.") { $0.kind },
            .text("detail", "The tag, or the subject of the mail.") { $0.detail },
            .text("selection", "Which members were chosen, in words.") { $0.selection.english },
            .integer("members", "How many it changed.") { $0.members },
            .instant("made_at", "When it was done.") { $0.madeAt },
            .optionalInstant("undone_at", "When it was undone.") { $0.undoneAt },
        ]
    )

    static let tagOutcome = Shape<TagMembers.Outcome>(
        "TagOutcome",
        [
            .optionalText("action", "The id of the action, to undo it by; null when nothing had to be changed.") {
                $0.actionID
            },
            .integer("changed", "How many members were changed.") { $0.changed },
            .integer("unchanged", "How many had the tag, or had it not, already.") { $0.unchanged },
        ]
    )

    static let undoneTagging = Shape<UndoTagging.Outcome>(
        "UndoneTagging",
        [
            .integer("undone", "How many members have their tags as before.") { $0.undone },
            .integer("changed_since", "How many somebody changed since; these were left alone.") { $0.changedSince },
            .texts("names", "The names of the first of these.") { $0.names },
        ]
    )
}

/// An action on many members as it is read and changed.
enum BulkRecord {
    static let id = Parameter<String>.path("id", "The action's id.")

    static func of(_ call: Call) throws -> Record<OneBulkAction, BulkAction> {
        let id = try call.required(id)
        return Record("bulk action \(id)", Shapes.bulkAction, OneBulkAction(id: id)) { action, _ in
            guard let action else { throw RequestProblem.noSuchRecord }
            return action
        }
    }
}

extension Operation {
    /// The latest actions on many members.
    static let listBulkActions = list(
        "/bulk-actions",
        id: "listBulkActions",
        topic: .members,
        summary: "List actions on many members",
        detail: "What was lately done to many members at once, the latest first: a hundred at most.",
        of: Shapes.bulkAction,
        named: "BulkActions",
        access: .token(.readMembers, .readMembers)
    ) { try await $0.ask(BulkActions(limit: 100)) }

    static let getBulkAction = one(
        "/bulk-actions/{id}",
        id: "getBulkAction",
        topic: .members,
        summary: "Read an action on many members",
        detail: "One action on many members.",
        of: Shapes.bulkAction,
        access: .token(.readMembers, .readMembers),
        parameters: [BulkRecord.id]
    ) { try BulkRecord.of($0) }

    /// A tag for many members.
    static let tagMembers = Operation(
        .post,
        "/bulk-actions",
        id: "tagMembers",
        topic: .members,
        summary: "Tag many members",
        detail: """
            Adds one tag to many members, or takes it from them, as one action that can be undone. The other tags of \
            each stay as they are, so no state is asked for; `putTags` sets all tags of one member.
            """,
        access: .token(.writeMembers, .tagMember),
        parameters: [WriteHeaders.idempotencyKey],
        body: ObjectSchema(
            name: "NewTagging",
            isClosed: true,
            [
                .init(name: "change", schema: .choice("What is done.", ["tag", "untag"]), isRequired: true),
                .init(
                    name: "tag",
                    schema: .text("The tag.", .key(40), example: "smart-mobility"),
                    isRequired: true
                ),
                .init(
                    name: "members",
                    schema: .list(
                        "The keys of the members.",
                        of: .text("A key.", .key()),
                        atLeast: 1,
                        atMost: 500,
                        isUnique: true
                    ),
                    isRequired: true
                ),
            ]
        ),
        answers: [
            AnswerDescription(
                .created,
                "It is done; Location is the address of the action.",
                Shapes.tagOutcome.schema("What was done."),
                headers: [.location]
            ),
            AnswerDescription(
                .ok,
                "All of them were so already, so nothing was done.",
                Shapes.tagOutcome.schema("What was done.")
            ),
        ]
    ) { call in
        let command = TagMembers(
            .members(try await call.memberIDs(call.body.texts("members") ?? [])),
            call.body.text("change").flatMap(TagMembers.Change.init(rawValue:)) ?? .add,
            tag: call.body.text("tag") ?? ""
        )
        return try await call.run(command, tag: nil) { _, outcome in
            KeptAnswer(
                status: outcome.actionID == nil ? 200 : 201,
                body: Shapes.tagOutcome.writer.bytes(outcome),
                location: outcome.actionID.map { "\(API.path)/bulk-actions/\($0)" }
            )
        }
    }

    /// A tagging taken back.
    static let undoTagging = Operation(
        .post,
        "/bulk-actions/{id}/undo",
        id: "undoTagging",
        topic: .members,
        summary: "Undo a tagging",
        detail: "Takes the tagging of many members back, where the tag still is as that action left it.",
        access: .token(.writeMembers, .tagMember),
        parameters: [BulkRecord.id, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
        answers: [
            AnswerDescription(.ok, "What was undone.", Shapes.undoneTagging.schema("What was undone."))
        ]
    ) { call in
        let command = UndoTagging(actionID: try call.required(BulkRecord.id))
        return try await call.change(command, on: BulkRecord.of(call)) { _, outcome in
            KeptAnswer(status: 200, body: Shapes.undoneTagging.writer.bytes(outcome))
        }
    }
}

extension Call {
    /// The ids of the members with these keys. Throws `InvalidInput` for those that no member has.
    ///
    /// - Parameter field: the property in which they were sent.
    func memberIDs(_ keys: [String], field: String = "members") async throws -> [String] {
        let found = try await context.database.read { transaction in
            try keys.map { key in
                (
                    key: key,
                    id: try transaction.first("SELECT id FROM member WHERE key = ?", [.text(key)]) { try $0.text(0) }
                )
            }
        }
        let unknown = found.filter { $0.id == nil }.map(\.key)
        guard unknown.isEmpty else {
            let list = unknown.prefix(20).joined(separator: ", ")
            throw InvalidInput(field, say("No member has these keys: \(list). Lists give the keys that there are."))
        }
        return found.compactMap(\.id)
    }
}
