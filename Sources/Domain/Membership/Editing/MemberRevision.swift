public import Access
public import Database
public import Languages

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

    /// Notes which columns of the member's own row were changed by hand, so that an import leaves them alone; without
    /// columns, the whole row. An invented sample stays one.
    public static func markEntered(_ transaction: Transaction, _ memberID: String, _ columns: [String] = []) throws {
        guard !columns.isEmpty else {
            try transaction.execute(
                "UPDATE member SET origin = 'entry' WHERE id = ? AND origin <> 'sample'",
                [.text(memberID)]
            )
            return
        }
        let known = try transaction.first("SELECT entered FROM member WHERE id = ?", [.text(memberID)]) {
            try $0.text(0).split(separator: " ").map(String.init)
        }
        let all = Set(known ?? []).union(columns).sorted().joined(separator: " ")
        try transaction.execute("UPDATE member SET entered = ? WHERE id = ?", [.text(all), .text(memberID)])
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
    /// Another change came in between, so that what was looked at is no longer there.
    case changedMeanwhile
    /// An invented sample and a record of the association.
    case sampleAndRecord
    /// A search that finds more than is counted, so that "all that match" would not be all.
    case searchTooWide

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
        case .changedMeanwhile: "changed-meanwhile"
        case .sampleAndRecord: "sample-and-record"
        case .searchTooWide: "search-too-wide"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchMember, .noSuchView, .noSuchAction: .notFound
        case .undoneAlready, .changedMeanwhile: .conflict
        case .notUndoable, .tooManyMembers, .mergedWithItself, .noneChosen, .sampleAndRecord, .searchTooWide: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchMember: say("There is no such member. It may have been merged with another; search for it by name.")
        case .noSuchView: say("There is no such saved view. Somebody may have deleted it.")
        case .noSuchAction: say("There is no such action. Check the address.")
        case .undoneAlready: say("This was undone already. Nothing was changed.")
        case .notUndoable: say("What left the program cannot be called back. Nothing was changed.")
        case .tooManyMembers(let count):
            say("\(count) members were chosen; one action takes at most \(Self.most). Narrow the list with a filter.")
        case .mergedWithItself: say("A member cannot be merged with itself. Choose two records.")
        case .changedMeanwhile:
            say(
                "Somebody changed this record after you had opened it. Nothing was written; look at it as it is now and decide again."
            )
        case .sampleAndRecord:
            say(
                "One of the two is an invented sample, the other a record of the association. They cannot be one member."
            )
        case .searchTooWide:
            say(
                "This search finds more members than are listed, so not all of them could be taken. Search for more words, or tick rows."
            )
        case .noneChosen: say("No members were chosen. Tick some rows, or choose all that match.")
        }
    }
}
