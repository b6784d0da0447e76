import Charter
import Foundation
import Membership

/// What the charter says of money that comes in, on the day on which somebody deals with it.
struct PaymentRules {
    /// How sure it must be, of 100, what a line is for, so that it is booked by itself; `nil` where none is.
    let booksFrom: Int?
    /// The share of what is settled that rates may make a difference of; `nil` where they may make none.
    let rateDifference: Charter.Fraction?

    init(_ charter: Charter, at now: Date) {
        let payments = charter.version(on: FormCheck.today(now))?.dues?.payments
        booksFrom = payments?.booksFrom
        rateDifference = payments?.rateDifference
    }
}
