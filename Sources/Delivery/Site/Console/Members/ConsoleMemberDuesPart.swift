import Access
import Charter
import Dues
import HTML
import Languages
import Membership
import Standing

/// A member's fee, account, standing, points and what it may use, in short: each with the way to its page.
struct ConsoleMemberDues: Sendable {
    let key: String
    /// Nothing where the charter has no rules for the year, and for whom the page shows no dues.
    let fee: FeeOfMember.Answer?
    let account: AccountOfMember.Answer?
    /// Nothing for whom the page shows no standing, and before the charter.
    let now: EntitlementsOf.Answer?
    let history: StandingHistory.Answer?
    /// Of the present year.
    let points: PointsOf.Answer?

    static func load(_ room: Room, _ key: String) async throws -> ConsoleMemberDues {
        let (charter, today, dues) = (room.site.charter, room.today, DuesOnRecord())
        var (fee, account) = (FeeOfMember.Answer?.none, AccountOfMember.Answer?.none)
        if room.may(.readDues) {
            fee = try await room.fee(key, of: today.year)
            account = try await room.ask(AccountOfMember(key, charter: charter))
        }
        var (now, history) = (EntitlementsOf.Answer?.none, StandingHistory.Answer?.none)
        var points: PointsOf.Answer?
        if room.may(.readPortal), charter.version(on: today) != nil {
            let found = try await room.ask(
                EntitlementsOf(key, on: today, charter: charter, dues: dues),
                StandingHistory(key, to: today, charter: charter, dues: dues)
            )
            (now, history) = (found.0, found.1)
            let first = try Day(year: today.year, month: 1, day: 1)
            points = try await room.ask(PointsOf(key, from: first, to: today, charter: charter, dues: dues))
        }
        return ConsoleMemberDues(key: key, fee: fee, account: account, now: now, history: history, points: points)
    }

    func write(_ h: HTMLWriter, _ room: Room) {
        if let account { duesSection(h, room, account) }
        if let now, let history { standingSection(h, room, now, history) }
        if let points { pointsSection(h, points) }
    }

    private func duesSection(_ h: HTMLWriter, _ room: Room, _ account: AccountOfMember.Answer) {
        h.section(.aria(.labelledby, "dues")) {
            h.sectionHead(
                ConsolePlace.dues.title,
                id: "dues",
                more: (memberAddress(key, "dues"), say("Fee and account"))
            )
            h.dl(.class("facts wide")) {
                if let fee {
                    h.fact(say("Fee of \(plain: fee.year.year)")) { feeInShort(h, fee.fee) }
                }
                h.fact(say("Account", context: "of a member's dues")) {
                    h.text(consoleBalance(account.balances))
                    if account.isInvented {
                        h.text(" ")
                        h.madeUpTag()
                    }
                }
            }
        }
    }

    private func standingSection(
        _ h: HTMLWriter,
        _ room: Room,
        _ now: EntitlementsOf.Answer,
        _ history: StandingHistory.Answer
    ) {
        h.section(.aria(.labelledby, "by-dues")) {
            h.sectionHead(
                say("Standing by its dues"),
                id: "by-dues",
                more: (memberAddress(key, "standing"), say("Why, and since when"))
            )
            h.p {
                h.b(standingName(now.standing))
                if case .standing(let found) = now.standing, found.dues.isInvented {
                    h.text(" ")
                    h.madeUpTag()
                }
                h.span(.class("also")) { h.ruled(now.standing.reason) }
            }
            if !history.spans.isEmpty {
                h.standingStrip(
                    StandingStrip(history.spans, charter: room.site.charter),
                    sentence: standingThroughYears(history.spans)
                )
            }
            guard now.isStated else { return }
            h.p(.class("quiet")) {
                let counts = Charter.AccessLevel.allCases.reversed().compactMap { level -> Phrase? in
                    let count = now.entitlements.count { $0.access == level }
                    return count == 0 ? nil : say("\(level.words): \(count)", context: "what a member may use")
                }
                h.text(Phrase.joined(counts, by: " · "))
            }
        }
    }

    private func pointsSection(_ h: HTMLWriter, _ points: PointsOf.Answer) {
        guard points.isStated else { return }
        h.section(.aria(.labelledby, "points")) {
            h.sectionHead(
                say("Points"),
                id: "points",
                more: (memberAddress(key, "points"), say("Each with its record"))
            )
            h.p {
                h.text(say("\(points.sum.total.words) this year", context: "points of a member"))
                if points.earned.contains(where: \.isInvented) {
                    h.text(" ")
                    h.madeUpTag()
                }
            }
        }
    }
}

extension Room {
    /// A member's fee of a year; nothing where the charter has no rules for the year.
    func fee(_ key: String, of year: Int) async throws -> FeeOfMember.Answer? {
        do { return try await ask(FeeOfMember(key, year: year, charter: site.charter)) } catch FeeRefusal.noRules {
            return nil
        }
    }
}

/// A fee, or what is missing to tell it.
func feeInShort(_ h: HTMLWriter, _ fee: MemberFee) {
    if let answer = fee.outcome.answer {
        h.b(FeeTotal(currency: answer.currency, amount: answer.fee).words)
        if fee.isInvented || fee.member.isSample {
            h.text(" ")
            h.madeUpTag()
        }
    } else {
        h.span(.class("off"), text: say("cannot be told", context: "a fee"))
        h.span(.class("also")) { h.ruled(fee.outcome.words) }
    }
}

/// "It owes USD 1,000.00.", and what it has to its credit.
func consoleBalance(_ balances: [Money]) -> Phrase {
    let owed = balances.filter(\.isPositive)
    let credit = balances.filter(\.isNegative).compactMap { try? $0.negated }
    var sentences: [Phrase] = []
    if !owed.isEmpty { sentences.append(say("It owes \(amountWords(owed)).")) }
    if !credit.isEmpty { sentences.append(say("It has a credit balance of \(amountWords(credit)).")) }
    return sentences.isEmpty ? say("It owes nothing.") : .joined(sentences, by: " ")
}

/// What a standing is called.
func standingName(_ found: StandingFound) -> Phrase {
    switch found {
    case .standing(let found): .name(found.standing.name)
    case .notOnRoll: say("Not on the roll")
    case .notStated: say("Not stated", context: "a standing")
    }
}

/// The strip in words, for those who cannot see it.
func standingThroughYears(_ spans: [StandingHistory.Span]) -> Phrase {
    let parts = spans.map { say("\(standingName($0.found)) from \($0.from)", context: "a standing and its day") }
    return say("Standing through the years: \(Phrase.joined(parts, by: "; "))", context: "by dues")
}
