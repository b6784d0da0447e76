import Charter
import Database
import Languages
import Membership

/// What somebody typed of relief, read: the years and what is asked of them.
struct CheckedRelief {
    let years: ClosedRange<Int>
    let terms: ReliefTerms
}

/// Reads a draft by the charter and the member's account. What is wrong goes to the form's check, as `from_year`,
/// `to_year`, `percent`, `amount`, `instalments`, `day-1`, `amount-1` and so on, and `ends`.
struct ReliefCheck {
    /// How many instalments a form takes.
    static let mostInstalments = 60

    let draft: ReliefDraft
    /// The id of the member.
    let member: String
    let charter: Charter
    let today: Day
    let transaction: Transaction

    func checked(_ check: inout FormCheck) throws -> CheckedRelief? {
        if draft.kind == .ending { return try ending(&check) }
        guard let years = years(&check), let terms = try terms(years, &check) else { return nil }
        return CheckedRelief(years: years, terms: terms)
    }

    private func terms(_ years: ClosedRange<Int>, _ check: inout FormCheck) throws -> ReliefTerms? {
        switch draft.kind {
        case .remission: return .remission
        case .reduction:
            guard draft.percent.isEmpty != draft.amount.isEmpty else {
                check.refuse("percent", say("Say by how much the fee is lowered: give a percentage or an amount."))
                return nil
            }
            guard draft.percent.isEmpty else {
                // All of a hundred parts would be a remission, for which there is a power of its own.
                let percent = check.number(draft.percent, "percent", 1...99, whole: true)
                return percent.map { .percent(Int($0)) }
            }
            return try amount(years, &check).map { .amount($0) }
        case .commutation: return try amount(years, &check).map { .commutation($0) }
        case .plan: return try plan(years, &check).map { .plan($0) }
        case .ending: return nil
        }
    }

    private func years(_ check: inout FormCheck) -> ClosedRange<Int>? {
        guard let from = year(draft.fromYear, "from_year", &check) else { return nil }
        guard !draft.toYear.isEmpty else { return from...from }
        guard let to = year(draft.toYear, "to_year", &check) else { return nil }
        if to < from { check.refuse("to_year", say("The last year comes before the first. Correct one of them.")) }
        return to < from ? nil : from...to
    }

    /// A year of which the charter says how dues are billed.
    private func year(_ text: String, _ field: String, _ check: inout FormCheck) -> Int? {
        guard let number = check.number(text, field, 1900...2199, whole: true) else { return nil }
        let year = Int(number)
        guard let rules = try? FeeYear(year, charter: charter), rules.version.dues != nil else {
            check.refuse(field, DuesRefusal.noDues(year: year).sentence)
            return nil
        }
        return year
    }

    // MARK: - Amounts

    private func amount(_ years: ClosedRange<Int>, _ check: inout FormCheck) throws -> Money? {
        guard let currency = try currency(years, &check) else { return nil }
        return PaymentCheck.amount(draft.amount, currency, "amount", &check)
    }

    /// That in which the dues of all these years are asked for.
    private func currency(_ years: ClosedRange<Int>, _ check: inout FormCheck) throws -> Currency? {
        let currencies = try DuesCurrencies(transaction, member: member, years: years, charter: charter).all
        guard let currency = currencies.first else {
            check.refuse("from_year", say("The charter has no fee of \(years.words) for members of this category."))
            return nil
        }
        guard currencies.count == 1 else {
            check.refuse(
                "to_year",
                say("The fees of \(years.words) are in different currencies. Ask for the years of each by themselves.")
            )
            return nil
        }
        return currency
    }

    // MARK: - Instalments

    private func plan(_ years: ClosedRange<Int>, _ check: inout FormCheck) throws -> [Instalment]? {
        guard let owed = try owed(years, &check) else { return nil }
        guard (1...Self.mostInstalments).contains(draft.instalments.count) else {
            check.refuse("instalments", say("Give 1 to \(Self.mostInstalments) instalments, each with its day."))
            return nil
        }
        var instalments: [Instalment] = []
        for (place, typed) in draft.instalments.enumerated() {
            let number = place + 1
            let amount = PaymentCheck.amount(typed.amount, owed.currency, "amount-\(number)", &check)
            let day = day(typed.dueOn, number, after: instalments.last?.dueOn, &check)
            if let day, let amount { instalments.append(Instalment(dueOn: day, amount: amount)) }
        }
        guard instalments.count == draft.instalments.count else { return nil }
        var sum = Money.zero(owed.currency)
        for instalment in instalments { sum = try sum + instalment.amount }
        guard sum == owed else {
            check.refuse(
                "instalments",
                say("The instalments add up to \(sum), but \(owed) is owed of \(years.words). Correct the amounts.")
            )
            return nil
        }
        return instalments
    }

    private func day(_ text: String, _ number: Int, after earlier: Day?, _ check: inout FormCheck) -> Day? {
        let field = "day-\(number)"
        guard let day = Day(text) else {
            check.refuse(field, say("Enter a day as year-month-day, as in 2026-03-01."))
            return nil
        }
        if day < today {
            check.refuse(field, say("\(day) is over. An instalment is paid on a day to come."))
            return nil
        }
        if let earlier, day <= earlier {
            check.refuse(field, say("Enter the instalments in the order of their days, each on another day."))
            return nil
        }
        return day
    }

    /// What the member owes of these years together.
    private func owed(_ years: ClosedRange<Int>, _ check: inout FormCheck) throws -> Money? {
        let known = Set(try Invoice.all(transaction, member: member).map(\.year))
        if let missing = years.first(where: { !known.contains($0) }) {
            check.refuse(
                "from_year",
                say("The member has no invoice of \(plain: missing). Instalments spread what an invoice asks for.")
            )
            return nil
        }
        let invoices = try OwedInvoice.all(transaction, member: member).filter { years.contains($0.invoice.year) }
        guard let currency = invoices.first?.owed.currency else {
            check.refuse("from_year", say("Nothing is owed of \(years.words), so there is nothing to spread."))
            return nil
        }
        guard invoices.allSatisfy({ $0.owed.currency == currency }) else {
            check.refuse(
                "to_year",
                say("The fees of \(years.words) are in different currencies. Ask for the years of each by themselves.")
            )
            return nil
        }
        var sum = Money.zero(currency)
        for invoice in invoices { sum = try sum + invoice.owed }
        return sum
    }

    // MARK: - Early end

    private func ending(_ check: inout FormCheck) throws -> CheckedRelief? {
        let found = try draft.ends.isEmpty ? nil : ReliefRequest.find(transaction, named: draft.ends)
        guard let relief = found, relief.memberID == member, let covered = relief.covered else {
            check.refuse("ends", say("The member has no such relief in force. Give the number of one, such as 2026-3."))
            return nil
        }
        let terms = ReliefTerms.ending(.init(id: relief.id, reference: relief.reference, kind: relief.kind))
        // Instalments end with the decision, for all of what is owed.
        if relief.kind == .plan { return CheckedRelief(years: relief.years, terms: terms) }
        let range = Double(covered.lowerBound)...Double(covered.upperBound)
        guard let from = check.number(draft.fromYear, "from_year", range, whole: true) else { return nil }
        return CheckedRelief(years: Int(from)...relief.years.upperBound, terms: terms)
    }
}

/// What relief a member may have at a time: one that changes the amount of a year's dues, and one that spreads it.
struct ReliefOverlap {
    let transaction: Transaction
    /// The id of the member.
    let member: String

    /// Throws `ReliefRefusal.granted` where relief of this sort holds for some of the years.
    func requireNotGranted(_ kind: ReliefKind, _ years: ClosedRange<Int>) throws {
        for other in try others(kind, [.adopted], years) {
            if let covered = other.covered, covered.overlaps(years) {
                throw ReliefRefusal.granted(other.kind, other.reference)
            }
        }
    }

    /// Throws `ReliefRefusal.underWay` where a request of this sort about some of the years waits.
    func requireNotUnderWay(_ kind: ReliefKind, _ asked: CheckedRelief) throws {
        for other in try others(kind, ReliefState.allCases.filter(\.isLive), asked.years) {
            if kind == .ending, other.terms != asked.terms { continue }
            throw ReliefRefusal.underWay(other.kind, other.reference)
        }
    }

    private func others(
        _ kind: ReliefKind,
        _ states: [ReliefState],
        _ years: ClosedRange<Int>
    ) throws -> [ReliefRequest] {
        try ReliefRequest.all(transaction, member: member, kind.sort.kinds, states, about: years)
    }
}
