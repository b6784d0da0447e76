/// Invoices of several members together: what they asked for, and what became of it.
struct DuesPart: Equatable {
    /// Who was billed.
    var members = 0
    /// Of whom something was received, to whom something was remitted, for whom either is true, and who still owes.
    var paying = 0
    var relieved = 0
    var settling = FewMembers()
    var owing = FewMembers()
    /// What was asked for, without what was credited.
    var billed: Money
    var remitted: Money
    /// What is left to pay.
    var open: Money

    static func zero(_ currency: Currency) -> DuesPart {
        DuesPart(billed: .zero(currency), remitted: .zero(currency), open: .zero(currency))
    }

    /// Of different members.
    static func + (first: DuesPart, second: DuesPart) throws(MoneyError) -> DuesPart {
        DuesPart(
            members: first.members + second.members,
            paying: first.paying + second.paying,
            relieved: first.relieved + second.relieved,
            settling: first.settling.union(second.settling),
            owing: first.owing.union(second.owing),
            billed: try first.billed + second.billed,
            remitted: try first.remitted + second.remitted,
            open: try first.open + second.open
        )
    }

    /// Whether what was settled and what is open can be told apart without showing anybody's own figure.
    var tellsOpen: Bool { settling.areEnough && owing.areEnough }
    /// The same of what was received and what was remitted.
    var tellsRemitted: Bool { DuesFigures.areEnough(paying) && DuesFigures.areEnough(relieved) }
    /// Whether so few members stand behind one of its numbers that it must be put together with others.
    var isSmall: Bool { members < DuesFigures.leastMembers || !tellsOpen }
}

/// What may be told of invoices together. What would show the figure of one or two members is nil.
public struct DuesNumbers: Sendable, Equatable {
    /// Who was billed.
    public let members: Int
    /// What was asked for, without what was credited.
    public let billed: Money
    /// What was received or remitted.
    public let settled: Money?
    /// What payments settled.
    public let received: Money?
    public let remitted: Money?
    /// What is left to pay.
    public let open: Money?

    init(_ part: DuesPart, tellsOpen: Bool, tellsRemitted: Bool) throws(MoneyError) {
        (members, billed) = (part.members, part.billed)
        let paid = try part.billed - part.open
        settled = tellsOpen ? paid : nil
        open = tellsOpen ? part.open : nil
        received = try tellsOpen && tellsRemitted ? paid - part.remitted : nil
        remitted = tellsOpen && tellsRemitted ? part.remitted : nil
    }
}

/// The dues of a year in one currency, those that are made up apart from the others.
public struct DuesOfYear: Sendable, Equatable {
    /// What the members of one region were billed.
    public struct Region: Sendable, Equatable {
        /// As the charter calls it.
        public let key: String
        public let numbers: DuesNumbers
    }

    public let year: Int
    public let currency: Currency
    /// Whether they rest on invoices or payments that are made up.
    public let isInvented: Bool
    public let total: DuesNumbers
    /// By key.
    public let regions: [Region]
    /// The members of other regions and of none together; nil where no region stands by itself.
    public let others: DuesNumbers?

    /// - Parameter parts: by region; an empty key has the members of none. Throws `MoneyError.overflow`.
    init(_ year: Int, _ currency: Currency, isInvented: Bool, _ parts: [String: DuesPart]) throws(MoneyError) {
        (self.year, self.currency, self.isInvented) = (year, currency, isInvented)
        var total = DuesPart.zero(currency)
        var others = DuesPart.zero(currency)
        var regions: [(key: String, part: DuesPart)] = []
        for (key, part) in parts.sorted(by: { $0.key < $1.key }) {
            total = try total + part
            if key.isEmpty || part.isSmall {
                others = try others + part
            } else {
                regions.append((key, part))
            }
        }
        // What is left over must not show one or two members either: it takes in the least of the regions.
        while others.members > 0, others.isSmall, !regions.isEmpty {
            var least = 0
            for place in regions.indices where regions[place].part.members < regions[least].part.members {
                least = place
            }
            let taken = regions.remove(at: least).part
            others = try others + taken
        }
        let hasOthers = !regions.isEmpty && others.members > 0
        // Each column is told of all rows or of none, since the rows make the total.
        let tellsRemitted =
            total.tellsRemitted && regions.allSatisfy { $0.part.tellsRemitted } && (!hasOthers || others.tellsRemitted)
        let tellsOpen = total.tellsOpen
        func numbers(_ part: DuesPart) throws(MoneyError) -> DuesNumbers {
            try DuesNumbers(part, tellsOpen: tellsOpen, tellsRemitted: tellsRemitted)
        }
        self.total = try numbers(total)
        var told: [Region] = []
        for region in regions { told.append(Region(key: region.key, numbers: try numbers(region.part))) }
        self.regions = told
        self.others = try hasOthers ? numbers(others) : nil
    }
}
