public import Languages

/// Why something in an account cannot be changed.
public enum AccountRefusal: Refusal, Equatable {
    case addressTaken
    case tooManyChanges
    case changedMeanwhile
    case signInAgain
    case secondFactorNeeded(Role)
    case secondFactorExists
    case noSecondFactor
    case wrongCode
    case noSuchSession

    public var code: String {
        switch self {
        case .addressTaken: "account.address-taken"
        case .tooManyChanges: "account.too-many-changes"
        case .changedMeanwhile: "account.changed-meanwhile"
        case .signInAgain: "account.sign-in-again"
        case .secondFactorNeeded: "account.second-factor-needed"
        case .secondFactorExists: "account.second-factor-exists"
        case .noSecondFactor: "account.no-second-factor"
        case .wrongCode: "account.wrong-code"
        case .noSuchSession: "account.no-such-session"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .addressTaken, .changedMeanwhile, .secondFactorExists, .noSecondFactor, .secondFactorNeeded:
            .conflict
        case .tooManyChanges: .tooMany
        case .signInAgain: .forbidden
        case .wrongCode: .invalid
        case .noSuchSession: .notFound
        }
    }

    public var sentence: Phrase {
        switch self {
        case .addressTaken:
            say("Another account has this address. Sign in with that one, or ask the secretariat to close it first.")
        case .tooManyChanges: say("You asked for five changes of address in a day. Wait until tomorrow.")
        case .changedMeanwhile: say("This was changed in another place meanwhile. Load the page again.")
        case .signInAgain:
            say(
                "A new password needs your old one, or a sign-in by link less than 15 minutes ago. Sign out, have a link sent "
                    + "to you, and set it then."
            )
        case .secondFactorNeeded(let role):
            say(
                "Your role \"\(role.name)\" needs a second factor, so it cannot be removed. To move to another telephone, "
                    + "ask an administrator to reset it."
            )
        case .secondFactorExists: say("A second factor is set up already. Remove it first, then set up the new one.")
        case .noSecondFactor: say("No second factor is set up. Set one up first.")
        case .wrongCode:
            say("This code is wrong. Check that the clock of your telephone is right, and write the next code.")
        case .noSuchSession: say("This sign-in has ended already. Load the page again.")
        }
    }
}
