import Access
import HTTPTypes
import Languages
import Web

// The one place where a rule's no becomes an answer of HTTP.
extension RequestProblem {
    init(_ refusal: any Refusal) {
        let (status, title): (HTTPResponse.Status, Phrase) =
            switch refusal.kind {
            case .forbidden: (.forbidden, say("This is not yours to do"))
            case .notFound: (.notFound, say("There is no such thing here"))
            case .conflict: (.conflict, say("It has changed meanwhile"))
            case .invalid: (.unprocessableContent, say("That cannot be"))
            case .tooMany: (.tooManyRequests, say("Too often"))
            }
        self.init(status, title: title, detail: refusal.sentence)
    }

    /// For a form whose page does not show the fields again by itself.
    init(_ input: InvalidInput) {
        self.init(
            .unprocessableContent,
            title: say("Something in the form is not right"),
            detail: say("Nothing was changed. Go back and correct what is named below."),
            fields: input.fields.map { .init(name: $0.name, message: $0.message) }
        )
    }
}
