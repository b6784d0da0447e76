public import Access
public import Languages

/// Why what members took part in cannot be recorded so.
public enum ParticipationRefusal: Refusal, Equatable {
    case noSuchEvent
    case noSuchMember
    case noSuchParticipation
    case changedMeanwhile
    case nothingDiffers
    case noSuchList
    /// Rows of a list stand in the way: how many.
    case rowsToSettle(Int)
    case appliedAlready
    /// The list cannot be read; the sentence says why and what to do.
    case unreadable(Phrase)

    public var code: String {
        switch self {
        case .noSuchEvent: "no-such-event"
        case .noSuchMember: "no-such-member"
        case .noSuchParticipation: "no-such-participation"
        case .changedMeanwhile: "participation-changed-meanwhile"
        case .nothingDiffers: "nothing-differs"
        case .noSuchList: "no-such-list"
        case .rowsToSettle: "rows-to-settle"
        case .appliedAlready: "list-applied-already"
        case .unreadable: "list-unreadable"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchEvent, .noSuchMember, .noSuchParticipation, .noSuchList: .notFound
        case .changedMeanwhile, .appliedAlready: .conflict
        case .nothingDiffers, .rowsToSettle, .unreadable: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchEvent: say("There is no such event. Look at the list of events.")
        case .noSuchMember: say("There is no such member. Look at the list of members.")
        case .noSuchParticipation: say("The member is not recorded there, or not any more. Look at the event again.")
        case .changedMeanwhile:
            say("Somebody changed this meanwhile, so nothing was written. Look at it again, then decide.")
        case .nothingDiffers: say("Nothing differs from what is recorded, so nothing was written.")
        case .noSuchList: say("There is no such list. It may have been applied or dropped.")
        case .rowsToSettle(let count):
            say(
                count,
                one: "Nothing was written: 1 row cannot be taken. Choose its member or leave it out.",
                other: "Nothing was written: \(count) rows cannot be taken. Choose their members or leave them out."
            )
        case .appliedAlready: say("This list was applied already. Nothing was written a second time.")
        case .unreadable(let why): why
        }
    }
}
