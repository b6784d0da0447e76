import Charter
import Dues
import Files
import Languages

/// The entity tag of a request for relief: of all that changes of it.
enum ReliefTag {
    /// Sets it apart from the tags of other records.
    static func key(_ id: String) -> String { "relief \(id)" }

    static func of(_ request: ReliefRequest) -> String {
        let state = [
            request.id, request.state.rawValue, request.putAt ?? "", request.decidedOn?.description ?? "",
            request.reason ?? "", request.endedOn?.description ?? "",
        ]
        return StateTag.make(Array(state.joined(separator: "\n").utf8), of: key(request.id))
    }
}

/// A document with the request with which it came.
struct ReliefDocument: Sendable {
    let request: String
    let document: FileUse
}

extension Shapes {
    static let relief = Shape<ReliefRequest>(
        "ReliefRequest",
        always: ["id"],
        [
            .text("id", "The request's id.") { $0.id },
            .text("etag", "Its state, for If-Match.") { ReliefTag.of($0) },
            .text("reference", "What people call it.", example: "2026-3") { $0.reference },
            .text("kind", "`remission`, `reduction`, `commutation`, `payment-plan` or `relief-ending`.") {
                $0.kind.rawValue
            },
            .text("state", "`received`, `put`, `adopted`, `rejected` or `taken-back`.") { $0.state.rawValue },
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .integer("from_year", "The first year of dues that it is about.") { $0.years.lowerBound },
            .integer("to_year", "The last year.") { $0.years.upperBound },
            .text("sentence", "What is asked or granted, as a part of a sentence.") { $0.termsWords.english },
            .optionalInteger("percent", "By how many of a hundred parts the fee is lowered.") { $0.percent },
            .optionalMoney("amount", "By how much a year's fee is lowered, or what is paid in its place.") {
                $0.amount
            },
            .objects("instalments", "In what parts all of it is paid.", Shapes.instalment) { $0.instalments },
            .optionalText("ends", "The id of the relief that shall end before its time.") { $0.ends },
            .optionalInteger("holds_from", "Of what was granted: the first year for which it holds; null for none.") {
                $0.covered?.lowerBound
            },
            .optionalInteger("holds_to", "The last such year.") { $0.covered?.upperBound },
            .day("letter_day", "The date of the letter, or the day on which it was made.") { $0.letterDay.description },
            .text(
                "words",
                "The grounds, as the member puts them; may be empty where a document says them, and once whoever wrote "
                    + "them was erased."
            ) { $0.words },
            .text("by", "Who made it, or signed the letter; empty once who signed it was erased.") { $0.byName },
            .optionalText("person", "The id of whoever made it in the member's room; null for a letter.") {
                $0.byPersonID
            },
            .instant("recorded_at", "When it was recorded.") { $0.recordedAt },
            .text("body", "The key of the body that decides.") { $0.body },
            .optionalInstant("put_at", "Since when the body has it before it.") { $0.putAt },
            .optionalDay("decided_on", "The day on which it was decided.") { $0.decidedOn?.description },
            .optionalText("minutes", "What the record says of the decision.") { request in
                request.minutes.map { Phrase.record($0).english }
            },
            .optionalText("reason", "Why it was taken back.") { request in
                request.reason.map { Phrase.record($0).english }
            },
            .flag("is_invented", "Whether it is made up, to try the program.") { $0.isInvented },
        ]
    )

    static let reliefRecord = Shape<ReliefRecord>(
        "ReliefRecord",
        [
            .object("request", "The request.", Shapes.relief) { $0.request },
            .optionalText("rule", "The id of the charter's rule.") { $0.rule?.id },
            .text("body_name", "The body that decides, as the charter names it.") { $0.bodyName },
            .optionalText("problem", "Why it could not be carried out as things stand.") { $0.problem?.english },
            .flag("can_be_taken_back", "Whether no body has to decide it.") { $0.canBeTakenBack },
            .objects("decisions", "What bodies were asked about it, the latest first.", Shapes.decisionLink) {
                $0.circulars.map { DecisionLink(id: $0.id, reference: $0.reference) }
            },
            .objects("documents", "What came with it.", Shapes.document) { $0.documents },
        ]
    )

    static let memberRelief = Shape<ReliefOfMember.Answer>(
        "MemberRelief",
        [
            .text("member", "The member's key.") { $0.memberKey },
            .text("member_name", "The member's name.") { $0.memberName },
            .flag("may_ask", "Whether you may make and take back its requests.") { $0.mayAsk },
            .objects("possible", "What it can ask today.", Shapes.possibleRelief) { $0.possible },
            .objects("impossible", "What it cannot ask today, and why.", Shapes.impossibleRelief) { $0.impossible },
            .objects("requests", "What it has asked, the latest first.", Shapes.relief) { $0.requests },
            .objects("documents", "What came with these.", Shapes.reliefDocument) { found in
                found.requests.flatMap { request in
                    (found.documents[request.id] ?? []).map { ReliefDocument(request: request.id, document: $0) }
                }
            },
        ]
    )

    static let possibleRelief = Shape<ReliefOfMember.Possible>(
        "PossibleRelief",
        [
            .text("kind", "`remission`, `reduction`, `commutation`, `payment-plan` or `relief-ending`.") {
                $0.kind.rawValue
            },
            .text("rule", "The id of the charter's rule.") { $0.rule.id },
            .text("body", "The key of the body that decides.") { $0.body },
            .text("body_name", "The same as the charter names it.") { $0.bodyName },
        ]
    )

    static let impossibleRelief = Shape<ReliefOfMember.Impossible>(
        "ImpossibleRelief",
        [
            .text("kind", "`remission`, `reduction`, `commutation`, `payment-plan` or `relief-ending`.") {
                $0.kind.rawValue
            },
            .text("because", "Why not, in a sentence.") { $0.because.english },
        ]
    )

    static let reliefDocument = Shape<ReliefDocument>(
        "ReliefDocument",
        [
            .text("request", "The id of the request.") { $0.request },
            .object("document", "What came with it.", Shapes.document) { $0.document },
        ]
    )
}

extension ReliefRequest {
    fileprivate var percent: Int? {
        if case .percent(let percent) = terms { percent } else { nil }
    }

    var amount: Money? {
        switch terms {
        case .amount(let amount), .commutation(let amount): amount
        case .remission, .percent, .plan, .ending: nil
        }
    }

    var instalments: [Instalment] {
        if case .plan(let instalments) = terms { instalments } else { [] }
    }

    fileprivate var ends: String? {
        if case .ending(let relief) = terms { relief.id } else { nil }
    }
}
