import Access
import HTML
import HTTPTypes
import Hummingbird

/// Why a form was not taken, told on the page where it can be put right.
struct FormSetback: Sendable {
    var problems = FormProblems.none
    var refusal: (any Refusal)?

    static let none = FormSetback()

    var isEmpty: Bool { problems.isEmpty && refusal == nil }
    var status: HTTPResponse.Status { refusal?.kind.status ?? (problems.isEmpty ? .ok : .unprocessableContent) }
}

extension Room {
    /// Does what a form asks. What it is refused for and can be put right is told on the page that `again` makes, so
    /// that nothing that was typed is lost.
    ///
    /// - Parameter form: the form's name where it is one of several of its page.
    func trying(
        _ form: NamedForm? = nil,
        _ deed: () async throws -> Response,
        again: (FormSetback) async throws -> Response
    ) async throws -> Response {
        do { return try await deed() } catch let input as InvalidInput {
            return try await again(FormSetback(problems: form?.problems(input) ?? FormProblems(input)))
        } catch let refusal as any Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            return try await again(FormSetback(refusal: refusal))
        }
    }
}

extension HTMLWriter {
    /// What keeps a form from being taken, on top of its page.
    func trouble(_ trouble: FormSetback) {
        refused(trouble.refusal)
        problems(trouble.problems)
    }
}
