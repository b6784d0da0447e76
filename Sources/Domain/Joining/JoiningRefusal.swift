public import Access
public import Languages

/// Why an application cannot be dealt with so.
public enum JoiningRefusal: Refusal, Equatable {
    /// The link was never made, has expired, or is not complete.
    case worthlessLink
    /// Seconds to wait.
    case tooMany(seconds: Int)
    case noSuchApplication
    /// Somebody was first, or it is not the time for it.
    case inAnotherState(ApplicationState)
    /// The applicant is a member, by its name.
    case memberAlready(String)
    /// Members of whom nobody said yet whether the applicant is one, by their names.
    case notLookedAt([String])
    case noSuchDocument
    case tooManyDocuments(Int)
    /// The charter counts membership from the first payment, and payments are not on record.
    case paymentUnknown

    public var code: String {
        switch self {
        case .worthlessLink: "application.worthless-link"
        case .tooMany: "application.too-many"
        case .noSuchApplication: "application.no-such"
        case .inAnotherState(let state): "application.in-another-state.\(state.rawValue)"
        case .memberAlready: "application.member-already"
        case .notLookedAt: "application.not-looked-at"
        case .noSuchDocument: "application.no-such-document"
        case .tooManyDocuments: "application.too-many-documents"
        case .paymentUnknown: "application.payment-unknown"
        }
    }

    public var kind: RefusalKind {
        switch self {
        case .worthlessLink, .noSuchApplication, .noSuchDocument: .notFound
        case .tooMany: .tooMany
        case .inAnotherState, .memberAlready, .notLookedAt: .conflict
        case .tooManyDocuments, .paymentUnknown: .invalid
        }
    }

    public var sentence: Phrase {
        switch self {
        case .worthlessLink:
            say(
                "This link has expired, or is not complete. As long as your application is under way, you can ask for "
                    + "a new one with the address that you applied with."
            )
        case .tooMany(let seconds):
            say(
                max(1, (seconds + 59) / 60),
                one: "There were too many tries. Wait a minute, then try again.",
                other: "There were too many tries. Wait \(max(1, (seconds + 59) / 60)) minutes, then try again."
            )
        case .noSuchApplication: say("There is no such application. Look at the list of applications.")
        case .inAnotherState(let state): Self.sentence(state)
        case .memberAlready(let name):
            say(
                "\(name) is a member already, so there is nothing to apply for. Whoever speaks for it can sign in; if "
                    + "nobody can any more, write to the secretariat."
            )
        case .notLookedAt(let names):
            say(
                "The records have what may be the applicant: \(Phrase.list(names.map { .verbatim($0) })). Say first "
                    + "whether it is the applicant or another one."
            )
        case .noSuchDocument: say("The application has no such document. It may have been removed meanwhile.")
        case .tooManyDocuments(let most):
            say("An application takes at most \(most) documents. Remove one first, or put several into one file.")
        case .paymentUnknown:
            say(
                "By the charter membership counts from the first payment, and payments are not on record yet. Carry this "
                    + "out again when they are."
            )
        }
    }

    private static func sentence(_ state: ApplicationState) -> Phrase {
        switch state {
        case .draft: say("Nothing was changed: the application was not sent yet. The applicant sends it first.")
        case .submitted: say("Nothing was changed: the application was sent. The secretariat looks at it.")
        case .asked: say("Nothing was changed: the applicant was asked something and has not answered yet.")
        case .recommended: say("Nothing was changed: the application is ready for the body that decides.")
        case .put: say("Nothing was changed: the body that decides has the application before it.")
        case .admitted: say("Nothing was changed: the applicant was admitted.")
        case .declined: say("Nothing was changed: the body declined the application.")
        case .closed: say("Nothing was changed: the application was closed.")
        case .withdrawn: say("Nothing was changed: the application was withdrawn.")
        }
    }
}
