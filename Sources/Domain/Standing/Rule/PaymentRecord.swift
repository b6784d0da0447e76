public import Charter
public import Database

/// What the records tell of a member's payments.
public enum PaymentRecord: Sendable, Hashable {
    /// No payment of anybody is on record, so that nothing can be said.
    case unknown
    /// Every payment since `from` is on record; `last` is the latest of this member's, also one before that day.
    case known(last: Day?, from: Day)
}

/// The payments of all members as of a day, as the capability that keeps dues tells.
public protocol PaymentSource: Sendable {
    /// Reads what the day needs, once for all members.
    func payments(_ transaction: Transaction, on day: Day) throws -> any PaymentRecords
}

/// Payments by member.
public protocol PaymentRecords: Sendable {
    func record(ofMember id: String) -> PaymentRecord
}

/// Where no dues are kept: nothing is known of anybody's payments.
public struct NoPaymentsOnRecord: PaymentSource, PaymentRecords {
    public init() {}
    public func payments(_ transaction: Transaction, on day: Day) throws -> any PaymentRecords { self }
    public func record(ofMember id: String) -> PaymentRecord { .unknown }
}
