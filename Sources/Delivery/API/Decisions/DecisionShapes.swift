import Charter
import Decisions
import Languages

/// An item with what the seats said to it; no tally where that is not told.
struct CountedItem: Sendable {
    let item: CircularItem
    let tally: Charter.Tally?
}

extension CircularCount {
    /// The items, each with its tally.
    func counted(_ items: [CircularItem]) -> [CountedItem] {
        items.map { CountedItem(item: $0, tally: tallies[$0.id]) }
    }
}

extension Shapes {
    static let meetingOutcome = Shape<CircularItem.Meeting>(
        "MeetingOutcome",
        [
            .text("outcome", "`adopted` or `rejected`.") { $0.outcome.rawValue },
            .day("day", "The day of the meeting.") { $0.day },
            .text("reference", "Where its minutes are.") { $0.reference },
            .text("minutes", "One sentence for the minutes.") { $0.minutes.english },
            .optionalText("recorded_by", "The name of who entered it.") { $0.recordedByName },
            .instant("recorded_at", "When.") { $0.recordedAt },
        ]
    )

    static let decisionItem = Shape<CountedItem>(
        "DecisionItem",
        [
            .text("id", "The item's id.") { $0.item.id },
            .integer("position", "From 1.") { $0.item.position },
            .text("words", "What is adopted.") { $0.item.words.english },
            .text("evidence", "On what it rests; may be empty.") { $0.item.evidence.english },
            .optionalText("subject_kind", "What sort of thing it is about.") { $0.item.subject?.kind },
            .optionalText("subject", "The id of that.") { $0.item.subject?.id },
            .optionalText("rule", "The id of the charter's rule that it cites.") { $0.item.rule },
            .optionalText(
                "outcome",
                "What the answers came to: `adopted`, `rejected`, `no-quorum` or `referred`; null before the count."
            ) { $0.item.outcome?.rawValue },
            .optionalText("minutes", "One sentence for the minutes.") { $0.item.minutes?.english },
            .optionalObject("meeting", "What a meeting decided.", Shapes.meetingOutcome) { $0.item.meeting },
            .optionalText("followed_by", "The id of the decision that asks again.") { $0.item.followedBy },
            .optionalDay("decided_on", "The day of the outcome that holds now.") { $0.item.decidedOn },
            .optionalText("decision", "The key of the decision on record, once it is adopted.") { $0.item.decision },
            .optionalText("problem", "Why what was decided could not be carried out.") { $0.item.problem?.english },
            .optionalInteger("approve", "How many seats approve; null where it is not told.") { $0.tally?.approve },
            .optionalInteger("object", "How many object.") { $0.tally?.object },
            .optionalInteger("abstain", "How many abstain.") { $0.tally?.abstain },
        ]
    )

    static let seatAnswer = Shape<CircularAnswer>(
        "SeatAnswer",
        [
            .text("item", "The item's id.") { $0.itemID },
            .text("seat", "The seat's id.") { $0.seatID },
            .text("answer", "`approve`, `object` or `abstain`.") { $0.answer.rawValue },
            .text("comment", "What was said with it; may be empty.") { $0.comment },
            .optionalText("given_by", "The name of who gave it, or entered it.") { $0.givenByName },
            .optionalText("grounds", "Where it came from, when the secretariat entered it.") { $0.grounds },
            .instant("answered_at", "When.") { $0.answeredAt },
        ]
    )

    /// What is told of everything that a body is asked, and `more`.
    static func circularFields<Value: Sendable>(
        _ of: @escaping @Sendable (Value) -> Circular,
        _ more: [Field<Value>]
    ) -> [Field<Value>] {
        let fields: [Field<Value>] = [
            .text("id", "The decision's id.") { of($0).id },
            .text("reference", "What people call it: the year and its number in it.", example: "2026-3") {
                of($0).reference
            },
            .text("body", "The key of the body in the charter.") { of($0).body },
            .text("matter", "The kind of matter.", example: "other") { of($0).matter },
            .text("title", "What it is about.") { of($0).title },
            .text("introduction", "What is said before the items; may be empty.") { of($0).introduction },
            .text("way", "`circulation`, each seat by itself, or `meeting`.") { of($0).way.rawValue },
            .text("state", "`open`, `closed` or `withdrawn`.") { of($0).state.rawValue },
            .instant("opened_at", "When the body was asked.") { of($0).openedAt },
            .optionalText("opened_by", "The name of who asked.") { of($0).openedByName },
            .optionalInstant("closes_at", "From when no answer counts any more; null for a meeting.") {
                of($0).closesAt
            },
            .optionalInstant("closed_at", "When it was closed or withdrawn.") { of($0).closedAt },
            .optionalText("withdrawn_by", "The name of who withdrew it.") { of($0).withdrawnByName },
            .optionalText("reason", "Why it was withdrawn.") { of($0).reason },
        ]
        return fields + more
    }
}

extension Shapes {
    static let askedDecision = Shape<CircularList.Line>(
        "AskedDecision",
        always: ["id"],
        circularFields(
            { $0.circular },
            [
                .integer("seats", "How many seats were asked.") { $0.count.seats },
                .integer("answered_seats", "How many have answered every item.") { $0.count.answeredSeats },
                .objects("items", "What is to be decided.", Shapes.decisionItem) { $0.count.counted($0.items) },
            ]
        )
    )

    static let decisionSeat = Shape<CircularRecord.Seat>(
        "DecisionSeat",
        [
            .text("id", "The seat's id.") { $0.seat.id },
            .text("name", "Whose it is.") { $0.seat.name },
            .optionalText("member", "The key of the member that holds it.") { $0.memberKey },
            .texts("people", "The names of those who answer for it today.") { $0.people },
            .objects("answers", "The answers that count.", Shapes.seatAnswer) { seat in
                seat.answers.values.sorted { $0.itemID < $1.itemID }
            },
        ]
    )

    static let decisionRecord = Shape<CircularRecord.Answer>(
        "DecisionRecord",
        always: ["id"],
        circularFields(
            { $0.circular },
            [
                .integer("answered_seats", "How many seats have answered every item.") { $0.count.answeredSeats },
                .objects("items", "What is to be decided.", Shapes.decisionItem) { $0.count.counted($0.items) },
                .objects("seats", "Each seat with its answers.", Shapes.decisionSeat) { $0.seats },
                .objects("replaced", "Answers that were replaced, the latest first.", Shapes.seatAnswer) {
                    $0.replaced
                },
            ]
        )
    )
}

extension Shapes {
    static let ownSeat = Shape<CircularSeat>(
        "OwnSeat",
        [.text("id", "The seat's id.") { $0.id }, .text("name", "Whose it is.") { $0.name }]
    )

    static let ownDecisionLine = Shape<OwnCirculars.Line>(
        "OwnDecisionLine",
        always: ["id"],
        circularFields(
            { $0.circular },
            [
                .objects("seats", "The seats for which you answer.", Shapes.ownSeat) { $0.seats },
                .integer("silent_seats", "How many of these have not answered everything.") { $0.silentSeats },
            ]
        )
    )

    static let answeredSeat = Shape<OwnCircular.Seat>(
        "AnsweredSeat",
        [
            .text("id", "The seat's id.") { $0.seat.id },
            .text("name", "Whose it is.") { $0.seat.name },
            .objects("answers", "The answers that count.", Shapes.seatAnswer) { seat in
                seat.answers.values.sorted { $0.itemID < $1.itemID }
            },
        ]
    )

    static let ownDecision = Shape<OwnCircular.Answer>(
        "OwnDecision",
        always: ["id"],
        circularFields(
            { $0.circular },
            [
                .flag("takes_answers", "Whether answers are taken now.") { $0.takesAnswers },
                .objects("items", "What is to be decided; the numbers once it is closed.", Shapes.decisionItem) { own in
                    own.items.map { CountedItem(item: $0, tally: own.count?.tallies[$0.id]) }
                },
                .objects("seats", "The seats for which you answer, with their answers.", Shapes.answeredSeat) {
                    $0.seats
                },
            ]
        )
    )
}
