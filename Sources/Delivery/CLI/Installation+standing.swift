import Charter
import Dues
import Standing

extension Installation {
    /// What is on record of members' dues.
    var duesRecord: any DuesRecord { DuesOnRecord() }

    /// The day that a flag gives; today when it is left out.
    func day(_ text: String?, _ flag: String) throws -> Day {
        guard let text else { return today }
        guard let day = Day(text) else {
            throw CommandFailure("\"\(text)\" is no day. Write year-month-day, as in \(flag) 2024-01-01.")
        }
        return day
    }
}

/// The time that commands on points share.
struct PointsTimeFlags {
    let from: Day
    let to: Day

    /// From the first day of the year of its last day, where no first day is given.
    init(_ from: String?, _ to: String?, _ installation: Installation) throws {
        self.to = try installation.day(to, "--to")
        let first = try Day(year: self.to.year, month: 1, day: 1)
        self.from = try from == nil ? first : installation.day(from, "--from")
    }
}
