public import Access
import Charter
public import Database
import Decisions
import Files
public import Foundation
import Identity
import Journal
import Languages
import Membership

/// Records what a member asks about its dues: made by its representative, or by a letter that came to the secretariat.
///
/// Throws `InvalidInput` (`letter_day`, `words`, `signed_by`, `document`, and those of `ReliefCheck`), `ReliefRefusal`
/// and `MemberRefusal`.
public struct AskRelief: Command {
    public static let action = Action.requestDues

    /// How many requests of a member its representatives and its programs can make in a day.
    static let dailyByMember = 10

    public struct Outcome: Sendable, Equatable {
        public let id: String
        public let reference: String
    }

    let memberKey: String
    let draft: ReliefDraft
    let services: DuesServices

    /// - Parameter memberKey: the last part of the member's public address.
    public init(_ memberKey: String, _ draft: ReliefDraft, services: DuesServices) {
        self.memberKey = memberKey
        self.draft = draft
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try DuesMember.load(transaction, key: memberKey).id)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let member = try DuesMember.load(transaction, key: memberKey).id
        let today = FormCheck.today(now)
        let terms = try Self.terms(draft.kind, services.charter, on: today)
        var check = FormCheck()
        let letter = ReliefLetter(draft, by: actor, of: member, today: today, &check)
        let reading = ReliefCheck(
            draft: draft,
            member: member,
            charter: services.charter,
            today: today,
            transaction: transaction
        )
        let asked = try reading.checked(&check)
        try check.finish()
        guard let asked else { preconditionFailure("a request for relief that was refused went on") }
        let overlap = ReliefOverlap(transaction: transaction, member: member)
        try overlap.requireNotUnderWay(draft.kind, asked)
        try overlap.requireNotGranted(draft.kind, asked.years)
        if letter.isOwn { try count(transaction, member, now) }
        let id = Identifier.make(at: now)
        try insert(transaction, id, member, asked, letter, terms.body, actor, now)
        if let document = draft.document {
            try FileUse.attach(
                transaction,
                document.file,
                to: ReliefRequest.owner(id),
                label: "letter",
                name: letter.documentName,
                now: now
            )
        }
        let request = try ReliefRequest.load(transaction, named: id)
        var after = request.asked
        after["document"] = .optional(draft.document?.file.hash)
        try Journal.append(transaction, request.entry("relief.asked", actor, now, after: after))
        try ReliefMail(transaction: transaction, services: services, now: now).tellReceived(request)
        return Outcome(id: id, reference: request.reference)
    }

    /// Throws `ReliefRefusal.notPossible` where the charter of the day gives nobody the power.
    static func terms(_ kind: ReliefKind, _ charter: Charter, on day: Day) throws -> ReliefRules.Terms {
        guard let rules = ReliefRules(charter: charter, on: day) else { throw DecisionRefusal.noCharter }
        switch rules.answer(kind) {
        case .possible(let terms): return terms
        case .impossible(let because): throw ReliefRefusal.notPossible(because)
        }
    }

    /// Otherwise whoever asks for the member and takes back again and again could flood its people with mail.
    /// What comes by letter is not held up by it.
    private func count(_ transaction: Transaction, _ member: String, _ now: Date) throws {
        let (bucket, limit) = ("relief:\(member)", Self.dailyByMember)
        guard try AttemptLimit.take(transaction, bucket: bucket, limit: limit, window: 86_400, now: now) else {
            throw ReliefRefusal.tooMany(limit)
        }
    }

    private func insert(
        _ transaction: Transaction,
        _ id: String,
        _ member: String,
        _ asked: CheckedRelief,
        _ letter: ReliefLetter,
        _ body: String,
        _ actor: Actor,
        _ now: Date
    ) throws {
        let year = FormCheck.today(now).year
        let last = try transaction.first("SELECT MAX(number) FROM relief_request WHERE year = ?", [.int(year)]) {
            try $0.optionalInteger(0)
        }
        let columns = asked.terms.columns
        let written = try transaction.execute(
            """
            INSERT INTO relief_request (id, year, number, kind, state, member_id, from_year, to_year, percent, currency,
                amount_minor, ends, letter_day, words, made_by, signed_by, recorded_by, recorded_at, body)
            VALUES (?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (year, number) DO NOTHING
            """,
            [
                .text(id), .int(year), .int(((last ?? nil) ?? 0) + 1), .text(draft.kind.rawValue), .text(member),
                .int(asked.years.lowerBound), .int(asked.years.upperBound), .optional(columns.percent),
                .optional(columns.amount?.currency.code), .optional(columns.amount?.minor), .optional(columns.ends),
                .text(letter.day.description), .text(letter.words), .optional(letter.madeBy),
                .optional(letter.signedBy), .text(actor.key), .text(InstantText.text(now)), .text(body),
            ]
        )
        guard written == 1 else { throw DatabaseError.conflict("two requests for relief took one number") }
        guard case .plan(let instalments) = asked.terms else { return }
        try transaction.execute(
            """
            INSERT INTO relief_instalment (relief_id, position, due_on, currency, amount_minor) VALUES (?, ?, ?, ?, ?)
            """,
            each: instalments.enumerated().map { place, instalment in
                [
                    .text(id), .int(place + 1), .text(instalment.dueOn.description),
                    .text(instalment.amount.currency.code), .int(instalment.amount.minor),
                ]
            }
        )
    }
}

extension ReliefRequest {
    static func owner(_ id: String) -> FileOwner { FileOwner(subjectKind, id) }
}

extension ReliefTerms {
    /// What a row has of them.
    fileprivate var columns: (percent: Int?, amount: Money?, ends: String?) {
        switch self {
        case .remission, .plan: (nil, nil, nil)
        case .percent(let percent): (percent, nil, nil)
        case .amount(let amount), .commutation(let amount): (nil, amount, nil)
        case .ending(let relief): (nil, nil, relief.id)
        }
    }
}
