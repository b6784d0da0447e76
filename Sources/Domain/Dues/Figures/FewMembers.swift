/// Members behind a number, known one by one only as long as they are too few for it to be told.
struct FewMembers: Sendable, Equatable {
    /// Nil where they are enough.
    private let ids: Set<String>?

    /// Nobody, unless some are given.
    init(_ ids: Set<String> = []) { self.ids = ids.count < DuesFigures.leastMembers ? ids : nil }

    /// As the database counts them. It names the first and the last: of too few that is all of them.
    init(_ count: Int, first: String?, last: String?) {
        ids = count < DuesFigures.leastMembers ? Set([first, last].compactMap { $0 }) : nil
    }

    /// Whether a number with them behind it may be told; that there is nobody may be.
    var areEnough: Bool { ids?.isEmpty ?? true }

    func union(_ others: FewMembers) -> FewMembers {
        guard let ids else { return self }
        guard let more = others.ids else { return others }
        return FewMembers(ids.union(more))
    }
}
