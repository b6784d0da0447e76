import Access
import Charter
import Database
import Foundation
import Journal
import Languages
import Membership

/// Relief that nobody asked for and no body granted. It does to accounts what relief does.
struct InventedRelief: Sendable {
    let charter: Charter
    let seed: UInt64
    let now: Date

    /// What one member gets.
    struct Gift: Sendable {
        let memberID: String
        let kind: ReliefKind
        let percent: Int?
        let year: Int
        let day: Day
        /// The key of the body that would decide.
        let body: String
    }

    /// One member in sixteen has its fee of the year halved, another one that of the next year waived.
    ///
    /// - Parameter isLast: that there is no next year.
    func gift(to invoice: InventedInvoice, of year: Int, isLast: Bool) -> Gift? {
        var chance = SampleChance(seed, "\(invoice.memberKey) relief \(year)")
        let kind: ReliefKind
        switch chance.number(below: 16) {
        case 0: kind = .reduction
        case 1 where !isLast: kind = .remission
        default: return nil
        }
        let day = invoice.issuedOn.adding(days: 10 + chance.number(below: 60))
        guard day <= FormCheck.today(now),
            case .possible(let terms)? = ReliefRules(charter: charter, on: day)?.answer(kind)
        else { return nil }
        return Gift(
            memberID: invoice.memberID,
            kind: kind,
            percent: kind == .reduction ? 50 : nil,
            year: kind == .reduction ? year : year + 1,
            day: day,
            body: terms.body
        )
    }

    func grant(_ gift: Gift, _ transaction: Transaction) throws {
        let id = Identifier.make(at: now)
        try insert(gift, id, transaction)
        let relief = try ReliefRequest.load(transaction, named: id)
        let invoices = try ReliefBooking(transaction: transaction, now: now).grant(relief, on: gift.day)
        try Journal.append(
            transaction,
            relief.entry(
                "relief.adopted",
                InventedDues.actor,
                now,
                reason: Self.words,
                after: ["invoices": .list(invoices.map { .text($0) }), "invented": .flag(true)]
            )
        )
    }

    private static let words = "Made up to try the program"

    private func insert(_ gift: Gift, _ id: String, _ transaction: Transaction) throws {
        let recorded = FormCheck.today(now).year
        let last = try transaction.first("SELECT MAX(number) FROM relief_request WHERE year = ?", [.int(recorded)]) {
            try $0.optionalInteger(0)
        }
        let (actor, instant) = (InventedDues.actor.key, InstantText.text(now))
        try transaction.execute(
            """
            INSERT INTO relief_request (id, year, number, kind, state, member_id, from_year, to_year, percent,
                letter_day, words, signed_by, recorded_by, recorded_at, body, put_at, settled_at, settled_by,
                decided_on, minutes, invented)
            VALUES (?, ?, ?, ?, 'adopted', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)
            """,
            [
                .text(id), .int(recorded), .int(((last ?? nil) ?? 0) + 1), .text(gift.kind.rawValue),
                .text(gift.memberID), .int(gift.year), .int(gift.year), .optional(gift.percent),
                .text(gift.day.adding(days: -7).description), .text(Self.words), .text("Nobody"), .text(actor),
                .text(instant), .text(gift.body), .text(instant), .text(instant), .text(actor),
                .text(gift.day.description), .text(say("Made up: no body decided this.").recorded),
            ]
        )
    }
}
