public import Charter

/// A year of fees: the day that decides them, and the rules that are in force on it.
public struct FeeYear: Sendable {
    public let year: Int
    /// The day of the year on which fees are decided.
    public let billedOn: Day
    public let version: CharterVersion

    /// Throws `FeeRefusal.noRules` for a year before the first rules, or one that no calendar here has.
    public init(_ year: Int, charter: Charter) throws(FeeRefusal) {
        guard let day = charter.billingDay(year: year), let version = charter.feeVersion(year: year) else {
            throw .noRules(year: year)
        }
        (self.year, billedOn, self.version) = (year, day, version)
    }

    /// The last day whose figures count; every figure counts where the latest that is known decides.
    var figuresThrough: Day { version.dues?.factsAsOf == .billedOn ? billedOn : .last }
}
