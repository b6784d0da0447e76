public import Access
import Charter
public import Database
import Decisions
public import Files
public import Foundation
import Identity
import Journal
import Languages
import Membership

/// Records what a member asks about its membership: made by its representative, or by a letter that came to the
/// secretariat.
///
/// Throws `InvalidInput` (`letter_day`, `words`, `signed_by`, `document`), `RequestRefusal` and `MemberRefusal`.
public struct FileRequest: Command {
    public static let action = Action.requestMembership

    /// How many requests of a member its representatives and its programs can make in a day.
    static let dailyByMember = 10

    public struct Outcome: Sendable, Equatable {
        public let id: String
        public let reference: String
    }

    /// The letter itself, stored already, with the name that the file had.
    public struct Document: Sendable, Equatable {
        let file: StoredFile
        let name: String

        public init(_ file: StoredFile, name: String) {
            self.file = file
            self.name = name
        }
    }

    let kind: MembershipRequestKind
    let memberID: String
    let letterDay: String
    let words: String
    let signedBy: String
    let document: Document?
    let services: JoiningServices

    /// - Parameters:
    ///   - member: the member's id.
    ///   - letterDay: the ISO day that the letter bears. Of what a representative asks in the member's room, the day is
    ///     today, whatever is given.
    ///   - signedBy: who signed the letter, or for whom a member's program asks; empty for what a representative asks
    ///     in the member's room.
    public init(
        _ kind: MembershipRequestKind,
        member: String,
        letterDay: String = "",
        words: String,
        signedBy: String = "",
        document: Document? = nil,
        services: JoiningServices
    ) {
        self.kind = kind
        memberID = member
        self.letterDay = letterDay
        self.words = words
        self.signedBy = signedBy
        self.document = document
        self.services = services
    }

    public func place(_ transaction: Transaction) throws -> Place {
        .member(try RequestMember.current(transaction, memberID))
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws -> Outcome {
        let member = try RequestMember.current(transaction, memberID)
        guard try MemberRevision.current(transaction, member) != nil else { throw MemberRefusal.noSuchMember }
        let letter = try RequestLetter(self, by: actor, of: member, now: now)
        if let live = try MembershipRequest.live(transaction, member: member, kind) {
            throw RequestRefusal.underWay(kind, live.reference)
        }
        let terms = try terms(transaction, member, letter, now)
        if letter.isOwn { try count(transaction, member, now) }
        let id = Identifier.make(at: now)
        try insert(transaction, id, member, letter, terms, actor, now)
        if let document {
            try FileUse.attach(
                transaction,
                document.file,
                to: MembershipRequest.owner(id),
                label: "letter",
                name: letter.documentName,
                now: now
            )
        }
        let request = try MembershipRequest.load(transaction, id: id)
        try Journal.append(transaction, entry(request, actor, now))
        try RequestMail(transaction: transaction, services: services, now: now).tellReceived(request)
        return Outcome(id: id, reference: request.reference)
    }

    /// Otherwise whoever asks for the member and takes back again and again could flood its people with mail.
    /// What comes by letter is not held up by it.
    private func count(_ transaction: Transaction, _ member: String, _ now: Date) throws {
        let (bucket, limit) = ("request:\(member)", Self.dailyByMember)
        guard try AttemptLimit.take(transaction, bucket: bucket, limit: limit, window: 86_400, now: now) else {
            throw RequestRefusal.tooMany(limit)
        }
    }

    private func terms(
        _ transaction: Transaction,
        _ member: String,
        _ letter: RequestLetter,
        _ now: Date
    ) throws -> RequestRules.Terms {
        guard let rules = RequestRules(charter: services.charter, today: FormCheck.today(now)) else {
            throw DecisionRefusal.noCharter
        }
        switch rules.answer(kind, try MemberStanding.load(transaction, member: member), letter: letter.day) {
        case .possible(let terms): return terms
        case .impossible(let because): throw RequestRefusal.notPossible(because)
        }
    }

    private func insert(
        _ transaction: Transaction,
        _ id: String,
        _ member: String,
        _ letter: RequestLetter,
        _ terms: RequestRules.Terms,
        _ actor: Actor,
        _ now: Date
    ) throws {
        let year = FormCheck.today(now).year
        let last = try transaction.first("SELECT MAX(number) FROM membership_request WHERE year = ?", [.int(year)]) {
            try $0.optionalInteger(0)
        }
        let written = try transaction.execute(
            """
            INSERT INTO membership_request (id, year, number, kind, state, member_id, letter_day, words, made_by,
                signed_by, recorded_by, recorded_at, status, status_day, leads_to, rule, body)
            VALUES (?, ?, ?, ?, 'received', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """,
            [
                .text(id), .int(year), .int(((last ?? nil) ?? 0) + 1), .text(kind.rawValue), .text(member),
                .text(letter.day.description), .text(letter.words), .optional(letter.madeBy),
                .optional(letter.signedBy), .text(actor.key), .text(InstantText.text(now)),
                .text(terms.standing.status), .text(terms.standing.day.description), .text(terms.leadsTo),
                .text(kind.rule), .text(terms.body),
            ]
        )
        // The schema holds one live request of a kind, whoever was quicker.
        guard written == 1 else {
            let live = try MembershipRequest.live(transaction, member: member, kind)
            throw RequestRefusal.underWay(kind, live?.reference ?? "")
        }
    }

    private func entry(_ request: MembershipRequest, _ actor: Actor, _ now: Date) -> JournalEntry {
        request.entry(
            "request.filed",
            actor,
            now,
            after: [
                "letter_day": .text(request.letterDay.description), "words": .personal("words", request.words),
                "signed_by": .personal("signed_by", ifAny: request.byPersonID == nil ? request.byName : nil),
                "standing": .text(request.standing.status), "standing_day": .text(request.standing.day.description),
                "leads_to": .text(request.leadsTo), "body": .text(request.body),
                "document": .optional(document?.file.hash),
            ]
        )
    }
}

/// What somebody typed of a request, checked.
struct RequestLetter {
    /// Whether the member itself asks, by its representative or its program, and not by a letter.
    let isOwn: Bool
    let day: Day
    let words: String
    /// The representative who makes it.
    let madeBy: String?
    /// Who signed the letter that came.
    let signedBy: String?
    let documentName: String

    /// Throws `InvalidInput`.
    init(_ request: FileRequest, by actor: Actor, of member: String, now: Date) throws {
        let today = FormCheck.today(now)
        var typed = TypedText()
        let words = typed.lines(request.words, "words", atMost: 4000)
        if words.isEmpty, request.document == nil {
            typed.refuse("words", say("Say what is asked, or add the letter as a document."))
        }
        documentName = typed.line(request.document?.name ?? "letter", "document", atMost: 200, required: true)
        // Otherwise the store of files would refuse it, as no fault of whoever sent it.
        if documentName.contains("/") || documentName.contains("\\") || documentName.utf8.count > 255 {
            typed.refuse(
                "document",
                say("A file of this name cannot be kept. Give it a shorter, plain name, and add it again.")
            )
        }
        let signedBy = typed.line(request.signedBy, "signed_by", atMost: 200)
        var day = today
        isOwn = Self.speaks(actor, for: member, signedBy)
        if isOwn, actor.isPerson {
            madeBy = actor.person.id
            self.signedBy = nil
        } else {
            madeBy = nil
            self.signedBy = signedBy
            if signedBy.isEmpty { typed.refuse("signed_by", say("Say who signed the letter.")) }
            // A member's program has no account and says for whom it asks, but it dates nothing back.
            if !isOwn {
                var days = FormCheck()
                let written = typed.line(request.letterDay, "letter_day", atMost: 20)
                day = days.pastDay(written, "letter_day", today: today) ?? today
                for problem in days.problems { typed.refuse(problem.name, problem.message) }
            }
        }
        try typed.throwProblems()
        self.day = day
        self.words = words
    }

    /// Whether it is the member's own representative who asks, or its program, and not somebody of the secretariat with
    /// a letter.
    private static func speaks(_ actor: Actor, for member: String, _ signedBy: String) -> Bool {
        let place = Place.member(member)
        let isOwn = actor.grants.contains {
            $0.place == place && Rights.allow($0.role, at: place, FileRequest.action, at: place)
        }
        return isOwn && (signedBy.isEmpty || !actor.may(FileRequest.action))
    }
}

/// Where a member's record is found after it was merged into another one.
enum RequestMember {
    static func current(_ transaction: Transaction, _ id: String) throws -> String {
        try transaction.first("SELECT kept_id FROM member_merge WHERE merged_id = ?", [.text(id)]) { try $0.text(0) }
            ?? id
    }
}
