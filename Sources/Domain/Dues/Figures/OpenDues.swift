/// What is open on a day in one currency, by how long it is past due; what is made up apart from the rest.
public struct OpenDues: Sendable, Equatable {
    /// How many days invoices are past due: from 0, which is not yet, and without an end for nil.
    public struct Age: Sendable, Hashable {
        public let from: Int
        public let to: Int?

        static let all = [
            Age(from: 0, to: 0), Age(from: 1, to: 30), Age(from: 31, to: 90), Age(from: 91, to: 365),
            Age(from: 366, to: nil),
        ]
    }

    public struct Row: Sendable, Equatable {
        public let age: Age
        /// Invoices, or instalments of them.
        public let invoices: Int
        /// Who owes it, by the year that it is for.
        let owing: [Int: FewMembers]
        public let amount: Money

        /// With more of the same age, or with what is older.
        func joined(_ older: Row) throws(MoneyError) -> Row {
            Row(
                age: Age(from: age.from, to: older.age.to),
                invoices: invoices + older.invoices,
                owing: owing.merging(older.owing) { $0.union($1) },
                amount: try amount + older.amount
            )
        }

        /// Whether it can be told beside what is open of these years. They can be taken off a sum of rows, and rows off
        /// a sum of years: so what a row has of each of these years needs enough members, and what it has of all others
        /// together does too.
        func isTold(beside years: Set<Int>) -> Bool {
            var others = FewMembers()
            for (year, members) in owing {
                if !years.contains(year) {
                    others = others.union(members)
                } else if !members.areEnough {
                    return false
                }
            }
            return others.areEnough
        }
    }

    /// What is reckoned together.
    struct Series: Hashable {
        let currency: Currency
        let isInvented: Bool
    }

    /// What the figures of years tell of one series.
    struct ToldYears {
        /// Of which what is open is told.
        private(set) var years: Set<Int> = []
        /// Who settled anything of the others of which what was billed is told: what is open of them would tell it.
        private(set) var settling = FewMembers()

        mutating func add(_ year: Int, _ total: DuesPart) {
            if total.tellsOpen {
                years.insert(year)
            } else {
                settling = settling.union(total.settling)
            }
        }
    }

    public let currency: Currency
    public let isInvented: Bool
    /// The youngest first. An age at which too few members owe anything, also of one year, is together with its
    /// neighbour; there is no row where all together would show what one or two members owe or paid in some year.
    public let rows: [Row]
    /// Nil where there are no rows.
    public let total: Money?

    /// - Parameter found: by the place of the age in `Age.all`. Throws `MoneyError.overflow`.
    init(
        _ currency: Currency,
        isInvented: Bool,
        _ found: [Int: Row],
        beside told: ToldYears
    ) throws(MoneyError) {
        (self.currency, self.isInvented) = (currency, isInvented)
        var rows = Age.all.indices.map { place in
            found[place] ?? Row(age: Age.all[place], invoices: 0, owing: [:], amount: .zero(currency))
        }
        var total = Money.zero(currency)
        for row in rows { total = try total + row.amount }
        while rows.count > 1, let small = rows.firstIndex(where: { !$0.isTold(beside: told.years) }) {
            let younger = small + 1 < rows.count ? small : small - 1
            let older = rows.remove(at: younger + 1)
            rows[younger] = try rows[younger].joined(older)
        }
        let isTold = told.settling.areEnough && rows.allSatisfy { $0.isTold(beside: told.years) }
        self.rows = isTold ? rows : []
        self.total = isTold ? total : nil
    }
}
