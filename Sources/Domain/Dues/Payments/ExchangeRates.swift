public import Access
import Charter
public import Database
public import Foundation
import Journal
import Languages
import Membership

/// The rates that are on record.
enum ExchangeRates {
    /// How old a rate may be: over holidays banks and newspapers give none.
    static let mostDays = 7

    /// The latest rate between two currencies of a day or the week before, whichever way round it was set.
    ///
    /// Throws `PaymentRefusal.noRate`.
    static func find(
        _ transaction: Transaction,
        _ from: Currency,
        _ to: Currency,
        on day: Day
    ) throws -> ExchangeRate {
        let found = try transaction.first(
            """
            SELECT \(columns) FROM exchange_rate
            WHERE (from_currency = ? AND to_currency = ? OR from_currency = ? AND to_currency = ?)
                AND day <= ? AND day >= ?
            ORDER BY day DESC, CASE WHEN from_currency = ? THEN 0 ELSE 1 END LIMIT 1
            """,
            [
                .text(from.code), .text(to.code), .text(to.code), .text(from.code), .text(day.description),
                .text(day.adding(days: -mostDays).description), .text(from.code),
            ]
        ) { try ExchangeRate(row: $0) }
        guard let found else { throw PaymentRefusal.noRate(from, to, day) }
        return found
    }

    static let columns = "from_currency, to_currency, day, rate, source"
}

extension ExchangeRate {
    init(row: Row) throws {
        guard let day = Day(try row.text(2)) else { throw DatabaseError.decoding(column: 2, expected: "a day") }
        try self.init(
            from: try Currency(try row.text(0)),
            to: try Currency(try row.text(1)),
            day: day,
            rate: try row.text(3),
            source: try row.text(4)
        )
    }
}

/// Records what one currency was worth in another on a day. Set again for the same day, it is corrected; what was
/// booked by it stays as it was booked.
///
/// Throws `InvalidInput` (`from`, `to`, `day`, `rate`, `source`).
public struct SetExchangeRate: Command {
    public static let action = Action.recordPayments
    let from: String
    let to: String
    let day: String
    let rate: String
    let source: String

    /// - Parameters:
    ///   - rate: how many of `to` one of `from` is worth, as `1.0855`.
    ///   - source: where the rate was read.
    public init(from: String, to: String, day: String, rate: String, source: String) {
        self.from = UploadFile.trimmed(from).uppercased()
        self.to = UploadFile.trimmed(to).uppercased()
        self.day = UploadFile.trimmed(day)
        self.rate = UploadFile.trimmed(rate)
        self.source = UploadFile.trimmed(source)
    }

    public func perform(_ transaction: Transaction, by actor: Actor, now: Date) throws {
        let set = try checked(now)
        let key: [Value] = [.text(set.from.code), .text(set.to.code), .text(set.day.description)]
        let before = try transaction.first(
            """
            SELECT \(ExchangeRates.columns) FROM exchange_rate
            WHERE from_currency = ? AND to_currency = ? AND day = ?
            """,
            key
        ) { try ExchangeRate(row: $0) }
        if before == set { return }
        try transaction.execute(
            """
            INSERT INTO exchange_rate (from_currency, to_currency, day, rate, source, set_by, set_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (from_currency, to_currency, day) DO UPDATE SET rate = excluded.rate, source = excluded.source,
                set_by = excluded.set_by, set_at = excluded.set_at
            """,
            key + [.text(set.text), .text(set.source), .text(actor.key), .text(InstantText.text(now))]
        )
        try Journal.append(
            transaction,
            JournalEntry(
                at: now,
                actor: actor.key,
                action: "exchange-rate.set",
                subject: .init(PaymentSubjects.rate, "\(set.from.code)-\(set.to.code)-\(set.day)"),
                before: before.map { ["rate": .text($0.text), "source": .text($0.source)] },
                after: ["rate": .text(set.text), "source": .text(set.source)]
            )
        )
    }

    private func checked(_ now: Date) throws -> ExchangeRate {
        var check = FormCheck()
        let from = PaymentCheck.currency(self.from, "from", &check)
        let to = PaymentCheck.currency(self.to, "to", &check)
        if from != nil, from == to { check.refuse("to", say("Give two different currencies.")) }
        let day = check.pastDay(self.day, "day", today: FormCheck.today(now))
        if source.count < 3 { check.refuse("source", say("Say where the rate is from, such as a central bank.")) }
        check.text(source, "source", most: 200)
        var set: ExchangeRate?
        if let from, let to, let day {
            do {
                set = try ExchangeRate(from: from, to: to, day: day, rate: rate, source: source)
            } catch { check.refuse("rate", error.sentence) }
        }
        try check.finish()
        guard let set else { preconditionFailure("a rate that was refused went on") }
        return set
    }
}

/// The rates on record, the latest day first.
public struct ExchangeRateList: Question {
    public static let action = Action.readPayments

    public init() {}

    public func answer(_ transaction: Transaction, for actor: Actor, now: Date) throws -> [ExchangeRate] {
        try transaction.query(
            """
            SELECT \(ExchangeRates.columns) FROM exchange_rate
            ORDER BY day DESC, from_currency, to_currency LIMIT 1000
            """
        ) { try ExchangeRate(row: $0) }
    }
}
