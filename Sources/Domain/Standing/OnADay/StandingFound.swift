public import Charter
public import Languages

/// What is found of a member's standing on a day.
public enum StandingFound: Sendable, Equatable {
    case standing(StandingOfMember)
    /// Nobody who is not on the roll has one. The key of the status that it has instead; nil before the first.
    case notOnRoll(status: String?)
    /// The charter in force on the day says nothing of it.
    case notStated

    /// The key of the charter's standing.
    public var key: String? {
        if case .standing(let found) = self { return found.standing.key }
        return nil
    }

    /// Why, as sentences.
    public var reason: Phrase {
        switch self {
        case .standing(let found): found.standing.reason
        case .notOnRoll: say("It is not on the roll on this day.")
        case .notStated: say("The charter in force on this day says nothing of members' standing.")
        }
    }

    /// Whether the two are told as one where one follows the other.
    func goesOn(with next: StandingFound) -> Bool {
        switch (self, next) {
        case (.standing(let first), .standing(let second)): first.standing.key == second.standing.key
        default: self == next
        }
    }
}

/// The standing of a member on a day: what it is, why, on which records it rests, and what would change it.
public struct StandingOfMember: Sendable, Equatable {
    /// As it was called and stood on the day.
    public let member: StandingFacts.Member
    public let day: Day
    /// The rule, the reason and what would change it.
    public let standing: Charter.MemberStanding
    /// The rule first.
    public let records: [RecordLink]
    public let dues: DuesFacts

    /// Nil where the charter has no standing.
    init?(_ member: StandingFacts.Member, on day: Day, dues: DuesFacts, version: CharterVersion) {
        let facts = StandingDayFacts(day: day, status: member.status, dues)
        guard let standing = version.standing(facts) else { return nil }
        self.member = member
        self.day = day
        self.standing = standing
        records = RecordLink.behind(standing.rule, dues)
        self.dues = dues
    }
}

/// A record on which a reason or a point rests, so that a page can lead to it.
public enum RecordLink: Sendable, Hashable {
    /// A rule of the charter, by its id.
    case rule(String)
    /// What the member was, is and when it changed.
    case statuses
    /// The member's account with its payments.
    case account
    case invoice(id: String, number: String)
    /// By its key.
    case event(String)
    /// By its id.
    case activity(String)

    /// What the record is, for the link to it.
    public var words: Phrase {
        switch self {
        case .rule(let id): say("The rule \(id)")
        case .statuses: say("The member's statuses")
        case .account: say("The member's account")
        case .invoice(_, let number): say("Invoice \(number)")
        case .event(let key): say("The event \(key)")
        case .activity: say("The activity on record")
        }
    }

    /// What a standing rests on.
    fileprivate static func behind(_ rule: Charter.StandingRule, _ dues: DuesFacts) -> [RecordLink] {
        var links = [RecordLink.rule(rule.id)]
        func add(_ link: RecordLink) { if !links.contains(link) { links.append(link) } }
        let hasAccount = dues.hasInvoices || dues.lastPayment != nil
        for condition in rule.conditions {
            switch condition {
            case .status: add(.statuses)
            case .paid, .paidWithin: if hasAccount { add(.account) }
            case .pastDue, .nothingPastDue, .nothingOnRecord, .otherwise:
                if let invoice = dues.firstPastDue { add(.invoice(id: invoice.id, number: invoice.number)) }
                if hasAccount { add(.account) }
            }
        }
        return links
    }
}

extension StandingDayFacts {
    /// A member's status and dues, as the charter's rules read them.
    init(day: Day, status: String, _ dues: DuesFacts) {
        self.init(
            day: day,
            status: status,
            firstPastDue: dues.firstPastDue?.due,
            owedPastDue: dues.pastDue.isEmpty ? nil : Phrase.list(dues.pastDue.map(\.words)),
            lastPayment: dues.lastPayment,
            lastPaidYear: dues.paidYears.last,
            hasInvoices: dues.hasInvoices,
            isInvented: dues.isInvented
        )
    }
}
