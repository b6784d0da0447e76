public import Access
public import Database

/// The number of a member's state: it grows with every change by hand, so that nobody overwrites what they did not see.
public enum MemberRevision {
    /// Notes that the member is changed in this transaction and returns its new number. Throws `MemberRefusal.noSuchMember`.
    ///
    /// The row stays locked until the transaction ends, so two changes of one member come one after the other.
    @discardableResult
    public static func bump(_ transaction: Transaction, _ memberID: String) throws -> Int {
        let next = try transaction.first(
            "UPDATE member SET revision = revision + 1 WHERE id = ? RETURNING revision",
            [.text(memberID)]
        ) { try $0.integer(0) }
        guard let next else { throw MemberRefusal.noSuchMember }
        return next
    }

    /// The member's number now, or `nil` when there is no such member.
    public static func current(_ transaction: Transaction, _ memberID: String) throws -> Int? {
        try transaction.first("SELECT revision FROM member WHERE id = ?", [.text(memberID)]) { try $0.integer(0) }
    }

    /// Marks the member's own row as changed by hand, so that an import leaves it alone. An invented sample stays one.
    public static func markEntered(_ transaction: Transaction, _ memberID: String) throws {
        try transaction.execute(
            "UPDATE member SET origin = 'entry' WHERE id = ? AND origin <> 'sample'",
            [.text(memberID)]
        )
    }
}

/// Why a change of members' records is refused.
public enum MemberRefusal: Refusal, Equatable {
    case noSuchMember
    case noSuchView
    case noSuchAction
    case undoneAlready
    /// An action that has no inverse, such as an export.
    case notUndoable
    case tooManyMembers(Int)
    case mergedWithItself
    case noneChosen

    /// How many members one action takes.
    public static let most = 10_000

    public var code: String {
        switch self {
        case .noSuchMember: "no-such-member"
        case .noSuchView: "no-such-view"
        case .noSuchAction: "no-such-action"
        case .undoneAlready: "undone-already"
        case .notUndoable: "not-undoable"
        case .tooManyMembers: "too-many-members"
        case .mergedWithItself: "merged-with-itself"
        case .noneChosen: "no-members-chosen"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchMember, .noSuchView, .noSuchAction: .notFound
        case .undoneAlready: .conflict
        case .notUndoable, .tooManyMembers, .mergedWithItself, .noneChosen: .invalid
        }
    }

    public var sentence: String {
        switch self {
        case .noSuchMember: "There is no such member. It may have been merged with another; search for it by name."
        case .noSuchView: "There is no such saved view. Somebody may have deleted it."
        case .noSuchAction: "There is no such action. Check the address."
        case .undoneAlready: "This was undone already. Nothing was changed."
        case .notUndoable: "What left the program cannot be called back. Nothing was changed."
        case .tooManyMembers(let count):
            "\(count) members were chosen; one action takes at most \(Self.most). Narrow the list with a filter."
        case .mergedWithItself: "A member cannot be merged with itself. Choose two records."
        case .noneChosen: "No members were chosen. Tick some rows, or choose all that match."
        }
    }
}
