import Charter
import Files
import Joining
import Languages

/// The entity tag of a member's request: of all that changes of it.
enum RequestTag {
    /// Sets it apart from the tags of other records.
    static func key(_ id: String) -> String { "request \(id)" }

    static func of(_ request: MembershipRequest) -> String {
        let state = [
            request.id, request.state.rawValue, request.putAt ?? "", request.decidedOn?.description ?? "",
            request.reason ?? "",
        ]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key(request.id))
    }
}

extension Shapes {
    static let membershipRequest = Shape<MembershipRequest>(
        "MembershipRequest",
        always: ["id"],
        [
            .text("id", "The request's id.") { $0.id },
            .text("etag", "Its state, for If-Match.") { RequestTag.of($0) },
            .text("reference", "What people call it.", example: "2026-3") { $0.reference },
            .text("kind", "`withdrawal`, `appeal` or `reinstatement`.") { $0.kind.rawValue },
            .text("state", "`received`, `put`, `adopted`, `rejected` or `taken-back`.") { $0.state.rawValue },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .day("letter_day", "The date of the letter, or the day on which it was made.") { $0.letterDay.description },
            .text("words", "As the member put it; may be empty where a document says it.") { $0.words },
            .text("by", "Who made it, or signed the letter.") { $0.byName },
            .optionalText("person", "The id of whoever made it in the member's room; null for a letter.") {
                $0.byPersonID
            },
            .instant("recorded_at", "When it was recorded.") { $0.recordedAt },
            .optionalObject("against", "What an appeal is against.", Shapes.memberStanding) { $0.against },
            .text("leads_to", "The key of the status that the member has once it is adopted.") { $0.leadsTo },
            .text("rule", "The id of the charter's rule.") { $0.rule },
            .text("body", "The key of the body that decides.") { $0.body },
            .optionalInstant("put_at", "Since when the body has it before it.") { $0.putAt },
            .optionalDay("decided_on", "The day on which it was decided.") { $0.decidedOn?.description },
            .optionalText("minutes", "What the record says of the decision.") { request in
                request.minutes.map { Phrase.record($0).english }
            },
            .optionalText("reason", "Why it was taken back.") { $0.reason.map { Phrase.record($0).english } },
            .objects("documents", "What came with it.", Shapes.document) { $0.documents },
        ]
    )

    static let membershipRequestFile = Shape<RequestRecord>(
        "MembershipRequestRecord",
        [
            .object("request", "The request.", Shapes.membershipRequest) { $0.request },
            .text("body_name", "The body that decides, as the charter names it.") { $0.bodyName },
            .optionalObject("standing", "What the member's standing is now.", Shapes.memberStanding) { $0.standing },
            .optionalText("problem", "Why it could not be carried out as things stand.") { $0.problem?.english },
            .flag("can_be_taken_back", "Whether no body has to decide it.") { $0.canBeTakenBack },
            .objects("decisions", "What bodies were asked about it, the latest first.", Shapes.decisionLink) {
                $0.circulars.map { DecisionLink(id: $0.id, reference: $0.reference) }
            },
        ]
    )

    static let memberStanding = Shape<MemberStanding>(
        "MemberStanding",
        [
            .text("status", "The key of a status of the charter.") { $0.status },
            .day("since", "The day from which it holds.") { $0.day.description },
        ]
    )

    static let memberRequests = Shape<MembershipRequests.Answer>(
        "MemberRequests",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .optionalObject("standing", "Its standing; null before the first status.", Shapes.memberStanding) {
                $0.standing
            },
            .flag("may_request", "Whether you may make and take back its requests.") { $0.mayRequest },
            .objects("possible", "What it can ask today.", Shapes.possibleRequest) { $0.possible },
            .objects("impossible", "What it cannot ask today, and why.", Shapes.impossibleRequest) { $0.impossible },
            .objects("requests", "What it has asked, the latest first.", Shapes.membershipRequest) { $0.requests },
        ]
    )

    static let possibleRequest = Shape<MembershipRequests.Possible>(
        "PossibleRequest",
        [
            .text("kind", "`withdrawal`, `appeal` or `reinstatement`.") { $0.kind.rawValue },
            .text("rule", "The id of the charter's rule.") { $0.rule.id },
            .text("body", "The key of the body that decides.") { $0.body },
            .text("body_name", "The same as the charter names it.") { $0.bodyName },
            .text("leads_to", "The key of the status to which it leads.") { $0.leadsTo },
            .optionalDay("last_day", "The last day on which an appeal can be made.") { $0.lastDay?.description },
        ]
    )

    static let impossibleRequest = Shape<MembershipRequests.Impossible>(
        "ImpossibleRequest",
        [
            .text("kind", "`withdrawal`, `appeal` or `reinstatement`.") { $0.kind.rawValue },
            .text("because", "Why not, in a sentence.") { $0.because.english },
        ]
    )
}
