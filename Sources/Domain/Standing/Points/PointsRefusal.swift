public import Access
public import Languages

/// Why points cannot be counted, or what earns them not be recorded, so.
public enum PointsRefusal: Refusal, Equatable {
    case noSuchActivity
    case recordedAlready
    case withdrawnAlready

    public var code: String {
        switch self {
        case .noSuchActivity: "no-such-activity"
        case .recordedAlready: "activity-recorded-already"
        case .withdrawnAlready: "activity-withdrawn-already"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .noSuchActivity: .notFound
        case .recordedAlready, .withdrawnAlready: .conflict
        }
    }

    public var sentence: Phrase {
        switch self {
        case .noSuchActivity: say("There is no such activity. Look at the member's points again.")
        case .recordedAlready:
            say("This is recorded already: the same member, days and words. Nothing was written a second time.")
        case .withdrawnAlready: say("This was withdrawn already. Nothing was changed.")
        }
    }
}
