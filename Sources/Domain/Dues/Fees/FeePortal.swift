import Access
import Charter
import Database
import Languages
import Membership

/// What a member's people see in their room: that something is missing to tell the fee of the present year.
enum FeePortal {
    /// As doors know it; the item's id is the year.
    static let kind = "fee"

    static func source(_ charter: Charter) -> PortalSource {
        PortalSource(reads: .readMemberDues) { transaction, member, today in
            guard let day = Day(today), let year = try? FeeYear(day.year, charter: charter), year.version.dues != nil,
                try isOnRoll(transaction, member, day),
                try BilledMembers(transaction, year: year.year, members: [member]).number(member) == nil,
                let (_, facts) = try FeeReading(year, transaction).one(member, transaction),
                case .missing(let missing) = year.version.fee(facts)
            else { return [] }
            return [
                PortalItem(
                    .due,
                    kind: kind,
                    id: String(year.year),
                    title: say("Your fee of \(plain: year.year) cannot be told"),
                    detail: .joined(missing.map(\.words), by: " ")
                )
            ]
        }
    }

    private static func isOnRoll(_ transaction: Transaction, _ member: String, _ day: Day) throws -> Bool {
        try transaction.first(
            "SELECT 1 FROM roll_span WHERE member_id = ? AND on_roll = 1 AND valid_from <= ? AND valid_to > ?",
            [.text(member), .text(day.description), .text(day.description)]
        ) { _ in true } ?? false
    }
}
