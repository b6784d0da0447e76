extension CharterVersion {
    /// The last day on which a member can appeal against a status that it has since `day`; nil where no appeal is given.
    public func lastDayToAppeal(against status: String, since day: Day) -> Day? {
        guard let appeal = membership.appeal, appeal.against.contains(status) else { return nil }
        return day.adding(days: appeal.withinDays)
    }
}
