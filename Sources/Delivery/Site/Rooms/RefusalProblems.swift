import Access
import HTTPTypes
import Web

// The one place where a rule's no becomes an answer of HTTP.
extension RequestProblem {
    init(_ refusal: any Refusal) {
        let (status, title): (HTTPResponse.Status, String) =
            switch refusal.kind {
            case .forbidden: (.forbidden, "This is not yours to do")
            case .notFound: (.notFound, "There is no such thing here")
            case .conflict: (.conflict, "It has changed meanwhile")
            case .invalid: (.unprocessableContent, "That cannot be")
            case .tooMany: (.tooManyRequests, "Too often")
            }
        self.init(status, title: title, detail: refusal.sentence)
    }

    /// For a form whose page does not show the fields again by itself.
    init(_ input: InvalidInput) {
        self.init(
            .unprocessableContent,
            title: "Something in the form is not right",
            detail: "Nothing was changed. Go back and correct what is named below.",
            fields: input.fields.map { .init(name: $0.name, message: $0.message) }
        )
    }
}
