import Languages

extension Charter {
    /// How many must be present for a body to decide.
    /// - Parameters:
    ///   - body: key of a body, such as `general-assembly`.
    ///   - day: the day of the meeting, which decides the version.
    ///   - fullMembers: how many of those whom the rule counts there are on that day.
    /// - Throws: `CharterRefusal` where no version is in force, or it states no quorum for that body.
    public func quorum(
        of body: String,
        on day: Day,
        fullMembers: Int
    ) throws(CharterRefusal) -> Decision<Int> {
        guard fullMembers >= 0 else { throw .negativeCount(fullMembers) }
        let id = "bodies.\(body).quorum"
        guard let quorum = try inForce(on: day).body(body)?.quorum else { throw missing(id, on: day) }
        let value = quorum.share.ofCountRoundedUp(fullMembers)
        return Decision(
            rule: id,
            citation: quorum.citation,
            inputs: [
                .init(name: quorum.of, value: "\(fullMembers)"), .init(name: "share", value: "\(quorum.share)"),
                .init(name: "day", value: "\(day)"),
            ],
            value: value,
            result: "\(value)",
            sentence:
                "quorum \(value) = \(quorum.share.words.english) of \(fullMembers) \(quorum.of) on \(day), "
                + quorum.citation.short
        )
    }

    func inForce(on day: Day) throws(CharterRefusal) -> CharterVersion {
        guard let version = version(on: day) else {
            throw .beforeFirstVersion(day: day, first: versions.first?.effective ?? day)
        }
        return version
    }
}
