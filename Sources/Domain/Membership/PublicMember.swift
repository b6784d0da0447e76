public import Charter
public import Database

/// A member as everybody may see it, from one consistent view: its records, what it says of itself, and how it stands.
public struct PublicMember: Sendable, Equatable {
    public let profile: MemberProfile
    public let own: MemberSelf
    /// Its line of the roll on the day; `nil` before it was a member.
    public let standing: RollRow?
    public let day: Day

    /// The member with this key on a day, or `nil`.
    public static func load(_ transaction: Transaction, key: String, on day: Day) throws -> PublicMember? {
        guard let profile = try MemberProfile.load(key: key, transaction) else { return nil }
        var query = RollQuery(RollFilter(day: day, standing: .any))
        query.add("s.member_id = ?", .text(profile.id))
        return PublicMember(
            profile: profile,
            own: try MemberSelf.load(transaction, member: profile.id).forEverybody,
            standing: try query.rows(transaction, ordered: "s.valid_from", limit: 1).first,
            day: day
        )
    }
}

extension Directory {
    /// The member with this key on a day, or `nil`.
    public func publicMember(key: String, on day: Day) async throws -> PublicMember? {
        try await database.read { try PublicMember.load($0, key: key, on: day) }
    }
}
