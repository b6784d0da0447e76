import Charter
import Decisions

/// What is sent about decisions.
enum DecisionBody {
    typealias Property = ObjectSchema.Property

    static func draft(_ context: APIContext) -> ObjectSchema {
        let bodies = context.keys { $0.bodies.map(\.key) }
        let properties: [Property] = [
            .init(name: "body", schema: .choice("The key of the body in the charter.", bodies), isRequired: true),
            .init(
                name: "way",
                schema: .choice(
                    "`circulation`, where the charter has a rule for it, or `meeting`.",
                    Circular.Way.allCases.map(\.rawValue)
                ),
                isRequired: true
            ),
            .init(
                name: "matter",
                schema: .choice(
                    "The kind of matter: `other` takes `items`, every other kind takes `subjects`.",
                    context.decisions.matters.all.map { $0.kind }
                ),
                isRequired: true
            ),
            .init(name: "title", schema: .text("What it is about.", .line(1, 200)), isRequired: true),
            .init(
                name: "introduction",
                schema: .text("What is said before the items.", .lines(1, 4000)),
                isRequired: false
            ),
            .init(
                name: "subjects",
                schema: .list(
                    "The ids of what is to be decided about, such as proposals on standing.",
                    of: .text("An id.", .key()),
                    atMost: OpenCircular.mostItems,
                    isUnique: true
                ),
                isRequired: false
            ),
            .init(
                name: "items",
                schema: .list(
                    "What is to be decided.",
                    of: Schema(.object(item), ""),
                    atMost: OpenCircular.mostItems
                ),
                isRequired: false
            ),
        ]
        return ObjectSchema(name: "NewDecision", isClosed: true, properties)
    }

    private static let item = ObjectSchema(
        name: "NewDecisionItem",
        isClosed: true,
        [
            .init(name: "words", schema: .text("What is adopted.", .line(1, 500)), isRequired: true),
            .init(name: "evidence", schema: .text("On what it rests.", .lines(1, 4000)), isRequired: false),
        ]
    )

    static func read(_ body: JSONValue) -> CircularDraft {
        CircularDraft(
            body: body.text("body") ?? "",
            way: body.text("way").flatMap(Circular.Way.init(rawValue:)) ?? .circulation,
            matter: body.text("matter") ?? "",
            title: body.text("title") ?? "",
            introduction: body.text("introduction") ?? "",
            subjects: body.texts("subjects") ?? [],
            typed: body.elements("items").map { item in
                CircularDraft.Typed(words: item.text("words") ?? "", evidence: item.text("evidence") ?? "")
            }
        )
    }

    /// What a meeting decided of each item.
    static let outcomes = Property(
        name: "outcomes",
        schema: .list(
            "The items that it decided; the others go on waiting.",
            of: Schema(
                .object(
                    ObjectSchema(
                        name: "NewItemOutcome",
                        isClosed: true,
                        [
                            .init(name: "item", schema: .text("The item's id.", .key()), isRequired: true),
                            .init(
                                name: "outcome",
                                schema: .choice("What it decided.", ["adopted", "rejected"]),
                                isRequired: true
                            ),
                        ]
                    )
                ),
                ""
            ),
            atLeast: 1,
            atMost: OpenCircular.mostItems
        ),
        isRequired: true
    )

    /// What a seat says to each item.
    static let answers = Property(
        name: "answers",
        schema: .list(
            "What the seat says to each item; items that are left out keep the answer that they have.",
            of: Schema(
                .object(
                    ObjectSchema(
                        name: "NewItemAnswer",
                        isClosed: true,
                        [
                            .init(name: "item", schema: .text("The item's id.", .key()), isRequired: true),
                            .init(
                                name: "answer",
                                schema: .choice("What it says.", SeatAnswer.allCases.map(\.rawValue)),
                                isRequired: true
                            ),
                        ]
                    )
                ),
                ""
            ),
            atLeast: 1,
            atMost: OpenCircular.mostItems
        ),
        isRequired: true
    )

    static let seat = Property(name: "seat", schema: .text("The seat's id.", .key()), isRequired: true)
    static let comment = Property(
        name: "comment",
        schema: .text("What is said with it.", .lines(1, 2000)),
        isRequired: false
    )

    /// By item; of an item that is named twice the last counts.
    static func readAnswers(_ body: JSONValue) -> [String: SeatAnswer] {
        var answers: [String: SeatAnswer] = [:]
        for element in body.elements("answers") {
            answers[element.text("item") ?? ""] = element.text("answer").flatMap(SeatAnswer.init(rawValue:))
        }
        return answers
    }

    static func readOutcomes(_ body: JSONValue) -> [String: MatterOutcome] {
        var outcomes: [String: MatterOutcome] = [:]
        for element in body.elements("outcomes") {
            outcomes[element.text("item") ?? ""] = element.text("outcome").flatMap(MatterOutcome.init(rawValue:))
        }
        return outcomes
    }
}
