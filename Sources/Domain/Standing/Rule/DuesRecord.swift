public import Charter
public import Database
public import Languages

/// What the records of dues tell of one member as of a day.
public struct DuesFacts: Sendable, Hashable {
    /// A sum in minor units of its currency.
    public struct Amount: Sendable, Hashable {
        /// ISO 4217.
        public let currency: String
        public let minor: Int
        /// How many digits of the minor units stand after the decimal sign.
        public let places: Int

        public init(minor: Int, places: Int, currency: String) {
            self.currency = currency
            self.minor = minor
            self.places = places
        }

        /// "USD 1,234.50"
        public var words: Phrase { .money(minor: minor, places: places, code: currency) }
    }

    /// An invoice, so that a reason can lead to it.
    public struct Invoice: Sendable, Hashable {
        public let id: String
        /// As it is printed: `2024-0001`.
        public let number: String
        /// The year of its fee.
        public let year: Int
        /// When what is still owed on it was to be paid, by instalments where these were granted.
        public let due: Day

        public init(id: String, number: String, year: Int, due: Day) {
            self.id = id
            self.number = number
            self.year = year
            self.due = due
        }
    }

    /// Whether it had an invoice on the day.
    public let hasInvoices: Bool
    /// Of what was to be paid before the day and is not, the earliest.
    public let firstPastDue: Invoice?
    /// By currency, without those of which nothing is owed.
    public let owed: [Amount]
    public let pastDue: [Amount]
    /// The latest payment of the day or before that was not undone.
    public let lastPayment: Day?
    /// The years of which nothing is owed any more, ascending: paid, or remitted by a decision.
    public let paidYears: [Int]
    /// Whether any of it rests on a record that is made up.
    public let isInvented: Bool

    public init(
        hasInvoices: Bool = false,
        firstPastDue: Invoice? = nil,
        owed: [Amount] = [],
        pastDue: [Amount] = [],
        lastPayment: Day? = nil,
        paidYears: [Int] = [],
        isInvented: Bool = false
    ) {
        self.hasInvoices = hasInvoices
        self.firstPastDue = firstPastDue
        self.owed = owed
        self.pastDue = pastDue
        self.lastPayment = lastPayment
        self.paidYears = paidYears
        self.isInvented = isInvented
    }

    /// Nothing on record.
    public static let none = DuesFacts()
}

/// The fee of a year that a member has paid, and the day on which the last of it came.
public struct FeePaid: Sendable, Hashable {
    public let memberID: String
    public let invoice: DuesFacts.Invoice
    public let day: Day
    /// Whether a payment of it is made up.
    public let isInvented: Bool

    public init(memberID: String, invoice: DuesFacts.Invoice, day: Day, isInvented: Bool) {
        self.memberID = memberID
        self.invoice = invoice
        self.day = day
        self.isInvented = isInvented
    }
}

/// What the capability that keeps dues tells of them. It is above this one and is handed in.
public protocol DuesRecord: Sendable {
    /// Everybody's as of a day, read in one pass.
    func dues(_ transaction: Transaction, on day: Day) throws -> any DuesOfAll
    /// One member's through the whole time.
    func dues(_ transaction: Transaction, ofMember id: String) throws -> any DuesOfOne
    /// The fees of which the last was paid between two days, both inclusive; of one member, or of everybody for nil. A
    /// fee that was remitted in full was not paid.
    func feesPaid(_ transaction: Transaction, ofMember id: String?, from: Day, to: Day) throws -> [FeePaid]
}

/// Everybody's dues on one day.
public protocol DuesOfAll: Sendable {
    func facts(ofMember id: String) -> DuesFacts
}

/// One member's dues on every day.
public protocol DuesOfOne: Sendable {
    /// The days on which the facts are others than on the day before, ascending: one after a due day is such a day.
    var changes: [Day] { get }
    func facts(on day: Day) -> DuesFacts
}

/// Where no dues are kept: there is no invoice and no payment.
public struct NoDuesOnRecord: DuesRecord, DuesOfAll, DuesOfOne {
    public init() {}
    public func dues(_ transaction: Transaction, on day: Day) throws -> any DuesOfAll { self }
    public func dues(_ transaction: Transaction, ofMember id: String) throws -> any DuesOfOne { self }
    public func feesPaid(_ transaction: Transaction, ofMember id: String?, from: Day, to: Day) throws -> [FeePaid] {
        []
    }
    public func facts(ofMember id: String) -> DuesFacts { .none }
    public var changes: [Day] { [] }
    public func facts(on day: Day) -> DuesFacts { .none }
}
