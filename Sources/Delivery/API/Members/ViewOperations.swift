import Access
import Charter
import Database
import HTTPTypes
import Membership
import Web

/// What a view of the members narrows the roll to, in the words of `listMembers`. A view keeps the query of the console's
/// table, which names two of them otherwise.
struct ViewFilter: Sendable, Equatable {
    static let names = ["q", "category", "region", "country", "status", "tag", "as_of", "sort"]

    private let values: [String: String]

    init(_ values: [String: String]) { self.values = values }

    /// Reads the query of a view. What stands in it and is none of these is left out, as a page of a list.
    init(query: String) {
        let fields = (try? QueryParameters.fields(of: query)) ?? []
        var values: [String: String] = [:]
        for field in fields where !field.value.isEmpty {
            values[field.name == "on" ? "as_of" : field.name] = field.value
        }
        values["country"] = values["country"]?.uppercased()
        self.values = values.filter { Self.names.contains($0.key) }
    }

    subscript(name: String) -> String? { values[name] }

    /// As the console's table writes it in its address.
    var query: String {
        let fields = Self.names.compactMap { name -> String? in
            guard let value = values[name] else { return nil }
            switch name {
            case "as_of": return "on=\(queryEscaped(value))"
            case "country": return "country=\(queryEscaped(value.lowercased()))"
            default: return "\(name)=\(queryEscaped(value))"
            }
        }
        return fields.joined(separator: "&")
    }
}

/// The entity tag of a view: of all that it keeps.
private enum ViewTag {
    static func key(_ id: String) -> String { "view \(id)" }

    static func of(_ view: SavedView) -> String {
        let state = [
            view.id, view.name, view.query, view.columns.joined(separator: " "), view.isShared ? "shared" : "",
        ]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key(view.id))
    }
}

extension Shapes {
    static let view = Shape<SavedView>(
        "View",
        [
            .text("id", "The view's id.") { $0.id },
            .text("etag", "Its state, for If-Match.") { ViewTag.of($0) },
            .text("name", "What it is called.") { $0.name },
            .object("filter", "What it narrows the roll to, as parameters of `listMembers`.", Shapes.viewFilter) {
                ViewFilter(query: $0.query)
            },
            .texts("columns", "The columns beside the name.") { $0.columns },
            .flag("is_shared", "Whether everybody in the secretariat sees it.") { $0.isShared },
            .flag("is_own", "Whether it is yours.") { $0.isOwn },
            .optionalText("owner_name", "Whose it is; null for the operator's.") { $0.ownerName },
        ]
    )

    fileprivate static let viewFilter = Shape<ViewFilter>(
        "ViewFilter",
        ViewFilter.names.map { name -> Field<ViewFilter> in
            .optionalText(name, "As in `listMembers`; null where it is open.") { $0[name] }
        }
    )
}

private enum ViewBody {
    static func of(_ context: APIContext) -> ObjectSchema {
        ObjectSchema(
            name: "NewView",
            isClosed: true,
            [
                .init(name: "name", schema: .text("What it is called.", .line(1, 60)), isRequired: true),
                .init(
                    name: "filter",
                    schema: Schema(
                        .object(RollParameters(context).object),
                        "What it narrows the roll to; nothing without it."
                    ),
                    isRequired: false
                ),
                .init(
                    name: "columns",
                    schema: .list(
                        "The columns beside the name; the usual ones without it.",
                        of: .choice("A column.", MemberColumn.allCases.map(\.rawValue)),
                        atLeast: 1,
                        isUnique: true
                    ),
                    isRequired: false
                ),
                .init(
                    name: "is_shared",
                    schema: .flag("Whether everybody in the secretariat sees it; you alone without it."),
                    isRequired: false
                ),
            ]
        )
    }

    static func read(_ body: JSONValue) -> SaveView {
        let filter = body["filter"] ?? .null
        var values: [String: String] = [:]
        for name in ViewFilter.names { values[name] = filter.text(name) }
        values["as_of"] = values["as_of"].map { Day.nearest($0).description }
        return SaveView(
            name: body.text("name") ?? "",
            query: ViewFilter(values).query,
            columns: body.texts("columns") ?? MemberColumn.standard.map(\.rawValue),
            isShared: body.flag("is_shared") ?? false
        )
    }
}

extension Operation {
    /// The views of the console's table of members.
    static let listViews = list(
        "/views",
        id: "listViews",
        topic: .members,
        summary: "List views",
        detail: "The kept lists of members that you may use, in the console and here: your own and the shared ones.",
        of: Shapes.view,
        named: "Views",
        access: .token(.readMembers, .readMembers)
    ) { try await $0.ask(Views()) }

    static func saveView(_ context: APIContext) -> Operation {
        Operation(
            .post,
            "/views",
            id: "saveView",
            topic: .members,
            summary: "Keep a view",
            detail: "Keeps a list of members under a name. Your own view of that name is replaced.",
            access: .token(.writeViews, .saveView),
            parameters: [WriteHeaders.idempotencyKey],
            body: ViewBody.of(context),
            answers: [
                AnswerDescription(.created, "The view.", Shapes.view.schema("The view."), headers: [.entityTag])
            ]
        ) { call in
            try await call.run(ViewBody.read(call.body), tag: nil) { transaction, id in
                let view = try call.view(transaction, id)
                return KeptAnswer(status: 201, body: Shapes.view.writer.bytes(view), entityTag: ViewTag.of(view))
            }
        }
    }

    static let removeView: Operation = {
        let wanted = Parameter<String>.path("id", "The view's id.")
        return Operation(
            .delete,
            "/views/{id}",
            id: "removeView",
            topic: .members,
            summary: "Remove a view",
            detail: "Removes one of your own views. If-Match is `etag` of the view.",
            access: .token(.writeViews, .saveView),
            parameters: [wanted, WriteHeaders.ifMatch, WriteHeaders.idempotencyKey],
            answers: [.removed]
        ) { call in
            let id = try call.required(wanted)
            return try await call.run(
                DeleteView(id: id),
                on: ViewTag.key(id),
                tag: { ViewTag.of(try call.view($0, id)) },
                answer: { _, _ in .removed(id) }
            )
        }
    }()
}

extension Call {
    /// A view that whoever asks may use, as it is in this transaction. Throws 404 for any other.
    fileprivate func view(_ transaction: Transaction, _ id: String) throws -> SavedView {
        let views = try Views().answer(transaction, for: actor, now: now)
        guard let view = views.first(where: { $0.id == id }) else { throw RequestProblem.noSuchRecord }
        return view
    }
}
