import HTML
import HTTPTypes
import Hummingbird
import Identity
import Joining
import Languages
import Web

extension Applicant {
    /// Asks once more, naming what is taken back.
    func withdrawPage(reason: String = "", _ problems: FormProblems = .none) -> Response {
        guard !application.state.isOver else { return page() }
        let status: HTTPResponse.Status = problems.isEmpty ? .ok : .unprocessableContent
        return room.doorPage(say("Withdraw the application"), status: status) { h in
            h.problems(problems, lead: say("It was not withdrawn. Please look at:"))
            h.p(
                say(
                    "This ends application \(application.reference) of \(application.title). Nobody decides on it then, and it cannot be sent again; you can begin another one at any time."
                )
            )
            room.form(h, Applicant.withdrawPath) {
                h.hidden(JoiningLetters.Path.key, secret.text)
                h.textArea(
                    "reason",
                    label: say("Why (if you like)"),
                    value: reason,
                    rows: 3,
                    problems: problems,
                    .maxlength(2000)
                )
                h.div(.class("form-end")) {
                    h.button(.class("button danger"), .type(.submit), text: say("Withdraw it"))
                    h.a(.class("button"), .href(address()), text: say("Keep it"))
                }
            }
        }
    }
}
